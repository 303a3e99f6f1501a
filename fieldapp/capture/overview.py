"""What the capture page shows beside the form: drafts, classes, room for photos, the cell of a place."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import REPORT, DraftBody, OpenDraft, discard_draft, list_drafts, open_draft
from fieldapp.capture.landmark import nearest_landmark
from fieldapp.capture.recovery import Recovered, recover
from fieldapp.capture.remaking import remake_derivatives
from fieldapp.capture.room import LATELY, Room, photo_bytes
from sync.contract.records import Place, RecordType, Report
from sync.contract.tables import Row
from sync.contract.wire import decode_record
from sync.replica.folder import DataFolder
from sync.replica.reserve import keep_door, keep_reserve

FILES_LATELY = 3 * LATELY
"""The newest files that are looked at for the size of a photo: three to a photo."""
_LATELY = 60


class DraftSummary(msgspec.Struct, frozen=True):
    """An open draft in a line."""

    draft_id: str
    class_code: str
    note: str
    plate: str
    photos: int
    changed_at: datetime
    recovered: bool


class Seated(msgspec.Struct, frozen=True):
    """What an officer finds who sits down: work left open, photos found again, room for more."""

    folder: DataFolder
    recovered: Recovered
    drafts: list[DraftSummary]
    newest: OpenDraft | None
    room: int


class GridFact(msgspec.Struct, frozen=True):
    """The grid cell of a place: a code, ``outside`` or ``unplaced``, and what it is called.

    ``near`` is a site close by and ``near_m`` how far it is, where there is one.
    """

    grid_cell: str
    street: str = ""
    community: str = ""
    near: str = ""
    near_m: int = 0


def sit_down(desk: Desk) -> Seated:
    """Recover what a kill left behind, then find the draft that was worked on last."""
    recovered = recover(desk)
    remake_derivatives(desk)
    drafts = report_drafts(desk)
    own = [draft for draft in drafts if not draft.recovered]
    newest = max(own, key=lambda draft: draft.changed_at, default=None)
    opened = None if newest is None else open_draft(desk, newest.draft_id)
    return Seated(desk.folder, recovered, drafts, opened, photo_room(desk))


def report_drafts(desk: Desk) -> list[DraftSummary]:
    """The officer's open drafts of reports, newest first; those with nothing in them are dropped."""
    summaries = []
    for opened in list_drafts(desk):
        if opened.draft.kind != REPORT:
            continue
        if is_blank(opened.body, len(opened.photos)):
            discard_draft(desk, opened.draft.draft_id)
            continue
        body = opened.body
        summaries.append(
            DraftSummary(
                opened.draft.draft_id,
                body.class_code,
                body.note,
                body.plate,
                len(opened.photos),
                opened.draft.changed_at,
                body.recovered,
            )
        )
    return summaries


def is_blank(body: DraftBody, photos: int) -> bool:
    """Whether nothing would be lost with this draft."""
    typed = (body.note, body.address, body.plate, body.grid_cell, body.class_code)
    empty = not any(text.strip() for text in typed) and body.place.lon is None
    return empty and not photos and not body.aside


def recent_classes(desk: Desk, most: int = 4) -> list[str]:
    """The classes of the officer's last reports, each once, newest first."""
    codes: list[str] = []
    for entry in desk.work.outbox.entries(limit=_LATELY):
        if entry.record.record_type is not RecordType.REPORT:
            continue
        if entry.record.officer_id != desk.officer.officer_id:
            continue
        report = decode_record(RecordType.REPORT, entry.record.body)
        if isinstance(report, Report) and report.class_code not in codes:
            codes.append(report.class_code)
        if len(codes) == most:
            break
    return codes


def classes_now(desk: Desk) -> list[Row]:
    """The classes in force today by the best time there is; all of them rather than none."""
    fix = desk.work.meta.clock_fix()
    now = desk.clock.now() + timedelta(milliseconds=fix.offset_ms if fix else 0)
    rows = desk.reference.classes()
    return [row for row in rows if _in_force(row, now.date().isoformat())] or rows


def _in_force(row: Row, today: str) -> bool:
    begins, ends = str(row["valid_from"] or ""), str(row["valid_to"] or "")
    return begins <= today and (not ends or today <= ends)


def room_now(desk: Desk) -> Room:
    """Free space, and what photos here have come to lately, with all their files. Sets the reserve aside."""
    keep_reserve(desk.folder)
    keep_door(desk.folder)
    sizes: dict[tuple[str, int], int] = {}
    for offer in reversed(desk.work.uploads.newest(FILES_LATELY)):
        slot = (offer.record_id, offer.slot)
        sizes[slot] = sizes.get(slot, 0) + offer.bytes
    for saved in desk.work.drafts.open_photos():
        sizes[saved.owner_id, saved.photo.slot] = sum(file.bytes for file in saved.photo.files)
    return Room(desk.folder.free_bytes(), photo_bytes(list(sizes.values())[-LATELY:]))


def photo_room(desk: Desk) -> int:
    """How many more photos there is room for."""
    return room_now(desk).photos


def grid_fact(desk: Desk, place: Place, chosen: str = "") -> GridFact:
    """The cell a place lies in, or the one that was chosen instead, and its names."""
    code = chosen or desk.grid_cell_at(place)
    row = desk.reference.grid_cell(code)
    if row is None:
        return GridFact(code)
    near, metres = nearest_landmark(desk, place) or ("", 0)
    return GridFact(code, str(row["street"]), str(row["community"]), near, metres)
