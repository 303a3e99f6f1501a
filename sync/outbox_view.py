"""The outbox as a person sees it: one item per record, its files included, and why it has not gone.

A record counts as sent only when it and every one of its files have a receipt. What the daemon is not busy
with is waiting, whatever a killed daemon has left in the store. What a rule of the person's holds back (only
on Wi-Fi, paused, battery low) says that, whatever happened to it before.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from sync.contract.ids import short_id
from sync.contract.records import Act, Lane
from sync.contract.wire import decode_record
from sync.link_state import LinkState
from sync.replica.drafts import Draft
from sync.replica.outbox import Entry, Facts, ItemState
from sync.replica.uploads import Upload
from sync.replica.work import WorkStore
from sync.sending import HELD_CODES, LANES, RECORD, Sending

_UNSENT = (ItemState.WAITING, ItemState.SENDING)
_BY_URGENCY = (ItemState.NEEDS_YOU, ItemState.SENDING, ItemState.WAITING)


class FilesSeen(msgspec.Struct, frozen=True):
    """How far a record's files are. A photo is sent when its original is."""

    photos: int = 0
    photos_sent: int = 0
    files: int = 0
    files_sent: int = 0
    bytes: int = 0
    sent_bytes: int = 0


class OutboxItem(msgspec.Struct, frozen=True):
    """One line of the outbox: its state and why it is in it.

    ``code`` and ``facts`` are the reason; ``held`` is the code of the rule that holds any part of it back, or
    "". ``next_attempt`` is when it is tried by itself ("" where it waits for something else than time),
    ``last_answer`` when central last answered about it (sent: its newest receipt) or at all, ``answer`` the
    code with which its own last try ended. Times are ISO UTC. Bytes count the record and all its files.
    """

    id: str
    short_id: str
    kind: str
    case_id: str
    officer_id: str
    created_at: str
    state: ItemState
    code: str = ""
    facts: Facts = {}
    attempts: int = 0
    tried_at: str = ""
    next_attempt: str = ""
    files: FilesSeen = FilesSeen()
    held: str = ""
    answer: str = ""
    last_answer: str = ""
    sent_bytes: int = 0
    total_bytes: int = 0

    @property
    def reason(self) -> str:
        """The code of the reason."""
        return self.code


def outbox_items(store: WorkStore, link: LinkState, officers: Iterable[str], limit: int) -> list[OutboxItem]:
    """Drafts of these officers, then the newest records of everybody on this tablet."""
    drafts = [_of_draft(draft) for officer in officers for draft in store.drafts.open_drafts(officer)]
    entries = store.outbox.entries(limit=limit)
    return drafts + [of_entry(e, store.uploads.of_record(e.record.record_id), link) for e in entries]


def of_entry(entry: Entry, uploads: list[Upload], link: LinkState) -> OutboxItem:
    """The item of a record with its files. Pure."""
    state = _joined_state(entry, uploads, busy=link.busy)
    held = _held(entry, uploads, link.sending) if state in _UNSENT else {}
    code, facts = _reason(entry, uploads, state, link, held)
    stuck = bool(held) and code in HELD_CODES
    files, body = _files_seen(uploads), len(entry.record.body.encode())
    record = decode_record(entry.record.record_type, entry.record.body)
    return OutboxItem(
        id=entry.record.record_id,
        short_id=short_id(entry.record.record_id),
        kind=record.kind.value if isinstance(record, Act) else entry.record.record_type.value,
        case_id=entry.record.case_id,
        officer_id=entry.record.officer_id,
        created_at=entry.record.created_at.isoformat(),
        state=state,
        code=code,
        facts=facts,
        attempts=max([entry.attempts, *(upload.attempts for upload in uploads)]),
        tried_at=max([entry.tried_at, *(upload.tried_at for upload in uploads)]),
        next_attempt=link.next_attempt if state in _UNSENT and not stuck else "",
        files=files,
        held=next(iter(held.values()), ""),
        answer=entry.code or next((upload.code for upload in uploads if upload.code), ""),
        last_answer=_last_answer(entry, uploads, state, link),
        sent_bytes=files.sent_bytes + (body if entry.state is ItemState.SENT else 0),
        total_bytes=files.bytes + body,
    )


