"""What central checks of a record before it looks at what it already knows. Pure.

Nothing is refused for its time alone: a tablet's clock may be wrong by years and its evidence still counts.
A time only has to be one (with its offset, within what a calendar holds).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import msgspec

from sync.contract.codes import check_class_code, check_grid_cell
from sync.contract.errors import InputRefused
from sync.contract.ids import check_id, check_officer_id, check_sha256
from sync.contract.masks import check_masks
from sync.contract.records import (
    Act,
    AlertAct,
    CallAct,
    FileRef,
    LookUp,
    Photo,
    PhotoRole,
    Place,
    Record,
    Report,
    ShiftCheck,
    Stamp,
    TrackSegment,
    Visit,
    check_place,
    id_of,
)
from sync.contract.shift import check_findings
from sync.contract.text import check_note
from sync.contract.track import check_cells, check_length, check_points
from sync.contract.visit import ANSWERS_MAX
from sync.contract.voice import check_voice
from sync.contract.wire import PHOTO_BYTES_MAX, PushItem, decode_record, sha256_hex

BODY_BYTES_MAX = 1 << 19
PHOTOS_MAX = 64
ADDRESS_MAX = 500
WORD_MAX = 120
FACTS_MAX = 1 << 17
REASONS_MAX = 64
INTEGER_MAX = (1 << 63) - 1
MEDIA_TYPE = re.compile(r"[a-z0-9]+/[a-z0-9][a-z0-9.+-]{0,60}")
NOT_JSON_SO = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""All that decoding may raise: not JSON or another shape, not UTF-8, nested too deep."""


class _OpOnly(msgspec.Struct):
    op_id: str


def read_item(raw: msgspec.Raw) -> PushItem:
    """One item of a batch; ``item_malformed`` names the operation when at least that can be read."""
    try:
        return msgspec.json.decode(raw, type=PushItem)
    except NOT_JSON_SO:
        pass
    try:
        op_id = msgspec.json.decode(raw, type=_OpOnly).op_id
    except NOT_JSON_SO:
        op_id = ""
    raise InputRefused("item_malformed", op_id=op_id)


def check_item(item: PushItem) -> None:
    """What the envelope says must be true before it is kept: ids, number, size, and the body's hash."""
    check_id(item.op_id)
    check_id(item.record_id)
    check_sha256(item.body_sha256)
    if not 0 < item.device_seq <= INTEGER_MAX:
        raise InputRefused("device_seq_invalid", value=str(item.device_seq)[:32])
    body = item.body.encode()
    if len(body) > BODY_BYTES_MAX:
        raise InputRefused("body_too_large", bytes=len(body), limit=BODY_BYTES_MAX)
    if sha256_hex(body) != item.body_sha256:
        raise InputRefused("hash_mismatch")


def read_record(item: PushItem) -> Record:
    """The record in the body, or ``record_malformed`` with the place where it is not one."""
    try:
        return decode_record(item.record_type, item.body)
    except NOT_JSON_SO as error:
        raise InputRefused("record_malformed", reason=str(error)[:200]) from None


def check_record(record: Record, item: PushItem, device_id: str) -> None:
    """Every id, time, size, text and place of a record."""
    own_id = id_of(record)
    if own_id != item.record_id:
        raise InputRefused("record_id_mismatch", record_id=own_id[:64])
    if record.device_id != device_id:
        raise InputRefused("device_mismatch", device_id=record.device_id[:64])
    if check_officer_id(record.officer_id) != record.officer_id:
        raise InputRefused("officer_id_invalid", value=record.officer_id[:32])
    check_note(record.note)
    check_place(record.place)
    _check_place_time(record.place)
    _check_stamp(record.stamp)
    _check_photos(record.photos)
    if isinstance(record, Report):
        _check_report(record)
    elif isinstance(record, Act):
        _check_act(record)
    elif isinstance(record, Visit):
        _check_visit(record)
    elif isinstance(record, TrackSegment):
        _check_track(record)
    elif isinstance(record, ShiftCheck):
        _check_shift(record)
    elif isinstance(record, AlertAct):
        _check_alert_act(record)
    elif isinstance(record, CallAct):
        _check_call_act(record)
    else:
        _check_look_up(record)


def _check_report(report: Report) -> None:
    check_class_code(report.class_code)
    check_grid_cell(report.grid_cell)
    check_words(report.address, ADDRESS_MAX)
    check_words(report.facts, FACTS_MAX)
    if report.corrects:
        check_id(report.corrects)
    for text in (
        report.plate,
        report.unit,
        report.unit_id,
        report.equipment.app_version,
        report.equipment.platform,
        report.equipment.position_source,
    ):
        check_words(text, WORD_MAX)


def _check_act(act: Act) -> None:
    check_id(act.case_id)
    if act.withdraws:
        check_id(act.withdraws)
    if act.about:
        check_id(act.about)
    if act.to_officer and check_officer_id(act.to_officer) != act.to_officer:
        raise InputRefused("officer_id_invalid", value=act.to_officer[:32])


