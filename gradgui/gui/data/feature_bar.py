"""What the network is shown of each point: a chip for every feature, with a map of it over the plane."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QWidget

from gradgui.catalog.features import MAPS, mapped, shown
from gradgui.gui.data import sheet_words as words
from gradgui.gui.data.colours import SIGNED_MAP
from gradgui.gui.language import Speech
from gradgui.gui.theme import Size, Space, Theme
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.session.snapshot import Array, DataView

_SIDE, _WIDE, _HIGH, _GRID = 32, 49, 60, 40
_MOST_INPUTS = 8
_ROW = 9
"""Chips side by side."""


class FeatureChip(QAbstractButton):
    """Pressed: the network is shown this feature."""

    asked = Signal(object, object)
    """The feature, and whether it should be shown."""

    def __init__(self, feature: str, picture: QImage | None, theme: Theme, parent: QWidget | None = None) -> None:
        """`picture` None where there is no plane to draw it over."""
        super().__init__(parent)
        self.feature, self._picture, self._theme = feature, picture, theme
        self.setText(shown(feature))
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._ask)
        theme.changed.connect(self.restyle)
        self.restyle()

    def call(self, name: str) -> None:
        """Say another name."""
        self.setText(name)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.restyle()

    def restyle(self) -> None:
        """Take the colours and sizes of now."""
        self.setFont(self._theme.font(Size.SMALL))
        self.setFixedHeight(self.sizeHint().height())
        self.setFixedWidth(self.sizeHint().width())
        self.update()

    def sizeHint(self) -> QSize:
        """A map and a line; without maps only a line."""
        px, words_wide = self._theme.px, self.fontMetrics().horizontalAdvance(self.text())
        if self._picture is None:
            return QSize(words_wide + px(2 * Space.GAP), px(30))
        return QSize(max(px(_WIDE), words_wide + px(Space.TINY)), px(_HIGH))

    def nextCheckState(self) -> None:
        """Only the document says what is shown."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Map and name; pale where the network is not shown it."""
        painter, p, px = QPainter(self), self._theme.palette, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame, on = QRectF(self.rect()).adjusted(1, 1, -1, -1), self.isChecked()
        edge = p.current if self.hasFocus() else p.ink if on else p.line
        painter.setPen(QPen(QColor(edge), 1.5 if on or self.hasFocus() else 1))
        painter.setBrush(QColor(p.hover) if on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, px(8), px(8))
        words_box = frame
        if self._picture is not None:
            side = px(_SIDE)
            box = QRectF((self.width() - side) / 2, px(6), side, side)
            self._draw_map(painter, box, on)
            words_box = QRectF(0, box.bottom(), self.width(), self.height() - box.bottom() - px(2))
        painter.setPen(QColor(p.ink if on else p.muted))
        painter.drawText(words_box, Qt.AlignmentFlag.AlignCenter, self.text())

    def _draw_map(self, painter: QPainter, box: QRectF, on: bool) -> None:
        assert self._picture is not None
        outline = QPainterPath()
        outline.addRoundedRect(box, 4, 4)
        painter.save()
        painter.setClipPath(outline)
        painter.setOpacity(1.0 if on else 0.35)
        painter.drawImage(box, self._picture)
        painter.restore()

    def _ask(self) -> None:
        self.asked.emit(self.feature, not self.isChecked())


class FeatureBar(QWidget):
    """All features that these inputs can give."""

    feature_asked = Signal(object, object)
    """A feature, and whether the network should be shown it."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._inputs: tuple[str, ...] | None = None
        self._chips: list[FeatureChip] = []
        self._about = SaidLabel(speech, theme, size=Size.SMALL, tone=Tone.MUTED, parent=self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(self._about, 0, 0, 1, _ROW + 1)
        self._grid.setColumnStretch(_ROW, 1)
        theme.changed.connect(self.restyle)
        self.restyle()

    @property
    def chips(self) -> tuple[FeatureChip, ...]:
        """One for each feature."""
        return tuple(self._chips)

    def chip(self, feature: str) -> FeatureChip:
        """The chip of one feature."""
        return next(chip for chip in self._chips if chip.feature == feature)

    def show_features(self, data: DataView, features: tuple[str, ...] | None) -> None:
        """Show which of the features these inputs give are in force; None: the raw inputs."""
        inputs = data.features
        if inputs != self._inputs:
            self._rebuild(inputs)
        for chip in self._chips:
            raw = chip.feature in inputs
            name = self._speech.say(data.input_name(inputs.index(chip.feature))) if raw else shown(chip.feature)
            chip.call(name)
        chosen = features or inputs
        for chip in self._chips:
            chip.setChecked(chip.feature in chosen)

    def restyle(self) -> None:
        """Take the distances of now."""
        self._grid.setSpacing(self._theme.px(Space.TINY))

    def _rebuild(self, inputs: tuple[str, ...]) -> None:
        self._inputs = inputs
        while self._chips:
            chip = self._chips.pop()
            self._grid.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        many = len(inputs) > _MOST_INPUTS
        self._about.setVisible(many)
        self._about.say(words.ALL_PIXELS, count=len(inputs))
        for place, feature in enumerate(() if many else possible(inputs)):
            chip = FeatureChip(feature, feature_map(feature, inputs), self._theme, self)
            chip.asked.connect(self.feature_asked)
            long = len(inputs) > 2
            self._grid.addWidget(chip, 1 + (place // 2 if long else place // _ROW), place % (2 if long else _ROW))
            self._chips.append(chip)


def possible(inputs: tuple[str, ...]) -> tuple[str, ...]:
    """The raw inputs and what can be made from them."""
    return (*inputs, *(name for name, (_, _, sources) in MAPS.items() if set(sources) <= {*inputs}))


def feature_map(feature: str, inputs: tuple[str, ...]) -> QImage | None:
    """The feature over the plane from −5 to 5, blue below and orange above zero; None without a plane."""
    if len(inputs) > 2:
        return None
    x1, x2 = np.meshgrid(np.linspace(-5, 5, _GRID), np.linspace(5, -5, _GRID))
    raw = np.stack([x1.ravel(), x2.ravel()], axis=1)[:, : len(inputs)]
    values: Array = mapped(raw, inputs, (feature,)).reshape(_GRID, _GRID)
    share = values / np.abs(values).max()
    table = pg.colormap.get(SIGNED_MAP).getLookupTable(nPts=256, alpha=True)
    pixels = np.ascontiguousarray(table[np.rint((share + 1) * 127.5).astype(np.intp)], np.uint8)
    return QImage(pixels.tobytes(), _GRID, _GRID, 4 * _GRID, QImage.Format.Format_RGBA8888).copy()
