"""A tasks page as its tests need it: a tablet with tasks, workers at work, and central's part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from field_app import Tablet, put_rows, start_workers
from kit_stage import Stage
from PIL import Image
from PySide6.QtCore import QUrl
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import fieldapp.ui.camera_preview  # noqa: F401 - registers the preview's type
from fieldapp.capture.desk import Desk
from fieldapp.services.camera import CameraSource
from fieldapp.services.camera_darkroom import Darkroom
from fieldapp.services.events import DeskEvents
from fieldapp.services.position import PositionSource
from fieldapp.ui.paths import bundle_root
from fieldapp.viewmodels.alerts import AlertsViewModel
from fieldapp.viewmodels.camera import CameraViewModel
from fieldapp.viewmodels.tasks import TasksViewModel
from sync.clock import Clock, SystemClock
from sync.contract.lifecycle import ActKind
from sync.contract.records import Act, Place, PlaceSource, RecordType
from sync.contract.wire import Receipt, decode_record
from sync.replica.outbox import Entry

PAGE = bundle_root() / "fieldapp" / "ui" / "pages" / "TasksPage.qml"


class TaskTablet:
    """Everything around one ``TasksViewModel``. ``desk`` is central's hand: it writes what a pull would."""

    def __init__(
        self,
        qtbot: QtBot,
        tablet: Tablet,
        *,
        officer: str = "G1001",
        clock: Clock | None = None,
        camera: CameraSource | None = None,
    ) -> None:
        self.qtbot = qtbot
        self.desk = tablet.desk(officer)
        self.events = DeskEvents()
        self.clock = clock or SystemClock()
        self.position = PositionSource(self.clock)
        self.writer, self.reader = start_workers(qtbot, lambda: tablet.desk(officer))
        self.darkroom = Darkroom(self.writer)
        self.camera = CameraViewModel(camera or CameraSource(self.events), self.events)
        self.tasks = TasksViewModel(
            self.writer,
            self.reader,
            self.events,
            self.position,
            self.camera,
            self.darkroom,
            self.events,
            clock=self.clock,
        )
        self.alerts = AlertsViewModel(self.writer, self.reader, self.events, self.position, self.events)
        self.said: list[tuple[str, ...]] = []
        for name in ("acted", "undone", "dispatched", "takenAway", "shelved", "failed", "showOnMap"):
            getattr(self.tasks, name).connect(self._hear(name))

    def sit_down(self) -> None:
        """The officer signs in; every task is there when it returns."""
        self.events.opened.emit(self.desk.officer)
        self.wait(lambda: self.tasks.loaded)

    def wait(self, true: Callable[[], Any]) -> None:
        """Let the event loop run until something is so."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=60_000)

    def open(self, case_id: str) -> None:
        """Open a task and wait until it is shown."""
        self.tasks.open(case_id)
        self.wait(lambda: self.tasks.sheet.caseId == case_id)

    def act(self, kind: str) -> str:
        """Do an act that needs no form; answers its record id."""
        self.wait(lambda: not self.tasks.settling)
        before = len(self.heard("acted"))
        self.tasks.act(kind)
        self.wait(lambda: len(self.heard("acted")) > before)
        return self.heard("acted")[-1][0]

    def prepare(self, kind: str, note: str) -> None:
        """Open an act's form and type a note."""
        self.wait(lambda: not self.tasks.settling)
        self.tasks.act(kind)
        self.wait(lambda: self.tasks.draft.kind == kind)
        self.tasks.draft.edit(note)

    def send(self) -> str:
        """Submit the form; answers the record id."""
        self.wait(lambda: not self.tasks.settling and not self.tasks.draft.inHand)
        before = len(self.heard("acted"))
        self.tasks.submitDraft()
        self.wait(lambda: len(self.heard("acted")) > before)
        return self.heard("acted")[-1][0]

    def heard(self, name: str) -> list[tuple[str, ...]]:
        """What a signal said so far."""
        return [said[1:] for said in self.said if said[0] == name]

    def stand_at(self, lon: float, lat: float, accuracy_m: float = 5.0) -> None:
        """The receiver gives a fix."""
        self.position._take(Place(PlaceSource.GNSS, lon, lat, accuracy_m, datetime.now(UTC)))

    def stand_at_case(self, case_id: str) -> None:
        """The receiver gives a fix at a case's place."""
        row = self.desk.work.tasks.case(case_id)
        assert row is not None
        self.stand_at(float(str(row["lon"])), float(str(row["lat"])))

    def outbox_of(self, case_id: str) -> list[Entry]:
        """This device's records of a case, in device order."""
        return self.desk.work.outbox.records_of_case(case_id)

    def acts_of(self, case_id: str) -> list[Act]:
        """The same, decoded."""
        found = [decode_record(RecordType.ACT, entry.record.body) for entry in self.outbox_of(case_id)]
        return [act for act in found if isinstance(act, Act)]

    def change_case(self, case_id: str, **columns: Any) -> None:
        """Central changed a case, and the daemon has pulled it."""
        row = self.desk.work.city.case(case_id)
        assert row is not None
        put_rows(self.desk, "city_case", row | columns)
        self.events.tablesChanged.emit(frozenset({"city_case", "case_act"}))

    def accept_at_central(self, record_id: str, state: str) -> None:
        """Central took an act, answered the push, and its change was pulled."""
        act = self._act(record_id)
        order = self._list_act(act, "accepted", "")
        receipt = Receipt(record_id, "00" * 32, order, datetime.now(UTC), "test-epoch")
        with self.desk.work.act():
            self.desk.work.outbox.mark_sent(record_id, receipt)
        self.change_case(act.case_id, state=state, last_act=record_id)
        self.events.recordsChanged.emit(frozenset({record_id}))

    def refuse_at_central(self, record_id: str, code: str) -> None:
        """Central refused an act, answered the push, and its refusal was pulled."""
        act = self._act(record_id)
        self._list_act(act, "refused", code)
        with self.desk.work.act():
            self.desk.work.outbox.mark_needs_you(record_id, code, {"act": act.kind.value})
        self.events.tablesChanged.emit(frozenset({"case_act"}))
        self.events.recordsChanged.emit(frozenset({record_id}))

    def start_sending(self) -> None:
        """The daemon starts a push: what waits is frozen."""
        with self.desk.work.act():
            self.desk.work.outbox.freeze_batch(100, datetime.now(UTC))

    def list_act(self, case_id: str, kind: ActKind, officer: str, **columns: Any) -> None:
        """Central lists an act of somebody else."""
        row = {
            "act_id": columns.pop("act_id", self.desk.new_id()),
            "case_id": case_id,
            "act_order": 900_000,
            "kind": kind.value,
            "officer_id": officer,
            "done_at": "2026-11-20T02:00:00Z",
            "received_at": "2026-11-20T02:00:00Z",
            "standing": "accepted",
        }
        put_rows(self.desk, "case_act", row | columns)

    def close(self) -> None:
        """Everything ends in its order."""
        self.darkroom.close()
        for worker in (self.writer, self.reader):
            worker.stop()
        self.position.stop()
        self.desk.work.close()
        self.desk.reference.close()
        self.events.deleteLater()
        self.darkroom.deleteLater()
        QTest.qWait(0)

    def _act(self, record_id: str) -> Act:
        entry = self.desk.work.outbox.entry(record_id)
        assert entry is not None
        act = decode_record(RecordType.ACT, entry.record.body)
        assert isinstance(act, Act)
        return act

    def _list_act(self, act: Act, standing: str, code: str) -> int:
        order = 900_000 + act.stamp.device_seq
        row = {
            "act_id": act.act_id,
            "case_id": act.case_id,
            "act_order": order,
            "kind": act.kind.value,
            "officer_id": act.officer_id,
            "note": act.note,
            "done_at": act.stamp.wall.isoformat(),
            "received_at": datetime.now(UTC).isoformat(),
            "standing": standing,
            "code": code,
        }
        put_rows(self.desk, "case_act", row)
        return order

    def _hear(self, name: str) -> Callable[..., None]:
        return lambda *what: self.said.append((name, *what))


