"""What the outbox page shows, read from the stores: one row per record or draft, its files counted in.

A record is *sent* only when central gave a receipt for it and for every one of its files; until then it shows
the state of what is behind. Reading happens on a worker; nothing here knows of Qt.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import OpenDraft, list_drafts, thumbnail_path
from sync.contract.records import QUIET, Act, AlertAct, Lane, Report, Visit
from sync.contract.wire import decode_record
from sync.replica.drafts import SavedPhoto
from sync.replica.outbox import Entry, ItemState
from sync.replica.uploads import Upload

SHOWN_AT_MOST = 500


class OutboxRow(msgspec.Struct, frozen=True):
    """One line; ``order`` sorts newest first. Why it has not gone is said of ``entry`` and ``uploads``."""

    record_id: str
    order: str
    state: ItemState
    kind: str  # report or an act's word
    class_zh: str
    class_en: str
    note: str
    plate: str
    officer: str
    made_at: datetime
    photos: int
    thumbnail: str
    sent_bytes: int
    total_bytes: int
    sha256: str
    received_at: datetime | None
    withdrawn: bool
    case_id: str
    mine: bool
    entry: Entry | None = None
    uploads: tuple[Upload, ...] = ()


class OutboxSummary(msgspec.Struct, frozen=True):
    """What has not gone: reports and acts, photos, bytes, and since when."""

    reports: int = 0
    photos: int = 0
    bytes: int = 0
    needs_you: int = 0
    oldest: datetime | None = None
    zone: str = "UTC"

    @property
    def anything(self) -> bool:
        """Whether something has not gone."""
        return bool(self.reports or self.bytes)


def read_rows(desk: Desk) -> list[OutboxRow]:
    """Drafts first, then records, each newest first."""
    drafts = [_draft_row(desk, draft) for draft in list_drafts(desk)]
    entries = desk.work.outbox.entries(limit=SHOWN_AT_MOST)
    return drafts + [_record_row(desk, entry) for entry in entries]


def draft_ids(desk: Desk) -> frozenset[str]:
    """The drafts there are."""
    return frozenset(opened.draft.draft_id for opened in list_drafts(desk))


def read_some(desk: Desk, ids: Iterable[str]) -> dict[str, OutboxRow | None]:
    """These rows as they are now, and what they stand in the place of; None for what is gone (undone,
    discarded)."""
    wanted = set(ids)
    wanted |= {old.record_id for record_id in ids for old in desk.work.outbox.replaced_by(record_id)}
    return {record_id: _row(desk, record_id) for record_id in sorted(wanted)}


def read_summary(desk: Desk) -> OutboxSummary:
    """The figures of the banner and the page's head."""
    reports, oldest = desk.work.outbox.pending()
    files = desk.work.uploads.pending()
    identity = desk.work.meta.identity()
    return OutboxSummary(
        reports=reports,
        photos=files.photos,
        bytes=files.bytes,
        needs_you=desk.work.outbox.needing_you(),
        oldest=_moment(oldest) or _oldest_file(desk) if reports or files.bytes else None,
        zone=identity.city.zone if identity else "UTC",
    )


def try_again(desk: Desk, record_id: str) -> str:
    """A person asks to offer a record and its files once more; returns its id."""
    with desk.work.act():
        desk.work.outbox.try_again(record_id)
        desk.work.uploads.try_again(record_id)
    return record_id


def city_zone(name: str) -> ZoneInfo:
    """The city's time zone."""
    return ZoneInfo(name)


def _oldest_file(desk: Desk) -> datetime | None:
    waiting = desk.work.uploads.waiting(1)
    entry = desk.work.outbox.entry(waiting[0].file.record_id) if waiting else None
    return entry.record.created_at if entry else None


def _row(desk: Desk, record_id: str) -> OutboxRow | None:
    entry = desk.work.outbox.entry(record_id)
    if entry is not None:
        quiet = entry.record.record_type in QUIET and entry.state is not ItemState.NEEDS_YOU
        return None if quiet else _record_row(desk, entry)
    draft = next((d for d in list_drafts(desk) if d.draft.draft_id == record_id), None)
    return None if draft is None else _draft_row(desk, draft)


