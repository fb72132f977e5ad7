"""An experiment as a PyTorch script that computes the same losses."""

from __future__ import annotations

import numpy as np

from gradgui.document.compile import Compiled
from gradgui.engine.network import How
from gradgui.export import torch_code as code
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

IMPORTS = ("import sys", "", "import numpy as np", "import torch", "from torch.nn import functional as F")


def torch_script(compiled: Compiled, epochs: int) -> str:
    """The script; raises UserError for a kind that has no PyTorch code yet."""
    layers = parts(compiled)
    sections = [
        opening(compiled, "PyTorch", IMPORTS),
        "torch.set_default_dtype(torch.float64)\ntorch.set_num_threads(1)",
        "# Examples, one row for each.\n" + examples(compiled, "torch.tensor({})"),
        _parameters(compiled, layers),
        settings(compiled, epochs) + "\n" + DRAWS,
    ]
    if any(part.kind == "dropout" for part in layers):
        sections.append(code.DROPPED.format(stream=DROPOUT_STREAM).strip("\n") + "\n")
    sections += [_network(layers), _loss(compiled), _optimizer(compiled), _step(compiled), code.MAIN.strip("\n")]
    return joined(sections)


def _parameters(compiled: Compiled, layers: list[Part]) -> str:
    rows, names = ["# Parameters as they stand in the experiment."], []
    for part in layers:
        for letter, numbers in (("W", part.W), ("b", part.b)):
            if numbers is not None:
                rows.append(f"L{part.number}_{letter} = torch.tensor({literal(numbers)}, requires_grad=True)")
                names.append(f'"L{part.number}.{letter}": L{part.number}_{letter}')
        if part.kind == "batch_norm":
            mean, var = compiled.network.state[part.place.state].reshape(2, -1)
            rows.append(f"L{part.number}_mean = torch.tensor({literal(mean)})")
            rows.append(f"L{part.number}_var = torch.tensor({literal(var)})")
    rows.append("parameters = {" + ", ".join(names) + "}")
    held = frozen(compiled)
    if held:
        rows.append("# What learns; the other entries are frozen.")
        entries = ", ".join(f'"{name}": torch.tensor({literal(mask)})' for name, mask in held.items())
        rows.append("learns = {" + entries + "}")
    return "\n".join(rows)


def _network(layers: list[Part]) -> str:
    rows = [
        "def network(a0, epoch=0, batch=0, training=False):",
        '    """The last layer before and after its activation."""',
    ]
    last = layers[-1]
    for part in layers:
        rows += [f"    {line}" for line in _layer(part)]
    before = f"z{last.number}" if last.kind in code.LINEAR else f"a{last.number}"
    return "\n".join([*rows, f"    return {before}, a{last.number}"])


def _layer(part: Part) -> list[str]:
    n, lines = part.number, []
    sources = [f"a{source + 1}" for source in part.place.sources]
    x = sources[0]
    if len(sources) > 1:
        joined = f"torch.cat([{', '.join(sources)}], 1)" if part.place.how is How.CONCAT else " + ".join(sources)
        lines.append(f"x{n} = {joined}")
        x = f"x{n}"
    words = _words(part, x)
    if part.kind in code.LINEAR:
        lines.append(f"z{n} = " + code.LINEAR[part.kind].format(**words))
        activation = known(code.ACTIVATIONS, part.activation, f"network.layers[{n - 1}].activation")
        return [*lines, f"a{n} = " + activation.format(z=f"z{n}")]
    return [*lines, f"a{n} = " + known(code.OTHER, part.kind, f"network.layers[{n - 1}].kind").format(**words)]


def _words(part: Part, x: str) -> dict[str, object]:
    shape = part.place.input_shape
    return options_of(part.spec) | {
        "n": part.number,
        "index": part.number - 1,
        "x": x,
        "shape": ", ".join(map(str, shape)),
        "channels": shape[0],
        "places": int(np.prod(shape[1:])),
        "units": part.place.units,
    }


def _loss(compiled: Compiled) -> str:
    spec = compiled.experiment.loss
    table = code.FUSED if compiled.network.fused else code.LOSSES
    each = known(table, kind_of(spec), "loss.kind").format(**options_of(spec))
    whole = "mean" if compiled.network.mean else "sum"
    says = f"{loss_of(compiled).name.en}: the outputs are summed for each sample, then the {whole} is taken."
    return "\n".join(
        [
            "def loss(x, y, epoch=0, batch=0, training=False):",
            f'    """{says}"""',
            "    z, a = network(x, epoch, batch, training)",
            f"    return ({each}).{whole}()",
        ]
    )


def _optimizer(compiled: Compiled) -> str:
    spec = compiled.experiment.optimizer
    kind, options = kind_of(spec), options_of(spec)
    if kind == "nesterov" and not options["momentum"]:
        kind = "sgd"
    table = code.OPTIMIZERS if options.get("bias_correction", True) else code.OPTIMIZERS | code.UNCORRECTED
    made = known(table, kind, "optimizer.kind")
    words = made.format(p="list(parameters.values())", nesterov=True, **options)
    own = code.OWN_OPTIMIZERS.get(made.partition("(")[0], "").strip("\n")
    return f"{own}\n\n\noptimizer = {words}" if own else f"optimizer = {words}"


def _step(compiled: Compiled) -> str:
    training, held = compiled.experiment.training, frozen(compiled)
    before = []
    if training.l2 or training.l1:
        before.append(code.PENALTY.format(l2=repr(training.l2), l1=repr(training.l1)))
    if held:
        before.append(code.HOLD)
    if training.clip_value:
        before.append(code.CLIP_VALUE.format(limit=repr(training.clip_value)))
    if training.clip_norm:
        before.append(code.CLIP_NORM.format(limit=repr(training.clip_norm)))
    if training.schedule.kind != "constant":
        steps = compiled.trainer().steps_per_epoch
        before.append(f'epoch += batch / {steps}\noptimizer.param_groups[0]["lr"] = {rate(compiled)}')
    lines = "".join(indented(line) + "\n" for line in before)
    return code.STEP.format(before=lines, after=indented(code.PUT_BACK) + "\n" if held else "")
