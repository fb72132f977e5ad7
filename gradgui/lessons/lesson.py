"""A lesson: an experiment, questions to answer, things to do, and numbers that the engine must reproduce."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import inspect

from gradgui.document.disk import read_bytes
from gradgui.document.experiment import FORMAT, VERSION, Experiment
from gradgui.document.explain import ELSEWHERE, problem
from gradgui.document.reading import from_toml
from gradgui.document.rules import check
from gradgui.errors import UserError
from gradgui.lessons.lines import named_place
from gradgui.resources import path as resource
from gradgui.text import Text, same

Phase = Literal["forward", "backward", "update"]
Number = Annotated[float, msgspec.Meta(ge=-1e9, le=1e9)]
Setting = float | str | tuple[float | tuple[float, ...], ...]
Settings = dict[str, Setting]
"""What is changed before something is run: L1.W, L1.b, all.W, x, y, lr, kind, loss, act, weight_decay, batch, …"""

COURSE = ("cat", "navigation", "exam", "toy-car", "checkup", "learning-rate")
"""The lessons of one class of 45 minutes."""
IN_FILE = Text(en="{path}: {why}", zh="{path}：{why}")
NONE_SUCH = Text(en="expected one of the lessons {ids}; got {id}", zh="应为课程 {ids} 之一，实际为 {id}")
TWICE = Text(en="there are two lessons called {id}", zh="有两课都叫 {id}")


class _Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of a lesson file."""


class Highlight(_Sheet, frozen=True, kw_only=True):
    """What glows during a step, in each view."""

    network: tuple[str, ...] = ()
    """node:L1[0], edge:L1.W, edge:L1.W[1,0], layer:L3, path:L1.W, loss, target, x, out, …"""
    surface: tuple[str, ...] = ()
    debugger: tuple[str, ...] = ()


class Option(_Sheet, frozen=True, kw_only=True):
    """One answer to choose; it is right because a condition holds on the engine, or because it says so."""

    text: Text
    true_if: str | None = None
    right: bool | None = None
    feedback: Text


class Part(_Sheet, frozen=True, kw_only=True):
    """One tick of a task's list, so that the student sees how far it is."""

    text: Text
    done: str


class Act(_Sheet, frozen=True, kw_only=True):
    """One thing that a student can do in a lesson; a list of them is a recorded solution. Says exactly one of these."""

    set: Settings | None = None
    """Move sliders, choose, paint: short names as in `expect`."""
    train: Annotated[int, msgspec.Meta(ge=1, le=100_000)] | None = None
    """So many training steps."""
    until: str | None = None
    """Train until this holds."""
    go: Phase | None = None
    """Run the step in progress to the end of this phase."""
    step: Annotated[int, msgspec.Meta(ge=1, le=1000)] | None = None
    """So many events."""
    play: Literal[True] | None = None
    """Press Play and wait until a breakpoint stops the run."""
    reset: Literal[True] | None = None
    """The same start again."""
    ask: str | None = None
    """Question a layer, such as L3."""
    place: tuple[str, ...] | None = None
    """Lay these cards, in this order."""
    next: Number | None = None
    """Say what the parameter will be, then train one step."""
    nudge: tuple[str, ...] | None = None
    """Nudge these parameters one by one."""
    loss: Literal["unplug", "plug"] | None = None
    blame: str | None = None
    """Name the layer with the mistake."""


class Predict(_Sheet, frozen=True, kw_only=True, tag_field="kind", tag="predict"):
    """A question; nothing is revealed before the answer is locked."""

    id: str
    ask: Text
    scene: str | None = None
    set: Settings = {}
    run: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 0
    """Training steps before the answer is looked at."""
    show: tuple[Phase, ...] = ()
    """What of the next training step has been run when the question is put."""
    reveal: tuple[Phase, ...]
    """What of the next training step is shown after locking; an update counts as one more step."""
    stop: str | None = None
    """The event that shows the answer, such as grad_b@L1: there the reveal ends, and not with the whole phase."""
    hint: Text | None = None
    highlight: Highlight = Highlight()
    options: tuple[Option, ...] = msgspec.field(name="option")

    @property
    def steps(self) -> int:
        """Training steps after which the answer is looked at."""
        return self.run + ("update" in self.reveal)


