"""How a time limit stands: green up to four fifths, yellow up to the end, red after it.

The clock is the contract's, read at a moment on a clock set right by the last comparison with central's.
Where central told no clock (an older one), the share counts plainly from the dispatch to the due time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from fieldapp.capture.tasks import TaskLine
from sync.contract.lifecycle import CaseState
from sync.contract.sla import NO_CLOCK, Level, read_clock
from sync.contract.worktime import NO_CALENDAR, Worktime

YELLOW_FROM = 0.8


def due_state(line: TaskLine, now: datetime, worktime: Worktime = NO_CALENDAR) -> tuple[str, float]:
    """green, yellow, red, stopped or unknown, and the minutes left (below zero: overdue).

    ("", 0) where no time runs. Minutes are those that count: working time where the limit is in working time.
    """
    if not line.open:
        return "", 0.0
    if line.clock == NO_CLOCK:
        return _plain(line, now)
    reading = read_clock(line.clock, now, worktime)
    if reading.level is Level.NONE:
        return "", 0.0
    return reading.level.value, (reading.left_s or 0) / 60


def _plain(line: TaskLine, now: datetime) -> tuple[str, float]:
    if line.due_at is None or not line.mine or line.state is CaseState.SUSPENDED:
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
