"""Exercises of single lessons: predict the next value, lay cards, question stations, nudge, find a mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gradgui.catalog.registry import optimizer_kinds
from gradgui.gui.language import Speech
from gradgui.gui.lessons.prose import Prose
from gradgui.gui.theme import MINUS, Size, Space, Theme, number
from gradgui.gui.widgets.dressing import mark
from gradgui.gui.widgets.naming import short
from gradgui.gui.widgets.number_field import NumberField, parsed
from gradgui.gui.widgets.said_label import SaidLabel, Tone
from gradgui.session.lesson_hands import SMALLEST_ERROR
from gradgui.session.lesson_knobs import called
from gradgui.session.lesson_rules import controls
from gradgui.session.lesson_run import LessonRun
from gradgui.text import Text, same

NEXT = Text(en="next value", zh="下一个值")
CHECK_AND_STEP = Text(en="Check and step", zh="核对并走一步")
ASK_THEM = Text(en="Click whom you would question next:", zh="点一点，接下来可以查问谁：")
ANSWERED = Text(en="{n}. {name}: {gradient}", zh="{n}. {name}：{gradient}")
CLEAR = Text(en="Clear", zh="清空")
LINE = Text(en="{name}  {slope}", zh="{name}  {slope}")
NUDGE = Text(en="Nudge one more", zh="再轻推一个")
NUDGE_ALL = Text(en="Nudge all", zh="逐个全推")
TASTINGS = Text(
    en="{count} of {all} nudged, {tastings} forward passes for that. Backward passes: {backward}.",
    zh="推了 {count}／{all} 个，为此做了 {tastings} 次前向。反向：{backward} 次。",
)
UNPLUG = Text(en="Unplug the loss", zh="拔掉损失")
PLUG = Text(en="Plug the loss in", zh="插回损失")
PIXEL = Text(en="Pixel, row {row}, column {column}", zh="像素，第 {row} 行第 {column} 列")
PIXELS = Text(en="Click pixels to draw:", zh="点格子来画：")
COMPARE = Text(en="backward against nudges:", zh="反向与轻推相比：")
AGREES = Text(en="agrees", zh="一致")
DIFFERS = Text(en="{percent} % apart", zh="相差 {percent}%")
NOT_ASKED = Text(en="not checked yet", zh="还没核对")
THIS_ONE = Text(en="This one", zh="就是它")
RUNS = Text(en="Your runs", zh="你跑过的")
RUN_LINE = Text(en="{kind}, η {rate}: {steps} steps, loss {loss}", zh="{kind}，η {rate}：{steps} 步，损失 {loss}")
GOAL_LINE = Text(en="{kind}, η {rate}: there after {goal} steps", zh="{kind}，η {rate}：{goal} 步到达")
BATCH = Text(en="batch size {size}", zh="批大小 {size}")
SHOWN = 5


class Exercise(QWidget):
    """A column of words and buttons that is told when numbers change."""

    def __init__(self, run: LessonRun, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.run, self.speech, self.theme = run, speech, theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(Space.TINY))
        self._words: list[tuple[QPushButton, Text]] = []
        speech.changed.connect(self.retranslate)
        run.hands.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show the state of now."""

    def retranslate(self) -> None:
        """Say the buttons in the language of now."""
        for button, words in self._words:
            self._say(button, words)
        self.refresh()

    def button(self, words: Text, what: str = "") -> QPushButton:
        """A small button; `what` is found again as its object name."""
        button = QPushButton(self)
        button.setObjectName(what)
        mark(button, "tight", True)
        button.setFont(self.theme.font(Size.BODY))
        self._words.append((button, words))
        self._say(button, words)
        return button

    def prose(self, text: Text | None = None, tone: Tone = Tone.MUTED) -> Prose:
        """A line of small words."""
        return Prose(self.speech, self.theme, text, size=Size.SMALL, tone=tone, parent=self)

    def reword(self, button: QPushButton, words: Text) -> None:
        """Let a button say something else."""
        self._words = [(each, words if each is button else text) for each, text in self._words]
        self._say(button, words)

    def _say(self, button: QPushButton, words: Text) -> None:
        said = self.speech.say(words)
        button.setText(said)
        button.setAccessibleName(said)


