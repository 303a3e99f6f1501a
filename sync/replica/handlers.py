"""Who was given cases of a class, and where: answered by covering indexes alone, however many there are.

No case is decrypted for it: class and assignee stand in one index, cell and place in two others.
"""

from __future__ import annotations

import msgspec

from sync.replica.database import Database

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""

_CELLS = "SELECT case_id FROM city_case INDEXED BY city_case_by_cell WHERE grid_cell BETWEEN ? AND ?"
_BOX = (
    "SELECT case_id FROM city_case INDEXED BY city_case_by_place"
    " WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"
)
_END = ":"
"""What follows the digits: a cell's code begins with ``area`` between ``area`` and ``area`` + this."""


class Ground(msgspec.Struct, frozen=True):
    """Where cases lie: in cells whose code begins with ``area``, or in ``box``. Neither: anywhere."""

    area: str = ""
    box: Box | None = None


ANYWHERE = Ground()


def handlers_of(db: Database, class_code: str, ground: Ground = ANYWHERE) -> dict[str, int]:
    """How many cases of a class, or of one within it, each officer was given."""
    classes = [class_code, class_code + "."]  # the class itself and all within it: "." is what follows "-"
    lies, values = _lies(ground, classes)
    rows = db.execute(
        "SELECT assignee, count(*) FROM city_case INDEXED BY city_case_by_class"
        f" WHERE class_code BETWEEN ? AND ? AND assignee > ''{lies}"
        " GROUP BY class_code, assignee",  # as the index runs: nothing has to be sorted
        [*classes, *values],
    )
    found: dict[str, int] = {}
    for officer, count in rows.fetchall():
        found[str(officer)] = found.get(str(officer), 0) + int(count)
    return found


def more_cases_than(db: Database, area: str, limit: int) -> bool:
    """Whether more cases than so many lie in cells whose code begins with ``area``."""
    row = db.execute(f"SELECT count(*) FROM ({_CELLS} LIMIT ?)", [area, area + _END, limit + 1]).fetchone()
    return int(row[0]) > limit


def _lies(ground: Ground, classes: list[str]) -> tuple[str, list[object]]:
    wheres: list[str] = []
    values: list[object] = []
    if ground.area:
        wheres.append(f"{_CELLS} AND class_code BETWEEN ? AND ?")
        values += [ground.area, ground.area + _END, *classes]
    if ground.box is not None:
        west, south, east, north = ground.box
        wheres.append(_BOX)
        values += [south, north, west, east]
    return (f" AND case_id IN ({' UNION ALL '.join(wheres)})", values) if wheres else ("", [])
