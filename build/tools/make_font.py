"""Cut the shipped font: Noto Sans SC down to the characters people here write.

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3 && tar xzf expo-google-fonts-noto-sans-sc-0.4.3.tgz
    python build/tools/make_font.py package [--out resources/fonts]

Kept are the 8,105 characters of 通用规范汉字表 (build/tools/tongyong8105.txt), all of GB 2312, and
the signs that forms use (Latin, punctuation, full-width forms, arrows, units). Both weights come with
TrueType outlines from one package: OpenType CFF outlines are darkened by FreeType, and a CFF regular
beside a TrueType medium looks the heavier of the two. The cut gets its own family name, so that a
whole Noto Sans SC on the same machine stays a separate fallback.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Field Sans SC"
WEIGHTS = {"Regular": 400, "Medium": 500}
VENDOR = "FLDA"  # one for both weights: Qt takes weights of different makers for different families
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SIGNS = (
    (0x20, 0x7E),  # ASCII
    (0xA0, 0x17F),  # Latin-1 and Latin Extended-A
    (0x2C0, 0x2DF),  # spacing modifiers
    (0x370, 0x3FF),  # Greek
    (0x400, 0x451),  # Cyrillic
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x218F),  # letter-like signs, number forms
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2460, 0x24FF),  # enclosed numbers
    (0x2500, 0x257F),  # lines
    (0x25A0, 0x27BF),  # shapes, signs, dingbats
    (0x3000, 0x303F),  # Chinese punctuation
    (0x3040, 0x312F),  # kana and bopomofo
    (0x3200, 0x33FF),  # enclosed ideographs, units
    (0xFE30, 0xFE4F),  # compatibility forms
    (0xFF00, 0xFFEF),  # full and half width
)
# The cut has no mathematical angle brackets; a character shown by its code stands between single guillemets.
ALIASES = {0x27E8: 0x2039, 0x27E9: 0x203A}


def gb2312() -> Iterator[int]:
    """Every character of GB 2312, in rows 1-9 and 16-87."""
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                yield ord(bytes((high, low)).decode("gb2312"))
            except UnicodeDecodeError:
                continue


def wanted() -> set[int]:
    table = "".join((HERE / "tongyong8105.txt").read_text(encoding="utf-8").split())
    signs = {code for first, last in SIGNS for code in range(first, last + 1)}
    return {ord(char) for char in table} | set(gb2312()) | signs


def cut(source: Path, target: Path, style: str, weight: int) -> int:
    """Write the cut of `source` to `target`; answers how many characters it holds."""
    options = subset.Options()
    options.layout_features = ["kern", "locl", "ccmp", "mark"]
    options.drop_tables += ["BASE", "DSIG", "STAT", "VORG", "vhea", "vmtx"]
    options.name_IDs = [0, 13, 14]
    options.name_languages = [0x409]
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = TTFont(source, recalcTimestamp=False)
    for alias, shown in ALIASES.items():
        for table in font["cmap"].tables:
            if table.isUnicode() and shown in table.cmap:
                table.cmap[alias] = table.cmap[shown]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted() | set(ALIASES))
    cutter.subset(font)
    rename(font, style, weight)
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
    return len(font.getBestCmap())


def rename(font: TTFont, style: str, weight: int) -> None:
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    family = FAMILY if style == "Regular" else f"{FAMILY} {style}"
    names = {
        1: family,
        2: "Regular",
        3: postscript,
        4: f"{FAMILY} {style}",
        6: postscript,
        16: FAMILY,
        17: style,
    }
    for ident, text in names.items():
        font["name"].setName(text, ident, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].achVendID = VENDOR


def main() -> int:
    parser = argparse.ArgumentParser(description="Cut the shipped font from Noto Sans SC.")
    parser.add_argument("package", type=Path, help="the unpacked npm package")
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "fonts")
    asked = parser.parse_args()
    for style, weight in WEIGHTS.items():
        source = asked.package / f"{weight}{style}" / f"NotoSansSC_{weight}{style}.ttf"
        target = asked.out / f"FieldSansSC-{style}.ttf"
        count = cut(source, target, style, weight)
        sys.stdout.write(f"{target.name}: {count} characters, {target.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
