"""What a city's time limits rest on, put together: its opening conditions and its working time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo

import msgspec

from sync.contract.conditions import NO_CONDITIONS, Conditions
from sync.contract.sla import NO_CLOCK, StageClock, TimedStep, due_at, fold_clock
from sync.contract.tables import Row
from sync.contract.worktime import NO_CALENDAR, Worktime, make_worktime

Rows = Iterable[Mapping[str, object]]


class Timing(msgspec.Struct, frozen=True):
    """Both ends make one from the same public rows, and so read the same clocks."""

    conditions: Conditions
    worktime: Worktime

    def clock(
        self, case_id: str, class_code: str, reported_at: datetime, history: Iterable[TimedStep]
    ) -> StageClock:
        """The clock of a case after its acts."""
        finder = self.conditions.finder(class_code)
        return fold_clock(case_id, reported_at, history, finder, self.worktime)

    def cells(self, clock: StageClock) -> Row:
        """What a case's row tells of its clock."""
        due = due_at(clock, self.worktime)
        return {
            "due_at": "" if due is None else due.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "clock": "" if clock == NO_CLOCK else msgspec.json.encode(clock).decode(),
        }


NO_TIMING = Timing(NO_CONDITIONS, NO_CALENDAR)
"""Of a city that has told nothing: no limit is set anywhere."""


def make_timing(days: Rows, hours: Rows, conditions: Rows, urgent: Iterable[str], zone: tzinfo) -> Timing:
    """From the rows of ``day_kind``, ``work_hours`` and ``opening_condition``, and the urgent classes."""
    return Timing(Conditions(conditions, urgent), make_worktime(days, hours, zone))


def read_cells(row: Row) -> StageClock:
    """The clock a case's row tells; none where it tells none that can be read."""
    text = row.get("clock")
    try:
        return msgspec.json.decode(str(text), type=StageClock) if text else NO_CLOCK
    except msgspec.DecodeError:
        return NO_CLOCK
