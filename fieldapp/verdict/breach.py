"""Which case class a verdict's strongest reason is about, so that a report begins with the right one."""

from __future__ import annotations

from fieldapp.verdict.model import Answer, Verdict

WITHOUT_PERMIT, OFF_ROUTE, OUTSIDE_HOURS, OVERLOADED = "03-10", "03-12", "03-13", "03-15"
CLASSES = {
    "verdict_permit_missing": WITHOUT_PERMIT,
    "verdict_permit_other_plate": WITHOUT_PERMIT,
    "verdict_permit_issued": WITHOUT_PERMIT,
    "verdict_permit_not_yet": WITHOUT_PERMIT,
    "verdict_permit_past": WITHOUT_PERMIT,
    "verdict_permit_expired": WITHOUT_PERMIT,
    "verdict_permit_used": WITHOUT_PERMIT,
    "verdict_permit_revoked": WITHOUT_PERMIT,
    "verdict_permit_void": WITHOUT_PERMIT,
    "verdict_volume_used_up": WITHOUT_PERMIT,
    "verdict_off_route": OFF_ROUTE,
    "verdict_in_zone": OFF_ROUTE,
    "verdict_outside_window": OUTSIDE_HOURS,
    "verdict_wrong_day": OUTSIDE_HOURS,
    "verdict_load_over": OVERLOADED,
    "verdict_length_over": OVERLOADED,
    "verdict_width_over": OVERLOADED,
    "verdict_height_over": OVERLOADED,
}
"""Reason codes of breaches and the class of the city's table each is reported under."""


def class_of(verdict: Verdict) -> str:
    """The class of the first reason that tells of a breach; "" where none does."""
    for reason in verdict.reasons:
        if reason.says in (Answer.NOT_ALLOWED, Answer.CHECK) and reason.code in CLASSES:
            return CLASSES[reason.code]
    return ""
