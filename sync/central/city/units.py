"""The responsible units as the demo city ships them: what each answers for, where, and whom to ring."""

from __future__ import annotations

from collections.abc import Iterator

from sync.central.city.draw import read_json
from sync.central.city.initials import initials
from sync.contract.tables import Row


def unit_rows() -> Iterator[Row]:
    """The rows of table ``unit``."""
    for unit in read_json("city", "units.json")["units"]:
        yield {
            "unit_id": unit["id"],
            "name_zh": unit["zh"],
            "name_en": unit["en"],
            "areas": unit["areas"],
            "classes": unit["classes"],
            "contact": unit["contact"],
            "initials": initials(unit["zh"]),
        }
