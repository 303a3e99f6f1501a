"""How old the data is, and whether the clock can be believed: what turns certainty into "unknown"."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from fieldapp.verdict.cells import finite
from fieldapp.verdict.model import Answer, Facts, Question, Reason
from sync.contract.records import ClockState

RESTS_ON = ("permit", "blacklist", "company", "site", "disposal_site", "prohibited_zone", "day_kind")
"""The tables that every verdict rests on."""
HOUR = 3600.0


def stale_tables(facts: Facts) -> frozenset[str]:
    """Tables that are older than the city allows, or that never arrived."""
    return frozenset(table for table in RESTS_ON if _too_old(table, facts))


def oldest(facts: Facts) -> float | None:
    """The age of the oldest table in seconds, None where one has none."""
    ages = [finite(facts.ages.get(table)) for table in RESTS_ON]
    known = [age for age in ages if age is not None]
    return max(known) if len(known) == len(ages) else None


def age_reasons(facts: Facts, stale: frozenset[str]) -> Iterator[Reason]:
    """One reason for all tables of one age: data too old, or none at all."""
    told: dict[tuple[str, float | None], list[str]] = {}
    for table in RESTS_ON:
        if table in stale:
            part = "blacklist" if table == "blacklist" else "reference"
            told.setdefault((part, finite(facts.ages.get(table))), []).append(table)
    for (part, age), tables in told.items():
        if age is None:
            yield Reason(f"verdict_{part}_missing", Answer.UNKNOWN, (), {}, "advice_sync", tuple(tables))
            continue
        limit = min(_limit(table, facts) for table in tables)
        hours = {"age_h": round(age / HOUR, 1), "limit_h": limit}
        yield Reason(f"verdict_{part}_too_old", Answer.UNKNOWN, (), hours, "advice_sync", tuple(tables))


def clock_reasons(question: Question, facts: Facts) -> Iterator[Reason]:
    """A clock that is wrong, was never compared, or runs behind the data it judges."""
    if facts.data_ahead:
        yield Reason("verdict_clock_behind_data", Answer.UNKNOWN, (), {}, "advice_clock")
    if question.clock is ClockState.DOUBTFUL:
        minutes = finite(question.clock_offset_s)
        facts_told = {"minutes": "—" if minutes is None else round(abs(minutes) / 60)}
        yield Reason("verdict_clock_doubtful", Answer.CHECK, (), facts_told, "advice_clock")
    elif question.clock is ClockState.UNVERIFIED:
        yield Reason("verdict_clock_unverified", Answer.ALLOWED, (), {}, "advice_clock")


def weakened(reason: Reason, stale: frozenset[str]) -> Reason:
    """A reason as it stands when a table it rests on is too old: it may still be so, it is not certain."""
    if reason.says in (Answer.ALLOWED, Answer.UNKNOWN) or stale.isdisjoint(reason.tables):
        return reason
    return msgspec.structs.replace(reason, says=Answer.UNKNOWN)


def _too_old(table: str, facts: Facts) -> bool:
    age = finite(facts.ages.get(table))
    return age is None or age < 0 or age > _limit(table, facts) * HOUR


def _limit(table: str, facts: Facts) -> float:
    return facts.limits.max_age_h.get(table, facts.limits.default_age_h)
