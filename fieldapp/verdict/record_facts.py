"""What the records say of a truck, as plain facts: no answer yet to whether it may be here, now.

A permit's status and its dates are held against one day (the city's local date) and the whole against the
age of the data: data that is too old, or that never came, makes every good answer "unknown".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import Enum

import msgspec

from sync.contract.tables import Row

FRESH_FOR = timedelta(hours=24)
USABLE_FOR = timedelta(hours=72)
AHEAD = timedelta(minutes=5)
"""Data from later than this is data under a wrong clock: its age is unknown."""


class PermitFact(Enum):
    """How one permit stands on a day, most useful to its holder first."""

    VALID = "valid"
    NOT_YET = "not_yet"
    USED_UP = "used_up"
    REVOKED = "revoked"
    EXPIRED = "expired"
    VOID = "void"
    UNCLEAR = "unclear"


RANK = {fact: rank for rank, fact in enumerate(PermitFact)}


class AgeLevel(Enum):
    """How far data of an age is to be believed."""

    FRESH = "fresh"
    AGING = "aging"
    STALE = "stale"
    UNKNOWN = "unknown"


class DataAge(msgspec.Struct, frozen=True):
    """How old the data is that an answer rests on. ``seconds`` is None where that is not known."""

    level: AgeLevel
    seconds: float | None = None


class Headline(Enum):
    """The one thing to say first about a truck."""

    BLACKLISTED = "blacklisted"
    VALID = "valid"
    NOT_YET = "not_yet"
    USED_UP = "used_up"
    REVOKED = "revoked"
    EXPIRED = "expired"
    VOID = "void"
    UNCLEAR = "unclear"
    NO_RECORD = "no_record"
    UNKNOWN = "unknown"


def permit_fact(permit: Row, today: date) -> PermitFact:
    """How a permit stands: what central set by hand first, then its dates, then its volume."""
    status = permit.get("status")
    starts, ends = _day(permit.get("valid_from")), _day(permit.get("valid_to"))
    if status == "revoked":
        return PermitFact.REVOKED
    if status == "void":
        return PermitFact.VOID
    if status == "expired" or (ends is not None and ends < today):
        return PermitFact.EXPIRED
    if starts is None or ends is None:
        return PermitFact.UNCLEAR
    if status == "used" or _used_up(permit):
        return PermitFact.USED_UP
    if starts > today or status == "issued":
        return PermitFact.NOT_YET
    return PermitFact.VALID if status == "active" else PermitFact.UNCLEAR


def best_first(permits: Sequence[Row], today: date) -> list[Row]:
    """Permits in the order in which they help the holder; of equals the one that lasts longest first."""
    lasting = sorted(permits, key=lambda row: (str(row["valid_to"]), str(row["permit_id"])), reverse=True)
    return sorted(lasting, key=lambda row: RANK[permit_fact(row, today)])


def in_force(entry: Row, today: date) -> bool:
    """Whether a blacklist entry counts on a day; one whose dates cannot be read does."""
    starts, ends = _day(entry.get("valid_from")), _day(entry.get("valid_to"))
    return not (starts is not None and starts > today) and not (ends is not None and ends < today)


def data_age(as_of: datetime | None, now: datetime) -> DataAge:
    """The age of data as of a moment; unknown without one, or when it lies ahead of the clock."""
    if as_of is None or as_of - now > AHEAD:
        return DataAge(AgeLevel.UNKNOWN)
    age = max(now - as_of, timedelta())
    level = AgeLevel.FRESH if age < FRESH_FOR else AgeLevel.AGING if age < USABLE_FOR else AgeLevel.STALE
    return DataAge(level, age.total_seconds())


def headline(facts: Sequence[PermitFact], *, blacklisted: bool, level: AgeLevel) -> Headline:
    """The one thing to say first. ``facts`` come best first; old data never says "no record"."""
    if blacklisted:
        return Headline.BLACKLISTED
    if facts:
        return Headline(facts[0].value)
    return Headline.NO_RECORD if level in (AgeLevel.FRESH, AgeLevel.AGING) else Headline.UNKNOWN


def shape(said: Headline, level: AgeLevel) -> str:
    """The shape it is shown in: ok, warning, danger or unknown. Warnings stay seen however old the data."""
    if said in (Headline.BLACKLISTED, Headline.REVOKED):
        return "danger"
    if level in (AgeLevel.STALE, AgeLevel.UNKNOWN) or said is Headline.UNKNOWN:
        return "unknown"
    return "ok" if said is Headline.VALID else "warning"


def _used_up(permit: Row) -> bool:
    approved, used = permit.get("approved_m3"), permit.get("used_m3")
    return isinstance(approved, int) and isinstance(used, int) and 0 < approved <= used


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
