"""Prohibited zones: is the truck in one, on a day and at an hour at which it must not be?

A zone counts against every permit: none of them says that its truck may pass one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fieldapp.verdict.cells import day, ref, text
from fieldapp.verdict.ground import crosses_itself, metres_inside, metres_to_line, points_of
from fieldapp.verdict.hours import Inside, inside, windows_of
from fieldapp.verdict.model import Answer, Facts, Question, Reason
from fieldapp.verdict.place import Circle, circle_of
from sync.contract.tables import Row

NEAR_UNREADABLE_M = 2_000.0
"""A zone whose ring cannot be trusted is spoken of this near to any of its points."""
TABLES = ("prohibited_zone", "day_kind")


def zone_reasons(question: Question, facts: Facts) -> Iterator[Reason]:
    """The zones that the position is, or may be, in at this time."""
    circle = circle_of(question.place, facts.limits)
    if circle is None:
        return
    for zone in facts.zones:
        if not _in_force(zone, question.at.date()):
            continue
        code, says = _where(zone, circle)
        if code:
            yield from _at_hours(zone, code, says, question, facts)


def _in_force(zone: Row, today: date) -> bool:
    """A zone whose dates cannot be read counts."""
    starts, ends = day(zone, "valid_from"), day(zone, "valid_to")
    return not (starts is not None and today < starts) and not (ends is not None and today > ends)


def _where(zone: Row, circle: Circle) -> tuple[str, Answer]:
    ring = points_of(zone.get("ring"))
    if not ring:
        return "verdict_zone_unreadable", Answer.CHECK
    if len(ring) < 4 or ring[0] != ring[-1] or crosses_itself(ring):
        near = metres_to_line(circle.point, ring) - circle.doubt_m < NEAR_UNREADABLE_M
        return ("verdict_zone_unreadable", Answer.CHECK) if near else ("", Answer.ALLOWED)
    depth = metres_inside(circle.point, ring)
    if depth >= circle.doubt_m:
        return "verdict_in_zone", Answer.NOT_ALLOWED
    return ("verdict_near_zone", Answer.CHECK) if depth > -circle.doubt_m else ("", Answer.ALLOWED)


def _at_hours(zone: Row, code: str, says: Answer, question: Question, facts: Facts) -> Iterator[Reason]:
    windows = windows_of(zone.get("windows"), zone.get("day_kinds"))
    told = {
        "zone": text(zone, "name") or text(zone, "zone_id"),
        "windows": text(zone, "windows") or "00:00-24:00",
        "reason": text(zone, "reason") or "—",
        "time": f"{question.at:%H:%M}",
    }
    rows = (ref("prohibited_zone", zone),)
    if windows is None:
        yield Reason("verdict_zone_unreadable", Answer.CHECK, rows, told, "advice_ask_command", TABLES)
        return
    now = inside(windows, question.at, facts.day_kinds) if windows else Inside.YES
    if now is Inside.NO:
        return
    if now is Inside.MAYBE and says is Answer.NOT_ALLOWED:
        code, says = "verdict_zone_day_unknown", Answer.CHECK
    advice = {"verdict_in_zone": "advice_record", "verdict_near_zone": "advice_look_around"}
    yield Reason(code, says, rows, told, advice.get(code, "advice_ask_command"), TABLES)
