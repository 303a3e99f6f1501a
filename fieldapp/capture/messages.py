"""Messages per case between command and the field: written offline, sent like any act, read receipts.

A message is an act of kind ``message``; ``read`` says that its officer has read all the acts its ``seen_seq``
covers. Neither moves the case.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import msgspec

from fieldapp.capture.act import submit_act
from fieldapp.capture.case_history import EntryReader, HistoryEntry, HistoryPhoto, later_masks, read_act
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import open_draft
from fieldapp.capture.pictures import voice_file
from fieldapp.capture.report import SavedRecord
from fieldapp.capture.tasks import moment
from sync.contract.errors import InputRefused
from sync.contract.ids import short_id
from sync.contract.lifecycle import ActKind
from sync.contract.records import Act, Photo, PhotoRole, RecordType
from sync.contract.wire import decode_record
from sync.replica.outbox import Entry, ItemState
from sync.replica.talk import Said

PAGE = 60
"""Messages that are read at once; earlier ones when somebody asks for them."""


class VoiceNote(msgspec.Struct, frozen=True):
    """A voice note. ``path`` is "" where its file is not here; ``wanted`` is then the hash to ask for."""

    path: str
    wanted: str
    length_ms: int
    sha256: str


class Message(msgspec.Struct, frozen=True):
    """One message. ``state`` is an own one's on its way, ``read_by`` the names of others who have read it."""

    act_id: str
    mine: bool
    officer: str
    note: str
    done_at: datetime | None
    state: ItemState | None
    code: str
    read_by: tuple[str, ...]
    photos: tuple[HistoryPhoto, ...] = ()
    voices: tuple[VoiceNote, ...] = ()


class Thread(msgspec.Struct, frozen=True):
    """The newest messages of a case, whether there are earlier ones, and what the case is called."""

    messages: tuple[Message, ...]
    earlier: bool
    class_zh: str = ""
    class_en: str = ""


class Conversation(msgspec.Struct, frozen=True):
    """A case with messages, in a line."""

    case_id: str
    short_id: str
    class_zh: str
    class_en: str
    address: str
    last_note: str
    last_officer: str
    last_at: datetime | None
    unread: int


def conversations(desk: Desk) -> tuple[Conversation, ...]:
    """The cases whose messages concern the officer: unread ones first, then the newest."""
    by_case: dict[str, list[Said]] = defaultdict(list)
    for said in desk.work.tasks.talk_of(desk.officer.officer_id):
        by_case[said.case_id].append(said)
    for case_id, act in _own_waiting(desk):
        if act.kind is ActKind.MESSAGE or case_id in by_case:
            by_case[case_id].append(_as_said(act))
    found = [_line(desk, case_id, talk) for case_id, talk in by_case.items()]
    lines = [line for line in found if line is not None]
    lines.sort(key=lambda one: one.last_at.timestamp() if one.last_at else 0.0, reverse=True)
    lines.sort(key=lambda one: one.unread == 0)
    return tuple(lines)


def read_thread(desk: Desk, case_id: str, limit: int = PAGE) -> Thread:
    """A case's newest messages, oldest first; own ones that wait at the end."""
    case = desk.work.city.case(case_id)
    if case is None:
        raise InputRefused("case_unknown", case=case_id)
    rows = desk.work.tasks.newest_messages(case_id, limit + 1)
    shown = rows[-limit:]
    own = _own_entries(
        desk, [str(row["act_id"]) for row in shown if row["officer_id"] == desk.officer.officer_id]
    )
    reader = EntryReader(desk, case, own, later_masks(desk, case_id))
    readers = desk.work.tasks.readers(case_id)
    gone = desk.work.tasks.taken_back(case_id) | {
        e.record.record_id for e in own.values() if e.record.withdrawn_by
    }
    found = [
        _message(
            desk, reader.told(row), read_act(str(row["record"] or "")), int(row["act_order"] or 0), readers
        )
        for row in shown
        if row["act_id"] not in gone
    ]
    for entry in desk.work.outbox.untold_acts(case_id):
        act = read_act(entry.record.body)
        if act is not None and act.kind is ActKind.MESSAGE and not entry.record.withdrawn_by:
            found.append(_message(desk, reader.own(entry), act, 0, readers))
    return Thread(tuple(found), len(rows) > limit, *_class_names(desk, str(case["class_code"] or "")))


def read_messages(desk: Desk, case_id: str, limit: int = PAGE) -> tuple[Message, ...]:
    """The messages of ``read_thread`` alone."""
    return read_thread(desk, case_id, limit).messages


