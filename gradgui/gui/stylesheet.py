"""How every button, list and bar of the window looks, said once."""

from __future__ import annotations

from string import Template

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from gradgui.gui.theme import Size, Space, Theme

_FRAME = """
QMainWindow, QWidget#ground { background: $ground; }
QFrame#tool_bar { background: $panel; border: none; border-bottom: 1px solid $line; }
QFrame#pane { background: $panel; border: $frame; border-radius: ${radius}px; }
QFrame[card="true"] { background: $panel; border: 1px solid $line; border-radius: ${radius}px; }
QFrame#notice { background: $panel; border: none; border-bottom: 1px solid $line; }
QLabel { background: transparent; color: $ink; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="current"] { color: $current; }
QLabel[tone="done"] { color: $done; }
QLabel#badge { background: $hover; color: $muted; border-radius: ${badge_radius}px;
    padding: ${tiny}px ${gap}px; }
QLabel#badge[tone="done"] { color: $done; }
QLabel#badge[tone="current"] { background: $current_soft; color: $current; }
QSplitter { background: transparent; }
QSplitter::handle { background: transparent; }
QToolTip { background: $panel; color: $ink; border: 1px solid $line; padding: ${tiny}px ${small}px; }
"""

_BUTTONS = """
QPushButton { background: $panel; color: $ink; border: 1px solid $line; border-radius: ${radius}px;
    padding: 0 ${gap}px; min-height: ${button}px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $line; }
QPushButton:disabled { color: $forward; }
QPushButton:focus { border-color: $current; }
QPushButton[primary="true"] { background: $current; color: $on_accent; border-color: $current;
    font-weight: 600; padding: 0 ${double}px; }
QPushButton[primary="true"]:hover { background: $current_hover; border-color: $current_hover; }
QPushButton[primary="true"]:pressed { background: $current_pressed; border-color: $current_pressed; }
QPushButton[primary="true"]:focus { border: 2px solid $ink; }
QPushButton[primary="true"]:disabled { background: $current_soft; color: $muted; border-color: $current_soft; }
QPushButton[card="true"] { padding: 0; }
QPushButton[card="true"]:focus { border: 2px solid $current; }
QPushButton[tight="true"] { padding: 0 ${tiny}px; }
QPushButton[square="true"] { padding: 0; min-width: ${square}px; max-width: ${square}px; }
QToolButton { background: transparent; color: $ink; border: 1px solid transparent; border-radius: ${small}px;
    padding: ${tiny}px ${small}px; }
QToolButton:hover, QToolButton:checked { background: $hover; }
QToolButton:pressed { background: $line; }
QToolButton[tone="muted"] { color: $muted; padding: ${tiny}px; }
QToolButton[tone="muted"]:hover { color: $ink; }
QToolButton[bare="true"] { padding: 0; }
QToolButton:focus { border-color: $current; }
QToolButton::menu-indicator { image: none; width: 0; }
QCheckBox, QRadioButton { color: $ink; spacing: ${small}px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator { width: ${small}px; height: ${small}px; background: $panel;
    border: ${tiny}px solid $line; border-radius: ${tiny}px; }
QRadioButton::indicator { border-radius: ${small}px; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked { background: $panel; border-color: $ink; }
QCheckBox:focus, QRadioButton:focus { color: $current; }
"""

_FIELDS = """
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox { background: $panel; color: $ink; border: 1px solid $line;
    border-radius: ${radius}px; padding: 0 ${gap}px; min-height: ${button}px;
    selection-background-color: $current_soft; selection-color: $ink; }
QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QComboBox:hover { background: $hover; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus { border-color: $current;
    background: $panel; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled { color: $forward; }
QLineEdit[refused="true"] { border: 2px solid $gradient_plus; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button { width: 0;
    border: none; }
QComboBox { padding-right: ${chevron}px; }
QComboBox::drop-down { border: none; width: ${chevron}px; }
QComboBox::down-arrow { image: none; }
QTextEdit, QPlainTextEdit, QTextBrowser { background: $panel; color: $ink; border: none;
    selection-background-color: $current_soft; selection-color: $ink; }
"""

