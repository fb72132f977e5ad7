"""The report of a blow-up: where numbers stopped being numbers and why, and one click back to where they still were."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Slot

from gradgui.document import edits
from gradgui.session.snapshot import Snapshot, TroubleView
from gradgui.text import Text
from gradgui.wiring.desk import Desk

BACK = Text(en="Go back to the last finite moment", zh="回到最后一个正常的时刻")
TAME = Text(en="Go back and use η = {rate}", zh="回去并改用 η = {rate}")
CALM = 0.5
"""The rate that is offered, as a share of the largest stable one."""


class BlowUp(QObject):
    """Shows the report as long as the blow-up is what the window shows."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._bar = desk, desk.window.troubles
        self._told: TroubleView | None = None
        self._rate: float | None = None
        desk.session.shown.connect(self._follow)
        self._bar.chosen.connect(self._hear)

    @Slot(object)
    def _follow(self, snapshot: Snapshot) -> None:
        trouble = snapshot.history.trouble if snapshot.history else None
        here = trouble is not None and (snapshot.iteration, snapshot.cursor) >= (trouble.iteration, trouble.cursor)
        if not here:
            self._told = None
            self._bar.hide()
            self._tame(snapshot)
        elif trouble is not None and trouble != self._told:
            self._told = trouble
            self._bar.offer(trouble.text, self._answers(trouble))

    @staticmethod
    def _answers(trouble: TroubleView) -> list[Text]:
        calmer = _calmer(trouble)
        return [BACK] if calmer is None else [BACK, TAME.filled(rate=f"{calmer:g}")]

    @Slot(object)
    def _hear(self, answer: int) -> None:
        if self._told is None or answer < 0:
            return
        self._rate = _calmer(self._told) if answer == 1 else None
        self._desk.session.go_to_start_of(self._told.iteration)

    def _tame(self, snapshot: Snapshot) -> None:
        """Once the run stands where everything is finite, the calmer rate holds from there."""
        rate, self._rate = self._rate, None
        if rate is not None and np.isfinite(snapshot.theta).all():
            self._desk.session.editing.ask(edits.set_learning_rate, rate)


def _calmer(trouble: TroubleView) -> float | None:
    """A rate that is stable at the place of the trouble, in two digits; None where the rate is not to blame."""
    limit = trouble.limit
    return float(f"{limit * CALM:.2g}") if limit is not None and np.isfinite(limit) and limit > 0 else None
