"""Every colour and size of the window; nothing else names one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication


class Size(float, Enum):
    """The five sizes of text, in pixels at 100 %."""

    SMALL = 12
    BODY = 13.5
    LARGE = 15
    TITLE = 18
    HUGE = 26


class Space(float, Enum):
    """Lengths of the window's frame, in pixels at 100 %, on a 4-pixel grid."""

    TINY = 4
    SMALL = 8
    GAP = 12
    """Between two panes, and between a pane's edge and what is in it."""
    WIDE = 16
    RADIUS = 10
    ICON = 20
    BUTTON = 34
    TOOL_BAR = 52
    STATUS = 28
    DEBUGGER = 264
    LESSON = 300


@dataclass(frozen=True, slots=True)
class Palette:
    """One set of colours, as #RRGGBB."""

    ground: str
    panel: str
    line: str
    ink: str
    muted: str
    current: str
    current_soft: str
    """A pale wash of `current`, behind the current row or question."""
    gradient_plus: str
    """Text, glyphs and thin lines: readable on every ground."""
    gradient_minus: str
    gradient_plus_fill: str
    """Thick lines, dots and bars, where the livelier hue is clear enough."""
    gradient_minus_fill: str
    weight_plus: str
    weight_minus: str
    done: str
    forward: str
    stop: str
    """Breakpoints, and the reason why the run stopped at one."""
    on_accent: str
    """Text on `current`."""
    surface_ground: str
    """Behind the 3-D surface."""
    hover: str
    curve_train: str
    """Loss and accuracy on the training set, and the model's own curve."""
    curve_test: str
    """The same on the test set; always dashed as well."""
    point_ring: str
    """Around a data point, so that it stands off its background."""
    dark: bool


LIGHT = Palette(
    ground="#F6F4EF",
    panel="#FFFFFF",
    line="#E4E2DC",
    ink="#1F2328",
    muted="#5F6878",
    current="#7C3AED",
    current_soft="#F1ECFD",
    gradient_plus="#AD5000",
    gradient_minus="#1D6FB8",
    gradient_plus_fill="#D9730D",
    gradient_minus_fill="#1D6FB8",
    weight_plus="#0B7467",
    weight_minus="#B63A74",
    done="#107453",
    forward="#98A2B3",
    stop="#B3261E",
    on_accent="#FFFFFF",
    surface_ground="#FBFAF7",
    hover="#F3F1EC",
    curve_train="#2F55A4",
    curve_test="#8A6A1F",
    point_ring="#FFFFFF",
    dark=False,
)
DARK = Palette(
    ground="#15171C",
    panel="#1D2027",
    line="#30343D",
    ink="#ECEDF0",
    muted="#98A2B3",
    current="#A78BFA",
    current_soft="#2B2740",
    gradient_plus="#F59E4B",
    gradient_minus="#6CB2F0",
    gradient_plus_fill="#F59E4B",
    gradient_minus_fill="#6CB2F0",
    weight_plus="#4CC9B6",
    weight_minus="#F08AB3",
    done="#4ADE9B",
    forward="#667085",
    stop="#F2857D",
    on_accent="#15171C",
    surface_ground="#191B21",
    hover="#262A33",
    curve_train="#8FB0F5",
    curve_test="#DDC07A",
    point_ring="#F4F5F7",
    dark=True,
)
LIGHT_CONTRAST = replace(
    LIGHT,
    ground="#FFFFFF",
    line="#767676",
    ink="#000000",
    muted="#3A3A3A",
    current="#5B21B6",
    current_soft="#EFE6FF",
    gradient_plus="#8A3F00",
    gradient_minus="#0B4F8A",
    gradient_plus_fill="#A84E00",
    gradient_minus_fill="#0B4F8A",
    weight_plus="#00564C",
    weight_minus="#8E1B53",
    done="#00573A",
    forward="#5C6470",
    stop="#9B1510",
    surface_ground="#FFFFFF",
    hover="#E9E9E9",
    curve_train="#1B3D86",
    curve_test="#6B4F10",
)
"""Black on white, with lines that can be seen; for weak eyes and bright rooms."""
DARK_CONTRAST = replace(
    DARK,
    ground="#000000",
    panel="#000000",
    line="#8C8C8C",
    ink="#FFFFFF",
    muted="#D6D6D6",
    current="#CDB8FF",
    current_soft="#2A1F4D",
    gradient_plus="#FFB871",
    gradient_minus="#9CCBFF",
    gradient_plus_fill="#FFB871",
    gradient_minus_fill="#9CCBFF",
    weight_plus="#7DEBDA",
    weight_minus="#FFB3D1",
    done="#7DF5BD",
    forward="#A5ADBA",
    stop="#FFB0AA",
    on_accent="#000000",
    surface_ground="#000000",
    hover="#2B2B2B",
    curve_train="#B5CBFF",
    curve_test="#F2DA9C",
)
"""White on black, likewise."""
CLASSES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#8C6BB1", "#A6761D", "#666666")
"""Okabe-Ito first, then further colours that stay apart for colour-blind eyes."""

