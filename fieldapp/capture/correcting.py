"""Correcting a report that central refused: a new draft of the same words and photos, sent as a new record.

    refused report → draft that names it → submitted → the refused one stands aside, kept with its reason

A record whose body has gone out is never altered. Its photos are not copied: the same files, named again.
"""

from __future__ import annotations

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import REPORT, DraftBody, body_of, draft_text
from fieldapp.capture.finishing import finishing
from fieldapp.capture.photos import keep_photo
from sync.contract.errors import InputRefused
from sync.contract.records import Lane, RecordType, Report
from sync.contract.wire import decode_record
from sync.replica.drafts import Draft
from sync.replica.outbox import Entry, ItemState, StoredRecord


@finishing
def correct_report(desk: Desk, record_id: str) -> str:
    """A draft made of a refused report; the one that is open already, where there is one. Returns its id.

    ``record_unknown``, and ``correct_not_refused`` for what central has not refused.
    """
    entry = desk.work.outbox.entry(record_id)
    if entry is None:
        raise InputRefused("record_unknown", record=record_id)
    report = _refused_report(entry)
    if report is None:
        raise InputRefused("correct_not_refused")
    begun = _begun(desk, record_id)
    if begun:
        return begun
    draft_id = desk.new_id()
    body = DraftBody(
        class_code=report.class_code,
        note=report.note,
        place=report.place,
        grid_cell=report.grid_cell,
        address=report.address,
        plate=report.plate,
        facts=report.facts,
        unit=report.unit if report.unit_chosen else report.unit or None,
        unit_suggested=bool(report.unit) and not report.unit_chosen,
        corrects=record_id,
    )
    draft = Draft(
        draft_id, desk.officer.officer_id, REPORT, "", draft_text(body), desk.clock.now(), "", "open"
    )
    with desk.work.act():
        desk.work.drafts.save(draft)
        for photo in report.photos:  # the stamp names its record: the corrected one gets its own
            files = tuple(file for file in photo.files if file.lane is not Lane.STAMPED)
            keep_photo(desk, draft_id, msgspec.structs.replace(photo, files=files))
    return draft_id


def replace_refused(desk: Desk, refused_id: str, by_record: str) -> None:
    """Let the refused report stand aside; call inside the transaction that saves the corrected one."""
    entry = desk.work.outbox.entry(refused_id)
    if entry is None or _refused_report(entry) is None:
        return  # it was taken in after all, or is on its way once more: both stand
    desk.work.outbox.mark_replaced(refused_id, by_record)
    desk.work.uploads.remove(refused_id)


def put_back_refused(desk: Desk, by_record: str) -> None:
    """The corrected report was taken back before it left: what it stood for needs a person again."""
    for record in desk.work.outbox.replaced_by(by_record):
        desk.work.outbox.unreplace(record.record_id)
        desk.work.uploads.add(record.record_id, record.device_seq, _report(record).photos)


def can_be_corrected(entry: Entry) -> bool:
    """Whether this is a report that central refused."""
    return _refused_report(entry) is not None


def _refused_report(entry: Entry) -> Report | None:
    if entry.state is not ItemState.NEEDS_YOU or entry.record.record_type is not RecordType.REPORT:
        return None
    return _report(entry.record)


def _report(record: StoredRecord) -> Report:
    found = decode_record(record.record_type, record.body)
    if not isinstance(found, Report):
        raise InputRefused("correct_not_refused")
    return found


def _begun(desk: Desk, record_id: str) -> str:
    for draft in desk.work.drafts.open_drafts(desk.officer.officer_id):
        if draft.kind == REPORT and body_of(draft).corrects == record_id:
            return draft.draft_id
    return ""
