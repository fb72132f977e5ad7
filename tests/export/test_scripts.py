"""Exported scripts run by themselves and compute the same numbers."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest

from gradgui import resources
from gradgui.catalog import registry
from gradgui.document import edits
from gradgui.document.compile import Compiled, compile_experiment
from gradgui.document.file import read
from gradgui.engine.gradient_check import LossAt
from gradgui.engine.parts import Clock
from gradgui.errors import UserError
from gradgui.export import numpy_code, torch_code
from gradgui.export.numpy_script import numpy_script
from gradgui.export.torch_script import torch_script
from gradgui.export.training import Run
from gradgui.text import same
from tests.export.experiments import EXPERIMENTS, compiled

EPOCHS = 3
NO_SCRIPT = {"formula"}
"""Landscapes for looking at; nobody trains them elsewhere."""

ASK = """
import json, runpy, sys
it = runpy.run_path(sys.argv[1], run_name="exported")
{gradients}
print(json.dumps({{name: g.tolist() for name, g in grads.items()}}))
"""
ASK_TORCH = ASK.format(
    gradients='it["loss"](it["x"], it["y"], 0, 0, True).backward()\n'
    'grads = {name: p.grad for name, p in it["parameters"].items()}'
)
ASK_NUMPY = ASK.format(
    gradients='it["backward"](it["forward"](it["x"], True, 0, 0), it["y"])\ngrads = it["gradients"]()'
)
PEERS = os.environ.get("GRADGUI_TORCH", "")
"""Where PyTorch lies, if not beside everything else."""
HAS_TORCH = bool(PEERS) or importlib.util.find_spec("torch") is not None


def runs(script: Path, *command: str) -> str:
    """What a script says in an interpreter of its own."""
    path = os.pathsep.join(filter(None, [PEERS, os.environ.get("PYTHONPATH", "")]))
    environment = os.environ | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, *command], cwd=script.parent, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def check(write: Callable[[Compiled, int], str], ask: str, name: str, folder: Path, tolerance: float) -> None:
    """Losses over a few epochs, and gradients of the whole set at the start."""
    script = folder / "exported.py"
    script.write_text(write(compiled(name), EPOCHS), encoding="utf-8")
    lines = runs(script, script.name).splitlines()[1:]
    losses = [float(line.split("\t")[1]) for line in lines]
    ours = [point.train_loss for point in Run(compiled(name)).epochs(EPOCHS)]
    assert losses == pytest.approx(ours, rel=tolerance, abs=tolerance)
    theirs = json.loads(runs(script, "-c", ask, script.name))
    for parameter, gradient in gradients_of(compiled(name)).items():
        assert np.allclose(theirs[parameter], gradient, rtol=tolerance, atol=tolerance), parameter


def gradients_of(experiment: Compiled) -> dict[str, np.ndarray]:
    network = experiment.network
    flat = LossAt(network, experiment.train, Clock(experiment.experiment.training.seed)).gradient(network.theta)
    found = {}
    for index, place in enumerate(network.places):
        if place.matrix is not None:
            found[f"L{index + 1}.W"] = network.weights(index, flat)
            found[f"L{index + 1}.b"] = network.biases(index, flat)
    return found  # type: ignore[return-value]


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_numpy_script_computes_the_same_losses_and_gradients(name: str, tmp_path: Path) -> None:
    check(numpy_script, ASK_NUMPY, name, tmp_path, 1e-9)


@pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed")
@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_pytorch_script_computes_the_same_losses_and_gradients(name: str, tmp_path: Path) -> None:
    check(torch_script, ASK_TORCH, name, tmp_path, 1e-6)


@pytest.mark.parametrize("write", [numpy_script, torch_script])
@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_script_is_python_and_readable(name: str, write: Callable[[Compiled, int], str]) -> None:
    script = write(compiled(name), 10)
    compile(script, "exported.py", "exec")
    assert max(map(len, script.splitlines())) < 200
    assert "\n\n\n\n" not in script


def test_the_numpy_script_imports_nothing_but_numpy(tmp_path: Path) -> None:
    script = numpy_script(compiled("pictures"), 1)
    imported = [line for line in script.splitlines() if line.startswith(("import ", "from "))]
    assert imported == ["import sys", "import numpy as np"]


def test_what_stands_in_a_title_cannot_become_code() -> None:
    hostile = '"""\nimport os\nos.abort()\n"""\\'
    experiment = edits.set_title(compiled("toy car").experiment, same(hostile))
    for write in (numpy_script, torch_script):
        script = write(compile_experiment(experiment), 1)
        assert "\nimport os" not in script
        compile(script, "exported.py", "exec")


def test_scripts_know_every_kind_of_the_catalog() -> None:
    def ids(kinds: object) -> set[str]:
        return set(kinds)  # type: ignore[call-overload]

    for code, layers in (
        (torch_code, torch_code.LINEAR | torch_code.OTHER),
        (numpy_code, numpy_code.LAYERS),
    ):
        assert set(layers) == ids(registry.layer_kinds()) - NO_SCRIPT
        assert set(code.ACTIVATIONS) == ids(registry.activation_kinds())
        assert set(code.LOSSES) == ids(registry.loss_kinds())
    assert set(torch_code.OPTIMIZERS) == set(numpy_code.RULES) == ids(registry.optimizer_kinds())


def test_the_experiments_here_use_every_kind_of_the_catalog() -> None:
    used: dict[str, set[str]] = {"layers": set(), "activations": set(), "losses": set(), "optimizers": set()}

    def tag(spec: msgspec.Struct) -> str:
        return str(spec.__struct_config__.tag)

    for name in EXPERIMENTS:
        experiment = compiled(name).experiment
        used["layers"] |= {tag(layer) for layer in experiment.network.layers}
        used["activations"] |= {getattr(layer, "activation", "identity") for layer in experiment.network.layers}
        used["losses"].add(tag(experiment.loss))
        used["optimizers"].add(tag(experiment.optimizer))
    assert used["layers"] == set(registry.layer_kinds()) - NO_SCRIPT
    assert used["activations"] == set(registry.activation_kinds())
    assert used["losses"] == set(registry.loss_kinds())
    assert used["optimizers"] == set(registry.optimizer_kinds())


@pytest.mark.parametrize("write", [numpy_script, torch_script])
def test_a_kind_without_code_is_refused_in_a_sentence(write: Callable[[Compiled, int], str]) -> None:
    path = resources.path("examples", "surface-bowl.gradgui")
    with pytest.raises(UserError, match=r"^network\.layers\[0\]\.kind: the kind formula cannot be exported"):
        write(compile_experiment(read(path)), 1)
