"""Submitting a report: checks, stamped derivatives, then ONE transaction with record, outbox and uploads."""

from __future__ import annotations

import msgspec

from fieldapp.capture.correcting import replace_refused
from fieldapp.capture.describing import describe_photos
from fieldapp.capture.desk import Desk
from fieldapp.capture.developing import with_derivatives
from fieldapp.capture.drafts import DraftBody, OpenDraft, chosen_unit, draft_text, open_draft, same_work
from fieldapp.capture.finishing import finishing
from sync.contract.codes import check_class_code, check_grid_cell
from sync.contract.errors import InputRefused, RetryLater
from sync.contract.plate import normalise_plate, printable
from sync.contract.records import Photo, Record, Report, check_place, type_of
from sync.contract.text import check_note
from sync.contract.wire import encode_record, sha256_hex
from sync.replica.outbox import StoredRecord


class SavedRecord(msgspec.Struct, frozen=True):
    """What was saved, for the person and the command line."""

    record_id: str
    case_id: str
    grid_cell: str
    photos: tuple[Photo, ...]


@finishing
def submit_report(desk: Desk, draft_id: str) -> SavedRecord:
    """Make a report of a draft. Saved exactly once however often it is asked; durable when it returns.

    Refuses with ``class_missing``, ``class_unknown``, ``city_data_missing`` (before the first fill),
    ``report_without_photo``, ``text_nul``, ``text_surrogate``, ``note_too_long``, ``position_invalid``; the
    draft then stays as it was.
    """
    while True:  # until nobody has written the draft while its pictures were made
        opened = open_draft(desk, draft_id)
        if opened.draft.state == "submitted":
            photos = tuple(saved.photo for saved in opened.photos)
            return SavedRecord(draft_id, draft_id, opened.body.grid_cell, photos)
        saved = _file(desk, opened)
        if saved is not None:
            return saved


def _file(desk: Desk, opened: OpenDraft) -> SavedRecord | None:
    """File what was opened; None, and nothing written, where it is another by now."""
    draft_id = opened.draft.draft_id
    body = checked_body(desk, opened)
    photos = with_derivatives(desk, opened.photos, body.place)
    with desk.work.act():
        if not same_work(opened, open_draft(desk, draft_id)):
            return None
        stamp = desk.work.meta.stamp(desk.clock)
        report = Report(
            report_id=draft_id,
            class_code=body.class_code,
            note=body.note,
            place=body.place,
            grid_cell=body.grid_cell,
            photos=photos,
            officer_id=desk.officer.officer_id,
            device_id=desk.device_id,
            stamp=stamp,
            equipment=desk.equipment(),
            address=body.address,
            plate=normalise_plate(body.plate),
            facts=body.facts,
            unit=body.unit or "",
            unit_id=_unit_id(desk, body.unit or ""),
            unit_chosen=chosen_unit(body) is not None,
            corrects=body.corrects,
        )
        store_record(desk, report, draft_id, draft_id)
        if body.corrects:
            replace_refused(desk, body.corrects, draft_id)
        text = draft_text(body)
        submitted = msgspec.structs.replace(
            opened.draft, body=text, record_id=draft_id, state="submitted", changed_at=stamp.wall
        )
        desk.work.drafts.save(submitted)
    describe_photos(desk, report)
    return SavedRecord(draft_id, draft_id, body.grid_cell, photos)


def _unit_id(desk: Desk, name: str) -> str:
    named = desk.reference.unit_named(name) if name else None
    return "" if named is None else str(named["unit_id"])


def store_record(desk: Desk, record: Record, record_id: str, case_id: str) -> None:
    """Write a record, its outbox entry and its uploads; call inside the act's transaction."""
    text = encode_record(record)
    desk.work.outbox.add(
        StoredRecord(
            record_id,
            type_of(record),
            case_id,
            record.officer_id,
            record.stamp.device_seq,
            record.stamp.wall,
            text,
            sha256_hex(text.encode()),
        )
    )
    desk.work.uploads.add(record_id, record.stamp.device_seq, record.photos)


def _check_text(field: str, text: str) -> None:
    try:
        check_note(text)
    except InputRefused as refused:
        raise InputRefused(refused.code, **{**refused.facts, "field": field}) from None


def checked_body(desk: Desk, opened: OpenDraft) -> DraftBody:
    """The draft's body, checked, with the place and the grid cell a report has."""
    body = opened.body
    for field, text in (
        ("note", body.note),
        ("address", body.address),
        ("plate", body.plate),
        ("unit", body.unit or ""),
    ):
        _check_text(field, text)
    if not body.class_code:
        raise InputRefused("class_missing")
    if desk.reference.case_class(check_class_code(body.class_code)) is None:
        if desk.reference.cursor() is None:
            raise RetryLater("city_data_missing")
        raise InputRefused("class_unknown", value=printable(body.class_code))
    if not opened.photos:
        raise InputRefused("report_without_photo")
    place = body.place
    if place.lon is None:
        place = next((s.photo.place for s in opened.photos if s.photo.place.lon is not None), place)
    check_place(place)
    cell = check_grid_cell(body.grid_cell or desk.grid_cell_at(place))
    return msgspec.structs.replace(body, place=place, grid_cell=cell)