def send_message(desk: Desk, case_id: str, note: str, draft_id: str = "") -> SavedRecord:
    """Say something on a case; durable when it returns. ``draft_id``: a draft with photos and voice notes.

    ``message_empty`` for nothing but blanks.
    """
    if draft_id and desk.work.drafts.get(draft_id) is None:  # nothing was attached, nothing was kept
        draft_id = ""
    attached = open_draft(desk, draft_id).photos if draft_id else ()
    if not note.strip() and not attached:
        raise InputRefused("message_empty")
    return submit_act(desk, case_id, ActKind.MESSAGE, note=note, draft_id=draft_id)


def mark_read(desk: Desk, case_id: str) -> SavedRecord | None:
    """Tell that everything central told of a case so far has been read; None where that is known already."""
    me = desk.officer.officer_id
    talk = [said for said in desk.work.tasks.talk_of(me) if said.case_id == case_id]
    talk += [_as_said(act) for held, act in _own_waiting(desk) if held == case_id]
    if not _unread(talk, me):
        return None
    return submit_act(desk, case_id, ActKind.READ)


def _unread(talk: list[Said], me: str) -> int:
    seen = max((said.seen_seq for said in talk if said.is_read and said.officer_id == me), default=0)
    return sum(not said.is_read and said.officer_id != me and said.order > seen for said in talk)


def _line(desk: Desk, case_id: str, talk: list[Said]) -> Conversation | None:
    spoken = [said for said in talk if not said.is_read]
    case = desk.work.tasks.case(case_id)
    if not spoken or case is None:
        return None
    last = spoken[-1]
    zh, en = _class_names(desk, str(case["class_code"] or ""))
    return Conversation(
        case_id=case_id,
        short_id=short_id(case_id),
        class_zh=zh,
        class_en=en,
        address=str(case["address"] or ""),
        last_note=last.note,
        last_officer=_name(desk, last.officer_id),
        last_at=moment(last.received_at),
        unread=_unread(talk, desk.officer.officer_id),
    )


def _class_names(desk: Desk, code: str) -> tuple[str, str]:
    known = desk.reference.case_class(code)
    zh = str(known["name_zh"] or code) if known else code
    return zh, str(known["name_en"] or zh) if known else code


def _message(
    desk: Desk, entry: HistoryEntry, act: Act | None, order: int, readers: dict[str, int]
) -> Message:
    read_by = {officer for officer, seen in readers.items() if order and seen >= order} - {entry.officer_id}
    return Message(
        act_id=entry.act_id,
        mine=entry.officer_id == desk.officer.officer_id,
        officer=entry.officer,
        note=entry.note,
        done_at=entry.done_at,
        state=entry.state,
        code=entry.code,
        read_by=tuple(sorted(_name(desk, officer) for officer in read_by)),
        photos=entry.photos,
        voices=tuple(
            _voice(desk, photo) for photo in (act.photos if act else ()) if photo.role is PhotoRole.VOICE
        ),
    )


def _voice(desk: Desk, photo: Photo) -> VoiceNote:
    path = voice_file(desk.folder, photo)
    sha256 = photo.original.sha256
    return VoiceNote(path, "" if path else sha256, photo.length_ms, sha256)


def _own_entries(desk: Desk, act_ids: list[str]) -> dict[str, Entry]:
    found = {act_id: desk.work.outbox.entry(act_id) for act_id in act_ids}
    return {act_id: entry for act_id, entry in found.items() if entry is not None}


def _own_waiting(desk: Desk) -> list[tuple[str, Act]]:
    """Own messages and read receipts that central has not told back, in device order."""
    found = []
    for unsettled in desk.work.tasks.unsettled_acts():
        act = decode_record(RecordType.ACT, unsettled.body)
        assert isinstance(act, Act)
        mine = act.officer_id == desk.officer.officer_id and not unsettled.withdrawn_by
        refused = unsettled.state is ItemState.NEEDS_YOU
        if mine and not refused and act.kind in (ActKind.MESSAGE, ActKind.READ):
            found.append((act.case_id, act))
    return found


def _as_said(act: Act) -> Said:
    is_read = act.kind is ActKind.READ
    return Said(act.case_id, 0, is_read, act.officer_id, act.note, act.stamp.wall.isoformat(), act.seen_seq)


def _name(desk: Desk, officer_id: str) -> str:
    row = desk.work.city.officer(officer_id) if officer_id else None
    return str(row["name"]) if row else officer_id
