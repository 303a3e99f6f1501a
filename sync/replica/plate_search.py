"""Finding plates by their beginning, by any part of the serial, and with one character wrong.

A plate with one error is found by walking the plate index as a tree: at each place the characters that follow
there are read by leaps, one probe each, and each is tried in place of the typed one and before it. The cost
hangs on how long a plate is and how many characters there are, hardly on how many trucks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import Enum

import msgspec

from sync.contract.plate import SERIAL
from sync.replica.database import Database
from sync.replica.search_schema import SERIAL_FROM, TRIGRAM, any_of, trigrams

END = "\U0010ffff"
"""Sorts after every character of a plate."""
NEIGHBOURS = SERIAL + "IO挂学警港澳"
LEAST_PART = 2
SHORTEST = 7
"""Characters of the shortest whole plate."""

_WALK = """
WITH RECURSIVE next (c) AS (
  SELECT substr((SELECT min(plate) FROM truck WHERE plate > :head AND plate < :end), :at, 1)
  UNION
  SELECT substr((SELECT min(plate) FROM truck WHERE plate > :head || c || :last AND plate < :end), :at, 1)
  FROM next WHERE c <> ''
)
SELECT begun,
  EXISTS (SELECT 1 FROM truck WHERE plate >= begun || :wrong AND plate <= begun || :wrong || :open),
  EXISTS (SELECT 1 FROM truck WHERE plate >= begun || :missing AND plate <= begun || :missing || :open)
FROM (SELECT :head || c AS begun FROM next WHERE c <> '')
"""


class Slip(Enum):
    """What went wrong in typing, the likeliest first."""

    WRONG = 0
    MISSING = 1
    EXTRA = 2


class OneError(msgspec.Struct, frozen=True, order=True):
    """Another text that may have been meant, and where it departs from what was typed."""

    odd: bool  # the slip is in the province or the letter after it, which people rarely mistake
    slip: int
    at: int
    text: str


class PlateSearch:
    """Questions to the plate index of one reference database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def known_starts(self, texts: Iterable[str]) -> set[str]:
        """Those of the texts with which some plate begins."""
        return self._existing(texts, "plate >= value AND plate < value || ?", [END])

    def known(self, plates: Iterable[str]) -> set[str]:
        """Those of the plates that some permit names."""
        return self._existing(plates, "plate = value", [])

    def _existing(self, texts: Iterable[str], where: str, values: list[str]) -> set[str]:
        given = json.dumps(list(texts))
        sql = f"SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM truck WHERE {where})"
        return {str(row[0]) for row in self._db.execute(sql, [given, *values]).fetchall()}

    def starting(self, prefix: str, after: str, limit: int) -> list[str]:
        """Plates with a prefix that sort after ``after``, in order."""
        rows = self._db.execute(
            "SELECT plate FROM truck WHERE plate >= ? AND plate > ? AND plate < ? ORDER BY plate LIMIT ?",
            [prefix, after, prefix + END, limit],
        ).fetchall()
        return [str(row[0]) for row in rows]

    def containing(
        self, part: str, home: str, at_home: bool, after: int, limit: int
    ) -> list[tuple[int, str]]:
        """Plates with ``part`` (two characters or more) in their serial, those of ``home`` or all others.

        By their place in the index, beginning after the place ``after``.
        """
        if len(part) < LEAST_PART:
            return []
        rows = self._db.execute(
            "SELECT t.id, t.plate FROM truck_part AS p JOIN truck AS t ON t.id = p.rowid "
            f"WHERE p.truck_part MATCH ? AND p.rowid > ? AND instr(substr(t.plate, {SERIAL_FROM}), ?) "
            "AND (t.plate >= ? AND t.plate < ?) = ? ORDER BY p.rowid LIMIT ?",
            [_parts(part), after, part, home, home + END, int(at_home), limit],
        ).fetchall()
        return [(int(row[0]), str(row[1])) for row in rows]

    def one_error(self, text: str, *, whole: bool = False) -> list[OneError]:
        """The texts one character away from ``text`` with which some plate begins, the likeliest first.

        ``whole``: which some plate is. Not among them are the text itself and what it is the beginning of.
        While a plate is not yet whole, its last character wrong is the same as one too many: as any other.
        """
        found: dict[str, OneError] = {}
        for at in range(len(text) + whole):
            for other in self._slips_at(text, at, whole):
                if other.text != text and (whole or not other.text.startswith(text)):
                    found[other.text] = min(other, found.get(other.text, other))
        shorter = {text[:at] + text[at + 1 :]: at for at in range(len(text))}
        exist = self.known(shorter) if whole else self.known_starts(shorter)
        for other_text in exist:
            at = shorter[other_text]
            slip = OneError(at < SERIAL_FROM - 1, Slip.EXTRA.value, at, other_text)
            found[other_text] = min(slip, found.get(other_text, slip))
        return sorted(found.values())

    def _slips_at(self, text: str, at: int, whole: bool) -> list[OneError]:
        head, odd = text[:at], at < SERIAL_FROM - 1
        values = {
            "head": head,
            "end": head + END,
            "at": at + 1,
            "last": END,
            "wrong": text[at + 1 :],
            "missing": text[at:],
            "open": "" if whole else END,
        }
        as_any = whole or len(text) >= SHORTEST
        slips = []
        for start, wrong, missing in self._db.execute(_WALK, values).fetchall():
            if wrong and (at < len(text) - 1 or (at < len(text) and as_any)):
                slips.append(OneError(odd, Slip.WRONG.value, at, start + text[at + 1 :]))
            if missing:
                slips.append(OneError(odd, Slip.MISSING.value, at, start + text[at:]))
        return slips

    def within_one(self, plate: str) -> list[str]:
        """The plates that are one character away from a whole plate: another, one more or one less."""
        return [other.text for other in self.one_error(plate, whole=True)]


def _parts(part: str) -> str:
    """A question to the trigram index; what it finds is looked at again, since it knows no order."""
    if len(part) < TRIGRAM:
        return any_of(term for c in NEIGHBOURS for term in (part + c, c + part))
    return trigrams(part)
