"""Cuts the fonts of resources/fonts out of Debian's, small enough to ship and complete enough that nothing is a box.

    apt-get install fonts-inter fonts-noto-cjk fonts-dejavu-core
    python packaging/make_fonts.py

Three families, each regular and bold, asked in this order for every character:
Gradgui Sans (Inter: Latin, Greek, figures), Gradgui Symbols (DejaVu: mathematics, arrows, shapes) and Gradgui Sans SC
(Noto Sans CJK SC: all 6,763 characters of GB 2312, so that a pupil's name is never a box either).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

Ranges = tuple[tuple[int, int], ...]

LATIN: Ranges = (
    (0x0020, 0x007E), (0x00A0, 0x017F), (0x0300, 0x030F), (0x0370, 0x03FF), (0x2000, 0x206F), (0x2070, 0x209F),
    (0x20AC, 0x20AC), (0x2116, 0x2122), (0x2190, 0x2199), (0x2200, 0x22FF), (0x25A0, 0x25FF), (0x2713, 0x2717),
)  # fmt: skip
SYMBOLS: Ranges = (
    (0x1D2C, 0x1D6A), (0x2000, 0x206F), (0x2070, 0x209F), (0x2100, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF),
    (0x2300, 0x23FF), (0x2500, 0x259F), (0x25A0, 0x25FF), (0x2600, 0x26FF), (0x2700, 0x27BF), (0x27E6, 0x27EF),
    (0x27F0, 0x27FF), (0x2A00, 0x2A3F), (0x2B12, 0x2B2B), (0x1D538, 0x1D56B),
)  # fmt: skip
HAN_MARKS: Ranges = ((0x3000, 0x303F), (0x3200, 0x32FF), (0xFF00, 0xFFEF))
TABULAR = "0123456789+-=<>~±×÷\N{MINUS SIGN}"
"""Drawn equally wide in every text, so that a number that changes does not make its neighbours jump."""
ASCENT, DESCENT = 0.96875, 0.2415
"""Inter's line, given to the Chinese font too: switching the language must not move a line."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One file to make."""

    source: Path
    face: str
    """Which face of a collection; empty for a single font."""
    family: str
    bold: bool
    characters: frozenset[int]

    @property
    def file_name(self) -> str:
        """For example GradguiSans-Bold.otf."""
        suffix = ".ttf" if self.source.suffix == ".ttf" else ".otf"
        return f"{self.family.replace(' ', '')}-{'Bold' if self.bold else 'Regular'}{suffix}"


def main() -> None:
    """Make all six files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fonts", type=Path, default=Path("/usr/share/fonts"), help="where Debian keeps its fonts")
    parser.add_argument("--inter", type=Path, help="the folder of Inter's .otf files, if not below --fonts")
    parser.add_argument("--to", type=Path, default=Path(__file__).parents[1] / "resources" / "fonts")
    asked = parser.parse_args()
    for cut in cuts(asked.fonts, asked.inter or asked.fonts / "opentype" / "inter"):
        font = make(cut)
        font.save(asked.to / cut.file_name)
        size = (asked.to / cut.file_name).stat().st_size
        print(f"{cut.file_name}: {len(font.getBestCmap())} characters, {size / 1024:.0f} KB")


def cuts(fonts: Path, inter: Path) -> list[Cut]:
    """What to make of what."""
    noto, dejavu = fonts / "opentype" / "noto", fonts / "truetype" / "dejavu"
    latin, symbols = frozenset(_each(LATIN)), frozenset(_each(SYMBOLS))
    chinese = frozenset(_each(HAN_MARKS)) | gb2312()
    face = "Noto Sans CJK SC"
    return [
        Cut(inter / "Inter-Regular.otf", "", "Gradgui Sans", False, latin),
        # Semi-bold: Inter's own bold shouts beside the calm regular.
        Cut(inter / "Inter-SemiBold.otf", "", "Gradgui Sans", True, latin),
        Cut(dejavu / "DejaVuSans.ttf", "", "Gradgui Symbols", False, symbols),
        Cut(dejavu / "DejaVuSans-Bold.ttf", "", "Gradgui Symbols", True, symbols),
        Cut(noto / "NotoSansCJK-Regular.ttc", face, "Gradgui Sans SC", False, chinese),
        Cut(noto / "NotoSansCJK-Bold.ttc", face, "Gradgui Sans SC", True, chinese),
    ]


def gb2312() -> frozenset[int]:
    """Both levels of the national character set, and its symbols beyond Latin and Greek."""
    found = set()
    for row in (0xA1, 0xA2, 0xA8, *range(0xB0, 0xF8)):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((row, cell)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return frozenset(found)


def make(cut: Cut) -> TTFont:
    """One font with the wanted characters, its own name and an even line height."""
    font = _opened(cut)
    if cut.family == "Gradgui Sans":
        _make_figures_tabular(font)
    _keep_only(font, cut.characters)
    _rename(font, cut.family, cut.bold)
    _set_line(font)
    return font


def _each(ranges: Ranges) -> Iterable[int]:
    for first, last in ranges:
        yield from range(first, last + 1)


def _opened(cut: Cut) -> TTFont:
    if not cut.face:
        return TTFont(cut.source, recalcTimestamp=False)
    faces = TTCollection(cut.source, lazy=True).fonts
    font = next(face for face in faces if face["name"].getDebugName(1) in (cut.face, f"{cut.face} Bold"))
    font.recalcTimestamp = False
    return font


def _make_figures_tabular(font: TTFont) -> None:
    equal = _substitutions(font, "tnum")
    for table in font["cmap"].tables:
        for character in map(ord, TABULAR):
            if character in table.cmap:
                table.cmap[character] = equal.get(table.cmap[character], table.cmap[character])


def _substitutions(font: TTFont, tag: str) -> dict[str, str]:
    table = font["GSUB"].table
    found: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == tag:
            for index in record.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[index].SubTable:
                    found.update(getattr(getattr(part, "ExtSubTable", part), "mapping", {}))
    return found


def _keep_only(font: TTFont, characters: frozenset[int]) -> None:
    options = Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def _rename(font: TTFont, family: str, bold: bool) -> None:
    style = "Bold" if bold else "Regular"
    names = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family.replace(' ', '')}-{style}"}
    for name_id, words in names.items():
        font["name"].removeNames(nameID=name_id)
        font["name"].setName(words, name_id, 3, 1, 0x409)
    os2 = font["OS/2"]
    os2.usWeightClass = 700 if bold else 400
    os2.fsSelection = 0x20 if bold else 0x40
    font["head"].macStyle = 1 if bold else 0
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [names[6]]
        cff.topDictIndex[0].FamilyName = family


def _set_line(font: TTFont) -> None:
    unit = font["head"].unitsPerEm
    up, down = round(ASCENT * unit), round(DESCENT * unit)
    hhea, os2 = font["hhea"], font["OS/2"]
    hhea.ascent, hhea.descent, hhea.lineGap = up, -down, 0
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = up, -down, 0
    os2.usWinAscent, os2.usWinDescent = up, down


if __name__ == "__main__":
    main()
