"""The signs on the map, read from the replica: sites, cases with their lights, own reports, alerts, zones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.own_reports import counts
from fieldapp.capture.timing import desk_timing
from fieldapp.geo.layers import BoxIndex, Mark, box_around, mark_of, parse_route
from fieldapp.geo.plane import LocalPlane
from fieldapp.viewmodels.map_scene import ALERTS, CASES, DISPOSAL, REPORTS, SITES, Zone
from sync.contract.alerts import OVER, AlertState, Severity
from sync.contract.lifecycle import LIVE
from sync.contract.records import RecordType, Report
from sync.contract.sla import NO_CLOCK, Level, read_clock
from sync.contract.tables import Row
from sync.contract.timing import read_cells
from sync.contract.wire import decode_record
from sync.contract.worktime import Worktime

OPEN = frozenset(state.value for state in LIVE)
OPEN_ALERTS = tuple(state.value for state in AlertState if state not in OVER)
ALERT_LIGHTS: dict[object, str] = {Severity.SERIOUS.value: "yellow", Severity.GRAVE.value: "red"}
"""What an alert's severity is as a light, for its own sign and for the number it stands under."""
CASES_MOST = 10_000
REPORTS_MOST = 2_000
WAITING_MOST = 500
Marks = dict[str, BoxIndex[Mark]]


def read_marks(desk: Desk, plane: LocalPlane) -> Marks:
    """Sites, disposal sites, cases that are not over, own reports, alerts that are not answered."""
    return {
        SITES: indexed(mark_of(row, plane, SITES, "site_id", "name") for row in desk.reference.sites()),
        DISPOSAL: indexed(
            mark_of(row, plane, DISPOSAL, "disposal_site_id", "name")
            for row in desk.reference.disposal_sites()
        ),
        CASES: indexed(_cases(desk, plane)),
        REPORTS: indexed(_reports(desk, plane)),
        ALERTS: indexed(_alerts(desk, plane)),
    }


def read_zones(desk: Desk, plane: LocalPlane) -> tuple[Zone, ...]:
    """Zones that hold on the city's day of now."""
    today = desk.clock.now().date().isoformat()
    zones = []
    for row in desk.reference.prohibited_zones():
        if str(row["valid_from"] or "") > today or (row["valid_to"] and str(row["valid_to"]) < today):
            continue
        ring = tuple(plane.to_metres(lon, lat) for lon, lat in parse_route(str(row["ring"] or "")))
        box = box_around(ring)
        if box is not None and len(ring) > 2:
            zones.append(Zone(str(row["name"] or ""), ring, box))
    return tuple(zones)


def indexed(marks: Iterable[Mark | None]) -> BoxIndex[Mark]:
    """Marks to be found by a box."""
    return BoxIndex(((*mark.at, *mark.at), mark) for mark in marks if mark is not None)


def light_of(row: Row, now: datetime, worktime: Worktime) -> str:
    """red, yellow or "" for a case's time limit at a moment."""
    clock = read_cells(row)
    if clock != NO_CLOCK:
        level = read_clock(clock, now, worktime).level
        return level.value if level in (Level.RED, Level.YELLOW) else ""
    try:
        due = datetime.fromisoformat(str(row["due_at"])) if row["due_at"] else None
    except ValueError:
        return ""
    return "red" if due is not None and due < now else ""


def _cases(desk: Desk, plane: LocalPlane) -> Iterator[Mark | None]:
    me, worktime = desk.officer.officer_id, desk_timing(desk).worktime
    fix = desk.work.meta.clock_fix()
    now = desk.clock.now() + timedelta(milliseconds=fix.offset_ms if fix else 0)
    for row in desk.work.pins.cases(sorted(OPEN), CASES_MOST):
        mark = mark_of(row, plane, CASES, "case_id", "class_code", me)
        yield mark and msgspec.structs.replace(mark, light=light_of(row, now, worktime))


def _reports(desk: Desk, plane: LocalPlane) -> Iterator[Mark | None]:
    """What I filed, in whatever state, and what waits here to be sent."""
    told = set()
    for row in desk.work.pins.reports(desk.officer.officer_id, REPORTS_MOST):
        told.add(str(row["case_id"]))
        yield mark_of(row, plane, REPORTS, "case_id", "class_code")
    for entry in desk.work.outbox.entries(limit=WAITING_MOST):
        record = entry.record
        own = record.record_type is RecordType.REPORT and record.officer_id == desk.officer.officer_id
        if own and record.record_id not in told and counts(entry):
            report = decode_record(RecordType.REPORT, record.body)
            assert isinstance(report, Report)
            at = {"case_id": report.report_id, "lon": report.place.lon, "lat": report.place.lat}
            yield mark_of(at, plane, REPORTS, "case_id", "class_code")


def _alerts(desk: Desk, plane: LocalPlane) -> Iterator[Mark | None]:
    me = desk.officer.officer_id
    for row in desk.work.pins.alerts(OPEN_ALERTS, CASES_MOST):
        mark = mark_of(row, plane, ALERTS, "alert_id", "kind")
        light = ALERT_LIGHTS.get(row["severity"], "")
        yield mark and msgspec.structs.replace(mark, mine=row["holder"] == me, light=light)
