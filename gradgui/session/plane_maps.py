"""What every neuron answers, over the plane (or line) of the raw inputs."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.features import mapped
from gradgui.document.compile import Compiled
from gradgui.engine.maps import NeuronMaps
from gradgui.session.snapshot import MapsView

SIDE, LENGTH = 100, 200
MARGIN = 0.1


class PlaneMaps:
    """Maps for examples with one or two raw inputs; nothing for others."""

    def __init__(self, compiled: Compiled) -> None:
        self._maps: NeuronMaps | None = None
        examples = compiled.examples
        inputs = examples.x.shape[1]
        if inputs > 2 or (len(examples.x) < 3 and not examples.reach):
            return
        low, high = examples.x.min(axis=0), examples.x.max(axis=0)
        margin = np.maximum((high - low) * MARGIN, 0.5)
        low, high = low - margin, high + margin
        if examples.reach:
            low, high = np.minimum(low, -examples.reach), np.maximum(high, examples.reach)
        if inputs == 2:
            low, high = np.full(2, low.min()), np.full(2, high.max())
        first = np.linspace(low[0], high[0], SIDE if inputs == 2 else LENGTH)
        second = np.linspace(low[-1], high[-1], SIDE) if inputs == 2 else np.zeros(1)
        grid = np.stack([axis.ravel() for axis in np.meshgrid(first, second)], axis=1)[:, :inputs]
        points = mapped(grid, examples.names, compiled.experiment.features)
        self._maps = NeuronMaps(compiled.network, points, (len(second), len(first)))
        flat = (float(low[1]), float(high[1])) if inputs == 2 else (0.0, 1.0)
        self._extent = (float(low[0]), float(high[0]), *flat)

    def view(self) -> MapsView | None:
        """The maps with the parameters now."""
        if self._maps is None:
            return None
        return MapsView(self._extent, tuple(self._maps.layers()))
