"""The look-up page through real clicks and keys, over a real replica."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from capture_ground import ToldPosition
from field_app import Tablet, put_rows, start_workers
from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import fieldapp.ui.camera_preview
import fieldapp.ui.map.route_sketch  # noqa: F401 - both register what the page shows
from fieldapp.services.camera import CameraSource
from fieldapp.services.events import DeskEvents
from fieldapp.services.worker import ReplicaWorker
from fieldapp.ui.kit import install
from fieldapp.viewmodels.camera import CameraViewModel
from fieldapp.viewmodels.lookup import LookupViewModel
from fieldapp.viewmodels.read import ReadViewModel
from sync.clock import SystemClock
from sync.contract.records import Place, PlaceSource
from sync.contract.tables import Row
from sync.contract.wire import OfficerCard

PAGE = Path(__file__).resolve().parents[2] / "fieldapp" / "ui" / "pages" / "LookupPage.qml"
CARD = OfficerCard("G1001", "陈志远", "grid_worker", "")
DAY = timedelta(days=1)


class LateClock(SystemClock):
    """The machine's clock, moved on."""

    late = timedelta(0)

    def now(self):  # type: ignore[no-untyped-def]
        return super().now() + self.late


class Stage:
    """The page in a window, used the way a person uses it."""

    def __init__(self, qtbot: QtBot, writer: ReplicaWorker, reader: ReplicaWorker) -> None:
        self.qtbot = qtbot
        self.events = DeskEvents()
        self.position = ToldPosition()
        self.heard: list[str] = []
        self.lookup = LookupViewModel(writer, reader, self.events, self.position)
        self.lookup.told.connect(self.heard.append)
        self.camera = CameraViewModel(CameraSource(self.events), self.events)
        self.read = ReadViewModel(self.camera, reader, self.events)
        self.engine = QQmlEngine()
        install(self.engine)
        theme = self.engine.singletonInstance("fieldapp.ui", "Theme")
        assert isinstance(theme, QObject)
        theme.setProperty("animated", False)
        self.theme = theme
        self.window = QQuickWindow()
        self.window.resize(1176, 800)
        self.component = QQmlComponent(self.engine, QUrl.fromLocalFile(str(PAGE)))
        given = {"lookup": self.lookup, "read": self.read, "camera": self.camera}
        made = self.component.createWithInitialProperties(given)
        assert isinstance(made, QQuickItem), self.component.errorString()
        self.page = made
        made.setParentItem(self.window.contentItem())
        made.setSize(self.window.size().toSizeF())
        self.window.show()
        assert QTest.qWaitForWindowExposed(self.window, 60_000)
        self.events.opened.emit(CARD)

    def find(self, name: str) -> QQuickItem:
        self.window.grabWindow()  # lays everything out first, as a frame on the screen would
        found = [item for item in shown(self.page) if item.objectName() == name]
        assert found, f"nothing in sight is called {name}"
        return found[0]

    def sees(self, name: str) -> bool:
        self.window.grabWindow()
        return any(item.objectName() == name for item in shown(self.page))

    def click(self, name: str) -> None:
        item = self.find(name)
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
        where = QPoint(round(middle.x()), round(middle.y()))
        QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)

    def keys(self, text: str) -> None:
        for char in text:
            self.click(f"lookup.keypad.key.{char}")

    def type(self, text: str) -> None:
        self.click("lookup.field.input")
        for char in text:
            QTest.keyClick(self.window, char)

    def until(self, stage: str) -> None:
        self.qtbot.waitUntil(lambda: self.lookup.stage == stage and not self.lookup.busy, timeout=60_000)

    def said(self, name: str, what: str = "title") -> str:
        return str(self.find(name).property(what))

    def close(self) -> None:
        self.events.closed.emit()
        self.theme.setProperty("textScale", 1.0)
        self.page.setParentItem(None)
        self.page.deleteLater()
        self.window.close()
        self.window.deleteLater()
        self.engine.deleteLater()
        QTest.qWait(0)


