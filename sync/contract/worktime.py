"""Working time as one rising number: how much of it lies between two moments, and when so much is over.

Made once from the city's days and hours; every question after that is a search in a sorted list. Days that
the calendar does not tell make the answer None, which means "not known", never zero.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import Enum

from sync.contract.errors import InputRefused

Windows = tuple[tuple[int, int], ...]
"""Minutes of the day from and to, in order and without overlap."""

DAY_MIN = 24 * 60
_WINDOW = re.compile(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})", re.ASCII)


def read_hours(text: str) -> Windows:
    """``08:00-12:00;14:00-18:00`` as windows; "" is none. ``hours_invalid`` for anything else.

    A window ends on the day it begins on, at 24:00 at the latest.
    """
    windows: list[tuple[int, int]] = []
    for part in text.split(";") if text else ():
        found = _WINDOW.fullmatch(part)
        if found is None:
            raise InputRefused("hours_invalid", value=text[:64])
        from_h, from_m, to_h, to_m = map(int, found.groups())
        begin, end = from_h * 60 + from_m, to_h * 60 + to_m
        before = windows[-1][1] if windows else 0
        if from_m > 59 or to_m > 59 or not before <= begin < end <= DAY_MIN:
            raise InputRefused("hours_invalid", value=text[:64])
        windows.append((begin, end))
    return tuple(windows)


class Pace(Enum):
    """What a stretch of time counts for."""

    REST = "rest"
    WORK = "work"
    UNKNOWN = "unknown"


class Worktime:
    """Stretches of work, of rest and of days nobody told, from the first day to the last."""

    def __init__(self, days: Mapping[str, str], hours: Mapping[str, Windows], zone: tzinfo) -> None:
        """``days`` are kinds by ISO date, ``hours`` windows by kind; a day of another kind is not known."""
        self._at: list[int] = []
        self._pace: list[Pace] = []
        self._worked: list[int] = []
        self._unknown: list[int] = []
        known = sorted(date.fromisoformat(day) for day in days)
        for number in range((known[-1] - known[0]).days + 1 if known else 0):
            day = known[0] + timedelta(days=number)
            midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
            windows = hours.get(days.get(day.isoformat(), ""))
            self._mark(midnight, Pace.UNKNOWN if windows is None else Pace.REST)
            for begin, end in windows or ():
                self._mark(midnight + timedelta(minutes=begin), Pace.WORK)
                self._mark(midnight + timedelta(minutes=end), Pace.REST)
        if known:
            day = known[-1] + timedelta(days=1)
            self._mark(datetime(day.year, day.month, day.day, tzinfo=zone), Pace.UNKNOWN)

    def between(self, begin: datetime, end: datetime) -> int | None:
        """Working seconds from one moment to a later one (0 for an earlier); None where a day is missing."""
        first, last = int(begin.timestamp()), int(end.timestamp())
        if last <= first:
            return 0
        before, past = self._sums(first), self._sums(last)
        if before is None or past is None or before[1] != past[1]:
            return None
        return past[0] - before[0]

    def after(self, begin: datetime, seconds: int) -> datetime | None:
        """The first moment at which so many working seconds (perhaps below zero) are over since ``begin``."""
        sums = self._sums(int(begin.timestamp()))
        if sums is None:
            return None
        target = sums[0] + seconds
        found = bisect_left(self._worked, target)
        if found in (0, len(self._worked)):
            return None
        moment = self._at[found - 1] + target - self._worked[found - 1]
        there = self._sums(moment)
        return datetime.fromtimestamp(moment, UTC) if there is not None and there[1] == sums[1] else None

    def _sums(self, moment: int) -> tuple[int, int] | None:
        """Working seconds and seconds nobody told, up to a moment; None before the first day."""
        found = bisect_right(self._at, moment) - 1
        if found < 0:
            return None
        past, pace = moment - self._at[found], self._pace[found]
        return (
            self._worked[found] + (past if pace is Pace.WORK else 0),
            self._unknown[found] + (past if pace is Pace.UNKNOWN else 0),
        )

    def _mark(self, moment: datetime, pace: Pace) -> None:
        at = int(moment.timestamp())
        worked, unknown = self._sums(at) or (0, 0)
        if self._at and self._at[-1] == at:
            self._pace[-1] = pace
            return
        self._at.append(at)
        self._pace.append(pace)
        self._worked.append(worked)
        self._unknown.append(unknown)


NO_CALENDAR = Worktime({}, {}, UTC)
"""Knows of no day: every question about working time is answered with "not known"."""


def make_worktime(
    days: Iterable[Mapping[str, object]], hours: Iterable[Mapping[str, object]], zone: tzinfo
) -> Worktime:
    """From the rows of ``day_kind`` and ``work_hours``; a row that cannot be read leaves its days unknown."""
    windows: dict[str, Windows] = {}
    for row in hours:
        try:
            windows[str(row["kind"])] = read_hours(str(row["windows"] or ""))
        except InputRefused:
            continue
    kinds: dict[str, str] = {}
    for row in days:
        try:
            kinds[date.fromisoformat(str(row["day"])).isoformat()] = str(row["kind"])
        except ValueError:
            continue
    return Worktime(kinds, windows, zone)