class NextValue(Exercise):
    """The student computes the next value; only the right one makes the step."""

    def __init__(self, run: LessonRun, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(run, speech, theme, parent)
        self.field = NumberField(NEXT, 0.0, speech, theme, low=-1e9, high=1e9, step=0.5, parent=self)
        self.field.clear()
        self._check = self.button(CHECK_AND_STEP)
        row = QHBoxLayout()
        row.addWidget(SaidLabel(speech, theme, NEXT, size=Size.SMALL, tone=Tone.MUTED, parent=self))
        row.addWidget(self.field)
        row.addWidget(self._check, 1)
        self.column.addLayout(row)
        self._check.clicked.connect(self._try)
        self.field.returnPressed.connect(self._try)

    def _try(self) -> None:
        typed = parsed(self.field.text())
        if typed is None:
            return
        if self.run.hands.predict_next(typed):
            self.field.clear()
        self.field.setFocus()
        self.field.selectAll()


class Order(Exercise):
    """Stations are questioned by clicking them; who cannot answer yet says why."""

    def __init__(self, run: LessonRun, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(run, speech, theme, parent)
        self.column.addWidget(self.prose(ASK_THEM))
        state = run.state
        layers = () if state is None else state.lesson.experiment_of(state.step.scene).network.layers
        self.names = {f"L{index + 1}": spec.name or same(f"L{index + 1}") for index, spec in enumerate(layers)}
        self._stations = {layer: self.button(name, layer) for layer, name in self.names.items()}
        for button in self._stations.values():
            button.clicked.connect(self._ask)
            self.column.addWidget(button)
        self.refresh()

    def refresh(self) -> None:
        """Stations that have answered show their number and their gradient."""
        deeds = self.run.deeds
        for layer, button in self._stations.items():
            asked = layer in self.run.hands.layers
            if asked and deeds is not None:
                gradient = float(deeds.facts.layers[int(layer[1:]) - 1].db[0])
                place = self.run.hands.layers.index(layer) + 1
                words = ANSWERED.filled(n=place, name=self.names[layer], gradient=short(gradient, signed=True))
                self.reword(button, words)
            else:
                self.reword(button, self.names[layer])
            button.setEnabled(not asked)

    def _ask(self) -> None:
        self.run.hands.question(self.sender().objectName())


class Cards(Exercise):
    """Factors of the chain rule are laid into slots, from the loss backwards."""

    def __init__(self, run: LessonRun, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(run, speech, theme, parent)
        assert run.state is not None
        self.cards = run.state.lesson.ui.cards
        self._line = Prose(speech, theme, size=Size.LARGE, bold=True, parent=self)
        self.column.addWidget(self._line)
        grid = QGridLayout()
        grid.setSpacing(theme.px(Space.TINY))
        self._buttons = {card: self.button(same(_partial(card)), card) for card in self.cards}
        for place, button in enumerate(self._buttons.values()):
            button.clicked.connect(self._lay)
            grid.addWidget(button, place // 2, place % 2)
        self._clear = self.button(CLEAR)
        self._clear.clicked.connect(self._sweep)
        self.column.addLayout(grid)
        self.column.addWidget(self._clear)
        self.refresh()

    def refresh(self) -> None:
        """What lies in the slots."""
        laid = [_partial(card) for card in self.run.hands.cards]
        slots = [laid[place] if place < len(laid) else "?" for place in range(max(4, len(laid)))]
        half = len(slots) // 2
        rows = ("∂L/∂W1 = " + " · ".join(slots[:half]), " · ".join(["", *slots[half:]]).strip())
        self._line.tell(same("\n".join(rows) if laid else " ".join(rows)))
        for card, button in self._buttons.items():
            button.setEnabled(card not in self.run.hands.cards and len(laid) < len(slots))
        self._clear.setEnabled(bool(laid))

    def _lay(self) -> None:
        self.run.hands.lay((*self.run.hands.cards, self.sender().objectName()))

    def _sweep(self) -> None:
        self.run.hands.lay(())


class Nudges(Exercise):
    """One parameter after the other is nudged, and the tastings are counted."""

    def __init__(self, run: LessonRun, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(run, speech, theme, parent)
        self._one, self._all = self.button(NUDGE), self.button(NUDGE_ALL)
        row = QHBoxLayout()
        row.addWidget(self._one, 1)
        row.addWidget(self._all, 1)
        self.column.addLayout(row)
        self._count, self._list = self.prose(), self.prose(tone=Tone.PLAIN)
        self.column.addWidget(self._count)
        self.column.addWidget(self._list)
        self._one.clicked.connect(self._nudge)
        self._all.clicked.connect(self._nudge_all)
        self.refresh()

    def refresh(self) -> None:
        """How many tastings it took, and the newest slopes."""
        nudges, names = self.run.hands.nudges, self.run.parameters()
        backward = 0 if self.run.deeds is None else self.run.deeds.counted("backward")
        self._count.tell(
            TASTINGS.filled(count=len(nudges), all=len(names), tastings=2 * len(nudges), backward=backward)
        )
        newest = list(nudges.items())[-6:]
        lines = [LINE.filled(name=self._called(name, len(names)), slope=short(s, signed=True)) for name, s in newest]
        self._list.tell(_stacked(lines))
        self._one.setEnabled(len(nudges) < len(names))
        self._all.setEnabled(len(nudges) < len(names))

    def _called(self, name: str, size: int) -> Text:
        return same(name) if self.run.state is None else called(self.run.state.lesson, name, size)

    def _nudge(self) -> None:
        left = [name for name in self.run.parameters() if name not in self.run.hands.nudges]
        self.run.hands.nudge(*left[:1])

    def _nudge_all(self) -> None:
        self.run.hands.nudge()


class Plug(Exercise):
    """The loss is pulled out like a plug."""

    def __init__(self, run: LessonRun, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(run, speech, theme, parent)
        self._plug = self.button(UNPLUG)
        self.column.addWidget(self._plug)
        self._plug.clicked.connect(self._pull)
        self.refresh()

    def refresh(self) -> None:
        """The other way round next time."""
        self.reword(self._plug, PLUG if self.run.hands.unplugged else UNPLUG)

    def _pull(self) -> None:
        self.run.hands.plug(self.run.hands.unplugged)


class Pixels(Exercise):
    """A picture of a few pixels that are the inputs; each can be lit or put out."""

    def __init__(self, run: LessonRun, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(run, speech, theme, parent)
        assert run.state is not None
        rows = run.state.lesson.ui.bitmap
        self.column.addWidget(self.prose(PIXELS))
        grid = QGridLayout()
        grid.setSpacing(2)
        self._columns = len(rows[0]) if rows else 1
        self.pixels: list[QPushButton] = []
        for place in range(sum(map(len, rows))):
            row, column = divmod(place, self._columns)
            pixel = self.button(same(""), str(place))
            pixel.setCheckable(True)
            pixel.setFixedSize(theme.px(Space.BUTTON), theme.px(Space.ICON))
            pixel.clicked.connect(self._light)
            self.pixels.append(pixel)
            grid.addWidget(pixel, row, column)
        grid.setColumnStretch(self._columns, 1)
        self.column.addLayout(grid)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        for place, pixel in enumerate(self.pixels):
            row, column = divmod(place, self._columns)
            pixel.setAccessibleName(self.speech.say(PIXEL, row=row + 1, column=column + 1))

    def refresh(self) -> None:
        """Lit pixels are dark ink."""
        if self.run.deeds is None:
            return
        x = self.run.deeds.facts.x[0]
        p = self.theme.palette
        for pixel, value in zip(self.pixels, x, strict=True):
            pixel.setChecked(bool(value > 0.5))
            colour = p.ink if value > 0.5 else p.hover
            pixel.setStyleSheet(
                f"QPushButton {{ background: {colour}; border: 1px solid {p.line};"
                " border-radius: 3px; min-height: 0; }"
                f"QPushButton:focus {{ border: 2px solid {p.current}; }}"
            )

    def _light(self) -> None:
        assert self.run.deeds is not None
        x = [float(value) for value in self.run.deeds.facts.x[0]]
        place = int(self.sender().objectName())
        x[place] = 0.0 if x[place] > 0.5 else 1.0
        self.run.hands.set({"x": (tuple(x),)})


class Mistake(Exercise):
    """Backward against nudges, layer by layer from the back: the first that disagrees made the mistake."""

    def __init__(self, run: LessonRun, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(run, speech, theme, parent)
        self.column.addWidget(self.prose(COMPARE))
        state = run.state
        layers = () if state is None else state.lesson.experiment_of(state.step.scene).network.layers
        self.names = {f"L{i + 1}": spec.name or same(f"L{i + 1}") for i, spec in enumerate(layers)}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(Space.SMALL))
        self._verdicts: dict[str, SaidLabel] = {}
        for row, layer in enumerate(reversed(self.names)):
            verdict = SaidLabel(speech, theme, NOT_ASKED, size=Size.SMALL, tone=Tone.MUTED, parent=self)
            blame = self.button(THIS_ONE, layer)
            blame.clicked.connect(self._blame)
            grid.addWidget(SaidLabel(speech, theme, self.names[layer], size=Size.SMALL, parent=self), row, 0)
            grid.addWidget(verdict, row, 1)
            grid.addWidget(blame, row, 2)
            self._verdicts[layer] = verdict
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self.refresh()

    def refresh(self) -> None:
        """Only once something was nudged is there anything to compare."""
        if not self.run.hands.nudges:
            return
        for layer, error in zip(self.names, self.run.hands.errors(), strict=True):
            agrees = error < SMALLEST_ERROR
            self._verdicts[layer].set_tone(Tone.DONE if agrees else Tone.PLAIN)
            self._verdicts[layer].say(AGREES if agrees else DIFFERS.filled(percent=round(100 * error)))

    def _blame(self) -> None:
        self.run.hands.blame(self.sender().objectName())


class Runs(Exercise):
    """The runs so far, the newest first."""

    def __init__(self, run: LessonRun, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(run, speech, theme, parent)
        self._title, self._list = self.prose(RUNS), self.prose(tone=Tone.PLAIN)
        self._shows_batch = run.state is not None and "slider:batch_size" in controls(run.state)
        self.column.addWidget(self._title)
        self.column.addWidget(self._list)
        self.refresh()

    def refresh(self) -> None:
        """One line a run."""
        deeds = self.run.deeds
        runs = [] if deeds is None else [names for names in deeds.runs() if names["steps"]]
        lines = [self._line(names) for names in reversed(runs[-SHOWN:])]
        self._title.setVisible(bool(lines))
        self._list.tell(_stacked(lines))

    def _line(self, names: Mapping[str, object]) -> Text:
        reached = float(names["steps_to"])  # type: ignore[arg-type]
        loss = number(float(names["end_loss"]), 3)  # type: ignore[arg-type]
        kind = _short(optimizer_kinds()[str(names["optimizer"])].name)
        if self._shows_batch:
            kind = BATCH.filled(size=names["batch"])
        common = {"kind": kind, "rate": f"{names['lr']:g}", "steps": names["steps"], "loss": loss}
        return GOAL_LINE.filled(**common, goal=int(reached)) if reached == reached else RUN_LINE.filled(**common)


def _stacked(lines: list[Text]) -> Text | None:
    """One below the other."""
    return Text(en="\n".join(line.en for line in lines), zh="\n".join(line.zh for line in lines)) if lines else None


def _short(name: Text) -> Text:
    """A name without what stands in parentheses behind it."""
    return Text(en=name.en.partition(" (")[0], zh=name.zh.partition("（")[0])


def _partial(card: str) -> str:
    """da1/dW1 as it is written on the board."""
    return card.replace("d", "∂").replace("-", MINUS)


Maker = Callable[[LessonRun, Speech, Theme, QWidget], Exercise]
EXERCISES: dict[str, Maker] = {
    "input:next_value": NextValue,
    "manual_order": Order,
    "cards": Cards,
    "pixel_editor": Pixels,
    "loss_node": Plug,
    "nudge": Nudges,
    "planted_bug": Mistake,
    "runs": Runs,
}
"""Which exercise a word in `unlock` brings."""
