"""What is suggested while a report is written: classes, the unit that will see to it, words for the place.

Everything comes from the replica, so it works offline; everything can be overruled.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.overview import classes_now
from fieldapp.capture.suggest_class import ClassGuesser
from sync.contract.lifecycle import Role

UNITS_MOST = 4
_COMMUNITY = 12
"""Digits of a cell's code that name its community: 6 division, 3 street, 3 community."""

_HANDLING = frozenset({Role.UNIT.value, Role.INSPECTOR.value})


class ClassHint(msgspec.Struct, frozen=True):
    """A class that may be it; ``from_note``: its words say so, else it is what is usual around here."""

    class_code: str
    name_zh: str
    name_en: str
    from_note: bool


class UnitHint(msgspec.Struct, frozen=True):
    """Who has handled such cases, and how many of them."""

    unit: str
    cases: int


class Hints(msgspec.Struct, frozen=True):
    """All that is suggested, the likeliest first."""

    classes: tuple[ClassHint, ...] = ()
    units: tuple[UnitHint, ...] = ()


def hints(desk: Desk, note: str, class_code: str, grid_cell: str) -> Hints:
    """Classes while none is chosen; units once one is."""
    if class_code:
        return Hints(units=_units(desk, class_code))
    rows = classes_now(desk)
    usual = desk.work.tasks.classes_around(grid_cell[:_COMMUNITY]) if grid_cell.isdigit() else {}
    by_code = {str(row["class_code"]): row for row in rows}
    found = []
    for guess in ClassGuesser(rows).guess(note, usual):
        row = by_code[guess.class_code]
        zh, en = str(row["name_zh"] or guess.class_code), str(row["name_en"] or "")
        found.append(ClassHint(guess.class_code, zh, en or zh, guess.from_note))
    return Hints(classes=tuple(found))


def _units(desk: Desk, class_code: str) -> tuple[UnitHint, ...]:
    """Squads and units that were given cases of the class; where none was, of all in the class above."""
    counts: Counter[str] = Counter()
    for code in (class_code, class_code.rpartition("-")[0]):
        for officer_id, cases in desk.work.tasks.handlers_of_class(code).items() if code else ():
            officer = desk.work.city.officer(officer_id)
            if officer and officer["active"] and officer["role"] in _HANDLING and officer["squad"]:
                counts[str(officer["squad"])] += cases
        if counts:
            break
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(UnitHint(unit, cases) for unit, cases in ranked[:UNITS_MOST])
