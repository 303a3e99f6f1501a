"""The list of 5,000 tasks (acts waiting on 200), their clocks, and one task opened, against the bare rows."""

import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fieldapp.capture.act import submit_act
from fieldapp.capture.desk import Desk
from fieldapp.capture.task_sheet import read_task
from fieldapp.capture.tasks import list_tasks
from fieldapp.capture.timing import desk_timing
from fieldapp.services.due import due_state
from sync.central.city import CITY, build
from sync.clock import SystemClock
from sync.contract.ids import new_id
from sync.contract.lifecycle import ActKind
from sync.contract.tables import TABLES, Row, Stream
from sync.contract.wire import Change, OfficerCard
from sync.replica.folder import DataFolder
from sync.replica.meta import CursorAt, Identity
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore
from sync.resources import resource

TASKS = 5_000
WAITING = 200
ROUNDS = 5
OFFICER = "G1001"
CLOCKS = [
    '{"stage":"handle","condition":"03-11/1","limit_s":57600,"since":"2026-11-20T02:00:00Z","continuous":false}',
    '{"stage":"handle","condition":"03-11/1","limit_s":57600,"since":"2026-11-20T02:00:00Z","continuous":true}',
]
BODY = '{"note": "' + "长" * 400 + '"}'


def run() -> list[dict[str, Any]]:
    """The whole list, and one task opened."""
    with tempfile.TemporaryDirectory(prefix="bench-tasks-") as place:
        desk = filled_desk(Path(place), secrets.token_bytes(32))
        cases = [str(row["case_id"]) for row in desk.work.tasks.cases(OFFICER)]
        for case_id in cases[:WAITING]:
            submit_act(desk, case_id, ActKind.ACCEPT)
        whole = _figure(
            f"list of {TASKS} tasks, {WAITING} with acts waiting",
            lambda: list_tasks(desk),
            lambda: desk.work.city.cases_of(OFFICER),
        )
        worktime, lines, now = desk_timing(desk).worktime, list_tasks(desk), desk.clock.now()
        lights = _figure(
            f"time limits of {TASKS} tasks read, plain differences of times for comparison",
            lambda: [due_state(line, now, worktime) for line in lines],
            lambda: [now - line.reported_at for line in lines if line.reported_at],
            50,
        )
        one = _figure(
            "one task opened, with its history",
            lambda: read_task(desk, cases[0]),
            lambda: _bare(desk, cases[0]),
        )
        desk.work.close()
        desk.reference.close()
    return [whole, lights, one]


def _bare(desk: Desk, case_id: str) -> list[object]:
    """The rows a task is made of, as they lie in the store."""
    work = desk.work
    return [work.city.case(case_id), work.city.acts(case_id), work.outbox.records_of_case(case_id)]


def _figure(
    name: str, ours: Callable[[], object], reference: Callable[[], object], limit_ms: float | None = None
) -> dict[str, Any]:
    mine, theirs = _median_ms(ours), _median_ms(reference)
    if limit_ms is not None:
        name += f" (limit {limit_ms:g} ms: {'met' if mine <= limit_ms else 'NOT MET'})"
    return {"name": name, "unit": "ms", "ours": mine, "reference": theirs, "ratio": mine / theirs}


def _median_ms(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def filled_desk(root: Path, key: bytes) -> Desk:
    """A desk with 5,000 tasks dispatched to its officer; ``key`` is that of its work store."""
    folder = DataFolder(root)
    now = SystemClock().now()
    reference = ReferenceStore(folder)
    wanted = ("case_class", "day_kind", "work_hours", "opening_condition")
    told = [(name, row) for name, rows in build(100) if name in wanted for row in rows]
    reference.apply(
        [Change(1, name, str(row[TABLES[name].key]), row) for name, row in told],
        CursorAt("cursor", "bench", now),
    )
    work = WorkStore(folder, key)
    with work.act():
        work.meta.set_identity(Identity("https://central", new_id(), "00" * 32, "token", "bench", CITY))
        work.meta.move_cursor(Stream.WORK, CursorAt("cursor", "bench", now))
        work.city.apply([Change(1, table, str(row[TABLES[table].key]), row) for table, row in _rows()])
    return Desk(
        work=work,
        reference=reference,
        officer=OfficerCard(OFFICER, "陈志远", "grid_worker", ""),
        device_id=new_id(),
        clock=SystemClock(),
        new_id=new_id,
        locate=lambda lon, lat: None,
        app_version="bench",
        font=resource("fonts", "FieldSansSC-Regular.ttf"),
    )


def _rows() -> Iterator[tuple[str, Row]]:
    card: Row = {"name": "陈志远", "role": "grid_worker", "squad": "", "active": 1}
    yield "officer", {"officer_id": OFFICER, **card}
    for number in range(TASKS):
        case_id, dispatch = new_id(), new_id()
        yield "city_case", _case(number, case_id, dispatch)
        yield "case_act", _act(2 * number, new_id(), case_id, "open")
        yield "case_act", _act(2 * number + 1, dispatch, case_id, "dispatch")


def _case(number: int, case_id: str, dispatch: str) -> Row:
    return {
        "case_id": case_id,
        "state": "dispatched",
        "class_code": "03-11",
        "note": "渣土车未密闭运输，沿途撒漏",
        "lon": 113.9 + number / 100_000,
        "lat": 22.57,
        "grid_cell": "440306001001001",
        "address": "新安街道海裕社区创业一路",
        "plate": "",
        "reporter": "G1002",
        "source": "grid_worker",
        "assignee": OFFICER,
        "reported_at": "2026-11-20T01:00:00Z",
        "due_at": f"2026-11-{21 + number % 9}T05:00:00Z",
        "last_act": dispatch,
        "delayed": 0,
        "supervised": 0,
        "before_suspension": "",
        "record": BODY,
        "asked": "",
        "counted_at": "2026-11-20T01:00:00Z",
        "clock": CLOCKS[number % 2],
    }


def _act(order: int, act_id: str, case_id: str, kind: str) -> Row:
    return {
        "act_id": act_id,
        "case_id": case_id,
        "act_order": order,
        "kind": kind,
        "officer_id": "D5001",
        "to_officer": OFFICER if kind == "dispatch" else "",
        "withdraws": "",
        "note": "",
        "done_at": "2026-11-20T02:00:00Z",
        "received_at": "2026-11-20T02:00:00Z",
        "standing": "accepted",
        "code": "",
        "record": BODY,
    }
