"""The lines of a stamp made fit to be drawn: every character showable, every row within the width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

LINES_MAX = 16
_TOKENS = re.compile(r"[⺀-￿][、。，．；：！？）」』】》]*|[^\s⺀-￿]+|\s+")


def showable(text: str, has_glyph: Callable[[str], bool]) -> str:
    """The text with every character that cannot be shown replaced by its code, and on one line."""

    def shown(char: str) -> str:
        if char.isspace():
            return " "
        hidden = unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")
        return f"[U+{ord(char):04X}]" if hidden or not has_glyph(char) else char

    return "".join(map(shown, text))


def wrapped(lines: Sequence[str], width: float, measure: Callable[[str], float]) -> list[str]:
    """The lines broken so that each fits the width: at spaces, between Chinese characters, else anywhere."""
    rows: list[str] = []
    for line in lines:
        rows += _wrap_one(line, width, measure)
    if len(rows) > LINES_MAX:
        rows = [*rows[: LINES_MAX - 1], "…"]
    return rows


def _wrap_one(line: str, width: float, measure: Callable[[str], float]) -> list[str]:
    rows: list[str] = []
    row = ""
    for token in _TOKENS.findall(line):
        if measure((row + token).rstrip()) <= width:
            row += token
            continue
        if row.strip():
            rows.append(row.rstrip())
        row = ""
        for char in token.lstrip():
            if row and measure(row + char) > width:
                rows.append(row)
                row = ""
            row += char
    return [*rows, row.rstrip()] if row.strip() or not rows else rows
