"""What is suggested while a report is written: classes, the unit that will see to it, words for the place.

Everything comes from the replica, so it works offline; everything can be overruled.
"""

from __future__ import annotations

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.overview import classes_now
from fieldapp.capture.suggest_class import ClassGuesser
from fieldapp.capture.suggest_unit import Reach, UnitGuess, guess_units
from fieldapp.capture.unit_circles import unit_circles
from sync.contract.records import NOWHERE, Place

UNITS_MOST = 4
_COMMUNITY = 12
"""Digits of a cell's code that name its community: 6 division, 3 street, 3 community."""


class ClassHint(msgspec.Struct, frozen=True):
    """A class that may be it; ``from_note``: its words say so, else it is what is usual around here."""

    class_code: str
    name_zh: str
    name_en: str
    from_note: bool


class UnitHint(msgspec.Struct, frozen=True):
    """Who answers for such cases or has handled them, how many of them, and how near."""

    unit: str
    cases: int
    reach: Reach
    name_en: str = ""


class Hints(msgspec.Struct, frozen=True):
    """All that is suggested, the likeliest first."""

    classes: tuple[ClassHint, ...] = ()
    units: tuple[UnitHint, ...] = ()


def hints(desk: Desk, note: str, class_code: str, grid_cell: str, place: Place = NOWHERE) -> Hints:
    """Classes while none is chosen; units once one is."""
    if class_code:
        guesses = guess_units(unit_circles(desk, class_code, grid_cell, place))
        return Hints(units=tuple(_hint(desk, one) for one in guesses[:UNITS_MOST]))
    rows = classes_now(desk)
    usual = desk.work.tasks.classes_around(grid_cell[:_COMMUNITY]) if grid_cell.isdigit() else {}
    by_code = {str(row["class_code"]): row for row in rows}
    found = []
    for guess in ClassGuesser(rows).guess(note, usual):
        row = by_code[guess.class_code]
        zh, en = str(row["name_zh"] or guess.class_code), str(row["name_en"] or "")
        found.append(ClassHint(guess.class_code, zh, en or zh, guess.from_note))
    return Hints(classes=tuple(found))


def _hint(desk: Desk, guess: UnitGuess) -> UnitHint:
    named = desk.reference.unit_named(guess.unit)
    return UnitHint(guess.unit, guess.cases, guess.reach, str(named["name_en"] or "") if named else "")
