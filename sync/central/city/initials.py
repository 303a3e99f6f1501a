"""The pinyin initials of a name: typed by who knows how a company is called, not how it is written."""

from __future__ import annotations

import unicodedata
from functools import cache

from sync.central.city.draw import read_json


def initials(name: str) -> str:
    """One capital letter or digit for each character that has one: 深圳宏达2号 is ``SZHD2H``."""
    letters = _letters()
    plain = unicodedata.normalize("NFKC", name).upper()
    return "".join(letters.get(c, c if c.isascii() and c.isalnum() else "") for c in plain)


@cache
def _letters() -> dict[str, str]:
    groups: dict[str, str] = read_json("tables", "pinyin_initials.json")["letters"]
    return {character: letter for letter, characters in groups.items() for character in characters}
