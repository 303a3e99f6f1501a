"""Messages through the window: command's word appears unread, is read when seen, and is answered offline."""

from __future__ import annotations

import pytest
from field_app import put_rows, run_job
from shell_fakes import Bench, OpenBench, find

from fieldapp.capture.desk import Desk
from sync.contract.ids import short_id
from sync.contract.lifecycle import ActKind
from sync.contract.records import Act, RecordType
from sync.contract.wire import decode_record

CASE = "01900000-0000-7000-8000-00000000ca77"
MESSAGE = "01900000-0000-7000-8000-00000000ac77"
SILENT = "01900000-0000-7000-8000-00000000ca78"


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """G1001 at work; the chief has just written about a case of G1001's."""
    opened = open_bench()
    opened.sign_in()
    opened.wait(lambda: opened.stage() == "open")
    run_job(opened.qtbot, opened.shell.writer, told)
    opened.shell.events.tablesChanged.emit(frozenset({"city_case", "case_act"}))
    opened.wait(lambda: opened.shell.pages.messages.unread == 1)
    return opened


def told(desk: Desk) -> None:
    put_rows(desk, "city_case", {
        "case_id": CASE, "reporter": "G1001", "class_code": "03-11", "state": "reported",
        "reported_at": "2026-11-20T00:00:00Z", "address": "新湖路与裕安一路交叉口",
    })  # fmt: skip
    put_rows(desk, "case_act", {
        "act_id": MESSAGE, "case_id": CASE, "act_order": 9_000_000, "kind": "message", "officer_id": "C4001",
        "note": "请补一张门牌照片", "standing": "accepted", "done_at": "2026-11-20T01:00:00Z",
        "received_at": "2026-11-20T01:00:00Z",
    })  # fmt: skip


def acts(desk: Desk) -> list[Act]:
    found = [decode_record(RecordType.ACT, entry.record.body) for entry in desk.work.outbox.entries()]
    return [act for act in found if isinstance(act, Act)]


def opened(bench: Bench) -> None:
    bench.shell.app.navigate("messages")
    bench.wait(lambda: find(bench.window, f"messages.case.{CASE}") is not None)
    bench.click(f"messages.case.{CASE}")
    bench.wait(lambda: find(bench.window, f"messages.one.{MESSAGE}") is not None)


def test_message_is_unread_until_it_is_seen_and_then_command_is_told(bench: Bench) -> None:
    bench.shell.pages.messages.open(CASE)
    bench.wait(lambda: len(bench.shell.pages.messages.messages.rows()) == 1)
    assert bench.shell.pages.messages.unread == 1
    assert run_job(bench.qtbot, bench.shell.writer, acts) == []

    opened(bench)

    bench.wait(lambda: bench.shell.pages.messages.unread == 0)
    (read,) = run_job(bench.qtbot, bench.shell.writer, acts)
    assert (read.kind, read.case_id, read.seen_seq) == (ActKind.READ, CASE, 9_000_000)


def test_answer_is_written_and_sent_once_and_shows_that_it_waits(bench: Bench) -> None:
    opened(bench)
    bench.shell.pages.messages.write("马上补")
    with bench.qtbot.waitSignal(bench.shell.pages.messages.sent):
        bench.click("messages.send")
        bench.shell.pages.messages.send()
    bench.wait(lambda: len(bench.shell.pages.messages.messages.rows()) == 2)
    mine = bench.shell.pages.messages.messages.rows()[-1]
    assert (mine.note, mine.mine, mine.status) == ("马上补", True, "waiting")  # type: ignore[attr-defined]
    assert bench.shell.pages.messages.text == ""
    sent = [act for act in run_job(bench.qtbot, bench.shell.writer, acts) if act.kind is ActKind.MESSAGE]
    assert [act.note for act in sent] == ["马上补"]


def test_conversation_says_where_its_case_is(bench: Bench) -> None:
    opened(bench)
    assert bench.item(f"messages.case.{CASE}").property("place") == "新湖路与裕安一路交叉口"
    assert bench.item("messages.header").property("subtitle") == f"{short_id(CASE)} · 新湖路与裕安一路交叉口"


def test_what_is_being_written_stays_with_its_case(bench: Bench) -> None:
    opened(bench)
    bench.shell.pages.messages.write("写了一半")
    bench.shell.pages.messages.open("")
    assert bench.shell.pages.messages.text == ""
    bench.shell.pages.messages.open(CASE)
    assert bench.shell.pages.messages.text == "写了一半"


def test_from_a_report_its_messages_open(bench: Bench) -> None:
    bench.shell.app.navigate("reports")
    bench.wait(lambda: find(bench.window, f"reports.row.{CASE}") is not None)
    bench.click(f"reports.row.{CASE}")
    bench.wait(lambda: bench.shell.pages.reports.told)
    bench.click("reports.talk")
    assert bench.shell.app.property("page") == "messages"
    assert bench.shell.pages.messages.selected == CASE


def test_first_message_of_a_case_is_written_under_the_cases_name(bench: Bench) -> None:
    def silent(desk: Desk) -> None:
        put_rows(desk, "city_case", {
            "case_id": SILENT, "reporter": "G1001", "class_code": "03-12", "state": "reported",
            "reported_at": "2026-11-20T00:00:00Z",
        })  # fmt: skip

    run_job(bench.qtbot, bench.shell.writer, silent)
    bench.shell.app.navigate("messages")
    bench.shell.pages.messages.open(SILENT)
    known = bench.shell.pages.messages
    bench.wait(lambda: known.title != "")

    header = bench.item("messages.header")
    assert header.property("title") == known.title != "消息"
    assert header.property("subtitle") == short_id(SILENT)


def test_the_next_officer_sees_nothing_of_them(bench: Bench) -> None:
    bench.shell.events.closed.emit()
    assert bench.shell.pages.messages.unread == 0
    assert bench.shell.pages.messages.items.rows() == []
