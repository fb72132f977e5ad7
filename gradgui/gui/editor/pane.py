"""The network pane: the user's network at one moment, with every number that is known and no other."""

from __future__ import annotations

import time

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from gradgui.document.experiment import Experiment
from gradgui.errors import UserError
from gradgui.gui.editor.captions import PARAMETERS
from gradgui.gui.editor.card import HoverCard
from gradgui.gui.editor.details import EdgeHit, Hit, LayerHit, NodeHit, details
from gradgui.gui.editor.features_item import Offer
from gradgui.gui.editor.gestures import Hands
from gradgui.gui.editor.handles import CountHit, Target
from gradgui.gui.editor.marks import Marks
from gradgui.gui.editor.menus import Menus
from gradgui.gui.editor.motion import Motion
from gradgui.gui.editor.refusal import Refusal
from gradgui.gui.editor.scene import NetworkScene
from gradgui.gui.editor.sight import Sight
from gradgui.gui.editor.spoken import spoken_rows, spoken_target
from gradgui.gui.editor.typed import Typing
from gradgui.gui.editor.view import NetworkView
from gradgui.gui.editor.wishes import Wish
from gradgui.gui.editor.zoom import SUM, Zoom
from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.gui.widgets.sentences import sentence
from gradgui.session.snapshot import Snapshot
from gradgui.text import Text

