"""A permit's daily windows against the city's local time and the kind of the day."""

from __future__ import annotations

from collections.abc import Iterator

from fieldapp.verdict.cells import ref, text
from fieldapp.verdict.hours import Inside, Window, inside, windows_of
from fieldapp.verdict.model import Answer, Facts, Question, Reason, RowRef
from sync.contract.tables import Row


def window_reasons(permit: Row, question: Question, facts: Facts) -> Iterator[Reason]:
    """Why the permit does not cover this time of this day."""
    windows = windows_of(permit.get("windows"), permit.get("window_days"))
    told = {
        "permit_id": text(permit, "permit_id"),
        "windows": text(permit, "windows") or "—",
        "time": f"{question.at:%H:%M}",
    }
    rows = (ref("permit", permit),)
    if windows is None:
        yield Reason("verdict_windows_unreadable", Answer.UNKNOWN, rows, told, "advice_papers", ("permit",))
        return
    if not windows or not text(permit, "windows").strip():
        yield Reason("verdict_windows_missing", Answer.CHECK, rows, told, "advice_papers", ("permit",))
        return
    answer = inside(windows, question.at, facts.day_kinds)
    if answer is Inside.YES:
        return
    today = question.at.date().isoformat()
    kinds = any(window.kinds for window in windows)
    rests = (*rows, RowRef("day_kind", today)) if kinds else rows
    tables = ("permit", "day_kind") if kinds else ("permit",)
    told["day"] = today
    if answer is Inside.MAYBE:
        yield Reason("verdict_day_kind_unknown", Answer.CHECK, rests, told, "advice_calendar", tables)
        return
    on_every_day = tuple(Window(window.begins, window.ends, frozenset()) for window in windows)
    at_any_day = inside(on_every_day, question.at, {}) is Inside.YES
    code = "verdict_wrong_day" if at_any_day else "verdict_outside_window"
    yield Reason(code, Answer.NOT_ALLOWED, rests, told, "advice_record", tables)
