"""One or two sentences that say what just happened and what Step does next: for the status line and screen readers."""

from __future__ import annotations

import numpy as np

from gradgui.gui.debugger import figures
from gradgui.gui.debugger.names import tidy
from gradgui.gui.debugger.rows import row
from gradgui.gui.debugger.told_numbers import told_numbers
from gradgui.gui.debugger.values import GRADIENTS, result
from gradgui.session.snapshot import Detail, EventKind, EventName, Snapshot
from gradgui.session.terms import terms, units_of
from gradgui.text import Text, same

_NEURON = Text(en="neuron {n} of {count}", zh="第 {n} 个神经元，共 {count} 个")
_INPUT = Text(en="input {n} of {count}", zh="第 {n} 个输入，共 {count} 个")
_WHOLE = Text(en="{place}: {value}", zh="{place}：{value}")
_PRODUCT = Text(en="{place}: {first} × {second} = {value}", zh="{place}：{first} × {second} = {value}")
_ADDED = Text(
    en="{place}: {first} × {second} = {value}, sum so far {sum}",
    zh="{place}：{first} × {second} = {value}，目前合计 {sum}",
)
_OF_THESE = Text(en="Of these, {part}.", zh="其中{part}。")
_AMONG = Text(en="{value}; of these, {part}", zh="{value}；其中{part}")
_BOTH = Text(en="{done} {next}", zh="{done}{next}")
_ADVICE = {
    1.0: Text(en="{value}, it must decrease", zh="{value}，需要减小"),
    -1.0: Text(en="{value}, it must increase", zh="{value}，需要增大"),
}
_AFTER = Text(en="{reason} {done}", zh="{reason}{done}")
_READY = Text(en="Iteration {k} is ready.", zh="第 {k} 轮准备好了。")
_TRAINING = Text(en="Training: iteration {k}, loss {loss}.", zh="训练中：第 {k} 轮，损失 {loss}。")
_NEXT = Text(en="Next: Step (F10) {verb}.", zh="下一步（F10）{verb}。")
_BEGIN = Text(en="Iteration {k} is ready: Step (F10) {verb}.", zh="第 {k} 轮准备好了：步进（F10）{verb}。")

_DONE = {
    EventKind.LINEAR: Text(en="Layer {n}, weighted sum: {value}.", zh="第 {n} 层，加权和：{value}。"),
    EventKind.ACTIVATION: Text(en="Layer {n}, after {act}: {value}.", zh="第 {n} 层，经过 {act}：{value}。"),
    EventKind.LOSS: Text(en="Loss: {value}.", zh="损失：{value}。"),
    EventKind.D_OUTPUT: Text(en="Output gradient: {value}.", zh="输出的梯度：{value}。"),
    EventKind.D_PREACTIVATION: Text(
        en="Layer {n}, gradient before {act}: {value}.", zh="第 {n} 层，{act} 之前的梯度：{value}。"
    ),
    EventKind.D_WEIGHT: Text(en="Layer {n}, weight gradient: {value}.", zh="第 {n} 层，权重的梯度：{value}。"),
    EventKind.D_BIAS: Text(en="Layer {n}, bias gradient: {value}.", zh="第 {n} 层，偏置的梯度：{value}。"),
    EventKind.D_INPUT: Text(en="Layer {n} hands back: {value}.", zh="第 {n} 层往回交：{value}。"),
    EventKind.UPDATE: Text(en="Layer {n}, updated: {value}.", zh="第 {n} 层，已更新：{value}。"),
}
_DONE_OTHER = Text(en="Layer {n}, {act}: {value}.", zh="第 {n} 层，{act}：{value}。")

_VERBS = {
    EventKind.LINEAR: Text(en="adds up the inputs of layer {n}", zh="求第 {n} 层的加权和"),
    EventKind.ACTIVATION: Text(en="applies {act}", zh="经过 {act}"),
    EventKind.LOSS: Text(en="measures the loss", zh="计算损失"),
    EventKind.D_OUTPUT: Text(en="asks how the output moves the loss", zh="问输出怎样影响损失"),
    EventKind.D_PREACTIVATION: Text(en="passes the blame through {act} of layer {n}", zh="让责任穿过第 {n} 层的 {act}"),
    EventKind.D_WEIGHT: Text(en="asks the weight", zh="问权重"),
    EventKind.D_BIAS: Text(en="asks the bias", zh="问偏置"),
    EventKind.D_INPUT: Text(en="hands the blame back", zh="把责任交给前面"),
    EventKind.UPDATE: Text(en="updates layer {n}", zh="更新第 {n} 层"),
}
_VERB_OTHER = Text(en="runs layer {n}", zh="运行第 {n} 层")
_VERB_WEIGHTS = Text(en="asks the weights", zh="问权重")
_VERB_BIASES = Text(en="asks the biases", zh="问偏置")
_VERB_ITERATION = Text(en="starts iteration {k}", zh="开始第 {k} 轮")


