"""What stands on the map out of the work database: open cases, one's own reports, alerts; places alone.

Only the columns a sign needs are read: five thousand cases with their records would be tens of megabytes.
"""

from __future__ import annotations

from collections.abc import Iterable

from sync.contract.tables import ALERT, Row
from sync.replica.database import Database
from sync.replica.rows import read_rows

CASE_COLUMNS = ("case_id", "state", "class_code", "assignee", "lon", "lat", "reported_at", "due_at", "clock")
REPORT_COLUMNS = ("case_id", "state", "class_code", "lon", "lat")
ALERT_COLUMNS = ("alert_id", "kind", "severity", "state", "holder", "lon", "lat")
_PLACED = "lon IS NOT NULL AND lat IS NOT NULL"


class MapPins:
    """Rows with a place, the newest first."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def cases(self, states: Iterable[str], limit: int) -> list[Row]:
        """Cases in these states."""
        return self._rows("city_case", CASE_COLUMNS, "state", states, "reported_at", limit)

    def reports(self, officer_id: str, limit: int) -> list[Row]:
        """Cases that an officer reported, in any state."""
        return self._rows("city_case", REPORT_COLUMNS, "reporter", [officer_id], "reported_at", limit)

    def alerts(self, states: Iterable[str], limit: int) -> list[Row]:
        """Alerts in these states."""
        return self._rows("alert", ALERT_COLUMNS, "state", states, "raised_at", limit)

    def alert(self, alert_id: str) -> Row | None:
        """One alert, whole."""
        return next(read_rows(self._db, ALERT, "WHERE alert_id = ?", [alert_id]), None)

    def _rows(
        self, table: str, columns: tuple[str, ...], by: str, values: Iterable[str], newest: str, limit: int
    ) -> list[Row]:
        wanted = list(values)
        marks = ", ".join("?" * len(wanted))
        found = self._db.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE {_PLACED} AND {by} IN ({marks})"
            f" ORDER BY {newest} DESC LIMIT ?",
            [*wanted, limit],
        )
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
