"""The city this central serves, as it was seeded."""

from __future__ import annotations

import msgspec

from sync.contract.errors import RetryLater
from sync.contract.wire import City
from sync.replica.database import Database


def set_city(db: Database, city: City) -> None:
    """Name the city."""
    db.execute(
        "INSERT OR REPLACE INTO meta (name, value) VALUES ('city', ?)", (msgspec.json.encode(city).decode(),)
    )


def city_of(db: Database) -> City:
    """The city, or ``city_missing`` while central has not been filled."""
    row = db.execute("SELECT value FROM meta WHERE name = 'city'").fetchone()
    if row is None:
        raise RetryLater("city_missing")
    return msgspec.json.decode(row[0], type=City)
