"""The row above the picture: what the colours mean, how to look at it, and a small menu for the rest."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from gradgui.gui.icons import Icons
from gradgui.gui.language import Speech
from gradgui.gui.surface.camera import Preset
from gradgui.gui.surface.legend import Legend
from gradgui.gui.surface.picture import Picture
from gradgui.gui.theme import Size, Theme
from gradgui.text import Text

_PRESETS = {
    Preset.FRONT: (Text(en="Front", zh="正面"), Text(en="Look from the front (1)", zh="从正面看（1）")),
    Preset.TOP: (Text(en="Top", zh="俯视"), Text(en="Look from above (2)", zh="从上往下看（2）")),
    Preset.ALONG: (Text(en="Valley", zh="沿谷"), Text(en="Look along the valley (3)", zh="沿着山谷看（3）")),
    Preset.FOLLOW: (Text(en="Follow", zh="跟随"), Text(en="Stay close to the ball (4)", zh="紧跟小球（4）")),
}
_LOG = Text(en="Log", zh="对数")
_LOG_HELP = Text(en="Heights by powers of ten: low places show more", zh="高度按 10 的幂画：低处看得更清楚")
_LOG_HEIGHTS = Text(en="Logarithmic heights", zh="对数高度")
_FLAT = Text(en="Map", zh="平面图")
_FLAT_HELP = Text(en="Seen as a map with contour lines", zh="画成带等高线的地图")
_SHOW = Text(en="Show", zh="显示")
_SHOW_HELP = Text(en="Which arrows, paths and other marks are drawn", zh="画出哪些箭头、轨迹和其他标记")
_AXES = Text(en="Axes", zh="坐标轴")
_AXES_HELP = Text(en="Which parameters or directions, and how much of them", zh="看哪些参数或方向，看多大范围")
_MORE = Text(en="More", zh="更多")
_SLOPE = Text(en="Colours show steepness |∇|", zh="颜色表示陡峭程度 |∇|")
_TEST = Text(en="Loss of the test set", zh="测试集的损失")
_RESLICE = Text(en="Cut the slice through here", zh="在此处重新切片")
_FIT = Text(en="Fit to the path", zh="缩放到轨迹")
_RACE = Text(en="Race of optimisers…", zh="优化器赛跑…")
_EXPORT = Text(en="Export", zh="导出")
_EXPORT_HELP = Text(en="Export a picture or a film…", zh="导出图片或动画…")
_ERRANDS = {
    "race": _RACE, "marks": _SHOW_HELP, "axes": _AXES_HELP, "map": _FLAT_HELP, "log": _LOG_HEIGHTS, "slope": _SLOPE,
    "test": _TEST, "reslice": _RESLICE, "fit": _FIT, "export": _EXPORT_HELP,
}  # fmt: skip
"""What a list of all commands says of these buttons; the places to look from come behind."""
GAP = 2
SLACK = 24
"""So many pixels must be free before the places to look from come back from the menu, or each new loss moved them."""


class Controls(QWidget):
    """Small quiet buttons; nothing here is needed to follow a lesson."""

    flat_wanted = Signal(bool)
    log_wanted = Signal(bool)
    slope_wanted = Signal(bool)
    test_wanted = Signal(bool)
    preset_chosen = Signal(object)
    """Preset."""
    axes_wanted = Signal(bool)
    reslice_wanted = Signal()
    fit_wanted = Signal()
    race_wanted = Signal()

    def __init__(self, speech: Speech, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech, self._theme, self._icons = speech, theme, icons
        self._is_map_only, self._flat_now = False, True
        self._roomy = True
        """Whether the places to look from stand beside the legend; in a narrow pane they are only in the menu."""
        self._legend = Legend(theme, self)
        self._presets = {preset: _button(self) for preset in _PRESETS}
        self._log, self._flat = _button(self, checkable=True), _button(self, checkable=True)
        self.axes, self._show = _button(self, checkable=True), _button(self)
        self._more = _button(self)
        self._menu = QMenu(self)
        self._views = {preset: QAction(self) for preset in _PRESETS}
        self._log_item, self._slope = QAction(self, checkable=True), QAction(self, checkable=True)
        self._test = QAction(self, checkable=True, visible=False)
        self._reslice, self._fit, self._race = QAction(self), QAction(self), QAction(self)
        self.export_menu, self.show_menu = QMenu(self), QMenu(self)
        self._fill_menu()
        self._lay_out()
        self._connect()
        self.restyle()
        self.retranslate()

    def show_picture(self, picture: Picture | None) -> None:
        """Name the colours of this picture."""
        valley = picture is not None and picture.is_valley
        self._legend.show_relief(*(None, None) if picture is None or valley else (picture.relief, picture.paint))
        self._slope.setVisible(not valley)
        self._reslice.setVisible(picture is not None and picture.relief.view.held > 0)
        self._make_room()

    def errands(self) -> tuple[tuple[str, Text], ...]:
        """What can be asked for now, by name, for a list of all commands."""
        turns = (
            [] if self._is_map_only or self._flat_now else [(preset.value, _PRESETS[preset][1]) for preset in _PRESETS]
        )
        items = {
            "slope": self._slope,
            "test": self._test,
            "reslice": self._reslice,
            "export": self.export_menu.menuAction(),
        }
        left_out = {name for name, item in items.items() if not item.isVisible()} | (
            {"map"} if self._is_map_only else set()
        )
        return (*((name, text) for name, text in _ERRANDS.items() if name not in left_out), *turns)

    def carry_out(self, errand: str) -> None:
        """Do what was asked for, as a click on its button or on its row of the menu does."""
        doing = {
            "race": self._race.trigger,
            "marks": self._open_show_menu,
            "axes": self.axes.click,
            "map": self._flat.click,
            "log": self._log_item.trigger,
            "slope": self._slope.trigger,
            "test": self._test.trigger,
            "reslice": self._reslice.trigger,
            "fit": self._fit.trigger,
            "export": self._open_export_menu,
            **{preset.value: self._views[preset].trigger for preset in _PRESETS},
        }
        doing[errand]()

    def offer_test(self, offered: bool, shown: bool) -> None:
        """Whether there is a test set, and whether its loss is what is drawn."""
        self._test.setVisible(offered)
        self._test.setChecked(shown)

    def show_state(self, flat: bool, can_choose: bool, log: bool, by_slope: bool = False) -> None:
        """Which picture is shown, and whether there is a choice."""
        self._flat_now, self._is_map_only = flat, not can_choose
        self._flat.setChecked(flat)
        self._flat.setVisible(can_choose)
        for button in (self._log, self._log_item):
            button.setChecked(log)
        self._slope.setChecked(by_slope)
        self._make_room()

    def retranslate(self) -> None:
        """Say everything in the chosen language."""
        for preset, (name, why) in _PRESETS.items():
            self._name(self._presets[preset], name, why)
            self._views[preset].setText(self._speech.say(why))
        self._name(self._log, _LOG, _LOG_HELP)
        self._name(self._flat, _FLAT, _FLAT_HELP)
        self._name(self.axes, _AXES, _AXES_HELP)
        self._name(self._show, _SHOW, _SHOW_HELP)
        self._more.setToolTip(self._speech.say(_MORE))
        self._more.setAccessibleName(self._speech.say(_MORE))
        items = {self._log_item: _LOG_HEIGHTS, self._slope: _SLOPE, self._reslice: _RESLICE, self._fit: _FIT}
        for item, words in {**items, self._race: _RACE, self._test: _TEST}.items():
            item.setText(self._speech.say(words))
        self.export_menu.setTitle(self._speech.say(_EXPORT))

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
        for button in (*self._buttons(), self._more):
            button.setFont(self._theme.font(Size.SMALL))
            button.setStyleSheet(style)
        self._more.setIcon(self._icons.icon("more", palette.muted))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Called by Qt."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        turns = not self._is_map_only and not self._flat_now
        parts = (self._legend, *self._buttons(), self._more)
        needed = sum(part.sizeHint().width() + GAP for part in parts)
        self._roomy = self.width() >= needed + (0 if self._roomy else self._theme.px(SLACK))
        for button in self._presets.values():
            button.setVisible(turns and self._roomy)
        for item in self._views.values():
            item.setVisible(turns)

    def _name(self, button: QToolButton, name: Text, why: Text) -> None:
        button.setText(self._speech.say(name))
        button.setToolTip(self._speech.say(why))

    def _buttons(self) -> tuple[QToolButton, ...]:
        return (*self._presets.values(), self._log, self._flat, self._show, self.axes)

    def _fill_menu(self) -> None:
        self._menu.addActions(list(self._views.values()))
        self._menu.addSeparator()
        self._menu.addActions([self._log_item, self._slope, self._test])
        self._menu.addSeparator()
        self._menu.addActions([self._reslice, self._fit])
        self._menu.addSeparator()
        self._menu.addAction(self._race)
        self._menu.addMenu(self.export_menu)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self._legend)
        row.addStretch(1)
        for button in self._buttons():
            row.addWidget(button)
        row.addWidget(self._more)

    def _connect(self) -> None:
        for preset in _PRESETS:
            for button in (self._presets[preset], self._views[preset]):
                button.setProperty("preset", preset.value)
            self._presets[preset].clicked.connect(self._choose_preset)
            self._views[preset].triggered.connect(self._choose_preset)
        self._log.clicked.connect(self.log_wanted)
        self._log_item.triggered.connect(self.log_wanted)
        self._slope.triggered.connect(self.slope_wanted)
        self._test.triggered.connect(self.test_wanted)
        self._flat.clicked.connect(self.flat_wanted)
        self.axes.clicked.connect(self.axes_wanted)
        self._more.clicked.connect(self._open_menu)
        self._show.clicked.connect(self._open_show_menu)
        self._reslice.triggered.connect(self.reslice_wanted)
        self._fit.triggered.connect(self.fit_wanted)
        self._race.triggered.connect(self.race_wanted)
        self._speech.changed.connect(self.retranslate)
        self._theme.changed.connect(self.restyle)

    def _open_menu(self) -> None:
        _drop(self._menu, self._more)

    def _open_show_menu(self) -> None:
        _drop(self.show_menu, self._show)

    def _open_export_menu(self) -> None:
        _drop(self.export_menu, self._more)

    def _choose_preset(self) -> None:
        self.preset_chosen.emit(Preset(self.sender().property("preset")))


def _drop(menu: QMenu, button: QToolButton) -> None:
    """Open a menu below its button, both ending at the same right side."""
    corner = button.mapToGlobal(QPoint(button.width(), button.height()))
    menu.popup(corner - QPoint(menu.sizeHint().width(), 0))


class _QuietButton(QToolButton):
    """Pressed by Enter too: the space bar belongs to the program."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def _button(parent: QWidget, checkable: bool = False) -> QToolButton:
    button = _QuietButton(parent)
    button.setCheckable(checkable)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
