"""Tasks: inboxes of the roles, a case in every state, the forms of the acts, what went otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from album import Album
from conftest import OpenDesk
from field_app import put_rows, run_job
from scenery import acts, case, hours_ago, open_task, press, reveal, stand_at, street_file, tell, to_the_end
from shell_fakes import PINS, Bench

from fieldapp.capture.desk import Desk
from sync.contract.lifecycle import ActKind
from sync.contract.records import Act, RecordType
from sync.contract.wire import decode_record

ROLES = ("G1001", "S2001", "U3001", "C4001", "D5001", "L6001")
for _role in ROLES:
    PINS.setdefault(_role, "246810")
STATES = (
    "dispatched",
    "accepted",
    "arrived",
    "handled",
    "fed_back",
    "verified",
    "closed",
    "void",
    "returned",
    "suspended",
)
WAY = (
    ("report", "G1002", "渣土撒漏"),
    ("open", "C4001", ""),
    ("dispatch", "D5001", "请尽快到场"),
    ("decline", "U3001", "不属本单位职责"),
    ("dispatch", "D5001", "改派就近人员"),
    ("accept", "G1001", ""),
    ("arrive", "G1001", ""),
    ("supervise", "C4001", "领导关注，请两小时内处置"),
)


@pytest.mark.parametrize("role", ROLES)
def test_inboxes(at_work: OpenDesk, album: Album, role: str) -> None:
    bench = at_work(role, "tasks")
    case(bench, "dispatched", due_at=hours_ago(2), supervised=1)
    case(bench, "accepted", due_at=hours_ago(-0.4))
    case(bench, "checking", assignee="", reporter="G1004")
    case(bench, "fed_back", assignee="U3002")
    case(bench, "reported", assignee="", reporter="G1002")
    case(bench, "return_asked", assignee="U3002")
    album.take(bench, f"tasks-inbox-{role}")


@pytest.mark.parametrize("state", STATES)
def test_states(at_work: OpenDesk, album: Album, state: str) -> None:
    bench = at_work(page="tasks")
    stand_at(bench)
    made = case(
        bench, state, lon=113.9, lat=22.5709, class_code="03-11", supervised=1 if state == "accepted" else 0
    )
    if state in ("arrived", "closed"):
        acts(
            bench,
            made,
            *WAY,
            *(
                (("close", "C4001", ""), ("learn", "C4001", "雨前先查井盖，夜间加派一组"))
                if state == "closed"
                else ()
            ),
        )
    open_task(bench, made)
    album.take(bench, f"task-{state}")
    if state == "arrived":
        to_the_end(bench, "tasks.scroll")
        album.take(bench, "task-history")


FORMS = {
    "arrive": "accepted",
    "handle": "arrived",
    "feed_back": "handled",
    "decline": "dispatched",
    "ask_delay": "accepted",
    "return": "accepted",
    "ask_suspend": "accepted",
    "confirm": "checking",
    "deny": "checking",
    "verify": "fed_back",
    "reject": "fed_back",
    "self_handle": "reported",
    "supplement": "accepted",
}
"""The form of an act, and a state in which it is offered."""


def refused(bench: Bench, made: str, code: str) -> None:
    """Central refused the last act."""

    def job(desk: Desk) -> None:
        entry = next(one for one in desk.work.outbox.entries() if one.record.record_type is RecordType.ACT)
        act = decode_record(RecordType.ACT, entry.record.body)
        assert isinstance(act, Act)
        now = datetime.now(UTC).isoformat()
        put_rows(
            desk,
            "case_act",
            {
                "act_id": act.act_id,
                "case_id": made,
                "act_order": 990_000,
                "kind": act.kind.value,
                "officer_id": act.officer_id,
                "done_at": now,
                "received_at": now,
                "standing": "refused",
                "code": code,
            },
        )
        with desk.work.act():
            desk.work.outbox.freeze_batch(100, datetime.now(UTC))
            desk.work.outbox.mark_needs_you(act.act_id, code, {"act": act.kind.value})

    run_job(bench.qtbot, bench.shell.writer, job)
    bench.shell.events.tablesChanged.emit(frozenset({"case_act"}))
    bench.shell.events.recordsChanged.emit(frozenset({made}))


def test_given_to_another_refused_and_clash(at_work: OpenDesk, album: Album) -> None:
    bench = at_work(page="tasks")
    made = case(bench, "dispatched")
    open_task(bench, made)
    bench.wait(lambda: bench.shell.pages.tasks.sheet.offers(ActKind.ACCEPT))
    bench.shell.pages.tasks.act("accept")
    bench.wait(lambda: bench.shell.pages.tasks.sheet.caseState == "accepted")
    album.take(bench, "task-just-accepted")
    acts(bench, made, ("dispatch", "D5001", ""), ("dispatch", "D5001", "改派就近人员"))
    tell(
        bench,
        city_case=[
            {
                **run_job(bench.qtbot, bench.shell.reader, lambda desk: desk.work.city.case(made)),
                "assignee": "U3001",
                "state": "dispatched",
            }
        ],
    )
    refused(bench, made, "act_not_assigned")
    album.take(bench, "task-given-to-another")
    clash = case(bench, "accepted")
    acts(bench, clash, ("handle", "G1002", "已清理路面"), standing="refused", code="act_not_assigned")
    open_task(bench, clash)
    album.take(bench, "task-clash")
    other = case(bench, "dispatched")
    open_task(bench, other)
    bench.wait(lambda: bench.shell.pages.tasks.sheet.offers(ActKind.ACCEPT))
    bench.shell.pages.tasks.act("accept")
    bench.wait(lambda: bench.shell.pages.tasks.sheet.caseState == "accepted")
    refused(bench, other, "act_not_allowed")
    album.take(bench, "task-refused")


@pytest.mark.parametrize("kind", FORMS)
def test_forms(at_work: OpenDesk, album: Album, kind: str, tmp_path: Path) -> None:
    of = FORMS[kind]
    bench = at_work(page="tasks")
    stand_at(bench, 113.9, 22.60 if kind in ("arrive", "verify") else 22.57)
    who = (
        {
            "assignee": "U3001" if of == "fed_back" else "",
            "reporter": "G1001" if of == "reported" else "G1004",
        }
        if of in ("fed_back", "checking", "reported")
        else {}
    )
    made = case(bench, of, lon=113.9, lat=22.57, **who)
    open_task(bench, made)
    tasks = bench.shell.pages.tasks
    tasks.act(kind)
    bench.wait(lambda: tasks.draft.kind == kind or not tasks.settling)
    album.take(bench, f"form-{kind}")
    if kind == "handle":
        tasks.draft.importPhotos([str(street_file(tmp_path))], "before")
        bench.wait(lambda: tasks.draft.photoCount == 1)
        album.take(bench, "form-handle-one-side")
        tasks.draft.importPhotos([str(street_file(tmp_path, 1))], "after")
        bench.wait(lambda: tasks.draft.photoCount == 2)
        tasks.draft.edit("已清理路面，劝离车辆，通知运输单位")
        album.take(bench, "form-handle-full")
        press(bench, "tasks.compare.open")
        album.take(bench, "form-compare")


def test_help_and_nothing_to_do(at_work: OpenDesk, album: Album) -> None:
    bench = at_work("S2001", "tasks")
    made = case(bench, "accepted")
    open_task(bench, made)
    reveal(bench, "tasks.help")
    press(bench, "tasks.help")
    album.take(bench, "task-help")
    press(bench, "tasks.help.dialog.reject")
    bench.shell.pages.tasks.choose("done")
    bench.wait(lambda: bench.shell.pages.tasks.filter == "done")
    album.take(bench, "tasks-empty-done")
