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

    def show_data(self, data: DataView) -> None:
        """Count these."""
        say, train, test = self._speech.say, len(data.inputs), len(data.test_inputs)
        if test:
            forms = (words.COUNTS, words.COUNTS_IN_TWO_LINES, words.BRIEF_COUNTS, words.BRIEFEST_COUNTS)
            self._forms = tuple(say(form, train=train, test=test) for form in forms)
        else:
            self._forms = tuple(say(form, train=train) for form in (words.COUNT, words.BRIEF_COUNT))
        self.fit(*self._room)
        self.setToolTip(self._forms[0])
        self.setAccessibleName(self._forms[0])

    def fit(self, wide: int, high: int) -> None:
        """The longest words that leave no more than this room."""
        self._room = wide, high
        best = next((form for form in self._forms if self._fits(form, wide, high)), None)
        self.setHidden(best is None)
        self.setText(best or "")

    def _fits(self, form: str, wide: int, high: int) -> bool:
        """Only at their own end of a line do words break: in Chinese one would else fall apart."""
        measure, lines = self.fontMetrics(), form.splitlines()
        return len(lines) * measure.height() <= high and all(measure.horizontalAdvance(line) <= wide for line in lines)
