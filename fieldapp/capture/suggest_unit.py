"""Which unit will see to a case: from who was given such cases, and how near to the place. Pure.

    cases of the classes beside it → who answers for it, by the city's table of units
        → cases of its class in the city → district → street → close by → in this cell

Each narrower circle corrects the wider one by as much as it has cases: two cases in the cell say little
against what is usual in the street, ten say nearly all. A circle without a case changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

import msgspec

WEIGHT = 3.0
"""What is known from the wider circles counts like so many cases of the narrower one."""


class Reach(Enum):
    """How near a unit's cases lie, from near to far. ``answers``: the city's table of units says so;
    ``kin``: only the classes beside it speak for it."""

    HERE = "here"
    NEAR = "near"
    STREET = "street"
    DISTRICT = "district"
    CITY = "city"
    ANSWERS = "answers"
    KIN_NEAR = "kin_near"
    KIN = "kin"


class Circle(msgspec.Struct, frozen=True):
    """How many cases each unit was given within a reach."""

    reach: Reach
    cases: Mapping[str, int]


class UnitGuess(msgspec.Struct, frozen=True):
    """A unit, its share from 0 to 1, and what speaks for it: its cases in the narrowest circle with any."""

    unit: str
    share: float
    reach: Reach
    cases: int


def guess_units(circles: Sequence[Circle]) -> tuple[UnitGuess, ...]:
    """Every unit that had a case in one of the circles, the likeliest first. ``circles``: wide to narrow."""
    shares: dict[str, float] = {}
    seen: dict[str, tuple[Reach, int]] = {}
    for circle in circles:
        total = sum(circle.cases.values())
        if not total:
            continue
        weight = WEIGHT if shares else 0.0
        shares = {
            unit: (circle.cases.get(unit, 0) + weight * shares.get(unit, 0.0)) / (total + weight)
            for unit in {**shares, **circle.cases}
        }
        seen |= {unit: (circle.reach, cases) for unit, cases in circle.cases.items() if cases}
    found = [UnitGuess(unit, shares[unit], *told) for unit, told in seen.items()]
    return tuple(sorted(found, key=lambda one: (-one.share, one.unit)))


def answers_for(classes: str, areas: str, class_code: str, grid_cell: str) -> int:
    """How plainly a unit answers for a class at a place: 0 not at all, more for a narrower class and an area.

    ``classes`` and ``areas`` as in table ``unit``. A unit with areas answers for no place that is not known.
    """
    depths = [
        code.count("-") + 1
        for code in classes.split()
        if class_code == code or class_code.startswith(f"{code}-")
    ]
    if not depths:
        return 0
    if not areas.split():
        return max(depths)
    inside = grid_cell.isdecimal() and any(grid_cell.startswith(area) for area in areas.split())
    return max(depths) + 1 if inside else 0
