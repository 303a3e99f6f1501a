"""Seeding: the demo city put into a central, and its snapshot built so that no tablet waits for it."""

from __future__ import annotations

from datetime import timedelta

from sync.central import city
from sync.central.composition import Central
from sync.central.credentials import issue_to_all
from sync.central.store.filling import CityData, fill
from sync.central.store.officers import pin_verifier

DEMO_SEED = city.DEMO_SEED
CITY_OFFSET = timedelta(hours=8)
"""The demo city's local time; its permits' dates hang on its own today."""


def seed_city(central: Central, permits: int, seed: int, *, again: bool) -> dict[str, int]:
    """Fill central with the demo city; answers the rows per table."""
    today = (central.world.now() + CITY_OFFSET).date()
    data = CityData(
        city=city.CITY,
        tables=city.build(permits, seed, today=today),
        verifiers={officer_id: pin_verifier(pin) for officer_id, pin in city.OFFICERS_PIN.items()},
    )
    counts = fill(central.store, data, again=again)
    counts["credential"] = issue_to_all(central.store, central.signing, today)
    central.snapshots.current()
    return counts
