"""One moment of a run, copied out of the engine so that every view can look at it in peace.

All arrays are read-only copies, sample-major: row n belongs to sample n of the batch. `None` means "not computed yet in
this training step" and must be shown as such (a hatched "?"), never as 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gradgui.engine.events import EventKind, EventName, Phase
from gradgui.session.curves_view import ConfusionView, CurvesView, GhostView
from gradgui.text import Text, same

__all__ = [
    "AxisView",
    "BallView",
    "BranchView",
    "ConfusionView",
    "CurvesView",
    "DataView",
    "Detail",
    "EventKind",
    "EventName",
    "GhostView",
    "HistoryView",
    "LayerInfo",
    "LayerValues",
    "LogLine",
    "MapsView",
    "NetworkInfo",
    "Phase",
    "Snapshot",
    "SurfaceView",
    "after_updates",
    "TroubleView",
]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LayerInfo:
    """What does not change while a network runs: a layer's name, kind, sizes and links."""

    id: str
    """L1, L2, …"""
    name: Text
    """The user's name for the layer, or the id in both languages."""
    kind: str
    """Catalog id, such as dense."""
    activation: str | None
    """Catalog id, such as relu; None for kinds without one."""
    label: Text
    """What to write under the layer: the activation's name, or the kind's where there is none."""
    inputs: int
    units: int
    shape: tuple[int, ...]
    """Output shape of one sample, for example (8,) or (4, 6, 6)."""
    parameters: int
    sources: tuple[int, ...] = ()
    """Layers that feed this one: −1 is the network's input; usually just the layer before."""
    formula: str | None = None
    """Catalog id of the classic landscape that the layer is, if it is one."""
    takes: tuple[int, ...] = ()
    """Input shape of one sample."""
    window: tuple[int, int, int] | None = None
    """Size, stride and padding of a layer that looks through windows."""
    epsilon: float = 0.0
    """What a norm adds under its root."""
    frozen: tuple[str, ...] = ()
    """Parameters that do not move: W, b, W[0,1], b[2]."""


@dataclass(frozen=True, slots=True)
class NetworkInfo:
    """The static picture of a network."""

    layers: tuple[LayerInfo, ...]
    events: tuple[EventName, ...]
    """Every event of one training step, in order; 7L + 2 for L dense layers."""
    inputs: tuple[str, ...]
    """Names of the input features, such as x1, x2."""
    outputs: int
    parameters: int
    loss: str
    """Catalog id of the loss, such as half_mse."""
    optimizer: str
    """Catalog id of the optimiser, such as sgd."""
    title: Text
    task: str = "regression"
    """regression, binary or multiclass: how the data pane draws points and answers."""
    input_names: tuple[Text, ...] = ()
    """What the inputs are called in both languages; empty: as in `inputs`."""
    mean: bool = True
    """Whether the loss of a batch is the mean of its samples' losses, and not their sum."""
    rule: str = ""
    """The optimiser's rule with the options it has, as LaTeX; empty: as its kind usually has it."""

    def input_name(self, number: int) -> Text:
        """What one input is called."""
        if number < len(self.input_names):
            return self.input_names[number]
        return same(self.inputs[number]) if number < len(self.inputs) else same(f"x{number + 1}")


@dataclass(frozen=True, slots=True)
class LayerValues:
    """A layer's numbers at one moment; B is the batch size."""

    W: Array | None
    """(units, inputs) weights now; None for layers without."""
    b: Array | None
    """(units,) biases now."""
    W_before: Array | None
    """(units, inputs) weights at the start of this training step."""
    b_before: Array | None
    z: Array | None = None
    """(B, units) weighted sums."""
    a: Array | None = None
    """(B, units) outputs."""
    da: Array | None = None
    """(B, units) ∂L/∂a."""
    dz: Array | None = None
    """(B, units) ∂L/∂z."""
    dW: Array | None = None
    """(units, inputs) ∂L/∂W."""
    db: Array | None = None
    """(units,) ∂L/∂b."""
    dx: Array | None = None
    """(B, inputs) ∂L/∂x, what the layer hands back."""
    slope: Array | None = None
    """(B, units) f′(z), known once ∂L/∂z is."""


