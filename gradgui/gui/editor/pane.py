"""The network pane: the user's network at one moment, with every number that is known and no other."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QPointF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QVBoxLayout, QWidget

from gradgui.gui.editor.card import HoverCard
from gradgui.gui.editor.details import EdgeHit, Hit, LayerHit, NodeHit, details
from gradgui.gui.editor.marks import Marks
from gradgui.gui.editor.scene import NetworkScene
from gradgui.gui.editor.spoken import spoken_rows
from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.gui.widgets.sentences import sentence
from gradgui.session.snapshot import EventKind, Snapshot
from gradgui.text import Text

NAME = Text(en="Network", zh="网络")
SUMMARY = Text(en="{layers} layers · {parameters} parameters", zh="{layers} 层 · {parameters} 个参数")
SUMMARY_ONE = Text(en="1 layer · {parameters} parameters", zh="1 层 · {parameters} 个参数")
PACKET_MS = 400


class NetworkView(QGraphicsView):
    """Shows the scene at its own size and says where the pointer is."""

    pointed = Signal(object)
    """QPointF in the scene, or None when the pointer leaves."""
    clicked = Signal(object)
    menu_asked = Signal(object, object)
    """QPointF in the scene, and QPoint on the screen."""
    resized = Signal()

    def __init__(self, scene: QGraphicsScene, parent: QWidget) -> None:
        super().__init__(scene, parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setMouseTracking(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.mapToScene(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit(self.mapToScene(event.position().toPoint()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self.mapToScene(event.pos()), event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class NetworkPane(QWidget):
    """Layers from left to right, the loss at the right end; responsibility walks back from there."""

    layer_clicked = Signal(object)
    """Index of the layer."""
    edge_clicked = Signal(object)
    """(layer, unit, input) of a weight."""
    node_clicked = Signal(object)
    """(layer, unit) of a neuron; layer −1 is the inputs."""
    pointed = Signal(object)
    """What the pointer touches: an EdgeHit, NodeHit or LayerHit, or None."""
    menu_asked = Signal(object, object)
    """A wire, neuron or layer was right-clicked: what it is, and the place on the screen."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None, *, animated: bool = True) -> None:
        super().__init__(parent)
        self.animated = animated
        self._speech = speech
        self._theme = theme
        self._marks = Marks(theme)
        self._snapshot: Snapshot | None = None
        self._pointed: Hit | None = None
        self._scene = NetworkScene(self._marks, speech, self)
        self._view = NetworkView(self._scene, self)
        self._card = HoverCard(self._marks, speech, self._view)
        self._walk = self._made_walk()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self._connect()
        self.restyle()
        self.retranslate()

    @property
    def view(self) -> NetworkView:
        """Where the network is drawn, for pictures and guided tours."""
        return self._view

    def minimumSizeHint(self) -> QSize:
        """Below this, names can no longer be read."""
        return QSize(self._theme.px(320), self._theme.px(220))

    def sizeHint(self) -> QSize:
        """Room for a small network."""
        return QSize(self._theme.px(640), self._theme.px(440))

    def light(self, hit: Hit | None) -> None:
        """Show which wire or neuron a number of the formula belongs to."""
        self._scene.light(hit)

    def use_log_widths(self, on: bool) -> None:
        """Widths of gradients follow their power of ten, so that small ones can be told apart."""
        self._marks.log_widths = on
        if self._snapshot is not None:
            self._scene.show_snapshot(self._snapshot)

    def summary(self) -> Text:
        """What stands in the corner of the pane's title."""
        if self._snapshot is None:
            return Text(en="", zh="")
        network = self._snapshot.network
        words = SUMMARY_ONE if len(network.layers) == 1 else SUMMARY
        return words.filled(layers=len(network.layers), parameters=network.parameters)

    def sentence(self) -> Text:
        """What the current event did."""
        return Text(en="", zh="") if self._snapshot is None else sentence(self._snapshot)

    def accessible_rows(self) -> list[str]:
        """The network in words: inputs, every layer, the loss."""
        if self._snapshot is None:
            return []
        return [self._speech.say(words) for words in spoken_rows(self._snapshot)]

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show one moment; items are made anew only if the network is another one."""
        before, self._snapshot = self._snapshot, snapshot
        if before is None or (before.network is not snapshot.network and before.network != snapshot.network):
            self._rebuild()
        else:
            self._scene.show_snapshot(snapshot)
        self._start_walk(before, snapshot)
        self._refresh_card()
        if not snapshot.running and snapshot is not before:
            self._describe()

    def restyle(self) -> None:
        """Take the colours and sizes of the theme."""
        self._view.setBackgroundBrush(QColor(self._theme.palette.panel))
        self.updateGeometry()
        self._rebuild()

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        self.setAccessibleName(self._speech.say(NAME))
        self._view.setAccessibleName(self._speech.say(NAME))
        self._rebuild()
        self._refresh_card()

    def _connect(self) -> None:
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)
        self._view.pointed.connect(self._point)
        self._view.clicked.connect(self._click)
        self._view.menu_asked.connect(self._ask_for_menu)
        self._view.resized.connect(self._rebuild)

    def _rebuild(self) -> None:
        """Lay out anew for another network, size, theme or language."""
        if self._snapshot is None:
            return
        self._walk.stop()
        room = self._view.viewport().size()
        self._scene.build(self._snapshot.network, room.width(), room.height())
        self._scene.show_snapshot(self._snapshot)

    def _describe(self) -> None:
        """Tell those who listen; a table of the layers, and the sentence of this event."""
        self._view.setAccessibleDescription("\n".join(self.accessible_rows()))
        if QAccessible.isActive():
            words = self._speech.say(self.sentence())
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, words))

    def _made_walk(self) -> QVariantAnimation:
        walk = QVariantAnimation(self)
        walk.setStartValue(0.0)
        walk.setEndValue(1.0)
        walk.setDuration(PACKET_MS)
        walk.setEasingCurve(QEasingCurve.Type.InOutQuad)
        walk.valueChanged.connect(self._move_packet)
        return walk

    def _start_walk(self, before: Snapshot | None, now: Snapshot) -> None:
        """A packet walks only when the story moves on by this very event."""
        self._walk.stop()
        self._move_packet(1.0)
        event = now.current
        handed = event is not None and event.kind is EventKind.D_INPUT and not now.running
        if self.animated and handed and before is not None and self.isVisible() and _follows(before, now):
            self._move_packet(0.0)
            self._walk.start()

    def _move_packet(self, progress: object) -> None:
        if self._scene.parts is not None and isinstance(progress, float):
            self._scene.parts.packet.move_to(progress)

    def _point(self, place: object) -> None:
        hit = self._scene.hit(place) if isinstance(place, QPointF) else None
        if hit != self._pointed:
            self.pointed.emit(hit)
        self._pointed = hit
        self._scene.hover(hit)
        self._view.viewport().setCursor(
            Qt.CursorShape.ArrowCursor if hit is None else Qt.CursorShape.PointingHandCursor
        )
        self._refresh_card()
        if self._card.isVisible() and isinstance(place, QPointF):
            self._card.place_near(self._view.mapFromScene(place))

    def _refresh_card(self) -> None:
        """Keep the numbers beside the pointer live."""
        told = details(self._snapshot, self._pointed) if self._snapshot and self._pointed else None
        if told is None:
            self._card.hide()
            return
        self._card.show_details(told)
        self._card.show()

    def _ask_for_menu(self, place: object, on_screen: object) -> None:
        hit = self._scene.hit(place) if isinstance(place, QPointF) else None
        if hit is not None:
            self.menu_asked.emit(hit, on_screen)

    def _click(self, place: object) -> None:
        hit = self._scene.hit(place) if isinstance(place, QPointF) else None
        if isinstance(hit, NodeHit):
            self.node_clicked.emit((hit.layer, hit.unit))
        elif isinstance(hit, EdgeHit):
            self.edge_clicked.emit((hit.layer, hit.unit, hit.source))
        elif isinstance(hit, LayerHit):
            self.layer_clicked.emit(hit.layer)


def _follows(before: Snapshot, now: Snapshot) -> bool:
    same_step = before.iteration == now.iteration and before.revision == now.revision
    return same_step and now.cursor == before.cursor + 1
