"""The demo's opening conditions (立案条件) with their limits per stage, and the hours that count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sync.central.city.classes import case_class_rows
from sync.central.city.draw import read_json
from sync.contract.tables import Row


def work_hours_rows() -> Iterator[Row]:
    """The rows of table ``work_hours``."""
    hours: dict[str, str] = read_json("tables", "opening_conditions.json")["hours"]
    return ({"kind": kind, "windows": windows} for kind, windows in hours.items())


def opening_condition_rows() -> Iterator[Row]:
    """The rows of table ``opening_condition``: as listed, and one for each urgent class that is not."""
    table = read_json("tables", "opening_conditions.json")
    numbers: dict[str, int] = {}
    for entry in table["conditions"]:
        numbers[entry["class"]] = number = numbers.get(entry["class"], 0) + 1
        yield _row(table, entry, entry["class"], number)
    for row in case_class_rows():
        code = str(row["class_code"])
        if row["urgent"] and code not in numbers and not _parents(code) & set(numbers):
            yield _row(table, {**table["urgent_class"], "urgent": True}, code, 1)


def _parents(code: str) -> set[str]:
    parts = code.split("-")
    return {"-".join(parts[:depth]) for depth in range(1, len(parts))}


def _row(table: dict[str, Any], entry: dict[str, Any], class_code: str, number: int) -> Row:
    urgent = bool(entry.get("urgent"))
    stages: dict[str, int] = table["urgent" if urgent else "usual"]
    return {
        "condition_id": f"{class_code or '00'}/{number}",
        "class_code": class_code,
        "number": number,
        "name_zh": entry["name_zh"],
        "name_en": entry["name_en"],
        "open_min": stages["open"],
        "dispatch_min": stages["dispatch"],
        "handle_min": entry["handle"],
        "verify_min": stages["verify"],
        "close_min": stages["close"],
        "continuous": int(urgent),
        "yellow_percent": table["yellow_percent"],
    }