@dataclass(frozen=True, slots=True)
class BranchView:
    """One way that the run took: an edit in the past begins another and keeps this one."""

    number: int
    name: Text
    forked_at: int
    """Updates done when it left its `parent`, the number of another branch; 0 and None for the first."""
    furthest: int
    """Updates done at its end."""
    loss: float
    """Training loss at its end."""
    here: bool
    """Whether it is the one on the screen."""
    setting: Text | None = None
    """What sets it apart from the others, such as "rate 0.01"; None where all are trained alike."""
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """A breakpoint that only takes notes fired here."""

    iteration: int
    cursor: int
    words: Text


@dataclass(frozen=True, slots=True)
class TroubleView:
    """Where numbers stopped being numbers, and why."""

    iteration: int
    """The training step, from 0."""
    cursor: int
    """Events of that step up to the first that wrote NaN or ∞, with it."""
    layer: int
    text: Text
    """All of it in a sentence or two."""
    learning_rate: float
    limit: float | None = None
    """The largest learning rate that would have been stable, where the rate was the reason."""


@dataclass(frozen=True, slots=True)
class HistoryView:
    """What the run remembers of itself."""

    furthest: int
    """Updates done at the end of the run; every moment up to there can be visited."""
    nbytes: int = 0
    cap_bytes: int = 0
    interval: int = 1
    """Training steps from one kept state to the next."""
    branches: tuple[BranchView, ...] = ()
    stop: Text | None = None
    """Why the run stopped here, where a breakpoint stopped it."""
    stopped_on: str = ""
    """The parameter that it waited for, such as L1.W[0,0]; empty where it was about something else."""
    hits: tuple[int, ...] = ()
    """How often each breakpoint has fired so far."""
    log: tuple[LogLine, ...] = ()
    branch: int = 0
    """The number of the branch that is on the screen."""
    forked_at: int = 0
    """Updates done when it left the branch before it."""
    start: Array | None = None
    """(P,) the parameters from which training alone leads here again; None for a run that was edited on its way."""
    step_ms: float = 0.0
    """How long a training step takes."""
    trouble: TroubleView | None = None
    """Where this run reached NaN or ∞, if it did; nothing after it is kept."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A place inside the event that ran last: neuron `unit`, and of its products number `product`."""

    unit: int
    product: int | None = None


@dataclass(frozen=True, slots=True)
class MapsView:
    """Every neuron's answer over the plane of two inputs; rows go up with x2, columns with x1."""

    extent: tuple[float, float, float, float]
    """x1 from, x1 to, x2 from, x2 to."""
    layers: tuple[NDArray[np.float32], ...]
    """Per layer (units, G, G); the last one is the network's answer."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One moment: after `cursor` events of training step `iteration` (both from 0)."""

    revision: int
    """Counts document changes; a snapshot of an older revision is dropped."""
    network: NetworkInfo
    iteration: int
    epoch: int
    cursor: int
    """How many events of this step are done: 0 to len(network.events)."""
    x: Array
    """(B, inputs) the batch, after feature maps."""
    y: Array
    """(B, outputs) its targets."""
    batch: NDArray[np.int64]
    """(B,) which training samples these are."""
    layers: tuple[LayerValues, ...]
    theta: Array
    """(P,) all parameters now."""
    learning_rate: float
    loss: float | None
    """Loss of this batch, once the loss event has run."""
    train_loss: float
    """Loss of the whole training set with the parameters now."""
    test_loss: float
    accuracy: float
    curves: CurvesView
    maps: MapsView | None = None
    running: bool = False
    sample: int = 0
    """Which row of the batch is looked at closely."""
    ball: BallView | None = None
    """Where this moment stands on the loss surface."""
    history: HistoryView | None = None
    """The run that this moment is part of."""
    placed: int = 0
    """The newest wish for parameters that this moment knows of, by its number."""
    felt: tuple[tuple[Array, Array] | None, ...] = ()
    """Per layer ∂L/∂W and ∂L/∂b of the last finished step, while the run trains; empty otherwise."""
    confusion: ConfusionView | None = None
    """Which class is taken for which, with the parameters now; None for regression."""
    promised: tuple[tuple[Array, Array] | None, ...] = ()
    """Per layer W and b after this step's update, known once the whole gradient is, or tried while the run trains."""
    detail: Detail | None = None
    """Which neuron and product of the current event is looked at, when steps are finer than events."""

    @property
    def current(self) -> EventName | None:
        """The event that ran last in this step, if any."""
        return self.network.events[self.cursor - 1] if self.cursor else None

    @property
    def upcoming(self) -> EventName | None:
        """The event that Step would run next."""
        events = self.network.events
        return events[self.cursor] if self.cursor < len(events) else None


