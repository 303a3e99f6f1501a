"""Daily windows: "22:00-06:00;12:00-14:00", on which kinds of days each begins, and whether a time is in one.

A window that passes midnight belongs to the day it begins on: 01:00 on a Saturday is in Friday's 22:00-06:00.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import Enum

import msgspec

KINDS = frozenset({"working", "weekend", "holiday", "makeup"})
SATURDAY = 5
MINUTES = 24 * 60
_WINDOW = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)", re.ASCII)


class Window(msgspec.Struct, frozen=True):
    """Minutes from its day's midnight, the end after the begin; ``kinds`` empty is every day."""

    begins: int
    ends: int
    kinds: frozenset[str]


class Inside(Enum):
    """Whether a time lies in a window; ``MAYBE`` where the kind of the day decides and is not known."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


def windows_of(windows: object, days: object) -> tuple[Window, ...] | None:
    """The windows of a row, () where it names none, None where they or their days cannot be read."""
    parts = [part.strip() for part in str(windows or "").split(";")]
    if parts == [""]:
        return () if not str(days or "").strip() else _with_kinds([(0, MINUTES)], str(days))
    spans = []
    for part in parts:
        found = _WINDOW.fullmatch(part)
        if found is None:
            return None
        begins = int(found[1]) * 60 + int(found[2])
        ends = MINUTES if found[3] is None else int(found[3]) * 60 + int(found[4])
        spans.append((begins, ends if ends > begins else ends + MINUTES))
    return _with_kinds(spans, str(days or ""))


def _with_kinds(spans: list[tuple[int, int]], days: str) -> tuple[Window, ...] | None:
    lists = [frozenset(kind.strip() for kind in one.split(",") if kind.strip()) for one in days.split(";")]
    if any(kinds - KINDS for kinds in lists) or len(lists) not in (1, len(spans)):
        return None
    each = lists * len(spans) if len(lists) == 1 else lists
    return tuple(Window(b, e, kinds) for (b, e), kinds in zip(spans, each, strict=True))


def inside(windows: tuple[Window, ...], at: datetime, day_kinds: Mapping[str, str]) -> Inside:
    """Whether a local time lies in one of the windows. Begins count in, ends do not."""
    maybe = False
    minute = at.hour * 60 + at.minute
    for window in windows:
        for back in (0, 1):
            day = before(at.date(), back)
            if day is None or not window.begins <= minute + back * MINUTES < window.ends:
                continue
            told = _on(window, day, day_kinds)
            if told is Inside.YES:
                return told
            maybe = maybe or told is Inside.MAYBE
    return Inside.MAYBE if maybe else Inside.NO


def before(day: date, days: int) -> date | None:
    """A day some days before, None before the calendar begins."""
    try:
        return day - timedelta(days=days)
    except OverflowError:
        return None


def kinds_possible(day: date, day_kinds: Mapping[str, str]) -> frozenset[str]:
    """The kind of a day where it is known; else every kind that its weekday leaves open."""
    known = day_kinds.get(day.isoformat())
    if known in KINDS:
        return frozenset({known})
    return frozenset(
        {"weekend", "holiday", "makeup"} if day.weekday() >= SATURDAY else {"working", "holiday"}
    )


def _on(window: Window, day: date, day_kinds: Mapping[str, str]) -> Inside:
    if not window.kinds:
        return Inside.YES
    possible = kinds_possible(day, day_kinds)
    if possible <= window.kinds:
        return Inside.YES
    return Inside.MAYBE if possible & window.kinds else Inside.NO
