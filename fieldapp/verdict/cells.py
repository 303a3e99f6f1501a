"""Reading single cells of rows that may hold anything: a broken cell is None, never an error."""

from __future__ import annotations

import math
from datetime import date

from fieldapp.verdict.model import RowRef
from sync.contract.plate import printable
from sync.contract.tables import TABLES, Row

SHOWN = 60
"""Characters of a foreign text that a sentence takes."""


def text(row: Row, column: str) -> str:
    """A cell as text fit for a sentence."""
    value = row.get(column)
    return "" if value is None else printable(str(value), SHOWN)


def key(row: Row, column: str) -> str:
    """A cell as it stands, for finding another row by it."""
    value = row.get(column)
    return "" if value is None else str(value)


def number(row: Row, column: str) -> float | None:
    """A finite number, or None."""
    value = row.get(column)
    return finite(value)


def finite(value: object) -> float | None:
    """A value as a finite number; texts, truth values and endless numbers are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        made = float(value)
    except OverflowError:
        return None
    return made if math.isfinite(made) else None


def day(row: Row, column: str) -> date | None:
    """An ISO date, or None where there is none or it is impossible."""
    value = row.get(column)
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def ref(table: str, row: Row) -> RowRef:
    """What names a row in a reason."""
    return RowRef(table, text(row, TABLES[table].key))
