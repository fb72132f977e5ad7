"""What a place on the landscape says: the badge above the picture and the sentence below it."""

from __future__ import annotations

from math import hypot

import numpy as np

from gradgui.gui.surface.relief import Relief
from gradgui.gui.theme import number
from gradgui.session.snapshot import BallView, SurfaceView
from gradgui.text import Text, same

STEEP, FLAT = 0.5, 0.08
"""Share of the whole picture's height that this slope would climb across its whole width."""
_DEEP = 0.02
_MOVED = 1e-12
_TURN = -0.2
"""Cosine between two steps: below, the ball is going back and forth."""

NOTHING = same("")
NAME = Text(en="Loss surface", zh="损失曲面")
COMPLETE = Text(en="complete picture (2 parameters)", zh="完整图像（2 个参数）")
SLICE = Text(
    en="slice: the other {held} held at step {step}",
    zh="切片：其余 {held} 个参数固定在第 {step} 步",
)
VALLEY = Text(en="complete picture (1 parameter)", zh="完整图像（1 个参数）")
STALE = Text(en="old slice: step {step}, now {now}", zh="旧切片：第 {step} 步，现在是第 {now} 步")
MOMENT = Text(en="Step {step}: loss {loss}. Click to go there.", zh="第 {step} 步：损失 {loss}。点击即可回到那里。")
SKETCH = Text(en="first sketch of {samples} of the examples, refining…", zh="先用 {samples} 个样本画的草图，正在细化……")
COARSE = Text(en="coarse picture, refining…", zh="粗略图像，正在细化……")
CUT = Text(en="cliffs above {top} are cut", zh="高于 {top} 的峭壁已截去")
HOLES = Text(en="hole: the loss is not a number there", zh="空洞处损失不是数")

UNKNOWN = Text(
    en="The slope here is not known yet: Step walks the blame back to it.",
    zh="这里的坡度还不知道：按“步进”，让责任一步步传回来。",
)
HALF_KNOWN = Text(
    en="Along {known} the slope is {slope}; along {missing} it is still unknown.",
    zh="沿 {known} 的坡度是 {slope}；沿 {missing} 的坡度还不知道。",
)
REST_UNKNOWN = Text(
    en="Slopes so far: {first} {one}, {second} {other}.", zh="目前问到的坡度：{first} {one}，{second} {other}。"
)
STEEP_HERE = Text(en="Steep here: a big step downhill.", zh="这里很陡：下山迈一大步。")
GENTLE_HERE = Text(en="A gentle slope: a moderate step downhill.", zh="坡度平缓：下山迈一步，不大不小。")
FLAT_HERE = Text(
    en="Almost flat here: a tiny step, far from the bottom.", zh="这里几乎是平的：步子极小，但离谷底还远。"
)
BOTTOM = Text(
    en="Low ground with hardly any slope: only tiny steps from here.", zh="已到低处，几乎没有坡度：接下来只剩小步。"
)
OVERSHOT = Text(
    en="Overshot: the step was too long and the loss rose by {rise}.",
    zh="冲过头了：步子太大，损失反而升高了 {rise}。",
)
ZIGZAG = Text(
    en="Zig-zag: each step crosses the valley to its other side.", zh="来回折返：每一步都跨到了山谷的另一侧。"
)
OUTSIDE = Text(en="The ball is outside this picture.", zh="小球在这幅图之外。")


OF_TEST = Text(en="loss of the test set", zh="测试集的损失")
ON_TEST = Text(
    en="New questions: training never sees this landscape. The path is that of the training.",
    zh="这是新题的地形，训练时看不到它。画出的路，是训练走过的路。",
)


def badge(view: SurfaceView | None, ball: BallView | None = None) -> Text:
    """Whether the whole truth is seen, or a slice of it, and whether the held parameters have moved since."""
    if view is None:
        return NOTHING
    if view.of_test:
        return OF_TEST
    if not view.held:
        return VALLEY if view.is_valley else COMPLETE
    now = _now(ball)
    if ball is not None and now is not None and now != view.iteration and ball.off_plane > _MOVED and not ball.running:
        return STALE.filled(step=view.iteration, now=now)
    return SLICE.filled(held=view.held, step=view.iteration)


