"""What the city's tables tell of a place and of a plate where nobody said it: cell, permit, company."""

from __future__ import annotations

from itertools import pairwise

from sync.central.store.store import get_row
from sync.contract.codes import OUTSIDE
from sync.contract.tables import PERMIT, Row
from sync.replica.database import Database

_GOOD = ("active", "issued", "used")


def cell_at(db: Database, lon: float, lat: float) -> tuple[str, str]:
    """The grid cell of a place with its street and community, or ``outside``.

    Every ring is looked at: an alert is raised now and then, and no index has to be kept for it.
    """
    for code, street, community, ring in db.execute(
        "SELECT grid_cell, street, community, ring FROM grid_cell"
    ).fetchall():
        corners = [
            (float(one[0]), float(one[1])) for one in (pair.split(",") for pair in str(ring).split(";"))
        ]
        if _holds(corners, lon, lat):
            return str(code), f"{street or ''}{community or ''}"
    return OUTSIDE, ""


def _holds(corners: list[tuple[float, float]], lon: float, lat: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in pairwise(corners):
        if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def permit_of(db: Database, plate: str) -> Row | None:
    """A truck's permit: one that holds now before one that does not, then the newest."""
    if not plate:
        return None
    marks = ", ".join("?" for _ in _GOOD)
    row = db.execute(
        f"SELECT permit_id FROM permit WHERE plate = ? ORDER BY status IN ({marks}) DESC, valid_to DESC"
        " LIMIT 1",
        (plate, *_GOOD),
    ).fetchone()
    return None if row is None else get_row(db, PERMIT.name, str(row[0]))


def company_of(db: Database, company_id: str) -> str:
    """A company's name, "" where it is not known."""
    row = get_row(db, "company", company_id) if company_id else None
    return "" if row is None else str(row["name"] or "")