def after_updates(updates: int, events: int) -> tuple[int, int]:
    """The moment after that many updates, seen from the end of the step that made the last: all its `events` done."""
    return (updates - 1, events) if updates > 0 else (0, 0)


@dataclass(frozen=True, slots=True)
class AxisView:
    """One horizontal axis of the loss surface."""

    label: str
    """Short name for the picture, such as W1."""
    parameter: str | None
    """Full name, such as L1.W[0,0]; None for a random or principal direction."""
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SurfaceView:
    """A grid of losses; `heights[i, j]` is the loss at ys[i], xs[j]; NaN where it is not finite."""

    revision: int
    iteration: int
    """The step at which the other parameters were held."""
    axes: tuple[AxisView, AxisView]
    xs: Array
    ys: Array
    heights: Array
    held: int
    """How many other parameters are held still; 0 means a complete picture."""
    final: bool
    """False for a coarse picture that a finer one will replace."""

    number: int = 0
    """Counts the pictures that were asked for."""
    of_test: bool = False
    """Whether these are losses of the test set, which training never sees."""
    samples: int | None = None
    """A first sketch, drawn with so many examples only; None for all."""

    @property
    def is_valley(self) -> bool:
        """Whether only one parameter can move: a curve L(w), with a single row of heights, instead of a surface."""
        return len(self.ys) == 1


@dataclass(frozen=True, slots=True)
class BallView:
    """Where the network stands on the surface."""

    x: float
    y: float
    loss: float
    """True loss of the network now."""
    slice_loss: float
    """Height of the slice below the ball; differs from `loss` once the held parameters have moved."""
    off_plane: float
    """Distance in parameter space from the plane of the slice."""
    gradient: tuple[float | None, float | None] = (None, None)
    """∂L/∂x and ∂L/∂y, each known only after its event."""
    learning_rate: float = 0.0
    gradient_norm: float | None = None
    """|∇| over all parameters, once all are known."""
    predicted_change: float | None = None
    """∇·step, what the slope promises of the real step; −η|∇|² for plain gradient descent."""
    actual_change: float | None = None
    """What the last update really changed."""
    path: Array = field(default_factory=lambda: np.zeros((0, 3)))
    """(k, 3) x, y, loss of the moments before, oldest first."""
    moments: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    """(k,) how many updates had been made at each moment of the path; empty: not known."""
    felt: tuple[float, float, float] | None = None
    """x, y, loss of the place where this gradient was felt, once the ball has moved on from there."""
    step: tuple[float, float] | None = None
    """Where the optimiser's real step leads, as a way along x and y; None until the whole gradient is known."""
    step_length: float | None = None
    """Length of that step over all parameters."""
    momentum: tuple[float, float] | None = None
    """The average of past gradients that the optimiser carries on, along x and y; None where it remembers none."""
    squared: tuple[float, float] | None = None
    """Root of the past gradients squared that the optimiser divides by, along x and y; None where it keeps none."""
    ghosts: tuple[Array, ...] = ()
    """Paths of runs that were left, each (k, 3) like `path`."""
    running: bool = False
    """The run is training: gradients come and go too fast to be waited for."""


@dataclass(frozen=True, slots=True)
class DataView:
    """The whole data set as the user chose it, before feature maps."""

    inputs: Array
    """(N, d) raw inputs of the training samples."""
    targets: Array
    """(N, outputs) one-hot, or one column of class numbers, for several classes."""
    test_inputs: Array
    """(M, d); M is 0 where there is no test set."""
    test_targets: Array
    classes: int
    """0 for regression, 2 for a yes-or-no question (0/1 or −1/+1), k for k classes."""
    features: tuple[str, ...]
    """Names of the d raw inputs, such as x1, x2."""
    title: Text
    class_names: tuple[Text, ...] = ()
    """What the classes are called; empty: they are only numbered."""
    input_names: tuple[Text, ...] = ()
    """What the inputs are called in both languages; empty: as in `features`."""

    def input_name(self, number: int) -> Text:
        """What one raw input is called."""
        return self.input_names[number] if number < len(self.input_names) else same(self.features[number])
