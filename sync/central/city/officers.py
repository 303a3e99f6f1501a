"""The demo's officers and their PINs. The list is fixed: it does not change with the city's seed."""

from __future__ import annotations

from collections.abc import Iterator

from sync.central.city.demo import DEMO_SEED
from sync.central.city.draw import read_json, stream
from sync.contract.lifecycle import Role
from sync.contract.tables import Row


def officer_rows() -> Iterator[Row]:
    """The rows of table ``officer``."""
    for officer in read_json("city", "officers.json")["officers"]:
        yield {
            "officer_id": officer["id"],
            "name": officer["name"],
            "role": officer["role"],
            "squad": officer["squad"],
            "active": int(officer.get("active", True)),
        }


def officer_roles() -> dict[str, Role]:
    """Who holds which role."""
    return {str(row["officer_id"]): Role(row["role"]) for row in officer_rows()}


def _pins() -> dict[str, str]:
    rng = stream(DEMO_SEED, "pins")
    pins = {str(row["officer_id"]): f"{rng.randrange(100_000, 1_000_000)}" for row in officer_rows()}
    return pins | {"G1001": "246810"}


OFFICERS_PIN: dict[str, str] = _pins()
"""Six-digit PINs of the demo: public, printed in ``resources/docs/demo-city.md``, never for a real city."""
