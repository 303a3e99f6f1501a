"""The words of a stamp, and how they are broken into lines that fit.

Words in a language come in from the caller; what is written here are numbers and signs alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

import msgspec

from fieldapp.capture.images.exif_place import CITY_ZONE
from sync.contract.records import Place

LINES_MAX = 16
_TOKENS = re.compile(r"[⺀-￿][、。，．；：！？）」』】》]*|[^\s⺀-￿]+|\s+")
_GAP = " · "


class StampWords(msgspec.Struct, frozen=True):
    """The translated words a stamp needs."""

    source: str
    """How the position was found, e.g. satellite or pin."""
    stale: str
    no_place: str
    no_time: str


def stamp_lines(
    place: Place,
    taken_at: datetime | None,
    report: str,
    officer: str,
    words: StampWords,
    zone: tzinfo = CITY_ZONE,
) -> tuple[str, ...]:
    """The lines of a stamp: time and report, position with accuracy and origin, officer."""
    when = words.no_time
    if taken_at is not None:
        local = taken_at.astimezone(zone).isoformat(sep=" ", timespec="seconds")
        when = f"{local[:19]} {local[19:]}"
    return (f"{when}{_GAP}{report}", _place_line(place, words), officer)


def _place_line(place: Place, words: StampWords) -> str:
    if place.lon is None or place.lat is None:
        return words.no_place
    parts = [coordinates(place.lon, place.lat)]
    if place.accuracy_m is not None:
        parts.append(f"±{place.accuracy_m:.0f} m" if place.accuracy_m >= 10 else f"±{place.accuracy_m:.1f} m")
    parts.append(words.source)
    if place.stale:
        parts.append(words.stale)
    return _GAP.join(parts)


def coordinates(lon: float, lat: float) -> str:
    """A position as people read it, to a tenth of a metre: 22.543096°N 114.057865°E."""
    return f"{abs(lat):.6f}°{'S' if lat < 0 else 'N'} {abs(lon):.6f}°{'W' if lon < 0 else 'E'}"


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
