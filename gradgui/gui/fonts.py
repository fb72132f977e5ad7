"""The letters of the window: the system's own where it has real ones, and ours behind them, so that none is a box."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from gradgui import resources

LATIN, SYMBOLS, CHINESE = "Gradgui Sans", "Gradgui Symbols", "Gradgui Sans SC"
BUNDLED = (LATIN, SYMBOLS, CHINESE)
"""Asked in this order for every character the system's own font does not have."""
_STAND_INS = {"", "sans", "sans serif", "sans-serif", "serif", "monospace", "helvetica", "dejavu sans", "fixed"}
"""What a machine without a desktop calls its font: a name for nothing, or a last resort."""


def load_fonts(application: QApplication) -> tuple[str, ...]:
    """Load the bundled fonts and make the window use them; gives the families in the order they are asked."""
    for file in sorted(resources.path("fonts").glob("Gradgui*.[ot]tf")):
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise RuntimeError(f"The font {file.name} cannot be read.")
    families = chain(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family())
    font = QFont(list(families))
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    application.setFont(font)
    return families


def chain(system: str) -> tuple[str, ...]:
    """The families to ask, given what the system calls its own."""
    return (system, *BUNDLED) if is_real(system) else BUNDLED


def is_real(family: str) -> bool:
    """Whether a family is a desktop's own font rather than a stand-in."""
    if family.lower() in _STAND_INS or family in BUNDLED:
        return False
    return QFontDatabase.isPrivateFamily(family) or family in QFontDatabase.families()
