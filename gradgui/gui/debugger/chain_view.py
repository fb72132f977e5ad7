"""The tabs about one weight: its chain rule, and who changed it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gradgui.gui.debugger.chain import Link, Target, chain, name_of, strongest
from gradgui.gui.debugger.figures import bare, gradient, parameter
from gradgui.gui.debugger.page import Page
from gradgui.gui.debugger.pushers import Change, Push, change
from gradgui.gui.language import Speech
from gradgui.gui.theme import Theme
from gradgui.session.snapshot import Snapshot
from gradgui.text import Text

_CHAIN = Text(en="Chain rule", zh="链式法则")
_HEAD = Text(en="From the loss to {name}", zh="从损失到 {name}")
_HINT = Text(en="Click another wire to follow its chain.", zh="点另一条连线，就看它的链条。")
_NOTHING = Text(en="This network has no weight to follow.", zh="这个网络没有可以追踪的权重。")
_PRODUCT = Text(en="multiplied out: {product}", zh="连乘起来：{product}")

_WHO = Text(en="Who changed this?", zh="谁改的？")
_CHANGED = Text(en="{name}: {old} → {new} in iteration {k}", zh="{name}：第 {k} 轮从 {old} 变为 {new}")
_SAME = Text(en="{name} did not move in iteration {k}.", zh="{name} 在第 {k} 轮没有移动。")
_NOT_YET = Text(
    en="{name} is {old}; this iteration has not updated it yet.", zh="{name} 是 {old}；这一轮还没有更新它。"
)
_GO = Text(en="Go to its last update", zh="跳到它最近一次更新")
_GRADIENT = Text(en="gradient", zh="梯度")
_PUSHED = Text(en="pushed by {count} samples, the strongest first:", zh="{count} 个样本推动了它，推得最多的在前：")
_ONE = Text(en="pushed by the one sample of this batch:", zh="推动它的是这一批里唯一的样本：")
_SAMPLE = Text(en="sample {n}", zh="样本 {n}")
_ALL = Text(en="show the whole batch again", zh="重新看整个批次")
_APART = Text(en="Here the samples cannot be told apart.", zh="这里分不出各个样本。")
SHOWN, _BAR = 8, 8
"""Samples in the list, and letters of the longest bar beside them."""


class ChainView(Page):
    """Factor by factor from the loss to the chosen weight."""

    source_pointed = Signal(object)

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(_CHAIN, speech, theme, parent)
        self._target: Target | None = None
        self._links: list[Link] = []
        self.highlighted.connect(self._point)
        self.retranslate()

    def look_at(self, target: Target | None) -> None:
        """Follow this weight; None for the one with the largest gradient."""
        self._target = target
        self.write()

    def html(self, snapshot: Snapshot) -> str:
        """A heading, one row a factor, the product."""
        target = fitting(snapshot, self._target) or strongest(snapshot)
        if target is None:
            return self.paragraph(self.muted(self.say(_NOTHING)))
        self._links = chain(snapshot, target)
        name = name_of(snapshot, target)
        rows = "".join(self._row(number, link) for number, link in enumerate(self._links))
        head = self.span(self.say(_HEAD, name=name), self._theme.palette.ink, bold=True)
        table = f'<table cellspacing="0" cellpadding="{self._theme.px(2)}">{rows}</table>'
        return self.paragraph(head, 0) + table + self._product() + self.paragraph(self.muted(self.say(_HINT)), 6)

    def _row(self, number: int, link: Link) -> str:
        factor = self.muted(self.say(link.note)) if not link.factor and link.note is not None else ""
        if link.factor:
            value = self.muted("?") if link.value is None else escape(bare(link.value))
            words = f"× {escape(link.factor)} = {value}"
            factor = words if link.source is None else self._lit(words, number)
        note = self.muted(self.say(link.note)) if link.factor and link.note is not None else ""
        total = self.blame(link.total, "" if link.total is None else gradient(link.total))
        gap = self._theme.px(8)
        first = f'<p style="white-space:nowrap">{factor}</p>{note}'  # a number never breaks
        return (
            f'<tr><td style="padding-right:{gap}px">{first}</td>'
            f'<td style="padding-right:{gap}px">{self.muted("→ " + escape(link.result))}</td><td>{total}</td></tr>'
        )

    def _lit(self, words: str, number: int) -> str:
        return f'<a href="factor:{number}" style="color:{self._theme.palette.ink}; text-decoration:none">{words}</a>'

    def _product(self) -> str:
        """All factors in one line, once every one is known and nothing was added on the way."""
        first, *others = self._links
        plain = all(link.note is None for link in others)
        values = [first.total, *(link.value for link in others)]
        if not plain or any(value is None for value in values) or len(values) > 9:
            return ""
        words = " × ".join(_factor(value) for value in values if value is not None)
        total = others[-1].total
        end = "" if total is None else f" = {gradient(total)}"
        return self.paragraph(self.say(_PRODUCT, product=words + end), 6)

    def _point(self, url: object) -> None:
        words = url.toString()  # type: ignore[attr-defined]
        number = int(words.split(":")[1]) if words.startswith("factor:") else None
        self.source_pointed.emit(None if number is None else self._links[number].source)


class PusherView(Page):
    """When the chosen weight changed last, and how much each sample pushed."""

    change_asked = Signal(object)
    """The Target whose last update is looked for."""
    sample_chosen = Signal(object)
    """Number of a training sample; None for the whole batch."""

    def __init__(self, speech: Speech, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(_WHO, speech, theme, parent)
        self._target: Target | None = None
        self._shown: Target | None = None
        self.followed.connect(self._go)
        self.retranslate()

    def look_at(self, target: Target | None) -> None:
        """Ask about this weight."""
        self._target = target
        self.write()

    def html(self, snapshot: Snapshot) -> str:
        """What changed, then the samples."""
        self._shown = target = fitting(snapshot, self._target) or strongest(snapshot)
        found = None if target is None else change(snapshot, target)
        if target is None or found is None:
            return self.paragraph(self.muted(self.say(_NOTHING)))
        name = name_of(snapshot, target)
        go = self.paragraph(self.link(self.say(_GO), "go"), 4)
        return self._head(snapshot, name, found) + go + self._pushes(snapshot, found)

    def _head(self, snapshot: Snapshot, name: str, found: Change) -> str:
        step = found.now - found.before
        old, new, k = parameter(found.before, step), parameter(found.now, step), snapshot.iteration + 1
        if not found.updated:
            head = self.say(_NOT_YET, name=name, old=old)
        elif found.before == found.now:
            head = self.say(_SAME, name=name, k=k)
        else:
            head = self.say(_CHANGED, name=name, old=old, new=new, k=k)
        words = "" if found.gradient is None else gradient(found.gradient)
        return self.paragraph(self.span(head, self._theme.palette.ink, bold=True), 0) + self.paragraph(
            f"{self.say(_GRADIENT)}: {self.blame(found.gradient, words)}"
        )

    def _pushes(self, snapshot: Snapshot, found: Change) -> str:
        if not found.pushes:
            return "" if found.gradient is None else self.paragraph(self.muted(self.say(_APART)))
        one = len(found.pushes) == 1
        head = self.say(_ONE) if one else self.say(_PUSHED, count=len(found.pushes))
        rows = "".join(self._push(push, found.pushes[0]) for push in found.pushes[:SHOWN])
        back = "" if one else self.paragraph(self.link(self.say(_ALL), "sample:all"), 4)
        return self.paragraph(self.muted(head), 6) + f'<table cellspacing="0" cellpadding="1">{rows}</table>' + back

    def _push(self, push: Push, largest: Push) -> str:
        length = round(_BAR * push.share / largest.share) if largest.share else 0
        bar = self.span("▇" * length, self._theme.gradient_fill(push.value))
        cells = (
            self.link(self.say(_SAMPLE, n=push.sample + 1), f"sample:{push.sample}"),
            self.blame(push.value, gradient(push.value)),
            self.muted(f"{100 * push.share:.0f}&nbsp;%"),
            bar,
        )
        return self.row(cells)

    def _go(self, where: str) -> None:
        if where == "go":
            self.change_asked.emit(self._shown)
        elif where.startswith("sample:"):
            number = where.split(":")[1]
            self.sample_chosen.emit(None if number == "all" else int(number))


def fitting(snapshot: Snapshot, target: Target | None) -> Target | None:
    """The target if this network has it."""
    if target is None or target.layer >= len(snapshot.layers):
        return None
    values = snapshot.layers[target.layer]
    array = values.b if target.column is None else values.W
    if array is None or target.unit >= len(array) or (target.column or 0) >= (array.shape[1] if array.ndim > 1 else 1):
        return None
    return target


def _factor(value: float) -> str:
    words = bare(value)
    return f"({words})" if words.startswith("−") else words
