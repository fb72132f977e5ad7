"""Experiments to try things on."""

from __future__ import annotations

import copy
import json
from pathlib import Path

from gradgui.document.experiment import Experiment
from gradgui.document.file import decode

FIXTURES = Path(__file__).parent / "fixtures"
NEWEST = FIXTURES / "version-1.gradgui"

Raw = dict[str, object]
Place = tuple[str | int, ...]

SPIRAL: Raw = {
    "format": "gradgui.experiment",
    "version": 1,
    "data": {"kind": "spiral", "points": 40, "noise": 0.1},
    "network": {
        "layers": [
            {"kind": "dense", "units": 4, "activation": "tanh"},
            {"kind": "dense", "units": 4, "activation": "relu", "init": "he_normal"},
            {"kind": "dense", "units": 1, "activation": "sigmoid"},
        ],
    },
    "loss": {"kind": "bce"},
    "optimizer": {"kind": "adam", "learning_rate": 0.02},
    "training": {"batch_size": 7},
}


def everything() -> Raw:
    """An experiment that uses all parts of the format, as plain data."""
    raw: Raw = json.loads(NEWEST.read_text(encoding="utf-8"))
    return raw


def changed(raw: Raw, place: Place, value: object) -> Raw:
    """A copy with one value put somewhere."""
    new = copy.deepcopy(raw)
    inner: object = new
    for key in place[:-1]:
        inner = inner[key]  # type: ignore[index]
    inner[place[-1]] = value  # type: ignore[index]
    return new


def written(raw: object) -> bytes:
    return json.dumps(raw).encode()


def spiral() -> Experiment:
    return decode(written(SPIRAL))