NAME = Text(en="Network", zh="网络")
SUMMARY = Text(en="{layers} layers · {parameters} parameters", zh="{layers} 层 · {parameters} 个参数")
LIVE_MS = 40
"""While training runs, the picture is renewed after so long."""
SUMMARY_ONE = Text(en="1 layer · {parameters} parameters", zh="1 层 · {parameters} 个参数")


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
    """A wire or neuron was right-clicked: what it is, and the place on the screen."""
    edit_asked = Signal(object)
    """A Wish: an edit of the network, to be tried."""
    gesture_ended = Signal()
    """A drag is over: the next edit of the same thing is another one."""
    layer_opened = Signal(object)
    """Somebody wants to see everything about a layer; its index."""
    layer_entered = Signal(object)
    """The same by Enter: the keyboard goes along."""
    dismissed = Signal()
    """Escape: whatever was opened from here may close."""
    level_changed = Signal(object)
    """How near the network is looked at now."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None, *, animated: bool = True) -> None:
        super().__init__(parent)
        self._speech = speech
        self._theme = theme
        self._marks = Marks(theme)
        self._sight = Sight()
        self._pointed: Target | None = None
        self._place: QPoint | None = None
        """Where the pointer is, in the view."""
        self._shown_at = 0.0
        self.brief = False
        """Whether the title has little room for a summary."""
        self._scene = NetworkScene(self._marks, speech, self)
        self._view = NetworkView(self._scene, self)
        self.hands = Hands(self._view, self._scene, self._sight, speech, self)
        self._view.hand = self.hands
        self.menus = Menus(self, self._sight, speech)
        self.typing = Typing(self._view.viewport(), self._sight, speech, theme)
        self.refusal = Refusal(self._view.viewport(), speech, theme)
        self._card = HoverCard(self._marks, speech, self._view)
        self.motion = Motion(self._scene, theme, self, animated)
        self.zoom = Zoom(self._view, self._scene, self._sight, self)
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

    @property
    def chosen(self) -> Target | None:
        """What the keys work on."""
        return self._sight.chosen

    def show_document(self, experiment: Experiment) -> None:
        """Know the document behind the picture: options, links, what is frozen."""
        self._sight.experiment = experiment
        self._show_document()

    def offer_features(self, possible: tuple[str, ...], chosen: tuple[str, ...], inputs: tuple[str, ...]) -> None:
        """Switches under the inputs for what can be made of the raw ones; none where nothing can be chosen."""
        self._sight.inputs = inputs
        if self._scene.offer_features(Offer(possible, chosen)):
            self._rebuild()

    def _show_document(self) -> None:
        if self._scene.parts is not None:
            self._scene.parts.frost.show_frozen([self._sight.frozen(layer) for layer in range(self._sight.layers)])
            self._scene.parts.links.show_ways(self._sight.beside())

    def refuse(self, error: UserError, at: Target | None) -> None:
        """Say at the place itself why an edit cannot be."""
        self.refusal.say(error, self._view.rect().center() if at is None else self.hands.place_of(at))

    @Slot(object)
    def choose(self, target: Target | None) -> None:
        """Let the keys work on something, and bring it into view."""
        self._sight.chosen = target
        if self.zoom.level == SUM:
            self.zoom.show_all() if target is None else self._rebuild()
            return
        self._scene.choose(target)
        if target is not None:
            place = self._scene.place(target)
            margin = self._theme.px(40)
            self._view.ensureVisible(place.x(), place.y(), 1, 1, margin, margin)

    @Slot()
    def zoom_in(self) -> None:
        """One step nearer."""
        self.zoom.by(1)

    @Slot()
    def zoom_out(self) -> None:
        """One step back; from the arithmetic of a neuron to the whole network."""
        self.zoom.by(-1)

    def add_to_menu(self, menu: QMenu, hit: Hit) -> None:
        """Put what can be done with a weight or neuron into somebody else's list."""
        self.menus.fill(menu, hit)

    def mark(self, targets: tuple[Target | None, ...]) -> None:
        """Draw a pencil line around what a lesson talks about; None among them is the loss."""
        self._scene.mark(targets)

    def set_quiet(self, quiet: bool) -> None:
        """In a lesson, what builds networks is present but quiet."""
        self._scene.set_quiet(quiet)

    def light(self, hit: Hit | None) -> None:
        """Show which wire or neuron a number of the formula belongs to."""
        self._scene.light(hit)

    def use_spotlight(self, on: bool) -> None:
        """Dim all that the current event is not about."""
        self._scene.use_spotlight(on)
        self._rebuild()

    def use_log_widths(self, on: bool) -> None:
        """Widths of gradients follow their power of ten, so that small ones can be told apart."""
        self._marks.log_widths = on
        if self._sight.snapshot is not None:
            self._scene.show_snapshot(self._sight.snapshot)

    def summary(self, short: bool = False) -> Text:
        """What stands in the corner of the pane's title; in few words where there is little room."""
        if self._sight.snapshot is None:
            return Text(en="", zh="")
        network = self._sight.snapshot.network
        if short or self.brief:
            return PARAMETERS.filled(n=network.parameters)
        words = SUMMARY_ONE if len(network.layers) == 1 else SUMMARY
        return words.filled(layers=len(network.layers), parameters=network.parameters)

    def sentence(self) -> Text:
        """What the current event did."""
        return Text(en="", zh="") if self._sight.snapshot is None else sentence(self._sight.snapshot)

    def accessible_rows(self) -> list[str]:
        """The network in words: inputs, every layer, the loss."""
        if self._sight.snapshot is None:
            return []
        return [self._speech.say(words) for words in spoken_rows(self._sight.snapshot)]

    def show_snapshot(self, snapshot: Snapshot, edges: bool = True) -> None:
        """Show one moment, `edges` too or later; items are made anew only if the network is another one."""
        if self._too_soon(snapshot):
            return
        before, self._sight.snapshot = self._sight.snapshot, snapshot
        if before is not None and before.revision != snapshot.revision:
            self.refusal.hide()
        if before is None or (before.network is not snapshot.network and before.network != snapshot.network):
            self._rebuild()
            self.motion.start_glow(before, snapshot)
        else:
            self._scene.show_snapshot(snapshot, edges)
        self.motion.start_walk(before, snapshot)
        self._refresh_card()
        if not snapshot.running and snapshot is not before:
            self._describe()

    def _too_soon(self, snapshot: Snapshot) -> bool:
        """While training runs, pictures come no faster than the eye can follow: time is for training."""
        before, now = self._sight.snapshot, time.perf_counter()
        alike = before is not None and before.running and snapshot.running and before.revision == snapshot.revision
        if alike and now - self._shown_at < LIVE_MS / 1000:
            return True
        self._shown_at = now
        return False

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
        self._view.focus_changed.connect(self._scene.show_focus)
        self._view.reached_by_key.connect(self._show_choice)
        self._view.horizontalScrollBar().valueChanged.connect(self._follow_scrolling)
        for source in (self.hands, self.menus, self.typing):
            source.wished.connect(self._wish)
        self.hands.gesture_ended.connect(self.gesture_ended)
        self.hands.lifted.connect(self._refresh_card)
        self.hands.typing_asked.connect(self._type)
        self.hands.menu_asked.connect(self._open_list)
        self.hands.keys.chosen.connect(self._choose_by_key)
        self.hands.keys.opened.connect(self._enter_layer)
        self.hands.keys.menu_asked.connect(self._menu_by_key)
        self.menus.opened.connect(self._open_layer)
        self.menus.typing_asked.connect(self._type)
        self.menus.arithmetic_asked.connect(self.zoom.show_sum)
        self.hands.zoom_asked.connect(self.zoom.by)
        self.zoom.changed.connect(self._take_level)
        self.zoom.changed.connect(self.level_changed)
        self.typing.refused.connect(self.refuse)
        self.typing.closed.connect(self._view.setFocus)

    def _rebuild(self) -> None:
        """Lay out anew for another network, size, theme or language."""
        if self._sight.snapshot is None:
            return
        self.motion.stop()
        self.typing.close()
        self.zoom.lay_out(self._sight.snapshot)
        self._scene.show_snapshot(self._sight.snapshot)
        self._scene.choose(self._sight.chosen)
        self._show_document()
        self._follow_scrolling()
        if self._place is not None:
            self._point(self._view.mapToScene(self._place))

    @Slot(object)
    def _take_level(self, level: int) -> None:
        """Nearer or farther away; the arithmetic of a neuron has the keyboard, so that Escape leads back."""
        self.refusal.hide()
        self._rebuild()
        if level == SUM:
            self._view.setFocus()

    @Slot()
    def _show_choice(self) -> None:
        """Who comes by Tab must see where the keys are."""
        if self._sight.chosen is None and self._sight.layers:
            self.choose(LayerHit(0))

    @Slot()
    def _follow_scrolling(self) -> None:
        """The sentence stays in the middle of what can be seen."""
        if self._scene.parts is not None:
            left = self._view.horizontalScrollBar().value()
            self._scene.parts.sentence.stand_between(left, left + self._view.viewport().width())

    def _describe(self) -> None:
        """A table of the layers for those who come here; what happens is told by the debugger, once."""
        self._view.setAccessibleDescription("\n".join(self.accessible_rows()))

    def _point(self, place: object) -> None:
        self._place = self._view.mapFromScene(place) if isinstance(place, QPointF) else None
        hit = self._scene.hit(place) if isinstance(place, QPointF) else None
        if hit != self._pointed:
            self.hands.pointed()
            self.pointed.emit(hit if isinstance(hit, Hit) else None)
        self._pointed = hit
        self._scene.hover(hit, self._scene.near(place) if isinstance(place, QPointF) else None)
        self._view.viewport().setCursor(
            Qt.CursorShape.ArrowCursor if hit is None else Qt.CursorShape.PointingHandCursor
        )
        self._refresh_card()
        if self._card.isVisible() and isinstance(place, QPointF):
            self._card.place_near(self._view.mapFromScene(place))

    @Slot()
    def _refresh_card(self) -> None:
        """Keep the numbers beside the pointer live."""
        hit, snapshot = None if self.hands.carrying else self._pointed, self._sight.snapshot
        told = details(snapshot, hit) if snapshot is not None and isinstance(hit, Hit) else None
        if told is None:
            self._card.hide()
            return
        self._card.show_details(told)
        self._card.show()

    def _ask_for_menu(self, place: object, on_screen: object) -> None:
        hit = self._scene.hit(place) if isinstance(place, QPointF) else None
        self._open_menu(hit, on_screen)

    def _open_menu(self, hit: Target | None, on_screen: object) -> None:
        """Weights and neurons have questions beside what the editor can do with them; the rest is the editor's."""
        if isinstance(hit, EdgeHit | NodeHit):
            self.menu_asked.emit(hit, on_screen)
        elif hit is not None and isinstance(on_screen, QPoint):
            self.menus.open_for(hit, on_screen)

    @Slot(object)
    def _menu_by_key(self, hit: object) -> None:
        if isinstance(hit, Target):
            self._open_menu(hit, self._view.viewport().mapToGlobal(self.hands.place_of(hit)))

    @Slot(object, object)
    def _open_list(self, hit: Target, place: QPoint) -> None:
        self.menus.open_for(hit, self._view.viewport().mapToGlobal(place))

    @Slot(object)
    def _type(self, hit: EdgeHit | NodeHit | CountHit) -> None:
        self.refusal.hide()
        self.typing.open(hit, self.hands.place_of(hit))

    @Slot(object)
    def _wish(self, wish: Wish) -> None:
        self.refusal.hide()
        self.edit_asked.emit(wish)

    @Slot(object)
    def _enter_layer(self, hit: LayerHit) -> None:
        self.layer_entered.emit(hit.layer)

    @Slot(object)
    def _choose_by_key(self, target: Target | None) -> None:
        """Walking with the keys is told to those who listen."""
        self.choose(target)
        if target is None:
            self.dismissed.emit()
        elif QAccessible.isActive():
            words = self._speech.say(spoken_target(self._sight, target))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, words))

    @Slot(object)
    def _open_layer(self, hit: LayerHit) -> None:
        self.layer_opened.emit(hit.layer)

    def _click(self, place: object) -> None:
        hit = self._scene.hit(place) if isinstance(place, QPointF) else None
        self.refusal.hide()
        if self.hands.click(hit):
            return
        self.choose(hit)
        if hit is not None:
            self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        if isinstance(hit, NodeHit):
            self.node_clicked.emit((hit.layer, hit.unit))
        elif isinstance(hit, EdgeHit):
            self.edge_clicked.emit((hit.layer, hit.unit, hit.source))
        elif isinstance(hit, LayerHit):
            self.layer_clicked.emit(hit.layer)
            self._open_layer(hit)
