"""Every number and every answer of a lesson, tried on the engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gradgui.document.experiment import Experiment
from gradgui.engine.gradient_check import parameter_names
from gradgui.errors import UserError
from gradgui.expressions import Names
from gradgui.lessons.control_names import is_control
from gradgui.lessons.deeds import act_name
from gradgui.lessons.facts import Play, at_the_start, condition
from gradgui.lessons.lesson import Do, Expect, Lesson, Option, Predict, Step
from gradgui.lessons.prose import filled
from gradgui.lessons.rehearsal import Rehearsal
from gradgui.lessons.settings import with_settings
from gradgui.text import Text, same

STEPS_AT_MOST = 20_000
"""Of run_until."""
DIRECTIONS = {"random1", "random2", "pca1", "pca2", "gradient"}
PARAMETER = re.compile(r"L\d+\.[Wb](\[[\d:]+(,\s*[\d:]+)?\])?")

NOT_TRUE = Text(en="this is not what the engine comes to: {that}", zh="引擎得到的结果与此不符：{that}")
NEVER = Text(en="not reached within {steps} steps: {that}", zh="{steps} 步内没有达到：{that}")
OPTIONS = Text(
    en="exactly one answer must be right; right are: {right}", zh="必须恰好有一个答案正确；现在正确的是：{right}"
)
BOTH_WAYS = Text(en="an answer says either `true_if` or `right`", zh="答案要写 true_if 或 right 之一")
DONE = Text(en="this is done before the student has done anything", zh="学生还什么都没做，这里就已经完成了")
NO_SOLUTION = Text(en="no solution is recorded for this task", zh="这个任务还没有记录解法")
NOT_SOLVED = Text(en="the recorded solution does not reach: {done}", zh="记录的解法没有达到：{done}")
NO_CONTROL = Text(en="there is no control {name}", zh="没有名为 {name} 的控件")
NO_TARGET = Text(en="there is no {name} to show", zh="没有可以显示的 {name}")


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that is wrong."""

    place: str
    """Such as expect[2] or step.hand."""
    why: Text


def check_lesson(lesson: Lesson) -> list[Failure]:
    """Everything that is wrong with a lesson; empty if all is well."""
    failures: list[Failure] = []

    def attempt(place: str, what: Callable[[], Iterator[Text]]) -> None:
        try:
            failures.extend(Failure(place, why) for why in what())
        except UserError as error:
            failures.append(Failure(place, error.text))

    for index, expect in enumerate(lesson.expects):
        attempt(f"expect[{index}]", lambda e=expect: _expectation(lesson, e))  # type: ignore[misc]
    for step in lesson.steps:
        attempt(f"step.{step.id}", lambda s=step: _step(lesson, s))  # type: ignore[misc]
    attempt("ui", lambda: _ui(lesson))
    return failures


def _expectation(lesson: Lesson, expect: Expect) -> Iterator[Text]:
    play = Play(with_settings(lesson.experiment_of(expect.scene), expect.set))
    play.run(expect.run)
    if expect.run_until is not None and not play.run_until(condition(expect.run_until), STEPS_AT_MOST):
        yield NEVER.filled(steps=STEPS_AT_MOST, that=same(expect.run_until))
        return
    if not condition(expect.that).truth(play.facts().names):
        yield NOT_TRUE.filled(that=same(expect.that))


def _step(lesson: Lesson, step: Step) -> Iterator[Text]:
    yield from _targets(lesson, step)
    yield from _stop(lesson, step)
    yield from _unlocked(lesson.experiment_of(step.scene), getattr(step, "unlock", None))
    yield from _question(lesson, step) if isinstance(step, Predict) else _task(lesson, step)


