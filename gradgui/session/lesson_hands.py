"""What a lesson's own controls do: move a slider, train so many steps, question a layer, lay cards, nudge a weight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from gradgui.document.experiment import Experiment
from gradgui.engine.gradient_check import parameter_names
from gradgui.errors import UserError
from gradgui.lessons.deeds import ends
from gradgui.lessons.lesson import Act, Phase, Settings
from gradgui.lessons.questions import can_be_asked, disagreements, next_value, nudged
from gradgui.lessons.settings import with_settings
from gradgui.session.lesson_rules import NO_LOSS
from gradgui.session.requests import Engine, Step
from gradgui.text import Text

if TYPE_CHECKING:
    from gradgui.session.lesson_run import LessonRun

CHANGED = Text(en="change in the lesson", zh="课程中的修改")
LATER_FIRST = Text(
    en="{layer} cannot answer yet: it needs what the station behind it reports.",
    zh="{layer} 还答不出来：它要等后面那一站的报告。",
)
NOT_QUITE = Text(
    en="Not yet. new = old − rate × gradient, with the sign of the gradient.",
    zh="还不对。新值 = 旧值 − 学习率 × 梯度，注意梯度的正负号。",
)
NOT_GUILTY = Text(
    en="{layer} disagrees too, but perhaps it only passes on a mistake from behind. Which is the first, from the back?",
    zh="{layer} 是对不上，但也许只是后面传来的错。从后往前数，最先对不上的是哪一层？",
)
INNOCENT = Text(en="{layer} agrees with the nudges: it is innocent.", zh="{layer} 与轻推的结果一致，它没有错。")
LONGEST = 5000
"""Steps of `until`."""
SMALLEST_ERROR = 1e-4
"""From here on two slopes disagree."""


@dataclass(frozen=True, slots=True)
class Echo:
    """Comes back once everything that was asked before has been done."""

    number: int
    hands: Hands

    def carry_out(self, _engine: Engine) -> None:
        """Do it."""
        self.hands.echoed.emit(self.number)


class Hands(QObject):
    """Does through the session what a student asks of the controls in the lesson; lives in the window's thread."""

    echoed = Signal(object)
    said = Signal(object)
    """A Text about what was just tried."""
    changed = Signal()
    """Cards, questioned layers, nudges or the plug are others now."""

    def __init__(self, run: LessonRun) -> None:
        super().__init__(run)
        self._run, self._session = run, run.session
        self._asked = self._heard = 0
        self._wanted: str | None = None
        self._steps = 0
        self.echoed.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._session.reins.refused.connect(self._hear_refusal)
        self.begin()

    def begin(self) -> None:
        """A step begins: nothing has been done."""
        self.unplugged = False
        self.layers: list[str] = []
        """Questioned so far, in order."""
        self.cards: list[str] = []
        self.nudges: dict[str, float] = {}
        """The slope that a nudge showed, by parameter."""
        self._wanted = None
        self.changed.emit()

    @property
    def busy(self) -> bool:
        """Whether something that was asked is not yet on the screen."""
        return self._heard < self._asked or self._session.playing or self._wanted is not None

    def perform(self, act: Act) -> None:
        """One recorded act, just as the controls do it."""
        known: dict[str, Callable[[], None]] = {
            "set": lambda: self.set(act.set or {}),
            "train": lambda: self.train(act.train or 0),
            "until": lambda: self.train_until(act.until or ""),
            "go": lambda: self.go(act.go or "forward"),
            "step": lambda: self.step(act.step or 0),
            "play": self._session.play,
            "reset": self._session.reset,
            "ask": lambda: self.question(act.ask or ""),
            "place": lambda: self.lay(act.place or ()),
            "next": lambda: self._predict(act.next or 0.0),
            "nudge": lambda: self.nudge(*(act.nudge or ())),
            "loss": lambda: self.plug(act.loss == "plug"),
            "blame": lambda: self.blame(act.blame or ""),
        }
        for name, do in known.items():
            if getattr(act, name) is not None:
                do()
        self.settle()

    # --- the run

    def set(self, settings: Settings, key: str | None = None) -> None:
        """Change the experiment by short names; a drag is one edit until `release`."""

        def change(experiment: Experiment) -> Experiment:
            return with_settings(experiment, settings)

        try:
            with self._session.reins.lifted():
                self._session.editing.take_exactly(change, CHANGED, key)
        except UserError as error:
            self.said.emit(error.text)

    def release(self) -> None:
        """The slider was let go."""
        self._session.editing.seal()

    def train(self, steps: int) -> None:
        """So many whole training steps."""
        snapshot = self._session.snapshot
        if snapshot is not None and steps > 0:
            whole = len(self._run.events)
            self._session.go_to(self._run.updates + steps - 1, whole)

    def train_until(self, source: str) -> None:
        """Step by step until a condition holds."""
        self._wanted, self._steps = source, 0
        self.settle()

    def go(self, phase: Phase) -> None:
        """Run the training step in progress, or a new one, to the end of a phase."""
        if phase == "backward" and self.unplugged:
            self._session.reins.refused.emit(NO_LOSS)
            return
        updates, snapshot = self._run.updates, self._session.snapshot
        if snapshot is None:
            return
        end = ends(self._run.events)[phase]
        inside = snapshot.cursor if snapshot.cursor < len(self._run.events) else 0
        self._session.go_to(updates, end if end > inside else len(self._run.events))

    def step(self, events: int) -> None:
        """So many events."""
        snapshot = self._session.snapshot
        for _ in range(events if snapshot is not None else 0):
            self._session.ask_paused(Step())

    # --- exercises

    def question(self, layer: str) -> None:
        """Ask a station; it can answer only when those behind it have reported."""
        deeds = self._run.deeds
        if deeds is None or layer in self.layers:
            return
        if can_be_asked(layer, self.layers, len(deeds.facts.layers)):
            self.layers.append(layer)
            self._run.note(f"manual@{layer}")
        else:
            self.said.emit(LATER_FIRST.filled(layer=layer))
        self.changed.emit()

    def lay(self, cards: tuple[str, ...]) -> None:
        """These factors lie in the slots, in this order."""
        if self._run.deeds is not None:
            self.cards = list(cards)
            self._run.deeds.forget("card:")
            for card in cards:
                self._run.note(f"card:{card}")
        self.changed.emit()

    def predict_next(self, value: float) -> bool:
        """What the parameter will be: if it is right, the step is made."""
        deeds = self._run.deeds
        if deeds is None:
            return False
        right, gradient = next_value(deeds.play, deeds.theta, deeds.facts)
        if abs(right - value) > 1e-6 * max(1.0, abs(right)):
            self.said.emit(NOT_QUITE)
            return False
        self._run.note("typed:+" if gradient > 0 else "typed:-")
        self.train(1)
        return True

    def _predict(self, value: float) -> None:
        self.predict_next(value)

    def nudge(self, *names: str) -> None:
        """Nudge parameters one by one, or all of them, and note the slope that the loss shows."""
        deeds = self._run.deeds
        if deeds is None:
            return
        known = [name for _, name in parameter_names(deeds.play.compiled.network)]
        for name in names or known:
            if name in known:
                self.nudges[name] = nudged(deeds.play, deeds.theta, known.index(name))
                self._run.note(f"nudge:{name}")
        self.changed.emit()

    def plug(self, plugged: bool) -> None:
        """Plug the loss in, or pull it out: then nothing can be traced back."""
        self.unplugged = not plugged
        self._run.refresh()
        self.changed.emit()

    def errors(self) -> list[float]:
        """How much each layer's backward pass, mistake included, disagrees with the nudges."""
        deeds, state = self._run.deeds, self._run.state
        if deeds is None or state is None:
            return []
        return disagreements(deeds.play, deeds.theta, deeds.facts, state.lesson.ui.bug)

    def blame(self, layer: str) -> None:
        """Name the layer with the mistake."""
        state = self._run.state
        if state is not None and layer == state.lesson.ui.bug:
            self._run.note("found_bug")
        elif state is not None:
            wrong = self.errors()[int(layer[1:]) - 1] > SMALLEST_ERROR
            self.said.emit((NOT_GUILTY if wrong else INNOCENT).filled(layer=layer))

    # --- inside

    def settle(self) -> None:
        """Ask to hear when everything asked so far is on the screen; `busy` until then."""
        self._asked += 1
        self._session.ask(Echo(self._asked, self))

    @Slot(object)
    def _hear(self, number: int) -> None:
        self._heard = max(self._heard, number)
        deeds = self._run.deeds
        if self._wanted is None or deeds is None or self._heard < self._asked:
            return
        if deeds.holds(self._wanted) or self._steps >= LONGEST:
            self._wanted = None
        else:
            self._steps += 1
            self.train(1)
            self.settle()

    @Slot(object)
    def _hear_refusal(self, reason: Text) -> None:
        if self.unplugged and reason is NO_LOSS:
            self._run.note("backward_refused")
