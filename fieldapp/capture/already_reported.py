"""Before a report is filed: is this reported already? And if so: give that case the new photos instead.

place, class, pictures → open cases around → likeness → the likeliest few, for a person to decide
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from fieldapp.capture.act import submit_act
from fieldapp.capture.city_time import now
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, OpenDraft, open_draft
from fieldapp.capture.own_reports import counts, row_of
from fieldapp.capture.report import SavedRecord
from fieldapp.capture.same_thing import LIKELY, REACH_M, Likeness, Thing, likeness
from fieldapp.geo.plane import LocalPlane
from sync.contract.codes import OUTSIDE, UNPLACED
from sync.contract.errors import InputRefused
from sync.contract.ids import short_id
from sync.contract.lifecycle import ActKind
from sync.contract.looks import parse_looks
from sync.contract.plate import normalise_plate
from sync.contract.records import NOWHERE, Place, RecordType, Report
from sync.contract.wire import decode_record
from sync.replica.cases_near import CaseNear

MOST = 5
_LOOKED_AT = 400
_LATELY = 100


class Reported(msgspec.Struct, frozen=True):
    """An open case that may be the same thing. ``own``: it waits on this very tablet still."""

    case_id: str
    short_id: str
    state: str
    title_zh: str
    title_en: str
    note: str
    reported_at: datetime | None
    likeness: Likeness
    own: bool = False


def already_reported(
    desk: Desk, body: DraftBody, place: Place, grid_cell: str, looks: tuple[str, ...]
) -> tuple[Reported, ...]:
    """The open cases that are likeliest to be what is about to be reported, the likeliest first."""
    new = Thing(
        class_code=body.class_code,
        plate=normalise_plate(body.plate),
        lon=place.lon,
        lat=place.lat,
        accuracy_m=place.accuracy_m or 0.0,
        at=now(desk).at,
        looks=looks,
    )
    found = []
    for case, own in _around(desk, new, grid_cell):
        alike = _compare(new, case)
        if alike.score >= LIKELY:
            found.append(_told(desk, case, alike, own))
    found.sort(key=lambda one: (-one.likeness.score, one.case_id))
    return tuple(found[:MOST])


def add_to_case(desk: Desk, draft_id: str, case_id: str) -> SavedRecord:
    """Give a case what a report's draft holds, as a supplement; the draft comes back when that is undone.

    What the draft says besides is said in the note: nothing typed is lost. ``supplement_empty`` where there
    is neither photo nor note.
    """
    opened = open_draft(desk, draft_id)
    if not opened.photos and not opened.body.note.strip():
        raise InputRefused("supplement_empty")
    return submit_act(
        desk,
        case_id,
        ActKind.SUPPLEMENT,
        note=_note_of(opened.body),
        place=_place_of(opened),
        draft_id=draft_id,
        keep_body=True,
    )


def _note_of(body: DraftBody) -> str:
    parts = [body.note.strip()]
    parts += [text.strip() for text in (body.plate, body.address) if text.strip() not in body.note]
    return "\n".join(part for part in parts if part)


def _place_of(opened: OpenDraft) -> Place:
    if opened.body.place.lon is not None:
        return opened.body.place
    return next((s.photo.place for s in opened.photos if s.photo.place.lon is not None), NOWHERE)


def _around(desk: Desk, new: Thing, grid_cell: str) -> Iterable[tuple[CaseNear, bool]]:
    """Central's cases around, and the reports of this tablet that central has not told back."""
    told: list[CaseNear] = []
    if new.lon is not None and new.lat is not None:
        plane, reach = LocalPlane(new.lon, new.lat), REACH_M + min(new.accuracy_m, REACH_M)
        west, south = plane.to_degrees(-reach, -reach)
        east, north = plane.to_degrees(reach, reach)
        told = desk.work.tasks.open_cases_in(west, south, east, north, _LOOKED_AT)
    if grid_cell and grid_cell not in (OUTSIDE, UNPLACED):
        held = {case.case_id for case in told}
        of_cell = desk.work.tasks.open_cases_of_cell(grid_cell, _LOOKED_AT)
        placeless = [c for c in of_cell if c.case_id not in held and (c.lon is None or new.lon is None)]
        told = [*told, *placeless]
    yield from ((case, False) for case in told)
    for row in _own_waiting(desk):
        if row.lon is not None and new.lon is not None:
            yield row, True


def _own_waiting(desk: Desk) -> Iterable[CaseNear]:
    for entry in desk.work.outbox.entries(limit=_LATELY):
        if entry.record.record_type is not RecordType.REPORT or not counts(entry):
            continue
        if desk.work.tasks.case(entry.record.record_id) is not None:
            continue
        report = decode_record(RecordType.REPORT, entry.record.body)
        assert isinstance(report, Report)
        row = row_of(report, "")
        yield CaseNear(
            report.report_id, str(row["state"]), report.class_code, report.note, report.place.lon,
            report.place.lat, report.plate, report.officer_id, str(row["reported_at"]), str(row["looks"]),
            report.address,
        )  # fmt: skip


def _compare(new: Thing, case: CaseNear) -> Likeness:
    metres = None
    if None not in (new.lon, new.lat, case.lon, case.lat):
        plane = LocalPlane(new.lon or 0.0, new.lat or 0.0)
        east, north = plane.to_metres(case.lon or 0.0, case.lat or 0.0)
        metres = float((east * east + north * north) ** 0.5)
    known = Thing(
        class_code=case.class_code,
        plate=normalise_plate(case.plate),
        at=_moment(case.reported_at),
        looks=parse_looks(case.looks),
    )
    return likeness(new, known, metres)


def _told(desk: Desk, case: CaseNear, alike: Likeness, own: bool) -> Reported:
    known = desk.reference.case_class(case.class_code)
    zh, en = (str(known["name_zh"] or ""), str(known["name_en"] or "")) if known else ("", "")
    return Reported(
        case_id=case.case_id,
        short_id=short_id(case.case_id),
        state=case.state,
        title_zh=zh or case.class_code,
        title_en=en or zh or case.class_code,
        note=case.note,
        reported_at=_moment(case.reported_at),
        likeness=alike,
        own=own,
    )


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else None
