"""The demo city's time limits and calendar, put together for the cases that it ships."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sync.central.city.calendar import day_kind_rows
from sync.central.city.classes import case_class_rows
from sync.central.city.conditions import opening_condition_rows, work_hours_rows
from sync.central.city.demo import CITY
from sync.contract.timing import Timing
from sync.contract.timing import make_timing as put_together


def make_timing() -> Timing:
    """From the very rows that are shipped."""
    urgent = [str(row["class_code"]) for row in case_class_rows() if row["urgent"]]
    hours, conditions = work_hours_rows(), opening_condition_rows()
    return put_together(day_kind_rows(), hours, conditions, urgent, ZoneInfo(CITY.zone))
