"""Messages of a case on the tablet: written offline, unread until seen, read receipts both ways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from case_makers import put, put_act, put_case
from use_case_desk import close_desk, make_desk

from fieldapp.capture.case_history import read_history
from fieldapp.capture.desk import Desk
from fieldapp.capture.messages import conversations, mark_read, read_messages, send_message
from fieldapp.capture.undo import Undone, undo
from sync.contract.errors import InputRefused
from sync.contract.lifecycle import ActKind, CaseState
from sync.contract.records import Act, RecordType
from sync.contract.wire import decode_record
from sync.replica.outbox import ItemState


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
