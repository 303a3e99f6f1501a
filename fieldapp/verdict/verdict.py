"""May this truck be here, now, with this load? One pure function over a question and facts.

Every demand that holds for the truck must be met, and all demands of one permit: the worst finding counts.
Of several permits the best counts, and it is named. What rests on data that is too old is not certain.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from fieldapp.verdict.age import age_reasons, clock_reasons, oldest, stale_tables, weakened
from fieldapp.verdict.cells import ref, text
from fieldapp.verdict.load import load_reasons, measure_reasons
from fieldapp.verdict.model import GOODNESS, Answer, Facts, Question, Reason, Verdict
from fieldapp.verdict.permits import permit_reasons
from fieldapp.verdict.place import place_reasons, position_reasons
from fieldapp.verdict.warnings import company_reasons, truck_entries
from fieldapp.verdict.windows import window_reasons
from fieldapp.verdict.zones import zone_reasons
from sync.contract.errors import InputRefused
from sync.contract.plate import parse_plate, printable
from sync.contract.tables import Row


class _Judged(msgspec.Struct, frozen=True):
    permit: Row
    answer: Answer
    reasons: tuple[Reason, ...]


def judge(question: Question, facts: Facts) -> Verdict:
    """The verdict. Total: whatever stands in the rows, it answers, and never better than it knows."""
    try:
        plate = parse_plate(question.plate).text
    except InputRefused:
        told = {"value": printable(question.plate)}
        reason = Reason("verdict_plate_impossible", Answer.UNKNOWN, (), told, "advice_read_again")
        return Verdict(Answer.UNKNOWN, (reason,), "", oldest(facts), facts.look_alikes)
    question = msgspec.structs.replace(question, plate=plate)
    stale = stale_tables(facts)
    general = [weakened(reason, stale) for reason in _general(question, facts, stale)]
    permits = sorted(
        (_judged(permit, question, facts, stale) for permit in _latest_first(facts.permits)),
        key=lambda judged: (-GOODNESS[judged.answer], len(judged.reasons)),
    )
    best = permits[0] if permits else None
    reasons = [*general, *(best.reasons if best else _without_permit(question, facts, stale))]
    answer = _worst(reasons)
    if best is not None and best.answer is not Answer.ALLOWED:
        reasons += [_strongest(other.reasons) for other in permits[1:]]
    if best is not None and best.answer is Answer.ALLOWED:
        reasons.append(_allows(best.permit))
    ordered = tuple(sorted(reasons, key=lambda reason: GOODNESS[reason.says]))
    permit_id = text(best.permit, "permit_id") if best else ""
    return Verdict(answer, ordered, permit_id, oldest(facts), facts.look_alikes)


def _general(question: Question, facts: Facts, stale: frozenset[str]) -> Iterable[Reason]:
    """What holds for the truck whatever its permits say."""
    yield from truck_entries(question, facts)
    yield from zone_reasons(question, facts)
    yield from position_reasons(question, facts.limits)
    yield from measure_reasons(question, facts.limits)
    yield from age_reasons(facts, stale)
    yield from clock_reasons(question, facts)


def _judged(permit: Row, question: Question, facts: Facts, stale: frozenset[str]) -> _Judged:
    found = [
        *permit_reasons(permit, question, facts.limits),
        *window_reasons(permit, question, facts),
        *place_reasons(permit, question, facts),
        *load_reasons(permit, question, facts.limits),
        *company_reasons(permit, question, facts),
    ]
    reasons = tuple(weakened(reason, stale) for reason in found)
    return _Judged(permit, _worst(reasons), reasons)


def _latest_first(permits: Iterable[Row]) -> list[Row]:
    """Of permits that say as much, the one that lasts longest is spoken of first."""
    named = sorted(permits, key=lambda permit: text(permit, "permit_id"))
    return sorted(named, key=lambda permit: text(permit, "valid_to"), reverse=True)


def _without_permit(question: Question, facts: Facts, stale: frozenset[str]) -> Iterable[Reason]:
    told = {"plate": question.plate}
    missing = Reason("verdict_permit_missing", Answer.NOT_ALLOWED, (), told, "advice_record", ("permit",))
    yield weakened(missing, stale)
    if facts.look_alikes:
        plates = " ".join(printable(plate) for plate in facts.look_alikes[:4])
        yield Reason("verdict_look_alikes", Answer.ALLOWED, (), {"plates": plates}, "advice_compare")


def _allows(permit: Row) -> Reason:
    facts = {"permit_id": text(permit, "permit_id"), "valid_to": text(permit, "valid_to")}
    return Reason("verdict_permit_allows", Answer.ALLOWED, (ref("permit", permit),), facts, "", ("permit",))


def _worst(reasons: Iterable[Reason]) -> Answer:
    return min((reason.says for reason in reasons), key=lambda says: GOODNESS[says], default=Answer.ALLOWED)


def _strongest(reasons: tuple[Reason, ...]) -> Reason:
    return min(reasons, key=lambda reason: GOODNESS[reason.says])
