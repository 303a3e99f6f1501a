"""The class table as the demo city ships it: event and component classes with ready phrases."""

from __future__ import annotations

from collections.abc import Iterator

from sync.central.city.draw import read_json
from sync.contract.tables import Row


def case_class_rows() -> Iterator[Row]:
    """The rows of table ``case_class``; the parent of ``03-11-02`` is ``03-11``, and of that ``03``."""
    table = read_json("tables", "classes.json")
    for entry in table["classes"]:
        code: str = entry["code"]
        yield {
            "class_code": code,
            "parent": code.rpartition("-")[0],
            "kind": entry["kind"],
            "name_zh": entry["name_zh"],
            "name_en": entry["name_en"],
            "urgent": int(entry["urgent"]),
            "phrases_zh": "\n".join(entry["phrases_zh"]),
            "phrases_en": "\n".join(entry["phrases_en"]),
            "valid_from": table["valid_from"],
            "valid_to": table["valid_to"],
        }
