"""Plates for what was typed: which sources there are in this replica, and reading them one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fieldapp.capture.desk import Desk
from fieldapp.capture.suggest_plan import How, Place, Plan, Source, SuggestionKind, departing, make_plan
from fieldapp.verdict.look_alikes import differing, look_alikes
from sync.contract.plate import PROVINCES

BATCH = 64
LONGEST = 9
"""Characters of the longest plate, and one too many."""
MISREAD_FROM = 4
"""Characters of a plate (province included) from which look-alikes are worth offering."""
ONE_ERROR_FROM = 5
ELSEWHERE_FROM = 3
"""Characters typed without a province from which other provinces are worth asking."""

_SOME_OF_A_PLATE = re.compile(f"[{PROVINCES}]?[A-Z0-9]{{0,8}}[挂学警港澳]?|[A-Z0-9]{{9}}")


def plan_for(desk: Desk, typed: str) -> Plan:
    """The sources for a text in normal form; none for what can be no part of a plate."""
    if not 1 < len(typed) <= LONGEST or not _SOME_OF_A_PLATE.fullmatch(typed):
        return make_plan(())
    starts = _beginnings(desk, typed)
    near = [start for start, kind in starts.items() if kind is SuggestionKind.PREFIX]
    listed = blacklisted(desk, list(starts))
    exact = [Source(SuggestionKind.EXACT, How.WHOLE, start) for start in starts]
    known = desk.reference.trucks.known(starts) | listed
    return make_plan(
        (
            [source for source in exact if source.text in known],
            [Source(kind, How.START, start) for start, kind in starts.items()],
            *(_misread(desk, start) for start in near if len(start) >= MISREAD_FROM),
            *(_one_error(desk, start) for start in near if len(start) >= ONE_ERROR_FROM),
            _parts(typed),
        )
    )


def _beginnings(desk: Desk, typed: str) -> dict[str, SuggestionKind]:
    """What a text may be the beginning of: itself, or with the province that was left out."""
    if typed[0] in PROVINCES:
        return {typed: SuggestionKind.PREFIX}
    home = home_plate(desk)
    starts = dict.fromkeys([home[:1] + typed, home + typed] if home else [], SuggestionKind.PREFIX)
    if len(typed) >= ELSEWHERE_FROM:
        for province in PROVINCES:
            starts.setdefault(province + typed, SuggestionKind.ELSEWHERE)
    return {start: kind for start, kind in starts.items() if len(start) <= LONGEST}


def home_plate(desk: Desk) -> str:
    """What the city's own plates begin with, "" before enrolment."""
    identity = desk.work.meta.identity()
    return identity.city.home_plate if identity else ""


def _misread(desk: Desk, start: str) -> Iterator[Source]:
    ways = [way for way in look_alikes(start) if way != start]
    listed = blacklisted(desk, ways)
    begun = desk.reference.trucks.known_starts(ways)
    for way in ways:
        if way in listed:
            yield Source(SuggestionKind.LOOK_ALIKE, How.WHOLE, way, start)
        if way in begun:
            yield Source(SuggestionKind.LOOK_ALIKE, How.START, way, start)


def _one_error(desk: Desk, start: str) -> Iterator[Source]:
    for other in desk.reference.trucks.one_error(start):
        yield Source(SuggestionKind.ONE_ERROR, How.START, other.text, start)


def _parts(typed: str) -> Iterator[Source]:
    if typed[0] not in PROVINCES:
        yield Source(SuggestionKind.PART, How.PART_HOME, typed)
        yield Source(SuggestionKind.PART, How.PART_ELSEWHERE, typed)


def blacklisted(desk: Desk, plates: list[str]) -> set[str]:
    """Those of the plates that any entry names, in force or not."""
    entries = desk.work.city.blacklist(plates) if plates else []
    return {str(entry["subject"]) for entry in entries if entry["kind"] == "vehicle"}


def given_by(plan: Plan, at: int, plate: str) -> tuple[int, ...]:
    """The places at which a plate is not what was typed, by the source that gave it."""
    source = plan.sources[at]
    if source.kind is SuggestionKind.LOOK_ALIKE:
        return differing(plate, source.meant)
    return departing(plate, source.meant) if source.meant else ()


def plates_from(desk: Desk, plan: Plan, kind: SuggestionKind, place: Place) -> Iterator[tuple[str, Place]]:
    """The plates of a kind from a place on, each with the place after it."""
    for at in plan.of_kind(kind):
        if at >= place.source:
            after = place.after if at == place.source else ""
            yield from _plates_of(desk, plan, at, after)


def _plates_of(desk: Desk, plan: Plan, at: int, after: str | int) -> Iterator[tuple[str, Place]]:
    source = plan.sources[at]
    if source.how is How.WHOLE:
        if after == "" and plan.owner(source.text) == at:
            yield source.text, Place(at, source.text)
    elif source.how is How.START:
        yield from _starting(desk, plan, at, str(after))
    else:
        yield from _containing(desk, plan, at, after if isinstance(after, int) else 0)


def _starting(desk: Desk, plan: Plan, at: int, after: str) -> Iterator[tuple[str, Place]]:
    """In leaps over the plates that belong to earlier sources: there may be very many of them."""
    leap: str | None = after
    while leap is not None:
        after, leap = leap, None
        batch = desk.reference.trucks.starting(plan.sources[at].text, after, BATCH)
        for plate in batch:
            if plan.owner(plate) == at:
                yield plate, Place(at, plate)
            elif start := plan.passed_over(plate, at):
                leap = start + "\U0010ffff"
                break
        if leap is None and len(batch) == BATCH:
            leap = batch[-1]


def _containing(desk: Desk, plan: Plan, at: int, after: int) -> Iterator[tuple[str, Place]]:
    source, home = plan.sources[at], home_plate(desk)
    at_home = source.how is How.PART_HOME
    while batch := desk.reference.trucks.containing(source.text, home, at_home, after, BATCH):
        for after, plate in batch:
            if plan.owner(plate) is None:
                yield plate, Place(at, after)