def _of_draft(draft: Draft) -> OutboxItem:
    return OutboxItem(
        id=draft.draft_id,
        short_id=short_id(draft.draft_id),
        kind=draft.kind,
        case_id=draft.case_id,
        officer_id=draft.officer_id,
        created_at=draft.changed_at.isoformat(),
        state=ItemState.DRAFT,
    )


def _joined_state(entry: Entry, uploads: list[Upload], *, busy: bool) -> ItemState:
    states = {entry.state, *(upload.state for upload in uploads)}
    if states == {ItemState.SENT}:
        return ItemState.SENT
    if ItemState.REPLACED in states:
        return ItemState.REPLACED
    worst = next((state for state in _BY_URGENCY if state in states), ItemState.WAITING)
    return ItemState.WAITING if worst is ItemState.SENDING and not busy else worst


def _held(entry: Entry, uploads: list[Upload], sending: Sending) -> dict[str, str]:
    """The rules that hold parts of it: lane → code, the lane that goes first in front."""
    unsent = {upload.file.lane.value for upload in uploads if upload.state in _UNSENT}
    if entry.state in _UNSENT:
        unsent.add(RECORD)
    reasons = {lane: sending.reason(lane, entry.record.device_seq) for lane in LANES if lane in unsent}
    return {lane: code for lane, code in reasons.items() if code}


def _reason(
    entry: Entry, uploads: list[Upload], state: ItemState, link: LinkState, held: dict[str, str]
) -> tuple[str, Facts]:
    if state is ItemState.SENT:
        return "", {}
    if state is ItemState.NEEDS_YOU and entry.state is not ItemState.NEEDS_YOU:
        return next(upload.code for upload in uploads if upload.state is ItemState.NEEDS_YOU), {}
    by_rule = held.get(_next_lane(entry, uploads), "")
    if by_rule and state is not ItemState.NEEDS_YOU:
        return by_rule, link.sending.facts
    if entry.state is not ItemState.SENT and entry.code:
        return entry.code, entry.facts
    told = next((upload.code for upload in uploads if upload.code), "")
    if told or state is ItemState.SENDING:
        return told, {}
    return _link_reason(link), link.facts


def _next_lane(entry: Entry, uploads: list[Upload]) -> str:
    """What of it goes next."""
    if entry.state in _UNSENT:
        return RECORD
    unsent = {upload.file.lane.value for upload in uploads if upload.state in _UNSENT}
    return next((lane for lane in LANES if lane in unsent), RECORD)


def _last_answer(entry: Entry, uploads: list[Upload], state: ItemState, link: LinkState) -> str:
    if state is not ItemState.SENT:
        return link.last_answer
    receipts = [entry.receipt, *(upload.receipt for upload in uploads)]
    return max((receipt.received_at.isoformat() for receipt in receipts if receipt), default="")


def _link_reason(link: LinkState) -> str:
    """Why nothing goes at all, when an item itself has not been tried."""
    if link.link in ("locked", "not_running") and link.code:  # what is ill there, not what is usual
        return link.code
    by_link = {"locked": "locked", "paused": "daemon_paused", "not_running": "daemon_not_running"}
    return by_link.get(link.link, link.code)


def _files_seen(uploads: list[Upload]) -> FilesSeen:
    originals = [upload for upload in uploads if upload.file.lane is Lane.ORIGINAL]
    sent = [upload for upload in uploads if upload.state is ItemState.SENT]
    return FilesSeen(
        photos=len(originals),
        photos_sent=sum(upload.state is ItemState.SENT for upload in originals),
        files=len(uploads),
        files_sent=len(sent),
        bytes=sum(upload.file.bytes for upload in uploads),
        sent_bytes=sum(min(upload.sent_bytes, upload.file.bytes) for upload in uploads),
    )
