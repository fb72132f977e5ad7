"""The curves of a run: as a table and as a picture."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gradgui.export.chart import Frame, Scale, around
from gradgui.export.colours import INK, RIGHT, TEST, TRAIN
from gradgui.export.picture import Picture
from gradgui.export.training import Point
from gradgui.text import Language, Text

EPOCH = Text(en="epoch", zh="轮次")
LOSS = Text(en="loss", zh="损失")
LOG_LOSS = Text(en="loss (log)", zh="损失（对数）")
TRAIN_NAME = Text(en="training", zh="训练")
TEST_NAME = Text(en="test", zh="测试")
ACCURACY = Text(en="right answers", zh="正确率")
TITLE = Text(en="Learning curve", zh="学习曲线")
WIDE_RANGE = 100.0
"""From this ratio of largest to smallest loss on, the scale is logarithmic."""


def as_csv(points: Sequence[Point]) -> bytes:
    """epoch, train_loss, test_loss, accuracy; empty where there is nothing to measure."""
    rows = ["epoch,train_loss,test_loss,accuracy"]
    for point in points:
        cells = (point.train_loss, point.test_loss, point.accuracy)
        rows.append(",".join([str(point.epoch), *("" if not math.isfinite(cell) else repr(cell) for cell in cells)]))
    return ("\n".join(rows) + "\n").encode()


def drawn(points: Sequence[Point], title: Text | None, language: Language) -> Picture:
    """Loss over epochs, and the share of right answers below where there are classes."""
    classes = any(math.isfinite(point.accuracy) for point in points)
    picture = Picture(720, 640 if classes else 440)
    picture.words((70, 32), (title or TITLE).in_language(language), 16, INK, bold=True)
    epochs = Scale(0, max(1, points[-1].epoch))
    losses = [loss for point in points for loss in (point.train_loss, point.test_loss) if math.isfinite(loss)]
    log = bool(losses) and min(losses) > 0 and max(losses) > WIDE_RANGE * min(losses)
    frame = Frame(70, 70, 610, 310, epochs, around(losses, log=log))
    frame.draw(picture, EPOCH.in_language(language), (LOG_LOSS if log else LOSS).in_language(language))
    frame.curve(picture, [(p.epoch, p.test_loss) for p in points], TEST)
    frame.curve(picture, [(p.epoch, p.train_loss) for p in points], TRAIN)
    _legend(picture, points, language)
    if classes:
        below = Frame(70, 460, 610, 120, epochs, Scale(0.0, 1.0))
        below.draw(picture, EPOCH.in_language(language), ACCURACY.in_language(language))
        below.curve(picture, [(p.epoch, p.accuracy) for p in points], RIGHT)
    return picture


def _legend(picture: Picture, points: Sequence[Point], language: Language) -> None:
    entries = [(TRAIN_NAME, TRAIN)]
    if any(math.isfinite(point.test_loss) for point in points):
        entries.append((TEST_NAME, TEST))
    for place, (name, colour) in enumerate(entries):
        x = 600 - 100 * (len(entries) - 1 - place)
        picture.line([(x, 48), (x + 18, 48)], colour, 3)
        picture.words((x + 24, 52), name.in_language(language), 12)