_LISTS = """
QAbstractItemView { background: $panel; color: $ink; border: none; outline: 0; alternate-background-color: $panel;
    selection-background-color: $current_soft; selection-color: $current; }
QAbstractItemView::item { min-height: ${row}px; padding: 0 ${small}px; border: none; border-radius: ${small}px; }
QAbstractItemView::item:hover { background: $hover; }
QAbstractItemView::item:selected { background: $current_soft; color: $current; }
QComboBox QAbstractItemView, QListView#names { border: 1px solid $line; padding: ${tiny}px; }
QHeaderView::section { background: $panel; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: ${tiny}px ${small}px; font-size: ${heading}px; }
QTableView { gridline-color: $line; }
QTableView::indicator { width: ${gap}px; height: ${gap}px; background: $panel; border: 1px solid $muted;
    border-radius: ${tiny}px; }
QTableView::indicator:checked { background: $ink; border-color: $ink; }
QTableCornerButton::section { background: $panel; border: none; border-bottom: 1px solid $line; }
QMenu { background: $panel; color: $ink; border: 1px solid $line; padding: ${tiny}px; }
QMenu::item { padding: ${small}px ${wide}px; border-radius: ${small}px; }
QMenu::icon { padding-left: ${small}px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $forward; }
QMenu::separator { height: 1px; background: $line; margin: ${tiny}px ${small}px; }
QMenu::indicator { width: ${small}px; height: ${small}px; left: ${small}px; border-radius: ${tiny}px; }
QMenu::indicator:checked { background: $current; }
QTabWidget::pane { border: none; background: transparent; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
    padding: ${tiny}px 0; margin-right: ${double}px; }
QTabBar::tab:hover { color: $ink; }
QTabBar::tab:selected { color: $current; border-bottom-color: $current; }
QTabBar::tab:focus { border-bottom-color: $ink; }
"""

_BARS = """
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: ${small}px; }
QScrollBar:horizontal { height: ${small}px; }
QScrollBar::handle { background: $line; border-radius: ${bar_radius}px; margin: 1px; }
QScrollBar::handle:vertical { min-height: ${double}px; }
QScrollBar::handle:horizontal { min-width: ${double}px; }
QScrollBar::handle:hover { background: $forward; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSlider:horizontal { min-height: ${wide}px; }
QSlider::groove:horizontal { height: ${tiny}px; background: $line; border-radius: ${half}px; }
QSlider::handle:horizontal { background: $ink; width: ${gap}px; height: ${gap}px; border-radius: ${knob}px;
    margin: -${tiny}px 0; }
QSlider::handle:horizontal:focus { background: $current; }
QProgressBar { background: $line; border: none; border-radius: ${half}px; height: ${tiny}px; color: transparent; }
QProgressBar::chunk { background: $ink; border-radius: ${half}px; }
"""


class Look(QObject):
    """Dresses the whole application in a theme and follows its changes."""

    def __init__(self, application: QApplication, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application, self._theme = application, theme
        theme.dressing.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Put on the theme's colours, letters and sizes."""
        self._application.setPalette(qt_palette(self._theme))
        self._application.setFont(self._theme.font(Size.BODY))
        self._application.setStyleSheet(stylesheet(self._theme))


def stylesheet(theme: Theme) -> str:
    """The style sheet of the whole window; sizes of text are not in it, so that a widget's own font counts.

    Only headings of tables do not draw with the font they were given.
    """
    return Template(_FRAME + _BUTTONS + _FIELDS + _LISTS + _BARS).substitute(_colours(theme), **_lengths(theme))


def qt_palette(theme: Theme) -> QPalette:
    """The same colours for what no style sheet reaches."""
    colours, roles = theme.palette, QPalette.ColorRole
    table = {
        roles.Window: colours.ground, roles.WindowText: colours.ink, roles.Base: colours.panel,
        roles.AlternateBase: colours.panel, roles.Text: colours.ink, roles.Button: colours.panel,
        roles.ButtonText: colours.ink, roles.ToolTipBase: colours.panel, roles.ToolTipText: colours.ink,
        roles.PlaceholderText: colours.muted, roles.Highlight: colours.current_soft,
        roles.HighlightedText: colours.ink, roles.Link: colours.current, roles.LinkVisited: colours.current,
        roles.Mid: colours.line, roles.Light: colours.panel, roles.Midlight: colours.hover,
        roles.Dark: colours.line, roles.Shadow: colours.line,
    }  # fmt: skip
    palette = QPalette()
    for role, colour in table.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.forward))
    return palette


def _colours(theme: Theme) -> dict[str, str]:
    colours = theme.palette
    names = (
        "ground", "panel", "line", "ink", "muted", "current", "current_soft", "gradient_plus", "done", "forward",
        "on_accent", "hover",
    )  # fmt: skip
    found: dict[str, str] = {name: getattr(colours, name) for name in names}
    found["frame"] = f"1px solid {colours.line}" if theme.contrast else "none"  # there panel and ground are one colour
    violet = QColor(colours.current)
    found["current_hover"] = violet.darker(108).name()
    found["current_pressed"] = violet.darker(118).name()
    return found


def _lengths(theme: Theme) -> dict[str, int]:
    px = theme.px
    tiny, small, gap = px(Space.TINY), px(Space.SMALL), px(Space.GAP)
    return {
        "tiny": tiny, "small": small, "gap": gap, "wide": px(Space.WIDE), "double": px(2 * Space.GAP),
        "radius": px(Space.RADIUS), "button": px(Space.BUTTON) - 2, "square": px(Space.BUTTON) + tiny,
        "heading": px(Size.SMALL), "row": px(2 * Space.GAP), "chevron": px(Space.ICON) + small,
        "half": max(1, tiny // 2),
        "bar_radius": max(1, small // 2 - 1), "knob": gap // 2, "badge_radius": gap,
    }  # fmt: skip
