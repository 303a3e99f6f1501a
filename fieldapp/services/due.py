"""How a time limit stands: green up to four fifths, yellow up to the end, red after it.

The share counts from the dispatch to the due time as central told them, on a clock set right by the last
comparison with central's. (Working hours, and limits per stage, come with the city's configuration.)
"""

from __future__ import annotations

from datetime import datetime, timedelta

from fieldapp.capture.tasks import TaskLine
from sync.contract.lifecycle import CaseState

YELLOW_FROM = 0.8


def due_state(line: TaskLine, now: datetime) -> tuple[str, float]:
    """green, yellow or red, and the minutes left (below zero: overdue); ("", 0) where no time runs."""
    if line.due_at is None or not line.open or not line.mine or line.state is CaseState.SUSPENDED:
        return "", 0.0
    left = line.due_at - now
    minutes = left / timedelta(minutes=1)
    if left < timedelta():
        return "red", minutes
    start = line.started_at
    if start is None or start >= line.due_at:
        return "green", minutes
    share = (now - start) / (line.due_at - start)
    return ("yellow" if share > YELLOW_FROM else "green"), minutes
