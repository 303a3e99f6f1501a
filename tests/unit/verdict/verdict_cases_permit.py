"""What the permit itself, its days and its hours say. Rows of the verdict's table."""

from __future__ import annotations

from fieldapp.verdict.model import Answer, Facts, Question
from tests.unit.verdict.verdict_makers import (
    HOLIDAY,
    MAKEUP,
    WEEKEND,
    at,
    facts,
    permit,
    question,
)

OK, NO, CHECK, UNKNOWN = Answer.ALLOWED, Answer.NOT_ALLOWED, Answer.CHECK, Answer.UNKNOWN
WORKED = "working,makeup"

Case = tuple[str, Answer, str, Question, Facts]
PERMIT_CASES: list[Case] = [
    ("everything in order", OK, "verdict_permit_allows", question(), facts()),
    # the permit exists and covers this plate
    ("no permit", NO, "verdict_permit_missing", question(), facts(permits=())),
    (
        "permit of another truck",
        NO,
        "verdict_permit_other_plate",
        question(),
        facts(permit(plate="粤B11111")),
    ),
    ("lower case full width plate", OK, "verdict_permit_allows", question(plate="粤ｂ·wk516"), facts()),
    ("no number", UNKNOWN, "verdict_permit_unnamed", question(), facts(permit(permit_id=""))),
    (
        "control characters as plate",
        UNKNOWN,
        "verdict_plate_impossible",
        question(plate="\0\x1b[2J"),
        facts(),
    ),
    ("nothing as plate", UNKNOWN, "verdict_plate_impossible", question(plate=""), facts()),
    # status
    ("issued", CHECK, "verdict_permit_issued", question(), facts(permit(status="issued"))),
    ("used", NO, "verdict_permit_used", question(), facts(permit(status="used", used_m3=1000))),
    ("expired", NO, "verdict_permit_expired", question(), facts(permit(status="expired"))),
    ("revoked", NO, "verdict_permit_revoked", question(), facts(permit(status="revoked", reason="偷倒"))),
    ("void", NO, "verdict_permit_void", question(), facts(permit(status="void"))),
    ("unknown status", UNKNOWN, "verdict_status_unknown", question(), facts(permit(status="frozen"))),
    ("no status", UNKNOWN, "verdict_status_unknown", question(), facts(permit(status=None))),
    # dates, in the city's zone
    ("first day", OK, "verdict_permit_allows", question(at=at("2026-01-01")), facts()),
    ("day before the first", NO, "verdict_permit_not_yet", question(at=at("2025-12-31")), facts()),
    ("last day", OK, "verdict_permit_allows", question(at=at("2026-12-31")), facts()),
    ("day after the last", NO, "verdict_permit_past", question(at=at("2027-01-01")), facts()),
    (
        "impossible date",
        UNKNOWN,
        "verdict_dates_impossible",
        question(),
        facts(permit(valid_to="2026-02-30")),
    ),
    ("no date", UNKNOWN, "verdict_dates_impossible", question(), facts(permit(valid_from=None))),
    (
        "ends before it begins",
        UNKNOWN,
        "verdict_dates_impossible",
        question(),
        facts(permit(valid_from="2027-01-01")),
    ),
    # windows
    ("as the window begins", OK, "verdict_permit_allows", question(at=at(time="22:00")), facts()),
    ("a minute before", NO, "verdict_outside_window", question(at=at(time="21:59")), facts()),
    ("past midnight", OK, "verdict_permit_allows", question(at=at(time="05:59")), facts()),
    ("as the window ends", NO, "verdict_outside_window", question(at=at(time="06:00")), facts()),
    (
        "second window",
        OK,
        "verdict_permit_allows",
        question(at=at(time="12:30")),
        facts(permit(windows="22:00-06:00;12:00-14:00")),
    ),
    (
        "until 24:00",
        OK,
        "verdict_permit_allows",
        question(at=at(time="23:59")),
        facts(permit(windows="20:00-24:00")),
    ),
    ("working day's window", OK, "verdict_permit_allows", question(), facts(permit(window_days="working"))),
    ("weekend", NO, "verdict_wrong_day", question(at=at(WEEKEND)), facts(permit(window_days=WORKED))),
    (
        "Friday's window on Saturday 01:00",
        OK,
        "verdict_permit_allows",
        question(at=at(WEEKEND, "01:00")),
        facts(permit(window_days="working")),
    ),
    ("holiday", NO, "verdict_wrong_day", question(at=at(HOLIDAY)), facts(permit(window_days=WORKED))),
    (
        "holiday's window",
        OK,
        "verdict_permit_allows",
        question(at=at(HOLIDAY)),
        facts(permit(window_days="weekend,holiday")),
    ),
    (
        "make-up Saturday",
        OK,
        "verdict_permit_allows",
        question(at=at(MAKEUP)),
        facts(permit(window_days=WORKED)),
    ),
    (
        "make-up Saturday is no weekend",
        NO,
        "verdict_wrong_day",
        question(at=at(MAKEUP)),
        facts(permit(window_days="weekend")),
    ),
    (
        "days for each window",
        OK,
        "verdict_permit_allows",
        question(at=at(WEEKEND)),
        facts(permit(windows="07:00-09:00;22:00-06:00", window_days="working;weekend")),
    ),
    (
        "kind of day not known",
        CHECK,
        "verdict_day_kind_unknown",
        question(),
        facts(permit(window_days="working"), day_kinds={}),
    ),
    (
        "kind not known, either will do",
        OK,
        "verdict_permit_allows",
        question(),
        facts(permit(window_days="working,holiday"), day_kinds={}),
    ),
    (
        "windows unreadable",
        UNKNOWN,
        "verdict_windows_unreadable",
        question(),
        facts(permit(windows="25:00-06:00")),
    ),
    (
        "windows of no known days",
        UNKNOWN,
        "verdict_windows_unreadable",
        question(),
        facts(permit(window_days="mondays")),
    ),
    ("no windows", CHECK, "verdict_windows_missing", question(), facts(permit(windows=""))),
]