def shown(item: QQuickItem) -> Iterator[QQuickItem]:
    if item.isVisible():
        yield item
        for child in item.childItems():
            yield from shown(child)


@pytest.fixture
def clock() -> LateClock:
    return LateClock()


@pytest.fixture
def stage(qtbot: QtBot, tablet: Tablet, clock: LateClock) -> Iterator[Stage]:
    fill(tablet)
    workers = start_workers(qtbot, lambda: tablet.desk(clock=clock))
    made = Stage(qtbot, *workers)
    made.position.tell(site_of(tablet))
    yield made
    made.close()
    for worker in workers:
        worker.stop()


def site_of(tablet: Tablet) -> Place:
    """Where the good permits' site is."""
    desk = tablet.desk()
    permit = desk.reference.permits("粤BWK516")[0]
    site = desk.reference.site(str(permit["site_id"])) or {}
    desk.work.close()
    desk.reference.close()
    return Place(PlaceSource.GNSS, float(site["lon"] or 0), float(site["lat"] or 0), accuracy_m=5.0)


def fill(tablet: Tablet) -> None:
    desk = tablet.desk()
    sample = desk.reference.permits("粤BWK516")[0]
    day = desk.clock.now().date()
    good: Row = {
        **sample,
        "company_id": "TESTCO",
        "status": "active",
        "valid_from": (day - 10 * DAY).isoformat(),
        "valid_to": (day + 10 * DAY).isoformat(),
        "approved_m3": 1000,
        "used_m3": 10,
        "windows": "00:00-24:00",
        "window_days": "",
        "max_load_t": 30.0,
    }
    put_rows(
        desk,
        "permit",
        {**good, "permit_id": "T-1", "plate": "粤X5D68A"},
        {**good, "permit_id": "T-2", "plate": "粤X5068A", "status": "revoked", "reason": "擅自倾倒"},
        *(
            {**good, "permit_id": f"T-1{n}", "plate": "粤XTEN22", "valid_to": (day + n * DAY).isoformat()}
            for n in range(1, 10)
        ),
    )
    put_rows(
        desk, "company", {"company_id": "TESTCO", "name": "测试土方运输", "credit_code": "91350100M000100Y43"}
    )
    put_rows(
        desk,
        "blacklist",
        {
            "entry_id": "T-B",
            "kind": "vehicle",
            "subject": "粤XTEN22",
            "reason": "偷倒",
            "level": 3,
            "valid_from": "2020-01-01",
        },
    )
    desk.work.close()
    desk.reference.close()


def test_plate_from_the_keypad_shows_its_truck_by_itself(stage: Stage) -> None:
    stage.keys("粤X5D68A")
    stage.until("truck")

    assert stage.said("lookup.verdict.word", "text") == "准许通行"
    assert stage.said("lookup.verdict.shape", "kind") == "ok"
    assert "T-1" in stage.said("lookup.verdict.why", "text")
    assert stage.sees("lookup.sheet.T-1")


def test_every_key_is_large_enough_for_a_finger(stage: Stage) -> None:
    for name in ("lookup.keypad.key.粤", "lookup.keypad.page", "lookup.field.input"):
        item = stage.find(name)
        assert min(item.width(), item.height()) >= 48, name
    stage.keys("粤")
    stage.keys("X")
    assert min(stage.find("lookup.keypad.key.5").width(), stage.find("lookup.keypad.key.5").height()) >= 48


def test_full_width_lower_case_text_from_a_keyboard_is_understood(stage: Stage) -> None:
    stage.find("lookup.field").setProperty("text", "")
    stage.lookup.edit("粤ｘ·５ｄ６８ａ")
    stage.until("truck")

    assert stage.find("lookup.plate").property("plate") == "粤X5D68A"


def test_hardware_keyboard_without_province_gets_suggestions(stage: Stage) -> None:
    stage.type("x5d6")
    stage.until("suggest")

    stage.click("lookup.suggestion.粤X5D68A")
    stage.until("truck")
    assert stage.find("lookup.field.input").property("text") == "粤X5D68A"


