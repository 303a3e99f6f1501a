"""What a person may mean by what has been typed so far: plates, plates like them, companies; page by page.

Typed with its province the text is a plate's beginning; without it the home city comes first, then the home
province, then the others. The first page shows the best of every kind, the next ones all that is left.
"""

from __future__ import annotations

import unicodedata
from itertools import islice

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.lookup import today
from fieldapp.capture.suggest_plan import Place, Plan, SuggestionKind, departing
from fieldapp.capture.suggest_plates import blacklisted, given_by, plan_for, plates_from
from fieldapp.verdict.look_alikes import differing, look_alikes
from fieldapp.verdict.record_facts import PermitFact, best_first, in_force, permit_fact
from sync.contract.plate import normalise_plate
from sync.replica.company_search import CompanyFound

FIRST = {
    SuggestionKind.EXACT: 4,
    SuggestionKind.PREFIX: 10,
    SuggestionKind.ELSEWHERE: 6,
    SuggestionKind.LOOK_ALIKE: 4,
    SuggestionKind.ONE_ERROR: 6,
    SuggestionKind.PART: 6,
    SuggestionKind.COMPANY: 6,
}
"""How many of each kind the first page shows."""
PAGE = 40
LONGEST_TEXT = 100
LEAST_COMPANY = 2
NEAR = 12
"""Plates like a whole one that are shown beside it."""
MEANT = 8
"""Plates offered in place of one that cannot be."""


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


class More(msgspec.Struct, frozen=True):
    """Where each kind that has more goes on."""

    plates: dict[SuggestionKind, Place]
    companies: CompanyFound | None = None


class SuggestionPage(msgspec.Struct, frozen=True):
    """Some suggestions; ``more`` is None when there are no others."""

    rows: tuple[Suggestion, ...] = ()
    more: More | None = None


def suggest(desk: Desk, text: str) -> tuple[Suggestion, ...]:
    """The first page's suggestions, the likeliest first. Reads indexes only; takes a few milliseconds."""
    return suggestion_page(desk, text).rows


def may_mean(desk: Desk, text: str) -> tuple[str, ...]:
    """The known plates that somebody may mean by what is no plate: offered, never taken in its place."""
    rows = suggest(desk, text)
    return tuple(row.key for row in rows if row.kind is not SuggestionKind.COMPANY)[:MEANT]


def suggestion_page(desk: Desk, text: str, more: More | None = None) -> SuggestionPage:
    """The first page, or what comes after a page with ``more``: each match once, however it is found."""
    if len(text) > LONGEST_TEXT or not text.isprintable():
        return SuggestionPage()
    plan = plan_for(desk, normalise_plate(text))
    places = more.plates if more else {kind: Place(at[0]) for kind in FIRST if (at := plan.of_kind(kind))}
    rows: list[Suggestion] = []
    left: dict[SuggestionKind, Place] = {}
    for kind, place in places.items():
        limit = PAGE - len(rows) if more else FIRST[kind]
        found, place_left = _some(desk, plan, kind, place, limit)
        rows += found
        if place_left is not None:
            left[kind] = place_left
    companies, last = _companies(
        desk, text, more, PAGE - len(rows) if more else FIRST[SuggestionKind.COMPANY]
    )
    page = (*_with_facts(desk, rows), *companies)
    return SuggestionPage(page, More(left, last) if left or last else None)


def near(desk: Desk, plate: str) -> tuple[Suggestion, ...]:
    """The known look-alikes of a whole plate; of an unknown one, those one character away too."""
    alike = [plate, *look_alikes(plate)]
    known = desk.reference.trucks.known(alike) | blacklisted(desk, alike)
    found = {
        other: Suggestion(SuggestionKind.LOOK_ALIKE, other, other, differs=differing(other, plate))
        for other in alike
        if other in known and other != plate
    }
    for other in () if plate in known else desk.reference.trucks.within_one(plate):
        places = departing(other, plate)
        found.setdefault(other, Suggestion(SuggestionKind.ONE_ERROR, other, other, differs=places))
    return _with_facts(desk, list(found.values())[:NEAR])


def _some(
    desk: Desk, plan: Plan, kind: SuggestionKind, place: Place, limit: int
) -> tuple[list[Suggestion], Place | None]:
    """Up to ``limit`` of a kind from a place on, and the place after them if there is another."""
    if limit <= 0:
        return [], place
    found = list(islice(plates_from(desk, plan, kind, place), limit + 1))
    rows = [
        Suggestion(kind, plate, plate, differs=given_by(plan, at.source, plate))
        for plate, at in found[:limit]
    ]
    return rows, found[limit - 1][1] if len(found) > limit else None


def _companies(
    desk: Desk, text: str, more: More | None, limit: int
) -> tuple[list[Suggestion], CompanyFound | None]:
    after = more.companies if more else CompanyFound()
    part = unicodedata.normalize("NFKC", text).strip()
    if after is None or len(part) < LEAST_COMPANY:
        return [], None
    if limit <= 0:
        return [], after
    found = desk.reference.companies_like(part, after=after, limit=limit + 1)
    rows = [
        Suggestion(SuggestionKind.COMPANY, one.company_id, one.name, one.credit_code) for one in found[:limit]
    ]
    return rows, found[limit - 1] if len(found) > limit else None


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
