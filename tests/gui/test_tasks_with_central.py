"""Tasks and a central: what is done here arrives there in order, what others did there comes back here."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from field_app import DEVICE_ID, EPOCH, make_tablet
from pytestqt.qtbot import QtBot
from task_stage import TaskTablet, demo_cases, make_jpeg, task_tablet

from fieldapp.services.events import DeskEvents
from sync.central.city import DEMO_DAY, build
from sync.contract.lifecycle import ActKind
from sync.engine import Engine
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.outbox import ItemState

TOLD = ("officer", "case_class", "grid_cell", "city_case", "case_act")
Meeting = tuple[TaskTablet, MemoryCentral, Callable[[], None]]


class Told:
    """The daemon's news as the window hears it."""

    def __init__(self, events: DeskEvents | None = None) -> None:
        self.events = events

    def records(self, ids: Iterable[str]) -> None:
        if self.events is not None:
            self.events.recordsChanged.emit(frozenset(ids))

    def tables(self, names: Iterable[str]) -> None:
        if self.events is not None:
            self.events.tablesChanged.emit(frozenset(names))

    def progress(self, record_id: str, sha256: str, sent: int, total: int) -> None:
        pass

    def fill(self, done: int, total: int) -> None:
        pass


@pytest.fixture
def meeting(qtbot: QtBot, tmp_path: Path) -> Iterator[Meeting]:
    central = MemoryCentral(epoch=EPOCH)
    for name, rows in build(100, today=DEMO_DAY):
        for row in rows if name in TOLD else ():
            central.put_row(name, row)
    tablet = make_tablet(tmp_path / "tablet", filled=False)
    remote = MemoryRemote(central, DEVICE_ID)
    first = tablet.desk()
    Engine(first.work, first.reference, remote, first.clock, Told()).round()
    first.work.close()
    first.reference.close()
    with task_tablet(qtbot, tablet) as at:
        at.sit_down()
        engine = Engine(at.desk.work, at.desk.reference, remote, at.clock, Told(at.events))
        yield at, central, lambda: engine.round() and None


def central_state(central: MemoryCentral, case_id: str) -> str:
    return str(central.rows("city_case")[case_id]["state"])


def dispatch_to(central: MemoryCentral, case_id: str, officer: str) -> None:
    """The dispatcher gives the case to somebody else."""
    case = central.rows("city_case")[case_id]
    act_id = "01900000-0000-7000-8000-00000000aaaa"
    row = {
        "act_id": act_id,
        "case_id": case_id,
        "act_order": 500,
        "kind": "dispatch",
        "officer_id": "D5001",
        "to_officer": officer,
        "withdraws": "",
        "note": "",
        "done_at": "2026-11-20T03:00:00Z",
        "received_at": "2026-11-20T03:00:00Z",
        "standing": "accepted",
        "code": "",
        "record": "",
    }
    central.put_row("case_act", row)
    central.put_row("city_case", case | {"assignee": officer, "last_act": act_id})


def test_task_worked_offline_arrives_at_central_act_by_act(meeting: Meeting, tmp_path: Path) -> None:
    at, central, meet = meeting
    case_id = demo_cases(at.desk)["04-09-01"]
    at.open(case_id)
    at.act("accept")
    at.act("arrive")
    at.prepare("handle", "已劝离")
    at.tasks.draft.importPhotos([str(make_jpeg(tmp_path / "a.jpg"))], "before")
    at.tasks.draft.importPhotos([str(make_jpeg(tmp_path / "b.jpg", (9, 9, 9)))], "after")
    at.wait(lambda: at.tasks.draft.photoCount == 2)
    at.send()
    at.prepare("feed_back", "已处置完毕")
    at.send()

    meet()
    at.wait(lambda: at.tasks.sheet.steps == ["done"] * 4)

    assert central_state(central, case_id) == "fed_back"
    told = central.rows("case_act").values()
    acts = [row for row in told if row["officer_id"] == "G1001" and row["case_id"] == case_id]
    acts.sort(key=lambda row: int(row["act_order"] or 0))
    assert [row["kind"] for row in acts] == ["accept", "arrive", "handle", "feed_back"]
    for photo in at.acts_of(case_id)[2].photos:
        assert central.file(photo.original.sha256) is not None
    assert {row.status for row in at.tasks.history.rows()} == {""}
    assert at.tasks.sheet.waiting == 0


def test_case_that_was_given_to_another_meanwhile_is_refused_and_both_sides_are_shown(
    meeting: Meeting,
) -> None:
    at, central, meet = meeting
    case_id = demo_cases(at.desk)["01-36"]
    at.open(case_id)
    record_id = at.act("accept")
    dispatch_to(central, case_id, "G1002")

    meet()
    at.wait(lambda: at.tasks.sheet.refused == 1)
    at.wait(lambda: at.tasks.sheet.caseState == "reassigned")

    assert central_state(central, case_id) == "dispatched"
    assert [entry.state for entry in at.outbox_of(case_id)] == [ItemState.NEEDS_YOU]
    assert at.tasks.sheet.refusedText == "此案件已派给他人。"
    rows = at.tasks.history.rows()
    assert [row.kind for row in rows][:2] == ["accept", "redispatch"]
    assert [row.act_id for row in rows].count(record_id) == 1
    assert at.tasks.items.count == 2


def test_act_taken_back_after_sending_is_taken_back_at_central(meeting: Meeting) -> None:
    at, central, meet = meeting
    case_id = demo_cases(at.desk)["01-36"]
    at.open(case_id)
    record_id = at.act("accept")
    meet()
    at.wait(lambda: at.tasks.sheet.steps[0] == "done")

    at.tasks.undo(record_id)
    at.wait(lambda: at.tasks.sheet.caseState == "dispatched")
    meet()

    assert central_state(central, case_id) == "dispatched"
    at.wait(lambda: at.tasks.sheet.waiting == 0)
    assert at.tasks.sheet.nextAct == "accept"
    assert [act.kind for act in at.acts_of(case_id)] == [ActKind.ACCEPT, ActKind.WITHDRAW]


def test_task_dispatched_while_the_page_is_open_appears_by_itself(meeting: Meeting) -> None:
    at, central, meet = meeting
    case = next(row for row in central.rows("city_case").values() if row["state"] == "opened")

    dispatch_to(central, str(case["case_id"]), "G1001")
    central.put_row("city_case", central.rows("city_case")[str(case["case_id"])] | {"state": "dispatched"})
    meet()
    at.wait(lambda: at.tasks.newCount == 3)

    assert [said[0] for said in at.heard("dispatched")] == [case["case_id"]]
