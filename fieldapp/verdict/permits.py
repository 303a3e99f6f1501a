"""One permit by itself: does it cover this plate, is it in force on this day, is volume left of it?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fieldapp.verdict.cells import day, finite, key, ref, text
from fieldapp.verdict.model import Answer, Limits, Question, Reason
from sync.contract.tables import Row

_STATUS = {
    "issued": ("verdict_permit_issued", Answer.CHECK, "advice_ask_command"),
    "used": ("verdict_permit_used", Answer.NOT_ALLOWED, "advice_record"),
    "expired": ("verdict_permit_expired", Answer.NOT_ALLOWED, "advice_record"),
    "revoked": ("verdict_permit_revoked", Answer.NOT_ALLOWED, "advice_hold"),
    "void": ("verdict_permit_void", Answer.NOT_ALLOWED, "advice_record"),
}
TABLES = ("permit",)


def permit_reasons(permit: Row, question: Question, limits: Limits) -> Iterator[Reason]:
    """What the permit's plate, status, dates and volume say against it."""
    if not text(permit, "permit_id"):
        yield _reason(permit, "verdict_permit_unnamed", Answer.UNKNOWN, "advice_papers")
    if key(permit, "plate") != question.plate:
        plate = text(permit, "plate")
        yield _reason(permit, "verdict_permit_other_plate", Answer.NOT_ALLOWED, "advice_compare", plate=plate)
    yield from _status(permit)
    yield from _dates(permit, question.at.date())
    yield from _volume(permit, limits)


def _status(permit: Row) -> Iterator[Reason]:
    status = key(permit, "status")
    if status == "active":
        return
    if status not in _STATUS:
        shown = text(permit, "status") or "—"
        yield _reason(permit, "verdict_status_unknown", Answer.UNKNOWN, "advice_ask_command", status=shown)
        return
    code, says, advice = _STATUS[status]
    yield _reason(permit, code, says, advice, reason=text(permit, "reason") or "—")


def _dates(permit: Row, today: date) -> Iterator[Reason]:
    starts, ends = day(permit, "valid_from"), day(permit, "valid_to")
    dates = {"valid_from": text(permit, "valid_from") or "—", "valid_to": text(permit, "valid_to") or "—"}
    if starts is None or ends is None or starts > ends:
        yield _reason(permit, "verdict_dates_impossible", Answer.UNKNOWN, "advice_ask_command", **dates)
    elif today < starts:
        yield _reason(permit, "verdict_permit_not_yet", Answer.NOT_ALLOWED, "advice_record", **dates)
    elif today > ends and key(permit, "status") != "expired":
        yield _reason(permit, "verdict_permit_past", Answer.NOT_ALLOWED, "advice_record", **dates)


def _volume(permit: Row, limits: Limits) -> Iterator[Reason]:
    approved, used = finite(permit.get("approved_m3")), finite(permit.get("used_m3"))
    volume = {"approved_m3": text(permit, "approved_m3") or "—", "used_m3": text(permit, "used_m3") or "—"}
    if approved is None or used is None or approved < 0 or used < 0:
        yield _reason(permit, "verdict_volume_unreadable", Answer.UNKNOWN, "advice_ask_command", **volume)
    elif approved == 0:
        yield _reason(permit, "verdict_volume_missing", Answer.CHECK, "advice_papers", **volume)
    elif used >= approved:
        if key(permit, "status") != "used":
            yield _reason(permit, "verdict_volume_used_up", Answer.NOT_ALLOWED, "advice_record", **volume)
    elif used >= limits.nearly_used * approved:
        yield _reason(permit, "verdict_volume_nearly_used", Answer.ALLOWED, "", **volume)


def _reason(permit: Row, code: str, says: Answer, advice: str, **facts: str) -> Reason:
    named = {"permit_id": text(permit, "permit_id"), **facts}
    return Reason(code, says, (ref("permit", permit),), named, advice, TABLES)
