"""What the document on the demo city tells people to type is what the city holds."""

from __future__ import annotations

import re

from sync.central.city import OFFICERS_PIN
from sync.contract.tables import Row
from sync.resources import resource

CityRows = dict[str, list[Row]]
DOCUMENT = resource("docs", "demo-city.md").read_text(encoding="utf-8")


def test_document_lists_every_officer_with_the_pin_that_works() -> None:
    listed = dict(re.findall(r"^\| ([A-Z]\d{4}) \| (\d{6}) \|", DOCUMENT, re.MULTILINE))
    assert listed == OFFICERS_PIN


def test_trucks_to_try_have_the_permits_the_document_says(city: CityRows) -> None:
    part = DOCUMENT.partition("## Trucks to try")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| ([一-鿿][A-Z]\S+) \| ([a-z, ]+) \|", part, re.MULTILINE)
    assert len(listed) >= 8
    for plate, statuses in listed:
        found = dict.fromkeys(row["status"] for row in city["permit"] if row["plate"] == plate)
        assert list(found) == statuses.split(", "), plate
