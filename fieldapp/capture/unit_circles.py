"""Who answers for a class, and who was given cases of it, from the whole city down to the cell: what
suggesting a unit rests on. Where the city's table of units says nothing, what command did so far does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from fieldapp.capture.desk import Desk
from fieldapp.capture.suggest_unit import Circle, Reach, answers_for
from fieldapp.geo.plane import LocalPlane
from sync.contract.lifecycle import Role
from sync.contract.records import Place
from sync.replica.handlers import ANYWHERE, Ground

DISTRICT, STREET, COMMUNITY = 6, 9, 12
"""Digits of a cell's code that name its district, its street, its community."""

HERE_M, NEAR_M = 100.0, 500.0
FEW = 20
"""From so many cases of the class itself nothing is asked of the classes beside it."""

MANY = 10_000
"""A district with more cases than these is most of what the tablet holds: the city speaks for it."""

_HANDLING = frozenset({Role.UNIT.value, Role.INSPECTOR.value})


def unit_circles(desk: Desk, class_code: str, grid_cell: str, place: Place) -> list[Circle]:
    """Who answers for it, and how many cases each squad or unit was given, from wide to narrow."""
    units = _Units(desk)
    city = units.of(class_code)
    circles = list(_kin(units, class_code, _near(grid_cell, place))) if sum(city.values()) < FEW else []
    if answering := _answering(desk, class_code, grid_cell):
        circles.append(Circle(Reach.ANSWERS, answering))
    if city:
        circles.append(Circle(Reach.CITY, city))
        for reach, ground in _grounds(desk, grid_cell, place):
            circles.append(Circle(reach, units.of(class_code, ground)))
    return circles


def _answering(desk: Desk, class_code: str, grid_cell: str) -> dict[str, int]:
    weights = {
        str(row["name_zh"]): answers_for(
            str(row["classes"] or ""), str(row["areas"] or ""), class_code, grid_cell
        )
        for row in desk.reference.units()
    }
    return {name: weight for name, weight in weights.items() if weight}


def _kin(units: _Units, class_code: str, near: Ground | None) -> Iterator[Circle]:
    """The classes beside it, or those beside the class above where nobody had one of them."""
    above = class_code.rpartition("-")[0]
    while above:
        found = units.of(above)
        if found:
            yield Circle(Reach.KIN, found)
            if near is not None:
                yield Circle(Reach.KIN_NEAR, units.of(above, near))
            return
        above = above.rpartition("-")[0]


def _grounds(desk: Desk, grid_cell: str, place: Place) -> Iterator[tuple[Reach, Ground]]:
    cell = grid_cell if grid_cell.isdigit() else ""
    if cell and not desk.work.tasks.more_cases_than(cell[:DISTRICT], MANY):
        yield Reach.DISTRICT, Ground(cell[:DISTRICT])
    if cell:
        yield Reach.STREET, Ground(cell[:STREET])
    near = _near(grid_cell, place)
    if near is not None:
        yield Reach.NEAR, near
        yield Reach.HERE, Ground(cell, _box(place, HERE_M))


def _near(grid_cell: str, place: Place) -> Ground | None:
    box = _box(place, NEAR_M)
    if box is not None:
        return Ground(box=box)
    return Ground(grid_cell[:COMMUNITY]) if grid_cell.isdigit() else None


def _box(place: Place, metres: float) -> tuple[float, float, float, float] | None:
    if place.lon is None or place.lat is None:
        return None
    plane = LocalPlane(place.lon, place.lat)
    west, south = plane.to_degrees(-metres, -metres)
    east, north = plane.to_degrees(metres, metres)
    return west, south, east, north


class _Units:
    """Cases by unit, out of cases by officer. Each officer is looked up once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._unit_of: dict[str, str] = {}

    def of(self, class_code: str, ground: Ground = ANYWHERE) -> Mapping[str, int]:
        """Cases of a class by unit; only of officers who handle cases and are still at work."""
        counts: Counter[str] = Counter()
        for officer_id, cases in self._desk.work.tasks.handlers_of(class_code, ground).items():
            if unit := self._unit(officer_id):
                counts[unit] += cases
        return counts

    def _unit(self, officer_id: str) -> str:
        if officer_id not in self._unit_of:
            officer = self._desk.work.city.officer(officer_id)
            handles = officer is not None and officer["active"] and officer["role"] in _HANDLING
            self._unit_of[officer_id] = str(officer["squad"] or "") if officer and handles else ""
        return self._unit_of[officer_id]
