"""What a lesson lets the student do at each stage, and the sentence that says why not yet."""

from __future__ import annotations

from gradgui.lessons.lesson import Do
from gradgui.session.lesson_state import LessonState, Stage
from gradgui.session.reins import Deed
from gradgui.text import Text

ANSWER_FIRST = Text(
    en="First say what you expect. Then the program shows it.", zh="先说说你的猜想，然后程序会演示给你看。"
)
WATCH = Text(en="Watch: the answer is on its way.", zh="请看，答案马上揭晓。")
LOOK_ONLY = Text(
    en="Look at what happened and choose again. To change things, play freely.",
    zh="先看看发生了什么，再选一次。想动手改，可以点“自由探索”。",
)
NOT_THIS = Text(
    en="This is not needed in this step. To try everything, play freely.",
    zh="这一步用不到它。想什么都试试，可以点“自由探索”。",
)
NO_LOSS = Text(
    en="Without a loss there is nothing to go back from: no gradient can be computed.",
    zh="没有损失，就没有可以往回推的起点：算不出任何梯度。",
)
EDITING = ("slider:", "target", "x", "choice:", "pixel_editor", "input:", "ball")
"""Controls that change the experiment."""
PARAMETERS = ("slider:L", "slider:any", "slider:all.W", "ball")
"""Controls that put parameters somewhere: then the ball may be dragged too."""


def controls(state: LessonState) -> tuple[str, ...]:
    """The controls of the open step."""
    step, ui = state.step, state.lesson.ui
    return step.unlock if isinstance(step, Do) and step.unlock is not None else ui.unlock


def is_open(state: LessonState, control: str) -> bool:
    """Whether a control may be used now."""
    if state.wandering:
        return True
    return state.now.stage in (Stage.DOING, Stage.DONE) and isinstance(state.step, Do) and control in controls(state)


def held_back(state: LessonState, unplugged: bool) -> dict[Deed, Text]:
    """What is refused now, and why."""
    if state.wandering:
        return {}
    stage = state.now.stage
    if stage is Stage.ASKING:
        return dict.fromkeys(Deed, ANSWER_FIRST)
    if stage is Stage.REVEALING:
        return dict.fromkeys(Deed, WATCH)
    if stage is Stage.EXPLAINING:
        return {Deed.EDIT: LOOK_ONLY, Deed.BALL: LOOK_ONLY}
    held: dict[Deed, Text] = {Deed.MOVE: NO_LOSS} if unplugged else {}
    if stage is Stage.DOING:
        held |= _not_needed(controls(state))
    return held


def _not_needed(unlocked: tuple[str, ...]) -> dict[Deed, Text]:
    edits = any(control.startswith(EDITING) for control in unlocked)
    places = any(control.startswith(PARAMETERS) for control in unlocked)
    return ({} if edits else {Deed.EDIT: NOT_THIS}) | ({} if places else {Deed.BALL: NOT_THIS})
