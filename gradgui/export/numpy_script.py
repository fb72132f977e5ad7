"""An experiment as a script that needs nothing but NumPy, with backpropagation written out."""

from __future__ import annotations

from gradgui.document.compile import Compiled
from gradgui.engine.network import How
from gradgui.export import numpy_code as code
from gradgui.export.script import (
    DRAWS,
    DROPOUT_STREAM,
    Part,
    examples,
    frozen,
    indented,
    joined,
    kind_of,
    known,
    literal,
    loss_of,
    opening,
    options_of,
    parts,
    rate,
    settings,
)


def numpy_script(compiled: Compiled, epochs: int) -> str:
    """The script; raises UserError for a kind that has no NumPy code yet."""
    layers = parts(compiled)
    body = [_functions(layers), _classes(layers), _layers(layers), _loss(compiled), _network(compiled), _step(compiled)]
    helpers = [text for name, text in code.HELPERS.items() if any(f"{name}(" in section for section in body)]
    return joined(
        [
            opening(compiled, "NumPy", ("import sys", "", "import numpy as np")),
            "# Examples, one row for each.\n" + examples(compiled, "np.array({})"),
            settings(compiled, epochs),
            DRAWS,
            *helpers,
            *body,
            code.MAIN,
        ]
    )


def _functions(layers: list[Part]) -> str:
    """Each layer's activation and the way back through it."""
    written = []
    for part in layers:
        if part.kind in ("dense", "conv2d"):
            place = f"network.layers[{part.number - 1}].activation"
            known(dict.fromkeys(code.ACTIVATIONS, ""), part.activation, place)
            value, slope = code.ACTIVATIONS[part.activation]
            back = code.TIMES_SLOPE.format(slope=slope) if slope else code.THROUGH_SOFTMAX
            written.append(code.ACTIVATED.format(n=part.number, value=value, back=back))
    return joined(written)


def _classes(layers: list[Part]) -> str:
    """Only those that are used."""
    for part in layers:
        known(code.LAYERS, part.kind, f"network.layers[{part.number - 1}].kind")
    kinds = dict.fromkeys("same" if part.kind in code.SAME else part.kind for part in layers)
    written = [code.WINDOWS] if any(kind in code.WITH_WINDOWS for kind in kinds) else []
    written += [code.CLASSES[kind].replace("STREAM", str(DROPOUT_STREAM)) for kind in kinds]
    return joined(written)


def _layers(layers: list[Part]) -> str:
    rows = ["# The layers with their parameters as they stand in the experiment.", "layers = ["]
    rows += [indented(_layer(part)) + "," for part in layers]
    sources = [tuple(source + 1 for source in part.place.sources) for part in layers]
    beside = [part.place.how is How.CONCAT and len(part.place.sources) > 1 for part in layers]
    return "\n".join(
        [
            *rows,
            "]",
            f"SOURCES = {sources}  # what each layer reads: 0 is the input, 1 the output of L1, …",
            f"BESIDE = {beside}  # several inputs are put side by side, or else added",
            f"LEARNING = {[part.number for part in layers if part.W is not None]}",
        ]
    )


def _layer(part: Part) -> str:
    words = options_of(part.spec) | {"n": part.number, "index": part.number - 1, "shape": part.place.input_shape}
    for letter, numbers in (("W", part.W), ("b", part.b)):
        if numbers is not None:
            words[letter] = f"np.array({literal(numbers)})"
    if part.kind == "batch_norm":
        mean, var = part.compiled.network.state[part.place.state].reshape(2, -1)
        words |= {"mean": f"np.array({literal(mean)})", "var": f"np.array({literal(var)})"}
    return known(code.LAYERS, part.kind, f"network.layers[{part.number - 1}].kind").format(**words)


def _loss(compiled: Compiled) -> str:
    spec, network = compiled.experiment.loss, compiled.network
    kind = kind_of(spec)
    known(dict.fromkeys(code.LOSSES, ""), kind, "loss.kind")
    each, slope = code.LOSSES[kind]
    fused = network.fused
    z = "    z = layers[-1].z\n" if fused else ""
    each = (code.FUSED[kind] if fused else each).format(**options_of(spec))
    slope = "a - y" if fused else slope.format(**options_of(spec))
    whole, share = ("mean", " / len(y)") if network.mean else ("sum", "")
    what = "∂L/∂z of the last layer, in closed form" if fused else "∂L/∂a of the last layer"
    return LOSS.format(name=loss_of(compiled).name.en, whole=whole, z=z, each=each, slope=slope, share=share, what=what)


LOSS = '''
def loss(x, y, *when):
    """{name}: the outputs are summed for each sample, then the {whole} is taken."""
    a = forward(x, *when)[-1]
{z}    return ({each}).{whole}()


def d_answer(a, y):
    """{what}."""
    return ({slope}){share}
'''


def _network(compiled: Compiled) -> str:
    back = code.FUSED_BACK if compiled.network.fused else code.PLAIN_BACK
    return code.NETWORK.format(handed_back=back)


def _step(compiled: Compiled) -> str:
    training, held = compiled.experiment.training, frozen(compiled)
    lines = []
    if training.l2 or training.l1:
        lines.append(PENALTY.format(l2=repr(training.l2), l1=repr(training.l1)))
    if held:
        lines.append("for name, mask in learns.items():\n    grads[name] = np.where(mask, grads[name], 0.0)")
    if training.clip_value:
        limit = repr(training.clip_value)
        lines.append(f"grads = {{name: np.clip(g, -{limit}, {limit}) for name, g in grads.items()}}")
    if training.clip_norm:
        lines.append(CLIP_NORM.format(limit=repr(training.clip_norm)))
    penalties = "".join(indented(line) + "\n" for line in lines)
    step = "np.where(learns.get(name, True), step, 0.0)" if held else "step"
    written = rate(compiled).replace("epoch", f"(epoch + batch / {compiled.trainer().steps_per_epoch})")
    body = code.STEP.format(rate=written, penalties=penalties, rule=indented(_rule(compiled), 2), step=step)
    masks = ", ".join(f'"{name}": np.array({literal(mask)})' for name, mask in held.items())
    before = "memory = {}\n" + (f"# What learns; the other entries are frozen.\nlearns = {{{masks}}}\n" if held else "")
    return joined([before, body])


def _rule(compiled: Compiled) -> str:
    spec = compiled.experiment.optimizer
    rule, options = known(code.RULES, kind_of(spec), "optimizer.kind"), options_of(spec)
    if not options.get("bias_correction", True):
        rule = rule.replace(code.CORRECTED, code.UNCORRECTED)
    if not options.get("weight_decay"):
        rule = rule.replace(code.DECAYED, "")
    return rule.format(**options)


PENALTY = """
for name in grads:
    if name.endswith("W"):
        w = layers[int(name[1:-2]) - 1].W
        grads[name] = grads[name] + {l2} * w + {l1} * np.sign(w)
"""
CLIP_NORM = """
norm = np.sqrt(sum((g**2).sum() for g in grads.values()))
if norm > {limit}:
    grads = {{name: g * ({limit} / norm) for name, g in grads.items()}}
"""