def _draft_row(desk: Desk, opened: OpenDraft) -> OutboxRow:
    draft, body = opened.draft, opened.body
    name_zh, name_en = _class_names(desk, body.class_code or _class_of_case(desk, draft.case_id))
    return OutboxRow(
        record_id=draft.draft_id,
        order="~" + draft.draft_id,
        state=ItemState.DRAFT,
        kind=draft.kind,
        class_zh=name_zh,
        class_en=name_en,
        note=body.note,
        plate=body.plate,
        officer=_officer_name(desk, draft.officer_id),
        made_at=draft.changed_at,
        photos=len(opened.photos),
        thumbnail=_thumbnail(desk, opened.photos),
        sent_bytes=0,
        total_bytes=0,
        sha256="",
        received_at=None,
        withdrawn=False,
        case_id=draft.case_id,
        mine=True,
    )


def _record_row(desk: Desk, entry: Entry) -> OutboxRow:
    stored = entry.record
    record = decode_record(stored.record_type, stored.body)
    uploads = desk.work.uploads.of_record(stored.record_id)
    class_code = str(getattr(record, "class_code", "")) or _class_of_case(desk, stored.case_id)
    name_zh, name_en = _class_names(desk, class_code)
    if isinstance(record, Visit):
        name_zh = name_en = f"{record.sheet.item_name} · {record.sheet.party.name}"
    if isinstance(record, AlertAct):
        name_zh = name_en = _alert_name(desk, record.alert_id)
    state = overall(entry, uploads)
    receipts = [r.received_at for r in (entry.receipt, *(u.receipt for u in uploads)) if r is not None]
    saved = tuple(SavedPhoto("", stored.record_id, photo) for photo in record.photos)
    return OutboxRow(
        record_id=stored.record_id,
        order=f"{stored.device_seq:020d}",
        state=state,
        kind=record.kind.value if isinstance(record, Act) else stored.record_type.value,
        class_zh=name_zh,
        class_en=name_en,
        note=record.note,
        plate=str(getattr(record, "plate", "")),
        officer=_officer_name(desk, stored.officer_id),
        made_at=stored.created_at,
        photos=len(record.photos),
        thumbnail=_thumbnail(desk, saved),
        sent_bytes=sum(u.sent_bytes for u in uploads),
        total_bytes=sum(u.file.bytes for u in uploads),
        sha256=stored.body_sha256,
        received_at=max(receipts, default=None) if state is ItemState.SENT else None,
        withdrawn=bool(stored.withdrawn_by),
        case_id=stored.case_id,
        mine=stored.officer_id == desk.officer.officer_id,
        entry=entry,
        uploads=tuple(uploads),
    )


def _alert_name(desk: Desk, alert_id: str) -> str:
    row = desk.work.alerts.alert(alert_id) or {}
    return " · ".join(str(part) for part in (row.get("plate"), row.get("address")) if part)


def overall(entry: Entry, uploads: Iterable[Upload]) -> ItemState:
    """The state of a record with its files: what most needs a person first, sent only when all of it is."""
    states = {entry.state, *(upload.state for upload in uploads)}
    if entry.state is ItemState.REPLACED:
        return entry.state
    urgent = (ItemState.NEEDS_YOU, ItemState.SENDING, ItemState.WAITING)
    return next((state for state in urgent if state in states), ItemState.SENT)


def _thumbnail(desk: Desk, photos: tuple[SavedPhoto, ...]) -> str:
    first = next((p for p in photos if p.photo.file(Lane.THUMBNAIL) is not None), None)
    return "" if first is None else thumbnail_path(desk, first)


def _class_of_case(desk: Desk, case_id: str) -> str:
    case = desk.work.city.case(case_id)
    if case is not None:
        return str(case["class_code"] or "")
    own = desk.work.outbox.entry(case_id)  # a report of this tablet that the city has not taken up yet
    record = None if own is None else decode_record(own.record.record_type, own.record.body)
    return record.class_code if isinstance(record, Report) else ""


def _class_names(desk: Desk, class_code: str) -> tuple[str, str]:
    row = desk.reference.case_class(class_code) if class_code else None
    return ("", "") if row is None else (str(row["name_zh"]), str(row["name_en"]))


def _officer_name(desk: Desk, officer_id: str) -> str:
    if officer_id == desk.officer.officer_id:
        return desk.officer.name
    row = desk.work.city.officer(officer_id)
    return officer_id if row is None else str(row["name"])


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
