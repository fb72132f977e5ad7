"""Draws the program's icon and that of its files in every size a desktop asks for, from resources/program/*.svg.

    python packaging/make_icons.py [FOLDER]      by default build/icons

PNG for Linux, .ico for Windows, .icns for macOS. Nothing of it is committed: the drawings are the source.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
DRAWINGS = ROOT / "resources" / "program"
NAMES = ("gradgui", "document")
LINUX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS = (16, 20, 24, 32, 40, 48, 64, 256)
MAC = 1024


def make_icons(folder: Path) -> list[Path]:
    """Write all of them and say which."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in NAMES:
        for side in LINUX:
            written.append(folder / f"{name}-{side}.png")
            drawn(name, side).save(written[-1])
        written.append(folder / f"{name}.ico")
        pictures = [drawn(name, side) for side in WINDOWS]
        pictures[-1].save(written[-1], sizes=[(side, side) for side in WINDOWS], append_images=pictures[:-1])
        written.append(folder / f"{name}.icns")
        drawn(name, MAC).save(written[-1])
    return written


def drawn(name: str, side: int) -> Image.Image:
    """One picture, drawn at this size rather than shrunk to it."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWINGS / f"{name}.svg")).render(painter, QRectF(0, 0, side, side))
    painter.end()
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    picture = Image.open(BytesIO(store.data()))
    picture.load()
    return picture


if __name__ == "__main__":
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "icons"
    print(f"{len(make_icons(place))} icons in {place}")