@contextmanager
def task_tablet(qtbot: QtBot, tablet: Tablet, **how: Any) -> Iterator[TaskTablet]:
    """A tablet at work; taken down at the end."""
    made = TaskTablet(qtbot, tablet, **how)
    try:
        yield made
    finally:
        made.close()


def show_page(stage: Stage, at: TaskTablet, size: tuple[int, int] = (1184, 800)) -> QQuickItem:
    """The page in the stage's window."""
    stage.window.resize(*size)
    component = QQmlComponent(stage.engine, QUrl.fromLocalFile(str(PAGE)))
    page = component.createWithInitialProperties(
        {"tasks": at.tasks, "camera": at.camera, "alerts": at.alerts}
    )
    assert isinstance(page, QQuickItem), component.errorString()
    page.setParent(stage.window)
    page.setParentItem(stage.window.contentItem())
    page.setSize(stage.window.size())
    stage.root = page
    stage.window.show()
    assert QTest.qWaitForWindowExposed(stage.window, 60_000)
    return page


def make_jpeg(
    path: Path, colour: tuple[int, int, int] = (90, 120, 90), size: tuple[int, int] = (640, 480)
) -> Path:
    """A small photo file."""
    Image.new("RGB", size, colour).save(path, "JPEG", quality=80)
    return path


def demo_cases(desk: Desk) -> dict[str, str]:
    """The demo's tasks of the officer: class code to case id."""
    return {
        str(row["class_code"]): str(row["case_id"]) for row in desk.work.tasks.cases(desk.officer.officer_id)
    }