def moment(ball: BallView, step: int) -> Text:
    """What a point of the path is."""
    rows = np.flatnonzero(ball.moments == step) if len(ball.moments) else np.array([step])
    if not len(rows) or rows[0] >= len(ball.path):
        return NOTHING
    return MOMENT.filled(step=step, loss=number(float(ball.path[rows[0], 2])))


def _now(ball: BallView | None) -> int | None:
    """How many updates have been made."""
    return int(ball.moments[-1]) if ball is not None and len(ball.moments) else None


def note(relief: Relief | None) -> Text:
    """What is not as it seems in this picture; empty when everything is."""
    if relief is None:
        return NOTHING
    if relief.view.samples is not None:
        return SKETCH.filled(samples=relief.view.samples)
    if not relief.finite.all():
        return HOLES
    if relief.cut:
        return CUT.filled(top=number(relief.top, 3))
    return NOTHING if relief.view.final else COARSE


def caption(relief: Relief | None, ball: BallView | None) -> Text:
    """One sentence about the ball's place."""
    if relief is None or ball is None:
        return NOTHING
    x0, x1, y0, y1 = relief.bounds
    if not (x0 <= ball.x <= x1 and y0 <= ball.y <= y1):
        return OUTSIDE
    if relief.view.of_test:
        return ON_TEST
    if ball.actual_change is not None and ball.actual_change > 0:
        return OVERSHOT.filled(rise=number(ball.actual_change))
    gx, gy = ball.gradient
    if gx is None or gy is None:
        return _while_running(relief, ball) if ball.running else _partly_known(relief, ball)
    if _turned_back(relief, ball):
        return ZIGZAG
    if ball.gradient_norm is None and all(axis.label for axis in relief.view.axes):
        return _rest_unknown(relief, gx, gy)
    return _slope_words(relief, ball, gx, gy)


def _rest_unknown(relief: Relief, gx: float, gy: float) -> Text:
    """Both axes have their slope, but how long the step will be is only known once every parameter was asked."""
    first, second = (axis.label for axis in relief.view.axes)
    return REST_UNKNOWN.filled(first=first, second=second, one=number(gx, signed=True), other=number(gy, signed=True))


def _while_running(relief: Relief, ball: BallView) -> Text:
    """Nobody waits for gradients while training: the slope is read off the picture."""
    slope = relief.slope_at(*relief.spot(ball.x, ball.y))
    if slope is None:
        return NOTHING
    if _turned_back(relief, ball):
        return ZIGZAG
    sx, sy = relief.scale
    return _slope_words(relief, ball, slope[0] * sx, slope[1] * sy)


def _partly_known(relief: Relief, ball: BallView) -> Text:
    names = tuple(axis.label for axis in relief.view.axes)
    for here, there in ((0, 1), (1, 0)):
        slope = ball.gradient[here]
        if slope is not None and names[here]:  # a valley has only one axis
            return HALF_KNOWN.filled(known=names[here], missing=names[there], slope=number(slope, signed=True))
    return UNKNOWN


def _slope_words(relief: Relief, ball: BallView, gx: float, gy: float) -> Text:
    sx, sy = relief.scale
    height = relief.top - relief.low
    climb = hypot(gx / sx, gy / sy) * 2 / height if height > 0 else 0.0
    if climb >= STEEP:
        return STEEP_HERE
    if climb >= FLAT:
        return GENTLE_HERE
    return BOTTOM if ball.loss - relief.low <= _DEEP * height else FLAT_HERE


def _turned_back(relief: Relief, ball: BallView) -> bool:
    """Whether the last two steps point against each other."""
    if len(ball.path) < 2:
        return False
    points = np.array([ball.path[-2, :2], ball.path[-1, :2], (ball.x, ball.y)])
    first, second = np.diff(points * relief.scale, axis=0)
    size = float(np.linalg.norm(first) * np.linalg.norm(second))
    return size > 0 and float(first @ second) / size < _TURN
