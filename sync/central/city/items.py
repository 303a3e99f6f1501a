"""The inspection items as the demo city ships them: legal basis and check list of each."""

from __future__ import annotations

from collections.abc import Iterator

from sync.central.city.draw import read_json
from sync.contract.tables import Row


def inspection_item_rows() -> Iterator[Row]:
    """The rows of table ``inspection_item``."""
    table = read_json("tables", "inspection_items.json")
    for item in table["items"]:
        yield {
            "item_code": item["code"],
            "kinds": item["kinds"],
            "name_zh": item["name_zh"],
            "name_en": item["name_en"],
            "basis_zh": "\n".join(item["basis_zh"]),
            "basis_en": "\n".join(item["basis_en"]),
            "checks_zh": "\n".join(zh for zh, _ in item["checks"]),
            "checks_en": "\n".join(en for _, en in item["checks"]),
            "valid_from": table["valid_from"],
            "valid_to": table["valid_to"],
        }
