"""Where the program starts: `gradgui`, or `python -m gradgui`."""

from __future__ import annotations

import os
import sys

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Matrices here are tiny: several threads in the algebra library would only wait for each other. The library reads its
    settings when NumPy is loaded, so they come first.
    """
    for name in THREADS:
        os.environ.setdefault(name, "1")
    from gradgui.cli import run

    return run(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    sys.exit(main())