def test_keyboard_types_into_the_field_without_a_tap(stage: Stage) -> None:
    stage.page.forceActiveFocus()
    for char in "x5d6":
        QTest.keyClick(stage.window, char)
    stage.until("suggest")

    assert stage.find("lookup.field.input").property("text") == "x5d6"
    assert stage.sees("lookup.suggestion.粤X5D68A")
    QTest.keyClick(stage.window, Qt.Key.Key_Escape)
    stage.until("start")


def test_uncommitted_input_method_text_is_looked_up(stage: Stage) -> None:
    stage.click("lookup.field.input")
    stage.qtbot.waitUntil(lambda: stage.window.activeFocusItem() is not None)
    field = stage.window.activeFocusItem()
    event = QInputMethodEvent("测试土方", [])
    QCoreApplication.sendEvent(field, event)
    stage.until("suggest")

    assert stage.sees("lookup.suggestion.TESTCO")


def test_look_alike_is_offered_beside_the_truck(stage: Stage) -> None:
    stage.lookup.edit("粤X5068A")
    stage.until("truck")

    assert stage.said("lookup.verdict.word", "text") == "不准通行"
    assert stage.sees("lookup.reason.verdict_permit_revoked")
    offered = stage.lookup.truck.lookAlikes
    assert offered.rowCount() == 1


def test_blacklist_stands_before_everything_else(stage: Stage) -> None:
    stage.lookup.edit("粤XTEN22")
    stage.until("truck")

    assert stage.said("lookup.verdict.word", "text") == "不准通行"
    assert stage.lookup.verdict.reasons.reasons()[0].code == "verdict_blacklist_vehicle"
    note, sheet = stage.find("lookup.blacklist.T-B"), stage.find("lookup.sheet.T-19")
    assert note.mapToScene(QPointF(0, 0)).y() < sheet.mapToScene(QPointF(0, 0)).y()


def test_another_permit_opens_when_tapped(stage: Stage) -> None:
    stage.lookup.edit("粤XTEN22")
    stage.until("truck")
    scroller = stage.find("lookup.result")
    row = stage.find("lookup.permit.T-18")
    scroller.setProperty("contentY", row.mapToItem(scroller.childItems()[0], QPointF(0, 0)).y() - 200)
    stage.click("lookup.permit.T-18")

    assert stage.sees("lookup.sheet.T-18")
    assert not stage.sees("lookup.sheet.T-19")


def test_plate_without_a_permit_is_not_allowed_and_says_what_to_do(stage: Stage) -> None:
    stage.keys("粤X99999")
    stage.until("suggest")
    stage.click("lookup.keypad.done")
    stage.until("truck")

    assert stage.said("lookup.verdict.word", "text") == "不准通行"
    assert stage.lookup.verdict.reasons.reasons()[0].code == "verdict_permit_missing"
    assert stage.lookup.verdict.reasons.reasons()[0].advice
    assert "前" in stage.said("lookup.verdict.age", "text")


def test_stale_data_says_unknown_never_no_permit(stage: Stage, clock: LateClock) -> None:
    clock.late = timedelta(hours=80)
    stage.lookup.edit("粤X99999")
    stage.lookup.submit()
    stage.until("truck")

    assert stage.said("lookup.verdict.word", "text") == "无法判断"
    assert stage.said("lookup.verdict.shape", "kind") == "unknown"
    assert stage.said("lookup.age", "level") == "stale"


def test_valid_permit_in_stale_data_is_hedged(stage: Stage, clock: LateClock) -> None:
    clock.late = timedelta(hours=80)
    stage.lookup.edit("粤X5D68A")
    stage.until("truck")

    assert stage.said("lookup.verdict.shape", "kind") == "unknown"
    assert stage.heard == ["unknown"]


