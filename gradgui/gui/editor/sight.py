"""What the editor has before it: the moment that is shown, the document, and what is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from gradgui.catalog.layers._base import WeightedSpec
from gradgui.document.experiment import Experiment
from gradgui.document.rules import layer_number
from gradgui.gui.editor.details import EdgeHit, NodeHit, owner_of
from gradgui.gui.editor.handles import Target
from gradgui.session.snapshot import LayerInfo, Snapshot


@dataclass
class Sight:
    """Shared by everything that answers the mouse and the keys; only the pane writes it."""

    snapshot: Snapshot | None = None
    experiment: Experiment | None = None
    chosen: Target | None = None
    """What the keys work on."""
    inputs: tuple[str, ...] = ()
    """The raw inputs that features are made from; none where there is no choice."""

    def value(self, hit: EdgeHit | NodeHit) -> float | None:
        """A weight, or the bias of a neuron, now; None where there is none."""
        if self.snapshot is None or not 0 <= hit.layer < len(self.snapshot.layers):
            return None
        values = self.snapshot.layers[hit.layer]
        if isinstance(hit, NodeHit):
            hit = owner_of(self.snapshot.network.layers[hit.layer], hit)
            inside = values.b is not None and hit.unit < len(values.b)
            return float(values.b[hit.unit]) if inside and values.b is not None else None
        if values.W is None or hit.unit >= values.W.shape[0] or hit.source >= values.W.shape[1]:
            return None
        return float(values.W[hit.unit, hit.source])

    def owner(self, hit: EdgeHit | NodeHit) -> EdgeHit | NodeHit:
        """What an edit of something's number changes: many cells of a feature map share one bias."""
        info = self.info(hit.layer)
        return hit if info is None or isinstance(hit, EdgeHit) else owner_of(info, hit)

    @staticmethod
    def parameter(hit: EdgeHit | NodeHit) -> str:
        """What a weight or a bias is called inside its layer: W[0,1] or b[2]."""
        return f"W[{hit.unit},{hit.source}]" if isinstance(hit, EdgeHit) else f"b[{hit.unit}]"

    def frozen(self, layer: int) -> tuple[str, ...]:
        """The parameters of a layer that stay as they are."""
        if self.experiment is None or not 0 <= layer < len(self.experiment.network.layers):
            return ()
        spec = self.experiment.network.layers[layer]
        return spec.frozen if isinstance(spec, WeightedSpec) else ()

    def beside(self) -> set[tuple[int, int]]:
        """The (source, target) of links whose numbers are put beside instead of added."""
        if self.experiment is None:
            return set()
        network = self.experiment.network
        ends = [(layer_number(link.source), layer_number(link.target), link.how) for link in network.links]
        known = [(source, target, how) for source, target, how in ends if source is not None and target is not None]
        joined = {target for _, target, how in known if how == "concat"}
        joined |= {n for n, spec in enumerate(network.layers) if spec.__struct_config__.tag == "concat"}
        return {(source, target) for source, target, _ in known if target in joined}

    def holds(self, layer: int, name: str) -> bool:
        """Whether a parameter stays as it is, by itself or with its whole array."""
        frozen = self.frozen(layer)
        return name in frozen or name[0] in frozen

    def info(self, layer: int) -> LayerInfo | None:
        """A layer of the network that is shown."""
        if self.snapshot is None or not 0 <= layer < len(self.snapshot.network.layers):
            return None
        return self.snapshot.network.layers[layer]

    def count(self, layer: int) -> int | None:
        """Units of a dense layer or filters of a convolution, as the document says; None for other kinds."""
        if self.experiment is None or not 0 <= layer < len(self.experiment.network.layers):
            return None
        spec = self.experiment.network.layers[layer]
        found = getattr(spec, "units", getattr(spec, "filters", None))
        return found if isinstance(found, int) else None

    @property
    def layers(self) -> int:
        """How many there are."""
        return 0 if self.snapshot is None else len(self.snapshot.network.layers)
