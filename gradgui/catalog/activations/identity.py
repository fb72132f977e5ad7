"""Identity: what comes in goes out."""

from __future__ import annotations

import numpy as np

from gradgui.catalog.activations._base import ActivationKind
from gradgui.engine.parts import Scratch
from gradgui.engine.tape import Array, Call
from gradgui.text import Text


class Identity(ActivationKind):
    """a = z."""

    id = "identity"
    name = Text(en="identity", zh="恒等")
    written = r"@z"
    slope_written = r"1"
    slope_from_output = False

    def value(self, z: Array, a: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f(z) into a."""
        return [(np.copyto, (a, z))]

    def slope(self, z: Array, a: Array, out: Array, scratch: Scratch) -> list[Call]:
        """Calls that write f′(z) into out."""
        return [(out.fill, (scratch.constant(1.0),))]


KIND = Identity()