class Do(_Sheet, frozen=True, kw_only=True, tag_field="kind", tag="do"):
    """Something to achieve; done when a condition holds."""

    id: str
    say: Text
    done: str
    parts: tuple[Part, ...] = msgspec.field(default=(), name="part")
    scene: str | None = None
    set: Settings = {}
    """What is changed in the experiment before the student begins."""
    show: tuple[Phase, ...] = ()
    """Phases that are run for the student, at the start and after every change: so numbers follow a slider."""
    stop: str | None = None
    """The event at which these phases end, such as grad_b@L1: its formula is the one to read."""
    arrived: str | None = None
    """When a run has reached its goal; runs('steps_to == 1') counts the steps up to there."""
    unlock: tuple[str, ...] | None = None
    """Controls of this step; left out, those of the lesson."""
    hint: Text | None = None
    well: Text | None = None
    """What to say when it is done."""
    highlight: Highlight = Highlight()
    solution: tuple[Act, ...] = ()
    """One way to get there; a test goes it."""


Step = Predict | Do


class Expect(_Sheet, frozen=True, kw_only=True):
    """What the engine must come to: change something, run, and see."""

    that: str
    scene: str | None = None
    set: Settings = {}
    run: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 0
    run_until: str | None = None


class SurfaceUi(_Sheet, frozen=True, kw_only=True):
    """How the lesson opens the loss surface."""

    axes: tuple[str, ...]
    """One or two: parameters such as L1.W[0,0], or random1, random2, pca1, pca2."""
    range: tuple[tuple[Number, Number], ...] = ()
    """From and to for each axis; left out, the program chooses."""


class Ui(_Sheet, frozen=True, kw_only=True):
    """What is on the table at the start."""

    surface: SurfaceUi
    granularity: Literal["phase", "layer", "operation", "neuron", "product"]
    unlock: tuple[str, ...] = ()
    """Controls that work: slider:L1.b, command:train_step, choice:loss, …"""
    watch: tuple[str, ...] = ()
    """Expressions in the watch list."""
    loss_choices: tuple[str, ...] = ()
    bitmap: tuple[str, ...] = ()
    """Rows of the picture that the inputs are, # for 1 and . for 0."""
    ranges: dict[str, tuple[Number, Number]] = {}
    """From and to of sliders, such as L1.b or lr."""
    cards: tuple[str, ...] = ()
    """Factors that can be laid, such as da1/dW1."""
    bug: str | None = None
    """The layer that forgets its slope where a mistake is planted."""


class Lesson(_Sheet, frozen=True, kw_only=True):
    """Everything in one lesson file."""

    format: Literal[1]
    id: str
    order: Annotated[int, msgspec.Meta(ge=1)]
    minutes: Annotated[int, msgspec.Meta(ge=1)]
    title: Text
    goal: Text
    """What it comes to; told to teachers, and at the end."""
    question: Text | None = None
    """What it is about, for those who do not know yet: it must not tell an answer. Left out, the goal."""
    misconception: Text
    input_names: tuple[Text, ...] = ()
    sample_names: tuple[Text, ...] = ()
    experiment: Experiment
    scenes: dict[str, Experiment] = msgspec.field(default_factory=dict, name="scene")
    """Other experiments that steps move to."""
    ui: Ui
    steps: tuple[Step, ...] = msgspec.field(name="step")
    expects: tuple[Expect, ...] = msgspec.field(default=(), name="expect")

    @property
    def opening(self) -> Text:
        """What a lesson begins with."""
        return self.question or self.goal

    @property
    def short_title(self) -> Text:
        """The title up to its colon."""
        return Text(en=self.title.en.partition(":")[0], zh=self.title.zh.partition("：")[0])

    @property
    def experiments(self) -> dict[str, Experiment]:
        """The lesson's own experiment and those of its scenes, by their places in the file."""
        return {"experiment": self.experiment, **{f"scene.{name}": each for name, each in self.scenes.items()}}

    def experiment_of(self, scene: str | None) -> Experiment:
        """The lesson's own experiment, or that of a scene; raises UserError for one that does not exist."""
        if scene is None:
            return self.experiment
        if scene not in self.scenes:
            why = Text(en="there is no scene {scene}", zh="没有场景 {scene}")
            raise UserError(ELSEWHERE, place="scene", why=why.filled(scene=scene))
        return self.scenes[scene]


