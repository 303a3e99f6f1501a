"""Alerts through the window: they come by themselves, are answered offline by clicks, and help is called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from field_app import put_case, put_rows, run_job
from shell_fakes import Bench, OpenBench, find
from task_stage import make_jpeg

from fieldapp.capture.desk import Desk
from sync.contract.alerts import AlertActKind
from sync.contract.calls import CallActKind
from sync.contract.records import AlertAct, CallAct, Record
from sync.contract.squads import RankedSquad
from sync.contract.tables import TABLES, Row
from sync.contract.wire import decode_record, sha256_hex
from sync.notices import Notice, NoticeKind
from sync.replica.fetched import keep_fetched
from sync.replica.outbox import ItemState
from tests.contract.central_records import alert_row

MILD = "01900000-0000-7000-8000-00000000a1e1"
OTHER = "01900000-0000-7000-8000-00000000a1e3"
SERIOUS = "01900000-0000-7000-8000-00000000a1e2"
CALL = "01900000-0000-7000-8000-00000000ca11"
MINE = alert_row(
    MILD, kind="site_dwell", severity=1, address="创业路 3 号", facts='{"minutes": 95, "camera": "7"}'
)
TABLE_NAMES = frozenset({"alert", "alert_act", "reinforcement", "call_act"})


def open_as(open_bench: OpenBench, officer: str) -> Bench:
    opened = open_bench()
    opened.sign_in(officer)
    opened.wait(lambda: opened.stage() == "open")
    opened.wait(lambda: bool(opened.shell.pages.alerts.loaded))
    return opened


def tell(bench: Bench, table: str, *rows: Row) -> None:
    """Central tells rows, and the daemon says so."""

    def put(desk: Desk) -> None:
        for row in rows:
            put_rows(desk, table, row)

    run_job(bench.qtbot, bench.shell.writer, put)
    bench.shell.events.tablesChanged.emit(TABLE_NAMES)


def records(desk: Desk) -> list[Record]:
    entries = reversed(desk.work.outbox.entries())
    return [decode_record(entry.record.record_type, entry.record.body) for entry in entries]


def sheet(bench: Bench) -> Any:
    return bench.shell.pages.alerts.sheet


@pytest.fixture
def worker(open_bench: OpenBench) -> Bench:
    return open_as(open_bench, "G1001")


@pytest.fixture
def officer(open_bench: OpenBench) -> Bench:
    return open_as(open_bench, "S2001")


def opened(bench: Bench, alert_id: str) -> None:
    bench.shell.app.navigate("alerts")
    bench.wait(lambda: find(bench.window, f"alerts.row.{alert_id}") is not None)
    bench.click(f"alerts.row.{alert_id}")
    bench.wait(lambda: sheet(bench).alertId == alert_id)


def test_alert_comes_by_itself_is_said_and_counted_and_gone_with_the_officer(worker: Bench) -> None:
    alerts = worker.shell.pages.alerts
    worker.window.hide()
    with worker.qtbot.waitSignal(alerts.came) as came:
        tell(worker, "alert", MINE)
    assert came.args is not None
    assert came.args[0] == MILD
    assert "创业路 3 号" in came.args[1]
    assert alerts.newCount == 1
    assert worker.notices[-1] == Notice(NoticeKind.ALERTS, 1)

    worker.shell.events.closed.emit()
    assert (alerts.newCount, alerts.selected, alerts.items.rows()) == (0, "", [])
    assert sheet(worker).alertId == ""


def test_of_several_alerts_that_come_at_once_the_urgent_one_stays_to_be_read_and_looks_so(
    officer: Bench,
) -> None:
    toast = officer.item("toast")
    tell(
        officer,
        "alert",
        alert_row(SERIOUS, severity=3, address="107 国道"),
        alert_row(OTHER, severity=2, address="新湖路"),
    )
    officer.wait(lambda: "107 国道" in toast.property("text"))
    assert toast.property("text").startswith("紧急预警")
    assert toast.property("kind") == "urgent"

    tell(officer, "alert", alert_row(MILD, severity=2, address="裕安一路"))
    officer.wait(lambda: "裕安一路" in toast.property("text"))
    assert toast.property("text").startswith("新预警")
    assert toast.property("kind") == "info"


def test_alerts_are_answered_dismissed_with_a_reason_and_passed_on_by_clicks_without_a_network(
    worker: Bench,
) -> None:
    tell(worker, "alert", MINE)
    opened(worker, MILD)
    assert sheet(worker).suggested == "visit_site"
    worker.click("alerts.primary")
    worker.wait(lambda: sheet(worker).offered == ["pass_on", "release", "done", "dismiss"])
    worker.wait(lambda: bool(worker.shell.pages.alerts.newCount == 0))
    worker.click("alerts.primary")
    worker.wait(lambda: find(worker.window, "alerts.dialog.accept") is not None)
    worker.click("alerts.dialog.accept")
    worker.wait(lambda: sheet(worker).offered == [])
    acts = [one for one in run_job(worker.qtbot, worker.shell.writer, records) if isinstance(one, AlertAct)]
    assert [(one.alert_id, one.kind) for one in acts] == [
        (MILD, AlertActKind.TAKE),
        (MILD, AlertActKind.DONE),
    ]

    strange: Row = {"facts": '{"metres": 300}', "address": "", "grid_cell": "outside"}
    tell(worker, "alert", {**MINE, "alert_id": OTHER, **strange})
    opened(worker, OTHER)
    worker.wait(lambda: find(worker.window, "alerts.measured.metres") is not None)
    unnamed = worker.item("alerts.measured.metres")
    assert (unnamed.isVisible(), unnamed.property("value")) == (True, "300")
    assert sheet(worker).place == "本市网格之外"
    worker.click("alerts.side.dismiss")
    worker.wait(lambda: find(worker.window, "alerts.dialog.accept") is not None)
    accept = worker.item("alerts.dialog.accept")
    assert not accept.isEnabled()
    worker.type("alerts.dialog.note", "misread")
    worker.wait(accept.isEnabled)
    worker.click("alerts.dialog.accept")
    worker.wait(lambda: sheet(worker).offered == [])

    tell(worker, "alert", alert_row(SERIOUS, severity=2))
    opened(worker, SERIOUS)
    assert sheet(worker).offered == ["pass_on"]
    worker.click("alerts.side.pass_on")
    worker.wait(lambda: sheet(worker).people.count > 0)
    number = sheet(worker).people.rows()[0].number
    worker.wait(lambda: find(worker.window, f"alerts.person.{number}") is not None)
    worker.click(f"alerts.person.{number}")
    worker.click("alerts.dialog.accept")
    worker.wait(lambda: sheet(worker).offered == [])
    act = run_job(worker.qtbot, worker.shell.writer, records)[-1]
    assert isinstance(act, AlertAct)
    assert (act.kind, act.to_officer) == (AlertActKind.PASS_ON, number)


def test_picture_is_fetched_when_an_alert_is_opened_and_who_was_second_reads_why(
    worker: Bench, tmp_path: Path
) -> None:
    picture = make_jpeg(tmp_path / "seen.jpg").read_bytes()
    sha256 = sha256_hex(picture)
    asked: list[str] = []
    worker.shell.events.fetchWanted.connect(asked.append)
    tell(worker, "alert", {**MINE, "picture": sha256})
    opened(worker, MILD)
    worker.wait(lambda: asked == [sha256])
    worker.shell.events.fetched.emit(sha256, "unreachable")
    worker.wait(lambda: bool(sheet(worker).pictureReason))
    worker.click("alerts.picture.fetch")
    worker.wait(lambda: asked == [sha256] * 2)
    run_job(
        worker.qtbot, worker.shell.writer, lambda desk: keep_fetched(desk.folder, sha256, iter([picture]))
    )
    worker.shell.events.fetched.emit(sha256, "")
    worker.wait(lambda: bool(sheet(worker).picture))
    worker.wait(worker.item("alerts.picture").isVisible)

    worker.click("alerts.primary")
    worker.wait(lambda: bool(sheet(worker).mine))

    def refuse(desk: Desk) -> str:
        act_id = desk.work.outbox.entries()[0].record.record_id
        with desk.work.act():
            desk.work.outbox.freeze_batch(9, desk.clock.now())
            desk.work.outbox.mark_needs_you(act_id, "alert_taken", {"holder": "G1002"})
        return act_id

    act_id = run_job(worker.qtbot, worker.shell.writer, refuse)
    tell(worker, "alert", {**MINE, "state": "taken", "holder": "G1002", "last_act": "x"})
    worker.wait(lambda: bool(sheet(worker).refused))
    assert not sheet(worker).mine
    assert sheet(worker).offered == []
    worker.click("alerts.refusedBanner.action")
    worker.wait(lambda: not sheet(worker).refused)
    state = run_job(worker.qtbot, worker.shell.writer, lambda desk: desk.work.outbox.entry(act_id).state)
    assert state is ItemState.REPLACED


def test_truck_and_place_are_one_tap_away_help_is_called_for_and_a_squad_says_that_it_comes(
    officer: Bench,
) -> None:
    tell(officer, "alert", alert_row(SERIOUS, severity=2, plate="粤B12345"))
    opened(officer, SERIOUS)
    officer.click("alerts.map")
    officer.wait(lambda: officer.shell.app.property("page") == "map")
    officer.shell.pages.alerts.open("")
    officer.shell.pages.map.alertAsked.emit(SERIOUS)
    officer.wait(lambda: sheet(officer).alertId == SERIOUS)
    assert officer.shell.app.property("page") == "alerts"
    officer.click("alerts.truck")
    officer.wait(lambda: officer.shell.app.property("page") == "lookup")
    officer.wait(lambda: str(officer.shell.pages.lookup.plate) == "粤B12345")

    tell(officer, "alert", alert_row(SERIOUS, severity=3))
    opened(officer, SERIOUS)
    officer.click("alerts.side.call")
    officer.wait(lambda: find(officer.window, "alerts.dialog.accept") is not None)
    officer.click("alerts.dialog.accept")
    officer.wait(lambda: sheet(officer).calls.count == 1)
    row = sheet(officer).calls.rows()[0]
    assert (row.tone, row.can_end, row.can_accept) == ("danger", True, False)
    call = run_job(officer.qtbot, officer.shell.writer, records)[-1]
    assert isinstance(call, CallAct)
    assert (call.kind, call.alert_id, call.call_id) == (CallActKind.CALL, SERIOUS, call.act_id)

    squads = [RankedSquad("二队", ("S2001",), 830, asked=True)]
    told = {
        **dict.fromkeys(TABLES["reinforcement"].column_names, ""),
        "call_id": CALL,
        "caller": "S2002",
        "called_at": "2026-11-20T01:00:00Z",
        "asked": "S2001",
        "squads": msgspec.json.encode(squads).decode(),
        "state": "open",
    }
    alerts = officer.shell.pages.alerts
    before = alerts.newCount  # first: the list may be read while the row is being written
    tell(officer, "reinforcement", told)
    officer.wait(lambda: bool(alerts.newCount == before + 1))
    officer.shell.app.navigate("alerts")
    name = f"alerts.call.{CALL}.accept"
    officer.wait(lambda: find(officer.window, name) is not None)
    officer.click(name)
    officer.wait(lambda: bool(alerts.newCount == before))
    assert next(one for one in alerts.calls.rows() if one.call_id == CALL).tone == "success"  # type: ignore[attr-defined]


def test_help_is_called_for_from_a_task(officer: Bench) -> None:
    case_id = str(run_job(officer.qtbot, officer.shell.writer, lambda desk: put_case(desk, "accepted")))
    officer.shell.events.tablesChanged.emit(frozenset({"city_case"}))
    officer.shell.app.navigate("tasks")
    officer.shell.pages.tasks.open(case_id)
    officer.wait(lambda: officer.shell.pages.tasks.sheet.caseId == case_id)
    officer.click("tasks.help")
    officer.wait(lambda: find(officer.window, "tasks.help.dialog.accept") is not None)
    officer.click("tasks.help.dialog.accept")
    officer.wait(lambda: bool(officer.shell.pages.alerts.calls.count == 1))
    (call,) = run_job(officer.qtbot, officer.shell.writer, records)
    assert isinstance(call, CallAct)
    assert (call.case_id, call.alert_id) == (case_id, "")
