"""What a person may mean by what has been typed so far: plates, look-alikes of them, companies.

Typed with its province the text is a plate's beginning; without it the home city comes first, then the home
province, then the others. Look-alikes are found by asking the plate index for each way to misread the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import Enum
from itertools import islice

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.lookup import today
from fieldapp.verdict.look_alikes import differing, look_alikes
from fieldapp.verdict.record_facts import PermitFact, best_first, in_force, permit_fact
from sync.contract.plate import PROVINCES, is_possible_part, normalise_plate

PLATES = 10
LOOK_ALIKES = 4
COMPANIES = 6
LONGEST = 8
MISREAD_FROM = 4
"""Characters of a plate (province included) from which look-alikes are worth offering."""
ELSEWHERE_FROM = 3
"""Characters typed without a province from which other provinces are worth asking."""


class SuggestionKind(Enum):
    """Why something is suggested."""

    EXACT = "exact"
    PREFIX = "prefix"
    ELSEWHERE = "elsewhere"
    LOOK_ALIKE = "look_alike"
    COMPANY = "company"


class Suggestion(msgspec.Struct, frozen=True):
    """One line. ``key`` is a plate or a company id; ``fact`` how the truck's best permit stands, "" for none.

    ``differs`` are the places at which a look-alike is not what was typed.
    """

    kind: SuggestionKind
    key: str
    title: str
    subtitle: str = ""
    fact: str = ""
    permits: int = 0
    blacklisted: bool = False
    differs: tuple[int, ...] = ()


def suggest(desk: Desk, text: str) -> tuple[Suggestion, ...]:
    """Suggestions for a text, the likeliest first. Reads indexes only; takes a few milliseconds."""
    plate = normalise_plate(text)
    found = list(_plates(desk, plate)) if len(plate) > 1 and is_possible_part(plate) else []
    return (*_with_facts(desk, found), *_companies(desk, text))


def near(desk: Desk, plate: str) -> tuple[Suggestion, ...]:
    """The look-alikes of a whole plate that the records know."""
    return _with_facts(desk, list(_misread(desk, plate, {plate})))


def _plates(desk: Desk, typed: str) -> Iterator[Suggestion]:
    starts = _beginnings(desk, typed)
    listed = _blacklisted(desk, list(starts))
    seen: set[str] = set()
    found = {start: desk.reference.plates_starting(start, PLATES + 1) for start in starts}
    for start, plates in found.items():
        if start in listed or start in plates:
            seen.add(start)
            yield Suggestion(SuggestionKind.EXACT, start, start)
    for start, plates in found.items():
        for plate in plates:
            if plate not in seen and len(seen) < PLATES:
                seen.add(plate)
                yield Suggestion(starts[start], plate, plate)
    for start, kind in starts.items():
        if kind is SuggestionKind.PREFIX and len(start) >= MISREAD_FROM:
            yield from islice(_misread(desk, start, seen), LOOK_ALIKES)


def _beginnings(desk: Desk, typed: str) -> dict[str, SuggestionKind]:
    """What a text may be the beginning of: itself, or with the province that was left out."""
    if typed[0] in PROVINCES:
        return {typed: SuggestionKind.PREFIX}
    identity = desk.work.meta.identity()
    home = identity.city.home_plate if identity else ""
    starts = dict.fromkeys([home[:1] + typed, home + typed] if home else [], SuggestionKind.PREFIX)
    if len(typed) >= ELSEWHERE_FROM:
        for province in PROVINCES:
            starts.setdefault(province + typed, SuggestionKind.ELSEWHERE)
    return {start: kind for start, kind in starts.items() if len(start) <= LONGEST}


def _misread(desk: Desk, start: str, seen: set[str]) -> Iterator[Suggestion]:
    ways = list(look_alikes(start))
    listed = _blacklisted(desk, ways) if ways else set()
    for way in ways:
        own = [way] if way in listed else []
        for plate in dict.fromkeys([*own, *desk.reference.plates_starting(way, 2)]):
            if plate not in seen:
                seen.add(plate)
                yield Suggestion(SuggestionKind.LOOK_ALIKE, plate, plate, differs=differing(plate, start))


def _blacklisted(desk: Desk, plates: list[str]) -> set[str]:
    entries = desk.work.city.blacklist(plates)
    return {str(entry["subject"]) for entry in entries if entry["kind"] == "vehicle"}


def _companies(desk: Desk, text: str) -> Iterator[Suggestion]:
    part = unicodedata.normalize("NFKC", text).strip()
    if len(part) < 2:
        return
    for row in desk.reference.companies_like(part, COMPANIES):
        name, credit = str(row["name"] or ""), str(row["credit_code"] or "")
        yield Suggestion(SuggestionKind.COMPANY, str(row["company_id"]), name, credit)


def _with_facts(desk: Desk, plates: list[Suggestion]) -> tuple[Suggestion, ...]:
    if not plates:
        return ()
    day = today(desk)
    entries = desk.work.city.blacklist([plate.key for plate in plates])
    listed = {str(row["subject"]) for row in entries if in_force(row, day)}
    told = []
    for plate in plates:
        permits = best_first(desk.reference.permits(plate.key), day)
        fact: PermitFact | None = permit_fact(permits[0], day) if permits else None
        company = desk.reference.company(str(permits[0]["company_id"])) if permits else None
        told.append(
            msgspec.structs.replace(
                plate,
                subtitle=str(company["name"] or "") if company else "",
                fact=fact.value if fact else "",
                permits=len(permits),
                blacklisted=plate.key in listed,
            )
        )
    return tuple(told)