def announcement(snapshot: Snapshot, held: Text | None = None) -> Text:
    """What just happened, with its number, and what the Step key does next, or why it does nothing yet (`held`)."""
    if snapshot.running:
        loss = figures.quantity(snapshot.train_loss)
        return _TRAINING.filled(k=snapshot.iteration + 1, loss=loss)
    event = snapshot.current
    if event is not None and snapshot.detail is not None:
        return tidy(_inside(snapshot, event, snapshot.detail))
    done = _READY.filled(k=snapshot.iteration + 1) if event is None else _done(snapshot, event)
    return tidy(_BOTH.filled(done=done, next=held or _NEXT.filled(verb=_verb(snapshot))))


def spoken(snapshot: Snapshot) -> Text:
    """One sentence for those who listen: what just happened; the reason first where a breakpoint stopped there."""
    event = snapshot.current
    if event is None:
        return tidy(_BEGIN.filled(k=snapshot.iteration + 1, verb=_verb(snapshot)))
    said, detail = _done(snapshot, event, advised=True), snapshot.detail
    if detail is not None:
        part = _part(snapshot, event, detail)
        said = _done(snapshot, event, part=part) if _enters(detail) else _OF_THESE.filled(part=part)
    stop = None if snapshot.history is None else snapshot.history.stop
    return tidy(said if stop is None else _AFTER.filled(reason=stop, done=said))


def _inside(snapshot: Snapshot, event: EventName, detail: Detail) -> Text:
    """One neuron or one product of the event, after the whole of it where it is the first."""
    part = _OF_THESE.filled(part=_part(snapshot, event, detail))
    return _BOTH.filled(done=_done(snapshot, event), next=part) if _enters(detail) else part


def _enters(detail: Detail) -> bool:
    """Whether this is the first place inside its event."""
    return detail.unit == 0 and not detail.product


def _part(snapshot: Snapshot, event: EventName, detail: Detail) -> Text:
    """What one neuron or one product of the event came to."""
    found = terms(snapshot, event, detail.unit)
    who = _INPUT if event.kind is EventKind.D_INPUT else _NEURON
    place = who.filled(n=detail.unit + 1, count=units_of(snapshot, event))
    if detail.product is not None and detail.product < len(found):
        term = found[detail.product]
        first, second = (figures.bare(factor.value) for factor in term.factors)
        adds = event.kind is not EventKind.D_WEIGHT and len(found) > 1
        return (_ADDED if adds else _PRODUCT).filled(
            place=place, first=first, second=second, value=figures.bare(term.value), sum=figures.bare(term.running)
        )
    value = _of_unit(snapshot, event, detail.unit)
    return _WHOLE.filled(place=place, value="?" if value is None else value)


def _of_unit(snapshot: Snapshot, event: EventName, unit: int) -> str | None:
    """The result of one neuron: a number, or the length of its row of weights."""
    array = result(snapshot, event)
    write = figures.gradient if event.kind in GRADIENTS else figures.quantity
    if array is None or event.kind in (EventKind.UPDATE, EventKind.LOSS):
        return None if array is None or event.kind is EventKind.UPDATE else write(float(array.reshape(-1)[0]))
    if event.kind is EventKind.D_WEIGHT:
        row_ = array[min(unit, len(array) - 1)].reshape(-1)
        return ", ".join(write(float(value)) for value in row_[:4]) + (" …" if len(row_) > 4 else "")
    line = array if array.ndim == 1 else array[min(snapshot.sample, len(array) - 1)]
    return write(float(line[unit])) if unit < len(line) else None


def _done(snapshot: Snapshot, event: EventName, advised: bool = False, part: Text | None = None) -> Text:
    """What happened, and a `part` of it; `advised`: and where one parameter answers for it, which way it must go."""
    info = snapshot.network.layers[event.layer]
    sentence = _DONE.get(event.kind, _DONE_OTHER)
    value, array = _value(snapshot, event), result(snapshot, event)
    if advised and event.kind in (EventKind.D_WEIGHT, EventKind.D_BIAS) and array is not None and array.size == 1:
        value = _ADVICE.get(float(np.sign(array.reshape(-1)[0])), same("{value}")).filled(value=value)
    if part is not None:
        value = _AMONG.filled(value=value, part=part)
    return sentence.filled(n=event.layer + 1, act=info.label, value=value)


def _value(snapshot: Snapshot, event: EventName) -> Text:
    array = result(snapshot, event)
    if array is None or array.size == 1 or event.kind is EventKind.UPDATE:
        return row(snapshot, event).value or Text(en="done", zh="完成")
    return told_numbers(snapshot, event, array)


def _verb(snapshot: Snapshot) -> Text:
    event = snapshot.upcoming
    if event is None:
        return _VERB_ITERATION.filled(k=snapshot.iteration + 2)
    info = snapshot.network.layers[event.layer]
    verb = _VERBS.get(event.kind, _VERB_OTHER)
    if event.kind is EventKind.D_WEIGHT and info.units * info.inputs > 1:
        verb = _VERB_WEIGHTS
    if event.kind is EventKind.D_BIAS and info.units > 1:
        verb = _VERB_BIASES
    return verb.filled(n=event.layer + 1, act=info.label)
