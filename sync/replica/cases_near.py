"""Cases around a place, or in a grid cell, without the reports' bodies: read by an index, however many."""

from __future__ import annotations

import msgspec

from sync.replica.database import Database

_COLUMNS = "case_id, state, class_code, note, lon, lat, plate, reporter, reported_at, looks, address"
_BOX = "case_id IN (SELECT case_id FROM city_case WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?)"
"""The inner question is answered by the index alone: only rows of the box itself are read and decrypted."""

_OPEN = "state NOT IN ('closed', 'void', 'withdrawn')"


class CaseNear(msgspec.Struct, frozen=True):
    """What is needed of a case to tell whether it is the same thing."""

    case_id: str
    state: str
    class_code: str
    note: str
    lon: float | None
    lat: float | None
    plate: str
    reporter: str
    reported_at: str
    looks: str
    address: str


def open_cases_in(
    db: Database, west: float, south: float, east: float, north: float, limit: int
) -> list[CaseNear]:
    """Open cases in a box of degrees, the newest first."""
    return _found(db, _BOX, [south, north, west, east], limit)


def open_cases_of_cell(db: Database, grid_cell: str, limit: int) -> list[CaseNear]:
    """Open cases of a grid cell, the newest first."""
    return _found(db, "grid_cell = ?", [grid_cell], limit)


def _found(db: Database, where: str, values: list[object], limit: int) -> list[CaseNear]:
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM city_case WHERE {where} AND {_OPEN} ORDER BY reported_at DESC LIMIT ?",
        [*values, limit],
    ).fetchall()
    return [_case(row) for row in rows]


def _case(row: tuple[object, ...]) -> CaseNear:
    case_id, state, class_code, note, lon, lat, plate, reporter, reported_at, looks, address = row
    return CaseNear(
        str(case_id), str(state or ""), str(class_code or ""), str(note or ""), _degrees(lon), _degrees(lat),
        str(plate or ""), str(reporter or ""), str(reported_at or ""), str(looks or ""), str(address or ""),
    )  # fmt: skip


def _degrees(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def classes_around(db: Database, community: str) -> dict[str, int]:
    """How many cases of each class a community has had, by the beginning of its cells' codes."""
    rows = db.execute(
        "SELECT class_code, count(*) FROM city_case WHERE grid_cell BETWEEN ? AND ? GROUP BY class_code",
        [community, community + ":"],
    ).fetchall()
    return {str(code): int(count) for code, count in rows if code}
