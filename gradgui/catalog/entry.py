"""What every kind in the catalog says about itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

import numpy as np

from gradgui.engine.tape import Array
from gradgui.text import Text


class Entry:
    """A kind's name in files, its name for people and its formula."""

    id: ClassVar[str]
    """Saved in files: never renamed."""
    name: ClassVar[Text]
    latex: ClassVar[str] = ""


def larger(out: Array) -> Callable[..., object]:
    """`np.maximum` into `out`: unlike fmax it lets NaN through, so that trouble is seen."""
    return partial(np.maximum, out=out)


def smaller(out: Array) -> Callable[..., object]:
    """`np.minimum` into `out`, NaN included."""
    return partial(np.minimum, out=out)
