"""How many points there are: in full, in short, or not at all where other things need the room."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from gradgui.gui.data import words
from gradgui.gui.language import Speech
from gradgui.session.snapshot import DataView


class CountLabel(QLabel):
    """Says what fits; the tip says all of it."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._forms: tuple[str, ...] = ("",)
        self._room = (0, 0)
        self.setWordWrap(True)

    def show_data(self, data: DataView) -> None:
        """Count these."""
        say, train, test = self._speech.say, len(data.inputs), len(data.test_inputs)
        if test:
            forms = (words.COUNTS, words.BRIEF_COUNTS, words.BRIEFEST_COUNTS)
            self._forms = tuple(say(form, train=train, test=test) for form in forms)
        else:
            self._forms = (say(words.COUNT, train=train),)
        self.fit(*self._room)
        self.setToolTip(self._forms[0])
        self.setAccessibleName(self._forms[0])

    def fit(self, wide: int, high: int) -> None:
        """The longest words that leave no more than this room."""
        self._room, measure = (wide, high), self.fontMetrics()
        fitting = (
            form for form in self._forms if _lines(measure.horizontalAdvance(form), wide) * measure.height() <= high
        )
        best = next(fitting, None)
        self.setHidden(best is None)
        self.setText(best or "")


def _lines(words: int, wide: int) -> int:
    """Lines of words that break where there is a blank; more than two are never asked for."""
    return 1 if words <= wide else 2