def _question(lesson: Lesson, step: Predict) -> Iterator[Text]:
    play = Play(with_settings(lesson.experiment_of(step.scene), step.set))
    play.run(step.steps)
    names = at_the_start(play.facts())
    if any((option.true_if is None) == (option.right is None) for option in step.options):
        yield BOTH_WAYS
        return
    right = [option for option in step.options if is_right(option, names)]
    if len(right) != 1:
        yield OPTIONS.filled(right=", ".join(option.text.en for option in right) or "–")
    for text in [step.ask, *(part for option in step.options for part in (option.text, option.feedback))]:
        filled(text, names)


def is_right(option: Option, names: Names) -> bool:
    """Whether an answer holds at the moment that these names tell of."""
    if option.true_if is None:
        return bool(option.right)
    return condition(option.true_if).truth(names)


def _task(lesson: Lesson, step: Do) -> Iterator[Text]:
    start = with_settings(lesson.experiment_of(step.scene), step.set)
    if condition(step.done).truth(at_the_start(Play(start).facts())):
        yield DONE
        return
    rehearsal = Rehearsal(lesson, step)
    texts = [step.say, *(part.text for part in step.parts), *(text for text in (step.hint, step.well) if text)]
    for text in texts:
        filled(text, rehearsal.deeds.names)
    if rehearsal.done:
        yield DONE
    elif not step.solution:
        yield NO_SOLUTION
    else:
        yield from _solution(step, rehearsal, texts)


def _solution(step: Do, rehearsal: Rehearsal, texts: Sequence[Text]) -> Iterator[Text]:
    """Played to its end, the recorded solution must fulfil the condition, and every tick of the list."""
    for act in step.solution:
        rehearsal.perform(act)
    for source in (step.done, *(part.done for part in step.parts)):
        if not rehearsal.deeds.holds(source):
            yield NOT_SOLVED.filled(done=same(source))
    for text in texts:
        filled(text, rehearsal.deeds.names)


def _targets(lesson: Lesson, step: Step) -> Iterator[Text]:
    """Whatever glows must exist."""
    network = Play(lesson.experiment_of(step.scene)).compiled.network
    units = {f"L{i + 1}": place.units for i, place in enumerate(network.places)}
    parameters = {name for _, name in parameter_names(network)}
    for target in step.highlight.network:
        name = target.partition(":")[2]
        layer = re.fullmatch(r"(L\d+)(?:\[(\d+)\])?", name)
        if layer is not None and not int(layer[2] or 0) < units.get(layer[1], 0):
            yield NO_TARGET.filled(name=target)
        if PARAMETER.fullmatch(name) and not any(_is_part(parameter, name) for parameter in parameters):
            yield NO_TARGET.filled(name=target)


def _unlocked(experiment: Experiment, names: Sequence[str] | None) -> Iterator[Text]:
    """Every control must exist."""
    for name in names or ():
        if not is_control(name, len(experiment.network.layers)):
            yield NO_CONTROL.filled(name=name)


def _stop(lesson: Lesson, step: Step) -> Iterator[Text]:
    """An event to stop at must be one of a training step."""
    events = Play(lesson.experiment_of(step.scene)).trainer.event_names
    if step.stop is not None and step.stop not in map(act_name, events):
        yield NO_TARGET.filled(name=step.stop)


def _is_part(parameter: str, name: str) -> bool:
    """L1.W[2,3] is part of L1.W, L1.W[2,3] and L1.W[:,3]."""
    pattern = re.escape(name).replace(":", r"\d+") + (r"(\[.*\])?" if "[" not in name else "")
    return re.fullmatch(pattern, parameter) is not None


def _ui(lesson: Lesson) -> Iterator[Text]:
    play = Play(lesson.experiment)
    known = {name for _, name in parameter_names(play.compiled.network)} | DIRECTIONS
    for axis in lesson.ui.surface.axes:
        if axis not in known:
            yield NO_TARGET.filled(name=axis)
    yield from _unlocked(lesson.experiment, lesson.ui.unlock)
    names = at_the_start(play.facts())
    for watch in lesson.ui.watch:
        condition(watch).evaluate(names)
