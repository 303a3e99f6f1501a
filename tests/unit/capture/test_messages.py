"""Messages of a case on the tablet: written offline, unread until seen, read receipts both ways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from case_makers import put, put_act, put_case
from image_makers import jpeg
from use_case_desk import close_desk, make_desk

from fieldapp.capture.act_drafts import begin_act, ensure_act
from fieldapp.capture.case_history import read_history
from fieldapp.capture.desk import Desk
from fieldapp.capture.messages import conversations, mark_read, read_messages, read_thread, send_message
from fieldapp.capture.photos import take_photo
from fieldapp.capture.undo import Undone, undo
from fieldapp.capture.voices import save_voice
from sync.contract.errors import InputRefused
from sync.contract.lifecycle import ActKind, CaseState
from sync.contract.records import NOWHERE, Act, FileRef, Lane, Origin, Photo, PhotoRole, RecordType
from sync.contract.wire import decode_record, encode_record, sha256_hex
from sync.replica.fetched import keep_fetched
from sync.replica.outbox import ItemState
from sync.voice import write_voice


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    put(made, "officer", {"officer_id": "C4001", "name": "冯国强", "role": "chief", "squad": "", "active": 1})
    yield made
    close_desk(made)


def said(desk: Desk, case_id: str, note: str, order: int, officer: str = "C4001", **columns: str) -> str:
    return put_act(desk, case_id, ActKind.MESSAGE, officer, order=order, note=note, **columns)


def was_read(desk: Desk, case_id: str, officer: str, order: int, seen: int) -> None:
    body = msgspec.json.encode({"seen_seq": seen}).decode()
    put_act(desk, case_id, ActKind.READ, officer, order=order, record=body)


def test_message_from_command_is_unread_until_it_is_marked_and_that_is_told_once(desk: Desk) -> None:
    case_id = put_case(desk)
    said(desk, case_id, "请核对门牌", 3)
    (line,) = conversations(desk)
    assert (line.case_id, line.last_note, line.last_officer, line.unread) == (
        case_id,
        "请核对门牌",
        "冯国强",
        1,
    )

    marked = mark_read(desk, case_id)

    assert marked is not None
    entry = desk.work.outbox.entry(marked.record_id)
    assert entry is not None
    act = decode_record(RecordType.ACT, entry.record.body)
    assert isinstance(act, Act)
    assert (act.kind, act.seen_seq) == (ActKind.READ, 3)
    assert conversations(desk)[0].unread == 0
    assert mark_read(desk, case_id) is None


def test_later_message_is_unread_again(desk: Desk) -> None:
    case_id = put_case(desk)
    said(desk, case_id, "一", 3)
    mark_read(desk, case_id)
    said(desk, case_id, "二", 5)
    assert conversations(desk)[0].unread == 1


def test_own_message_waits_offline_and_is_shown_with_its_way(desk: Desk) -> None:
    case_id = put_case(desk)
    saved = send_message(desk, case_id, "已在路上，约十分钟 😀")
    (message,) = read_messages(desk, case_id)
    assert (message.mine, message.note, message.state) == (True, "已在路上，约十分钟 😀", ItemState.WAITING)
    assert [one.case_id for one in conversations(desk)] == [case_id]
    assert undo(desk, saved.record_id) is Undone.REMOVED
    assert read_messages(desk, case_id) == ()


def test_read_receipt_of_command_shows_beside_what_it_covers(desk: Desk) -> None:
    case_id = put_case(desk)
    said(desk, case_id, "先", 3, officer="G1001")
    was_read(desk, case_id, "C4001", 4, seen=3)
    said(desk, case_id, "后", 5, officer="G1001")
    first, second = read_messages(desk, case_id)
    assert (first.read_by, second.read_by) == (("冯国强",), ())


def test_only_conversations_that_concern_the_officer_are_listed_unread_ones_first(desk: Desk) -> None:
    elsewhere = put_case(desk, assignee="G1009", reporter="G1008")
    said(desk, elsewhere, "与我无关", 3)
    quiet = put_case(desk, reporter="G1001", assignee="")
    said(desk, quiet, "自己写的", 6, officer="G1001")
    loud = put_case(desk)
    said(desk, loud, "新", 4)
    assert [one.case_id for one in conversations(desk)] == [loud, quiet]


def test_refused_message_is_no_part_of_the_conversation_for_others(desk: Desk) -> None:
    case_id = put_case(desk)
    said(desk, case_id, "拒", 3, standing="refused", code="case_unknown")
    assert conversations(desk) == ()


def test_messages_move_no_case_and_stay_out_of_its_history(desk: Desk) -> None:
    case_id = put_case(desk, state=CaseState.CLOSED.value)
    send_message(desk, case_id, "结案后补充说明")
    said(desk, case_id, "收到", 3)
    row = desk.work.city.case(case_id)
    assert row is not None
    assert row["state"] == "closed"
    assert {entry.kind for entry in read_history(desk, row)} == {"report", "open", "dispatch"}


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_empty_message_is_refused_and_nothing_is_written(desk: Desk, text: str) -> None:
    case_id = put_case(desk)
    with pytest.raises(InputRefused, match="message_empty"):
        send_message(desk, case_id, text)
    assert desk.work.outbox.entries() == []


def test_case_that_is_not_here_is_said(desk: Desk) -> None:
    with pytest.raises(InputRefused, match="case_unknown"):
        read_messages(desk, desk.new_id())
    with pytest.raises(InputRefused, match="case_unknown"):
        send_message(desk, desk.new_id(), "喂")


def test_ten_thousand_messages_are_listed_by_case(desk: Desk) -> None:
    case_id = put_case(desk)
    with desk.work.act():
        desk.work.city._db.conn.executemany(
            "INSERT INTO case_act (act_id, case_id, act_order, kind, officer_id, note, received_at, standing,"
            " record) VALUES (?, ?, ?, 'message', 'C4001', '多', '2026-11-20T02:00:00Z', 'accepted', '')",
            [(f"{n:036d}", case_id, n + 10) for n in range(10_000)],
        )
    (line,) = conversations(desk)
    assert line.unread == 10_000
    mark_read(desk, case_id)
    assert conversations(desk)[0].unread == 0


def test_photo_and_voice_go_with_a_message_through_outbox_and_uploads(desk: Desk, tmp_path: Path) -> None:
    case_id = put_case(desk)
    begun = begin_act(desk, case_id, ActKind.MESSAGE)
    ensure_act(desk, begun)
    take_photo(desk, begun.draft_id, jpeg(), NOWHERE)
    voice = save_voice(desk, begun.draft_id, write_voice(b"\x10\x00" * 24_000))

    saved = send_message(desk, case_id, "", begun.draft_id)

    (message,) = read_messages(desk, case_id)
    assert [(one.length_ms, Path(one.path).exists(), one.wanted) for one in message.voices] == [
        (1500, True, "")
    ]
    assert [Path(photo.path).exists() for photo in message.photos] == [True]
    lanes = [(up.file.media_type, up.file.lane.value) for up in desk.work.uploads.of_record(saved.record_id)]
    assert ("audio/wav", "original") in lanes
    assert ("image/jpeg", "thumbnail") in lanes
    assert voice.photo.file(Lane.THUMBNAIL) is None
    assert begin_act(desk, case_id, ActKind.MESSAGE).draft_id != begun.draft_id


def test_draft_without_anything_attached_sends_the_note_alone(desk: Desk) -> None:
    case_id = put_case(desk)
    reserved = begin_act(desk, case_id, ActKind.MESSAGE)
    send_message(desk, case_id, "好", reserved.draft_id)
    with pytest.raises(InputRefused, match="message_empty"):
        send_message(desk, case_id, " ", begin_act(desk, case_id, ActKind.MESSAGE).draft_id)
    assert [one.note for one in read_messages(desk, case_id)] == ["好"]


def test_photo_and_voice_of_others_are_named_for_fetching_and_shown_once_they_are_here(desk: Desk) -> None:
    case_id = put_case(desk)
    picture, sound = b"\xff\xd8\xff of command", write_voice(b"\x10\x00" * 16_000)
    files = [(picture, "image/jpeg", "scene", 0), (sound, "audio/wav", "voice", 1000)]
    photos = tuple(
        Photo(
            slot, PhotoRole(role), Origin.IMPORTED,
            (FileRef(Lane.ORIGINAL, sha256_hex(data), len(data), kind),), length_ms=length,
        )
        for slot, (data, kind, role, length) in enumerate(files, 1)
    )  # fmt: skip
    stamp = desk.work.meta.stamp(desk.clock)
    act = Act(desk.new_id(), case_id, ActKind.MESSAGE, "C4001", "central", stamp, "看图", photos=photos)
    said(desk, case_id, "看图", 3, record=encode_record(act))

    (before,) = read_messages(desk, case_id)
    assert [(p.path, p.wanted) for p in before.photos] == [("", sha256_hex(picture))]
    assert [(v.path, v.wanted) for v in before.voices] == [("", sha256_hex(sound))]

    for data in (picture, sound):
        keep_fetched(desk.folder, sha256_hex(data), [data])
    (after,) = read_messages(desk, case_id)
    assert (after.photos[0].wanted, after.voices[0].wanted) == ("", "")
    assert Path(after.voices[0].path).read_bytes() == sound


def test_long_thread_is_read_by_pages_newest_first_asked_and_oldest_first_shown(desk: Desk) -> None:
    case_id = put_case(desk)
    for number in range(7):
        said(desk, case_id, f"第{number}条", number + 3)
    send_message(desk, case_id, "在写")
    page = read_thread(desk, case_id, 3)
    assert [one.note for one in page.messages] == ["第4条", "第5条", "第6条", "在写"]
    assert page.earlier
    assert not read_thread(desk, case_id, 7).earlier
