"""Directions that depend on where the run is and how it came there: they are found in the worker's thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from gradgui.errors import UserError
from gradgui.session.axes import Axes, laid
from gradgui.session.axes_view import AxesChoice
from gradgui.session.requests import Engine


@dataclass(frozen=True, slots=True)
class Found:
    """The axes of a choice, through the parameters of now."""

    number: int
    revision: int
    iteration: int
    axes: Axes


class Mailbox(QObject):
    """Lives in the window's thread; the worker posts its answers here."""

    found = Signal(object)
    """Found."""
    refused = Signal(object)
    """UserError."""


@dataclass(frozen=True, slots=True)
class Survey:
    """Lay the axes of a choice, show the ball on them, and say what they are."""

    choice: AxesChoice
    number: int
    mailbox: Mailbox

    def carry_out(self, engine: Engine) -> None:
        """Do it."""
        run = engine.run
        if run is None:
            return
        trainer = run.trainer
        try:
            axes = laid(trainer.network, trainer.samples, run.curves.trail()[1], self.choice)
        except UserError as error:
            self.mailbox.refused.emit(error)
            return
        run.use_plane(axes.plane)
        iteration = run.iteration + (run.cursor == run.events)
        self.mailbox.found.emit(Found(self.number, run.revision, iteration, axes))
        engine.publish()
