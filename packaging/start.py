"""Where a bundle starts: the same door as `python -m gradgui`.

The program speaks to no network, and its bundle cannot: where Python's library looks for sockets it finds none.
"""

import sys
from types import ModuleType

sys.modules["socket"] = ModuleType("socket")

from gradgui.__main__ import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
