"""The row above the picture: what the colours mean, and how to look at it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gradgui.gui.language import Speech
from gradgui.gui.surface.camera import Preset
from gradgui.gui.surface.legend import Legend
from gradgui.gui.surface.relief import Relief
from gradgui.gui.theme import Size, Theme
from gradgui.text import Text

_PRESETS = {
    Preset.FRONT: (Text(en="Front", zh="正面"), Text(en="Look from the front (1)", zh="从正面看（1）")),
    Preset.TOP: (Text(en="Top", zh="俯视"), Text(en="Look from above (2)", zh="从上往下看（2）")),
    Preset.ALONG: (Text(en="Valley", zh="沿谷"), Text(en="Look along the valley (3)", zh="沿着山谷看（3）")),
}
_LOG = Text(en="Log", zh="对数")
_LOG_HELP = Text(en="Heights by powers of ten: low places show more", zh="高度按 10 的幂画：低处看得更清楚")
_FLAT = Text(en="Map", zh="平面图")
_FLAT_HELP = Text(en="Seen as a map with contour lines", zh="画成带等高线的地图")


class Controls(QWidget):
    """Small quiet buttons; nothing here is needed to follow a lesson."""

    flat_wanted = Signal(bool)
    log_wanted = Signal(bool)
    preset_chosen = Signal(object)
    """Preset."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme = speech, theme
        self._legend = Legend(theme, self)
        self._presets = {preset: _button(self) for preset in _PRESETS}
        self._log, self._flat = _button(self, checkable=True), _button(self, checkable=True)
        self._lay_out()
        self._connect()
        self.restyle()
        self.retranslate()

    def show_relief(self, relief: Relief | None) -> None:
        """Name the colours of this relief."""
        self._legend.show_relief(relief)

    def show_state(self, flat: bool, can_choose: bool, log: bool) -> None:
        """Which picture is shown, and whether there is a choice."""
        self._flat.setChecked(flat)
        self._flat.setVisible(can_choose)
        self._log.setChecked(log)
        for button in self._presets.values():
            button.setVisible(can_choose and not flat)

    def retranslate(self) -> None:
        """Say everything in the chosen language."""
        for preset, (name, why) in _PRESETS.items():
            self._name(self._presets[preset], name, why)
        self._name(self._log, _LOG, _LOG_HELP)
        self._name(self._flat, _FLAT, _FLAT_HELP)

    def restyle(self) -> None:
        """Take the theme's colours and sizes."""
        palette = self._theme.palette
        style = (
            f"QToolButton {{ border: 1px solid transparent; border-radius: 6px; padding: 2px 6px; margin: 0;"
            f" color: {palette.muted}; background: transparent; }}"
            f"QToolButton:hover {{ background: {palette.hover}; color: {palette.ink}; }}"
            f"QToolButton:checked {{ border-color: {palette.line}; background: {palette.hover};"
            f" color: {palette.ink}; }}"
            f"QToolButton:focus {{ border-color: {palette.current}; }}"
        )
        for button in self._buttons():
            button.setFont(self._theme.font(Size.SMALL))
            button.setStyleSheet(style)

    def _name(self, button: QToolButton, name: Text, why: Text) -> None:
        button.setText(self._speech.say(name))
        button.setToolTip(self._speech.say(why))

    def _buttons(self) -> tuple[QToolButton, ...]:
        return (*self._presets.values(), self._log, self._flat)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._legend)
        row.addStretch(1)
        for button in self._buttons():
            row.addWidget(button)

    def _connect(self) -> None:
        for preset, button in self._presets.items():
            button.setProperty("preset", preset.value)
            button.clicked.connect(self._choose_preset)
        self._log.clicked.connect(self.log_wanted)
        self._flat.clicked.connect(self.flat_wanted)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)

    def _choose_preset(self) -> None:
        self.preset_chosen.emit(Preset(self.sender().property("preset")))


def _button(parent: QWidget, checkable: bool = False) -> QToolButton:
    button = QToolButton(parent)
    button.setCheckable(checkable)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
