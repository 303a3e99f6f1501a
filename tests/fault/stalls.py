"""How long the window stood still, read from the log of a real window's process: invariant I13.

In the test's own process ask the shell's watchdog itself: ``bench.shell.watchdog.longest``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

LIMIT_MS = 200.0
_STALLED = re.compile(r"event='event_loop_stalled' ms=([0-9.]+) where=(['\"])(.*?)\2")


class SeenStall(NamedTuple):
    """One stall the watchdog logged: over ``LIMIT_MS``, and what ran."""

    ms: float
    where: str


def stalls_of(data: Path) -> list[SeenStall]:
    """The stalls of the window on this data folder, from all its logs, the longest first."""
    found = [
        SeenStall(float(ms), where)
        for file in (data / "logs").glob("app.log*")
        for ms, _quote, where in _STALLED.findall(file.read_text(encoding="utf-8"))
    ]
    return sorted(found, reverse=True)
