"""The blacklist, and the company behind a permit.

A vehicle or company that is to be stopped is not allowed. A driver is known by name alone, and two people may
share one: a driver's entry is never more than a reason to look at the papers.
"""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.verdict.cells import day, key, ref, text
from fieldapp.verdict.model import Answer, Facts, Question, Reason, RowRef
from fieldapp.verdict.names import same_name
from fieldapp.verdict.record_facts import in_force
from sync.contract.codes import is_credit_code
from sync.contract.tables import Row

KINDS = frozenset({"vehicle", "company", "driver"})
"""An entry of another kind that names the very plate is no stop, but it is not passed over."""
STOP, SERIOUS, WATCH = 3, 2, 1
_LEVEL_CODES = {STOP: "stop", SERIOUS: "serious", WATCH: "watch"}


def truck_entries(question: Question, facts: Facts) -> Iterator[Reason]:
    """Entries against the vehicle, and against the driver where a name was given."""
    for entry in facts.blacklist:
        kind, subject = key(entry, "kind"), key(entry, "subject")
        if kind not in ("company", "driver") and subject == question.plate:
            yield from _entry(entry, question, "vehicle")
        elif kind == "driver" and same_name(subject, question.driver):
            yield from _entry(entry, question, "driver")


def company_reasons(permit: Row, question: Question, facts: Facts) -> Iterator[Reason]:
    """Entries against the permit's company, and whether the company is who it says."""
    company_id = key(permit, "company_id")
    for entry in facts.blacklist:
        if key(entry, "kind") == "company" and company_id and key(entry, "subject") == company_id:
            yield from _entry(entry, question, "company")
    company = facts.companies.get(company_id)
    told = {"permit_id": text(permit, "permit_id"), "company": text(permit, "company_id") or "—"}
    if company is None:
        rows = (ref("permit", permit),)
        yield Reason(
            "verdict_company_unknown", Answer.CHECK, rows, told, "advice_papers", ("permit", "company")
        )
        return
    credit = key(company, "credit_code")
    if not is_credit_code(credit):
        told = {
            **told,
            "company": text(company, "name") or told["company"],
            "credit_code": credit[:24] or "—",
        }
        rows = (RowRef("company", company_id[:60]),)
        yield Reason("verdict_credit_code_wrong", Answer.CHECK, rows, told, "advice_papers", ("company",))


def _entry(entry: Row, question: Question, kind: str) -> Iterator[Reason]:
    today = question.at.date()
    starts, ends = day(entry, "valid_from"), day(entry, "valid_to")
    strange = key(entry, "kind") not in KINDS
    twisted = starts is not None and ends is not None and starts > ends
    if not twisted and not in_force(entry, today):
        return
    level = entry.get("level")
    known = _LEVEL_CODES.get(level) if isinstance(level, int) else None
    stop = known == "stop" and kind != "driver" and not twisted and not strange
    facts = {
        "subject": text(entry, "subject"),
        "reason": text(entry, "reason") or "—",
        "issuer": text(entry, "issuer") or "—",
        "since": text(entry, "valid_from") or "—",
        "level": "—" if known is None else str(level),
    }
    says = Answer.NOT_ALLOWED if stop else Answer.CHECK
    advice = "advice_hold" if stop else "advice_identity" if kind == "driver" else "advice_inspect"
    code = f"verdict_blacklist_{kind}"
    yield Reason(code, says, (ref("blacklist", entry),), facts, advice, ("blacklist",))