def test_impossible_plate_is_said_at_the_field(stage: Stage) -> None:
    stage.lookup.edit("粤XI1234")
    stage.lookup.submit()
    stage.qtbot.waitUntil(lambda: stage.said("lookup.field", "error") != "")

    assert "粤XI1234" in stage.said("lookup.field", "error")
    stage.events.languageChanged.emit("en")
    assert "不可能" not in stage.said("lookup.field", "error")


def test_company_leads_to_its_trucks_and_back(stage: Stage) -> None:
    stage.lookup.edit("测试土方")
    stage.until("suggest")
    stage.click("lookup.suggestion.TESTCO")
    stage.until("company")
    assert stage.said("lookup.companyCard") == "测试土方运输"

    stage.click("lookup.truck.粤X5068A")
    stage.until("truck")
    stage.click("lookup.header.back")
    stage.until("company")


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_company_is_shown_from_its_head_though_it_grows_while_it_is_laid_out(
    stage: Stage, scale: float
) -> None:
    stage.lookup.choose("company", "TESTCO")
    stage.until("company")
    stage.window.grabWindow()
    stage.theme.setProperty("textScale", scale)

    def head_is_in_sight() -> bool:
        card = stage.find("lookup.companyCard")
        return bool(card.mapToItem(stage.find("lookup.trucks"), QPointF(0, 0)).y() >= 0)

    stage.qtbot.waitUntil(head_is_in_sight, timeout=60_000)


def test_next_truck_clears_and_the_last_one_stays_in_reach(stage: Stage) -> None:
    stage.lookup.edit("粤X5D68A")
    stage.until("truck")
    stage.click("lookup.next")
    stage.until("start")

    assert stage.find("lookup.field.input").property("text") == ""
    stage.click("lookup.recent.粤X5D68A")
    stage.until("truck")


def test_text_at_twice_its_size_stacks_input_and_answer(stage: Stage) -> None:
    stage.theme.setProperty("textScale", 2.0)
    stage.lookup.edit("X5D6")
    stage.until("suggest")
    stage.click("lookup.strip.粤X5D68A")
    stage.until("truck")

    assert stage.find("lookup.verdict.plate").property("plate") == "粤X5D68A"
    assert not stage.sees("lookup.keypad")
    stage.click("lookup.header.back")
    stage.until("start")
    assert stage.sees("lookup.keypad")


def test_answer_to_an_older_text_is_dropped(stage: Stage) -> None:
    stage.lookup.edit("粤X5068A")
    stage.lookup.submit()
    stage.lookup.edit("粤X5D68A")
    stage.lookup.submit()
    stage.until("truck")

    assert stage.lookup.truck.plate == "粤X5D68A"
    assert stage.lookup.recent.rowCount() == 1


def test_leaving_officer_leaves_nothing_behind(stage: Stage) -> None:
    stage.lookup.edit("粤X5D68A")
    stage.until("truck")
    stage.events.closed.emit()

    assert stage.lookup.stage == "start"
    assert stage.lookup.recent.rowCount() == 0
    assert stage.lookup.truck.plate == ""


def test_changed_permit_is_told_again(stage: Stage, tablet: Tablet) -> None:
    stage.lookup.edit("粤X5D68A")
    stage.until("truck")
    desk = tablet.desk()
    row = desk.reference.permits("粤X5D68A")[0]
    put_rows(desk, "permit", {**row, "status": "revoked", "reason": "多次撒漏"})
    desk.work.close()
    desk.reference.close()
    stage.events.tablesChanged.emit(frozenset({"permit"}))

    stage.qtbot.waitUntil(lambda: stage.lookup.verdict.answer == "not_allowed")


def test_whole_keypad_stands_in_the_window_at_twice_the_text_size(stage: Stage) -> None:
    stage.theme.setProperty("textScale", 2.0)
    stage.lookup.edit("B8")
    stage.until("suggest")
    for name in ("lookup.strip", "lookup.keypad.backspace", "lookup.keypad.done"):
        item = stage.find(name)
        lowest = item.mapToScene(QPointF(0, item.height())).y()
        assert lowest <= stage.window.height(), name
