"""Ten thousand messages on one case: they come in pages, the newest are shown first, none is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from fieldapp.capture.messages import PAGE, conversations, mark_read, read_thread, send_message
from fieldapp.capture.task_sheet import read_task
from sync.central.store.store import note_change
from sync.central.world import iso
from sync.contract.ids import new_id
from sync.contract.lifecycle import ActKind
from sync.contract.records import Act, ClockState, Stamp
from sync.contract.wire import PAGE_LIMIT, encode_record
from sync.replica.database import Database
from tests.contract.central_server import CentralUnderTest
from tests.contract.field_tablet import Command, FieldTablet, PlayClock, world_of

MESSAGES = 10_000
T = TypeVar("T")


@pytest.fixture(scope="module")
def talked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CentralUnderTest, FieldTablet, str]]:
    """A case with ten thousand messages of the desk at central, and its handler's tablet before the pull."""
    root, clock = tmp_path_factory.mktemp("talk"), PlayClock()
    with ExitStack() as stack:
        central = stack.enter_context(CentralUnderTest(root / "central", world=world_of(clock)))
        tablet = FieldTablet(root / "tablet", central, "I2001", clock)
        stack.callback(tablet.close)
        tablet.sync()
        case_id = tablet.report()
        tablet.sync()
        Command(central, clock).dispatch(case_id, "I2001")
        with central.central.store.writing() as db:
            for number in range(MESSAGES):
                _say(db, case_id, number, clock)
        yield central, tablet, case_id


def _say(db: Database, case_id: str, number: int, clock: PlayClock) -> None:
    """A message as the desk's own acts lie in the store."""
    at = clock.now() + timedelta(milliseconds=number)
    act = Act(
        new_id(),
        case_id,
        ActKind.MESSAGE,
        "D5001",
        "central",
        Stamp(at, number, "boot", number + 1, ClockState.TRUSTED, 0),
        f"第 {number} 条消息：请注意现场安全。",
    )
    order = note_change(db, "case_act", act.act_id)
    db.execute(
        "INSERT INTO case_act (act_id, case_id, act_order, kind, officer_id, to_officer, withdraws, note,"
        " done_at, received_at, standing, code, record, counted_at, minutes, condition)"
        " VALUES (?, ?, ?, 'message', 'D5001', '', '', ?, ?, ?, 'accepted', '', ?, ?, 0, '')",
        (act.act_id, case_id, order, act.note, iso(at), iso(at), encode_record(act), iso(at)),
    )


def timed(name: str, work: Callable[[], T]) -> T:
    began = time.perf_counter()
    result = work()
    print(f"{name}: {(time.perf_counter() - began) * 1000:.1f} ms")
    return result


def test_ten_thousand_messages_come_in_pages_open_at_once_and_none_is_lost(
    talked: tuple[CentralUnderTest, FieldTablet, str], tmp_path: Path
) -> None:
    _, tablet, case_id = talked
    pages: list[int] = []
    apply = tablet.work.city.apply
    tablet.work.city.apply = lambda changes: (pages.append(len(changes)), apply(changes))[1]  # type: ignore[method-assign]
    timed("pull of 10,000 messages", tablet.sync)
    tablet.work.city.apply = apply  # type: ignore[method-assign]

    assert max(pages) <= PAGE_LIMIT
    assert len(pages) >= MESSAGES // PAGE_LIMIT
    desk = tablet.desk
    line = timed("list of conversations", lambda: conversations(desk))[0]
    assert (line.unread, line.last_note[:9]) == (MESSAGES, f"第 {MESSAGES - 1} 条消")
    thread = timed("newest page of the thread", lambda: read_thread(desk, case_id))
    assert (len(thread.messages), thread.earlier) == (PAGE, True)
    assert thread.messages[-1].note.startswith(f"第 {MESSAGES - 1} 条")
    sheet = timed("page of the task", lambda: read_task(desk, case_id))
    assert {entry.kind for entry in sheet.history} >= {"report", "dispatch"}
    timed("saying something", lambda: send_message(desk, case_id, "收到"))
    timed("read", lambda: mark_read(desk, case_id))
    assert timed("list of conversations, all read", lambda: conversations(desk))[0].unread == 0
    timed("sending two acts", tablet.sync)
    whole = timed("the whole thread", lambda: read_thread(desk, case_id, MESSAGES + PAGE))
    assert (len(whole.messages), whole.earlier) == (MESSAGES + 1, False)
    assert len({message.act_id for message in whole.messages}) == MESSAGES + 1


def test_command_line_lists_ten_thousand_messages(talked: tuple[CentralUnderTest, FieldTablet, str]) -> None:
    central, _, case_id = talked
    _, told = timed("messages at central", lambda: central.central.ledger.messages(case_id))
    assert len([one for one in told if one["officer_id"] == "D5001"]) == MESSAGES