SURFACE_COLOURS = "cividis"
"""The colour map of loss surfaces: from deep to high, the same for colour-blind eyes."""
ON_SURFACE = "#FFFFFF"
"""Lines and rings drawn on a loss surface itself, whose colours are those of the map in both themes."""
SURFACE_PATH_FIRST, SURFACE_PATH_LAST = "#FFF3E2", "#F58A1F"
"""The way the ball came, on a loss surface: from pale to the colour of the ball as time goes on."""
SURFACE_GHOST = "#D5D9E2"
"""Ways of runs that were left, on a loss surface."""
SURFACE_SHADE = "#15171C"
"""A thin shade under lines on a loss surface, so that pale ones stand off bright ground."""
SLOPE_COLOURS = "viridis"
"""The colour map of steepness: from level to steep."""
RUNNERS = ("#E69F00", "#56B4E9", "#F0E442", "#CC79A7", "#D55E00", "#FFFFFF", "#5FE0B7", "#B79CFF", "#C3DB3A", "#FF9DA7")
"""Balls that race over a loss surface: clear on dark and bright ground; each also has its number."""
SURFACE_BALL = "#F58A1F"
"""The ball on a loss surface, in both themes."""

SURFACE_MOMENTUM = "#7FE7D2"
"""The direction that an optimiser remembers, on a loss surface."""
SURFACE_STEP = "#FF7AC6"
"""The step that an optimiser makes of a gradient, on a loss surface."""

MINUS = "\N{MINUS SIGN}"
UP, DOWN = "▲", "▼"
"""Must increase, must decrease."""


class Theme(QObject):
    """The palette and the text sizes in force; `changed` tells every view to restyle itself."""

    dressing = Signal()
    """Just before `changed`: the application puts on its style sheet, with which Qt forgets every widget's own font."""
    changed = Signal()

    def __init__(self, dark: bool = False, factor: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dark, self._contrast = dark, False
        self._factor = factor
        self.motion = True
        """Whether things may glide; without, they are where they go at once."""

    @property
    def palette(self) -> Palette:
        """The colours now."""
        if self._contrast:
            return DARK_CONTRAST if self._dark else LIGHT_CONTRAST
        return DARK if self._dark else LIGHT

    @property
    def contrast(self) -> bool:
        """Whether the colours are those of high contrast."""
        return self._contrast

    @property
    def factor(self) -> float:
        """1.0 on a desk, 1.6 for a projector."""
        return self._factor

    def use_dark(self, dark: bool) -> None:
        """Switch between light and dark."""
        if dark != self._dark:
            self._dark = dark
            self._tell()

    def use_contrast(self, contrast: bool) -> None:
        """Switch to colours of high contrast, or back."""
        if contrast != self._contrast:
            self._contrast = contrast
            self._tell()

    def glide_ms(self, milliseconds: int) -> int:
        """How long something glides: 0 where motion is not wanted."""
        return milliseconds if self.motion else 0

    def follow_system(self) -> None:
        """Take the light or dark look of the desktop, now and whenever it changes."""
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._take_scheme)
        self._take_scheme(hints.colorScheme())

    def use_factor(self, factor: float) -> None:
        """Make all text and lines larger or smaller."""
        if factor != self._factor:
            self._factor = factor
            self._tell()

    def px(self, size: float) -> int:
        """A length in pixels at this factor."""
        return max(1, round(size * self._factor))

    def font(self, size: float = Size.BODY, bold: bool = False) -> QFont:
        """The window's font; its digits are equally wide, so that changing numbers stand still."""
        chosen = QFont(QGuiApplication.font())
        chosen.setPixelSize(self.px(size))
        chosen.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        chosen.setFeature(QFont.Tag("tnum"), 1)
        return chosen

    def gradient_colour(self, value: float) -> str:
        """Orange for a positive gradient, blue for a negative one, muted for exactly 0."""
        if value == 0:
            return self.palette.muted
        return self.palette.gradient_plus if value > 0 else self.palette.gradient_minus

    def gradient_fill(self, value: float) -> str:
        """The same for thick lines, dots and bars."""
        if value == 0:
            return self.palette.forward
        return self.palette.gradient_plus_fill if value > 0 else self.palette.gradient_minus_fill

    def weight_colour(self, value: float) -> str:
        """Green for a positive weight, pink for a negative one; never used for gradients."""
        return self.palette.weight_plus if value >= 0 else self.palette.weight_minus

    def _tell(self) -> None:
        self.dressing.emit()
        self.changed.emit()

    def _take_scheme(self, scheme: Qt.ColorScheme) -> None:
        self.use_dark(scheme is Qt.ColorScheme.Dark)


def number(value: float, digits: int = 4, signed: bool = False) -> str:
    """A number for people: significant digits, a real minus sign, no jumping width for ordinary sizes."""
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "∞" if value > 0 else MINUS + "∞"
    if value == 0:
        return "0"
    size = abs(value)
    words = _power(value, digits) if size < 1e-3 or size >= 1e6 else _plain(value, digits)
    if signed and value > 0:
        words = "+" + words
    return words.replace("-", MINUS)


def _power(value: float, digits: int) -> str:
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    return f"{mantissa}e{int(exponent)}"


def _plain(value: float, digits: int) -> str:
    whole = len(str(int(abs(value))))
    lead = whole if abs(value) >= 1 else 0
    return f"{value:.{max(0, digits - max(lead, 1))}f}"
