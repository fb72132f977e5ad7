"""How the quantities of one layer are written: W₂ in a line of single neurons, W with indices elsewhere."""

from __future__ import annotations

from gradgui.session.snapshot import NetworkInfo


class Symbols:
    """LaTeX letters of layer `layer` (from 0); indices count from 0 as in files and in W2[1,0]."""

    def __init__(self, network: NetworkInfo, layer: int) -> None:
        self.lone = all(info.units == 1 and info.inputs == 1 for info in network.layers)
        """One neuron a layer: a plain layer number is index enough."""
        self._layer = layer + 1

    def z(self, *indices: int | str) -> str:
        """Weighted sum."""
        return self._of("z", indices)

    def a(self, *indices: int | str) -> str:
        """Output."""
        return self._of("a", indices)

    def x(self, *indices: int | str) -> str:
        """What flows in."""
        return self._of("x", indices)

    def W(self, *indices: int | str) -> str:
        """Weight."""
        return self._of("W", indices)

    def b(self, *indices: int | str) -> str:
        """Bias."""
        return self._of("b", indices)

    def _of(self, letter: str, indices: tuple[int | str, ...]) -> str:
        if self.lone:
            samples = [index for index in indices if index == "n"]
            return f"{letter}_{{{','.join([str(self._layer), *samples])}}}"
        words = [str(index) for index in indices]
        joint = "" if all(len(word) == 1 for word in words) else ","
        below = f"_{{{joint.join(words)}}}" if words else ""
        return f"{letter}^{{({self._layer})}}{below}"
