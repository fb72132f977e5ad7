"""Where a bundle starts: the same door as `python -m gradgui`.

The program speaks to no network, and its bundle cannot: where libraries look for sockets they find an empty room.
"""

import sys
from types import ModuleType

for name in ("socket", "urllib.request"):
    sys.modules[name] = ModuleType(name)

from gradgui.__main__ import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