def _check_alert_act(act: AlertAct) -> None:
    check_id(act.alert_id)
    if act.to_officer and check_officer_id(act.to_officer) != act.to_officer:
        raise InputRefused("officer_id_invalid", value=act.to_officer[:32])


def _check_call_act(act: CallAct) -> None:
    for name in (act.call_id, act.alert_id or act.call_id, act.case_id or act.call_id):
        check_id(name)


def _check_visit(visit: Visit) -> None:
    sheet, party = visit.sheet, visit.sheet.party
    check_sha256(visit.sheet_sha256)
    check_grid_cell(visit.grid_cell)
    if len(sheet.answers) > ANSWERS_MAX:
        raise InputRefused("visit_answers_missing", count=len(sheet.answers), limit=ANSWERS_MAX)
    for text in (sheet.demand, sheet.statement, sheet.legal_basis, *(one.note for one in sheet.answers)):
        check_note(text)
    long = (sheet.item_name, sheet.where, party.name, party.address, *(one.question for one in sheet.answers))
    for text in (*long, *(one.refusal for one in sheet.signatures)):
        check_words(text, ADDRESS_MAX)
    short = (sheet.item_code, sheet.unit, sheet.officer_name, sheet.second_id, sheet.second_name)
    named = (party.ref, party.credit_code, party.present, party.position, party.phone, visit.rating_code)
    for text in (*short, *named, sheet.correct_by, sheet.position, *(one.name for one in sheet.signatures)):
        check_words(text, WORD_MAX)
    for moment in (sheet.begun_at, sheet.ended_at, sheet.credential_at):
        if moment is not None:
            check_time(moment)


def _check_track(segment: TrackSegment) -> None:
    check_id(segment.track_id)
    check_points(segment.points)
    check_cells(segment.cells)
    check_length(segment.number, segment.length_m)
    check_time(segment.begun_at)
    check_time(segment.ended_at)


def _check_shift(check: ShiftCheck) -> None:
    check_findings(check.findings)
    for one in check.findings:
        for text in (one.name, one.code, *one.facts, *(v for v in one.facts.values() if isinstance(v, str))):
            check_words(text, WORD_MAX)


def _check_look_up(look_up: LookUp) -> None:
    if len(look_up.reasons) > REASONS_MAX or len(look_up.ages) > REASONS_MAX:
        raise InputRefused("text_too_long", length=len(look_up.reasons), limit=REASONS_MAX)
    for text in (look_up.plate, look_up.answer, *look_up.reasons, *look_up.ages):
        check_words(text, WORD_MAX)


def check_words(text: str, limit: int) -> str:
    """A short text: no NUL, no lone surrogates, at most ``limit`` characters."""
    if len(check_note(text)) > limit:
        raise InputRefused("text_too_long", length=len(text), limit=limit)
    return text


def check_time(moment: datetime) -> datetime:
    """The time in UTC; ``time_invalid`` without an offset or outside the calendar."""
    if moment.tzinfo is None:
        raise InputRefused("time_invalid", value=moment.isoformat())
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise InputRefused("time_invalid", value=moment.isoformat()) from None


def _check_place_time(place: Place) -> None:
    check_words(place.via, WORD_MAX)
    if place.fixed_at is not None:
        check_time(place.fixed_at)


def _check_stamp(stamp: Stamp) -> None:
    check_time(stamp.wall)
    check_words(stamp.boot_id, WORD_MAX)
    for number in (stamp.monotonic_ms, stamp.device_seq, stamp.offset_ms or 0):
        if abs(number) > INTEGER_MAX:
            raise InputRefused("time_invalid", value=str(number)[:32])


def _check_photos(photos: tuple[Photo, ...]) -> None:
    if len(photos) > PHOTOS_MAX:
        raise InputRefused("too_many_photos", count=len(photos), limit=PHOTOS_MAX)
    slots = [photo.slot for photo in photos]
    if len(set(slots)) != len(slots) or any(not 0 <= slot < 1000 for slot in slots):
        raise InputRefused("photo_slot_invalid")
    for photo in photos:
        _check_photo(photo)


def _check_photo(photo: Photo) -> None:
    lanes = [file.lane for file in photo.files]
    if len(set(lanes)) != len(lanes):
        raise InputRefused("photo_slot_invalid")
    if not photo.original.bytes:
        raise InputRefused("file_size_invalid", bytes=0)
    check_words(photo.name, ADDRESS_MAX)
    check_place(photo.place)
    _check_place_time(photo.place)
    if photo.taken_at is not None and photo.taken_at.tzinfo is not None:
        check_time(photo.taken_at)
    check_masks(photo.masks)
    for file in photo.files:
        check_file(file)
    if photo.role is PhotoRole.VOICE:
        check_voice(photo.original.media_type, photo.length_ms, photo.original.bytes)


def check_file(file: FileRef) -> None:
    """A file's name, size and type."""
    check_sha256(file.sha256)
    if not 0 < file.bytes <= PHOTO_BYTES_MAX:
        raise InputRefused("file_size_invalid", bytes=str(file.bytes)[:20], limit=PHOTO_BYTES_MAX)
    if not MEDIA_TYPE.fullmatch(file.media_type):
        raise InputRefused("media_type_invalid", value=file.media_type[:64])
