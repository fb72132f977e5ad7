"""What can be chosen about the two directions of the loss surface, and what is chosen now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gradgui.text import Text

Span = tuple[float, float]
Ranges = tuple[Span, Span]


class AxesKind(Enum):
    """Where the two directions come from."""

    PARAMETERS = "parameters"
    RANDOM = "random"
    PCA = "pca"
    GRADIENT = "gradient"


@dataclass(frozen=True, slots=True)
class AxesChoice:
    """Which directions are wanted, and which part of their plane."""

    kind: AxesKind = AxesKind.PARAMETERS
    first: str | None = None
    """Full name of a parameter, such as L1.W[0,0]."""
    second: str | None = None
    """None where only one parameter moves: a valley."""
    seed: int = 1
    ranges: Ranges | None = None
    """None for what fits."""


@dataclass(frozen=True, slots=True)
class LayerChoices:
    """The parameters of one layer that can become an axis."""

    id: str
    name: Text
    parameters: tuple[str, ...]
    """Full names."""


@dataclass(frozen=True, slots=True)
class AxesView:
    """The choice in force and what else could be chosen."""

    choice: AxesChoice
    labels: tuple[str, str]
    ranges: Ranges
    layers: tuple[LayerChoices, ...]
    explained: tuple[float, float] | None = None
    """Shares of this run's movement along both principal directions."""
    automatic: bool = True
    """Whether a slice is cut anew by itself when the held parameters have moved."""
    picking: bool = False
    """Whether the next two edges clicked in the network become the axes."""
    is_valley: bool = False
    complete: bool = False
    """No other parameter is held: there is nothing to choose but the range."""
