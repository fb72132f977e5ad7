"""What people use today, as far as it is installed; nothing here is a dependency."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache
from importlib import metadata

from gradgui.bench import with_autograd, with_jax, with_sklearn, with_torch
from gradgui.bench.cases import Case, Matrix
from gradgui.bench.measure import Contender

MODULES = {"torch": "torch", "jax": "jax", "sklearn": "scikit-learn", "autograd": "autograd"}
"""Import names and the names under which they are installed."""
LARGE = 100_000
"""HIPS autograd is left out of networks with more parameters: it would only cost patience."""

Found = dict[str, Contender]


def versions() -> dict[str, str]:
    """The installed peers."""
    return {name: metadata.version(name) for module, name in MODULES.items() if _installed(module)}


def missing() -> list[str]:
    """The peers that could be measured but are not installed."""
    return [name for module, name in MODULES.items() if not _installed(module)]


def epoch(case: Case) -> Found:
    """Everybody who can train."""
    able: dict[str, Callable[[Case], Found]] = {
        "torch": with_torch.epoch,
        "jax": with_jax.epoch,
        "sklearn": with_sklearn.epoch,
    }
    if len(case.flat()) < LARGE:
        able["autograd"] = with_autograd.epoch
    return {name: it for module, make in able.items() if _installed(module) for name, it in make(case).items()}


def surface(case: Case, side: int, count: int) -> Found:
    """Everybody who can take many points at once."""
    found: Found = {}
    if _installed("torch"):
        found |= with_torch.surface(case, side, count)
    if _installed("jax"):
        found |= with_jax.surface(case, side, count)
    return found


def maps(case: Case, points: Matrix) -> Found:
    """Everybody who can keep all layers' answers."""
    return with_torch.maps(case, points) if _installed("torch") else {}


@cache
def _installed(module: str) -> bool:
    """Whether it is there and can be loaded; a half-installed peer must not spoil the run."""
    try:
        importlib.import_module(module)
    except (ImportError, OSError):
        return False
    return True
