"""Which days are worked: every day of the years whose holiday notice is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sync.central.city.draw import read_json
from sync.contract.tables import Row

SATURDAY = 5


def day_kind_rows() -> Iterator[Row]:
    """The rows of table ``day_kind``; the days that are not listed follow the week."""
    table = read_json("tables", "day_kinds.json")
    for year in table["years"]:
        day = date(year, 1, 1)
        while day.year == year:
            usual = "weekend" if day.weekday() >= SATURDAY else "working"
            kind, name = table["days"].get(day.isoformat(), (usual, ""))
            yield {"day": day.isoformat(), "kind": kind, "name": name}
            day += timedelta(days=1)
