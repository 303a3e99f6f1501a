"""The verdict on a truck here and now, as a page shows it and as a record freezes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.truck_cases import TruckCase, truck_cases
from fieldapp.capture.verdict_facts import ask, gather
from fieldapp.verdict.breach import class_of
from fieldapp.verdict.model import Answer, Fact, Facts, Load, Question, Reason, RowRef, Verdict
from fieldapp.verdict.verdict import judge
from sync.contract.records import NOWHERE, ClockState, Place
from sync.contract.tables import Row

TONES = {
    Answer.NOT_ALLOWED: "danger",
    Answer.CHECK: "warning",
    Answer.UNKNOWN: "unknown",
    Answer.ALLOWED: "remark",
}
ALLOWS = "verdict_permit_allows"
ASK, CERTAIN_ONLY = "advice_ask_command", frozenset({"advice_record", "advice_hold"})
"""What to do about something that is not certain: nobody is stopped for it, somebody is asked."""


class Conditions(msgspec.Struct, frozen=True):
    """What is known besides the plate."""

    place: Place = NOWHERE
    load: Load = Load()
    driver: str = ""


class ReasonShown(msgspec.Struct, frozen=True):
    """One reason as codes and facts, to be put into words.

    ``tone``: danger, warning, unknown, success, or remark for what takes nothing away.
    """

    code: str
    tone: str
    facts: Mapping[str, Fact] = {}
    advice: str = ""


class Judged(msgspec.Struct, frozen=True):
    """A verdict with what is shown beside it. ``ages`` are whole seconds by table, None where not known.

    ``class_code`` is what a report of the strongest reason is about, "" where there is no breach; ``frozen``
    the verdict with its question and the rows it rests on, as JSON text.
    """

    plate: str
    answer: str
    reasons: tuple[ReasonShown, ...]
    place: Place
    at: datetime
    clock: str
    permit_id: str = ""
    ages: dict[str, int | None] = {}
    cases: tuple[TruckCase, ...] = ()
    class_code: str = ""
    frozen: str = ""


class Frozen(msgspec.Struct, frozen=True, omit_defaults=True):
    """The facts as they stood: what was asked, what was answered and why, and every row that was named."""

    plate: str
    at: datetime
    clock: ClockState
    place: Place
    load: Load
    answer: Answer
    permit_id: str
    reasons: tuple[str, ...]
    findings: tuple[Reason, ...]
    rows: Mapping[str, Mapping[str, Row]]
    ages: Mapping[str, float]
    clock_offset_s: float | None = None
    driver: str = ""


def judge_here(desk: Desk, plate: str, given: Conditions) -> Judged:
    """Judge a plate at the desk's time, under these conditions."""
    question, facts, verdict = asked(desk, plate, given)
    ages = {name: round(seconds) for name, seconds in facts.ages.items()}
    return Judged(
        plate=question.plate,
        answer=verdict.answer.value,
        reasons=_shown(verdict.reasons),
        place=question.place,
        at=question.at,
        clock=question.clock.value,
        permit_id=verdict.permit_id,
        ages=dict(ages),
        cases=truck_cases(desk, question.plate),
        class_code=class_of(verdict),
        frozen=freeze(question, facts, verdict),
    )


def asked(desk: Desk, plate: str, given: Conditions) -> tuple[Question, Facts, Verdict]:
    """The question as it is put now, what the replica holds on it, and the verdict."""
    question = ask(desk, plate, given.place, load=given.load, driver=given.driver)
    facts = gather(desk, question.plate, question.place, question.at, question.load, driver=question.driver)
    return question, facts, judge(question, facts)


def freeze(question: Question, facts: Facts, verdict: Verdict) -> str:
    """Question, verdict and every row that a reason names, as JSON text with sorted keys."""
    held: dict[str, Mapping[str, Row]] = {
        "permit": {str(row["permit_id"]): row for row in facts.permits},
        "blacklist": {str(row["entry_id"]): row for row in facts.blacklist},
        "prohibited_zone": {str(row["zone_id"]): row for row in facts.zones},
        "company": facts.companies,
        "site": facts.sites,
        "disposal_site": facts.disposal_sites,
    }
    rows: dict[str, dict[str, Row]] = {}
    named = {ref for reason in verdict.reasons for ref in reason.rows}
    if verdict.permit_id:
        named.add(RowRef("permit", verdict.permit_id))
    for ref in named:
        row = held.get(ref.table, {}).get(ref.key)
        if row is not None:
            rows.setdefault(ref.table, {})[ref.key] = row
    frozen = Frozen(
        plate=question.plate,
        at=question.at,
        clock=question.clock,
        clock_offset_s=question.clock_offset_s,
        place=question.place,
        load=question.load,
        driver=question.driver,
        answer=verdict.answer,
        permit_id=verdict.permit_id,
        reasons=tuple(reason.code for reason in verdict.reasons),
        findings=verdict.reasons,
        rows=rows,
        ages=dict(facts.ages),
    )
    return msgspec.json.encode(frozen, order="sorted").decode()


def _shown(reasons: tuple[Reason, ...]) -> tuple[ReasonShown, ...]:
    """Reasons with their tones, remarks last."""
    shown = [
        ReasonShown(
            reason.code,
            "success" if reason.code == ALLOWS else TONES[reason.says],
            reason.facts,
            ASK
            if reason.says is Answer.UNKNOWN and reason.advice_code in CERTAIN_ONLY
            else reason.advice_code,
        )
        for reason in reasons
    ]
    return tuple(sorted(shown, key=lambda reason: reason.tone == "remark"))