@contextmanager
def inside(place: str) -> Iterator[None]:
    """A UserError that names a place names it as one inside this table of the file."""
    try:
        yield
    except UserError as error:
        said = error.text
        if named_place(said.en) is None:
            raise
        raise UserError(Text(en=f"{place}.{said.en}", zh=f"{place}.{said.zh}")) from None


@cache
def all_lessons() -> tuple[Lesson, ...]:
    """Every lesson that comes with the program, in order."""
    lessons = [read(path) for path in sorted(resource("lessons").glob("*.toml"))]
    for lesson in lessons:
        if sum(other.id == lesson.id for other in lessons) > 1:
            raise UserError(TWICE, id=lesson.id)
    return tuple(sorted(lessons, key=lambda lesson: lesson.order))


def lesson_of(lesson_id: str) -> Lesson:
    """The lesson of that name; raises UserError naming those that there are."""
    found = next((lesson for lesson in all_lessons() if lesson.id == lesson_id), None)
    if found is None:
        raise UserError(NONE_SUCH, ids=", ".join(lesson.id for lesson in all_lessons()), id=lesson_id)
    return found


def short_course() -> tuple[Lesson, ...]:
    """What can be taught in one class of 45 minutes, in order."""
    return tuple(lesson for lesson in all_lessons() if lesson.id in COURSE)


def read(path: Path) -> Lesson:
    """The lesson in a file; raises UserError naming file, place and reason."""
    try:
        return decode(read_bytes(path))
    except UserError as error:
        raise UserError(IN_FILE, path=path.name, why=error.text) from None


def decode(content: bytes) -> Lesson:
    """The lesson in TOML; raises UserError naming place and reason."""
    raw = from_toml(content)
    assert isinstance(raw, dict), "TOML is always a table"
    raw = _with_versions(raw)
    try:
        lesson = msgspec.convert(raw, Lesson)
    except (msgspec.ValidationError, OverflowError) as error:
        raise UserError(_problem(raw) or same(str(error))) from None
    for place, experiment in lesson.experiments.items():
        with inside(place):
            check(experiment)
    for step in (*lesson.steps, *lesson.expects):
        lesson.experiment_of(step.scene)
    return lesson


def _with_versions(raw: dict[str, object]) -> dict[str, object]:
    """Experiments inside a lesson need not say what they are."""
    header = {"format": FORMAT, "version": VERSION}
    changed = dict(raw)
    experiment = raw.get("experiment")
    if isinstance(experiment, dict):
        changed["experiment"] = header | _with_titles(experiment, raw.get("input_names"))
    scenes = raw.get("scene")
    if isinstance(scenes, dict):
        changed["scene"] = {
            name: header | scene if isinstance(scene, dict) else scene for name, scene in scenes.items()
        }
    return changed


def _with_titles(experiment: dict[str, object], names: object) -> dict[str, object]:
    """The lesson's names of the inputs stand in the network too."""
    data = experiment.get("data")
    return experiment | {"data": data | {"titles": names}} if names and isinstance(data, dict) else experiment


def _problem(raw: dict[str, object]) -> Text | None:
    """What is wrong, with its place; scenes are looked at one by one."""
    found = problem(raw, _shape(Lesson))
    scenes = raw.get("scene")
    for name, scene in scenes.items() if isinstance(scenes, dict) else ():
        found = found or problem(scene, _shape(Experiment), f"scene.{name}")
    return found


@cache
def _shape(kind: type[msgspec.Struct]) -> inspect.Type:
    return inspect.type_info(kind)
