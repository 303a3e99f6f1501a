"""The demo city's officers with their public PINs, from the page about the demo city."""

from __future__ import annotations

import re
from typing import NamedTuple

from sync.resources import resource

_ROW = re.compile(r"^\| (\w+) \| (\d{6}) \| ([^|]+) \| ([^|]+) \|", re.MULTILINE)


class DemoOfficer(NamedTuple):
    """One officer."""

    number: str
    pin: str
    name: str
    role: str


def demo_officers() -> list[DemoOfficer]:
    """All of them."""
    text = resource("docs", "demo-city.md").read_text(encoding="utf-8")
    return [
        DemoOfficer(number, pin, name.strip(), role.strip()) for number, pin, name, role in _ROW.findall(text)
    ]
