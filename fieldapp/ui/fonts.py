"""The shipped font, system fonts behind it, and a stand-in for characters that no font has."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from fieldapp.ui.paths import resources

FAMILY = "Field Sans SC"
FILES = ("FieldSansSC-Regular.ttf", "FieldSansSC-Medium.ttf")
FALLBACKS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "WenQuanYi Micro Hei",
    "sans-serif",
)
# Drawn as nothing by design: control, format, surrogate, private separators are the text engine's business.
UNDRAWN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def load_fonts(folder: Path | None = None) -> str:
    """Make the shipped font known to Qt; answers its family, or the system's when it does not load."""
    return _load(folder or resources() / "fonts")


def application_font(folder: Path | None = None) -> QFont:
    """The font every text starts from: shipped family first, then what the machine may have."""
    font = QFont([load_fonts(folder), *FALLBACKS])
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def printable(text: str) -> str:
    """The text with each character that no font can draw shown by its code, like ⟨U+20BB7⟩."""
    if text.isascii():
        return text
    return "".join(char if char.isascii() or drawable(char) else f"⟨U+{ord(char):04X}⟩" for char in text)


@lru_cache(maxsize=4)
def _load(folder: Path) -> str:
    family = ""
    for name in FILES:
        ident = QFontDatabase.addApplicationFont(str(folder / name)) if (folder / name).is_file() else -1
        families = QFontDatabase.applicationFontFamilies(ident) if ident >= 0 else []
        family = family or (families[0] if families else "")
    return family or QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


@lru_cache(maxsize=8192)
def drawable(char: str) -> bool:
    """Whether some font here can draw it, or the text engine deals with it."""
    kind = unicodedata.category(char)
    if kind == "Cs":
        return False
    if kind in UNDRAWN or unicodedata.combining(char) or 0xFE00 <= ord(char) <= 0xFE0F:
        return True
    return QFontMetrics(application_font()).inFontUcs4(ord(char))
