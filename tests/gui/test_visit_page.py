"""The page of a visit offscreen: filled in with clicks, signed with a finger, saved, and nothing cut off."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from field_app import Tablet, put_rows, start_workers
from kit_stage import Stage, items_under, stage
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import fieldapp.ui.camera_preview
import fieldapp.ui.signature_pad  # noqa: F401 - registers the pad's type
from fieldapp.capture.visit import own_visits, saved_visit
from fieldapp.services.camera_darkroom import Darkroom
from fieldapp.services.camera_open import open_camera
from fieldapp.services.events import DeskEvents
from fieldapp.services.position import PositionSource
from fieldapp.services.visit_paper import write_paper
from fieldapp.ui.paths import bundle_root
from fieldapp.viewmodels.camera import CameraViewModel
from fieldapp.viewmodels.visit import VisitViewModel
from sync.clock import SystemClock
from sync.contract.records import Place, PlaceSource
from sync.contract.tables import TABLES, Row
from sync.contract.visit import Finding
from sync.contract.wire import sha256_hex
from sync.replica.fetched import forget_fetched, keep_fetched

PAGE = bundle_root() / "fieldapp" / "ui" / "pages" / "VisitPage.qml"


class VisitAt:
    """A squad's tablet with the page, and a finger."""

    def __init__(self, qtbot: QtBot, tablet: Tablet, made: Stage, officer: str = "S2001") -> None:
        self.qtbot, self.stage = qtbot, made
        self.desk = tablet.desk(officer)
        self.events = DeskEvents()
        self.position = PositionSource(SystemClock())
        self.position._take(Place(PlaceSource.GNSS, 113.9, 22.57, 5.0, datetime.now(UTC)))
        self.writer, self.reader = start_workers(qtbot, lambda: tablet.desk(officer))
        self.darkroom = Darkroom(self.writer)
        self.camera = CameraViewModel(open_camera("replay:street"), self.events)
        self.visit = VisitViewModel(
            self.writer,
            self.reader,
            self.events,
            self.position,
            write_paper,
            self.camera,
            self.darkroom,
            SystemClock(),
            self.events,
        )
        self.events.opened.emit(self.desk.officer)

    def show(self) -> None:
        """Load the page; it begins a visit."""
        component = QQmlComponent(self.stage.engine, QUrl.fromLocalFile(str(PAGE)))
        root = component.createWithInitialProperties({"visit": self.visit, "camera": self.camera})
        assert isinstance(root, QQuickItem), component.errorString()
        root.setParent(self.stage.window)
        root.setParentItem(self.stage.window.contentItem())
        root.setSize(self.stage.window.size().toSizeF())
        self.stage.window.widthChanged.connect(lambda width: root.setWidth(width))
        self.stage.window.heightChanged.connect(lambda height: root.setHeight(height))
        self.stage.root = root
        self.stage.window.show()
        assert QTest.qWaitForWindowExposed(self.stage.window, 60_000)
        self.wait(lambda: self.visit.stage == "form")

    def wait(self, true: Callable[[], Any]) -> None:
        """Let the event loop run until something is so."""
        self.qtbot.waitUntil(lambda: bool(true()), timeout=60_000)

    def reveal(self, name: str) -> None:
        """Scroll a thing into sight."""
        item = self.stage.find(name)
        for flick in items_under(self.stage.window.contentItem()):
            if flick.metaObject().indexOfProperty("contentY") >= 0 and flick.isAncestorOf(item):
                top = item.mapToItem(flick.property("contentItem"), QPointF(0, 0)).y()
                most = max(0.0, flick.property("contentHeight") - flick.height())
                flick.setProperty("contentY", min(max(0.0, top - 200), most))

    def click(self, name: str) -> None:
        """Scroll to it, once it shows, and click it."""
        self.wait(lambda: self.stage.find(name).isVisible())
        self.stage.window.grabWindow()
        self.reveal(name)
        self.stage.click(name)

    def sign(self, signer: str) -> None:
        """Open the pad, draw, confirm."""
        self.click(f"visit.sign.{signer}")
        self.stage.window.grabWindow()
        pad = self.stage.find("visit.pad")
        points = [pad.mapToScene(QPointF(pad.width() * x, pad.height() * y)).toPoint() for x, y in _STROKE]
        window, left, none = self.stage.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(window, left, none, points[0])
        for point in points[1:]:
            QTest.mouseMove(window, QPoint(point))
        QTest.mouseRelease(window, left, none, points[-1])
        self.stage.click("visit.pad.done")
        self.wait(lambda: getattr(self.visit, f"{signer}Signed"))

    def fill(self) -> None:
        """Everything but the signatures."""
        self.click("visit.item.JC-01")
        self.click("visit.second.S2002")
        for name, text in _TEXTS.items():
            self.visit.edit(name, text)
        count = self.visit.questions.rowCount()
        for number in range(count):
            self.visit.answer(number, "not_met" if number == 4 else "met")
        self.visit.remark(4, "两车车轮带泥")
        self.visit.edit("result", "put_right")
        self.visit.flush()
        self.wait(lambda: self.visit.progress == f"{count}/{count}")

    def close(self) -> None:
        """Let go."""
        self.camera.stop()
        self.darkroom.close()
        for worker in (self.writer, self.reader):
            worker.stop()
        self.desk.work.close()
        self.desk.reference.close()


def visit_row(visit_id: str, party: str, officer: str, second: str) -> Row:
    """A visit as central tells it."""
    row: Row = {name: "" for name in TABLES["visit"].column_names}
    named = {"visit_id": visit_id, "party_name": party, "officer_id": officer, "second_id": second}
    more = {"result": "passed", "ended_at": "2026-03-01T02:00:00+00:00", "failed": 0, "stars": 0}
    return {**row, **named, **more, "lon": None, "lat": None}


_STROKE = ((0.1, 0.5), (0.3, 0.2), (0.4, 0.8), (0.6, 0.3), (0.9, 0.6))
_TEXTS = {
    "party_name": "宏达花园二期工地",
    "credit_code": "91350100M000100Y43",
    "address": "宝安区海旺社区创业路 88 号",
    "present": "赵喆",
    "position": "安全员",
    "phone": "13800000000",
    "note": "出场车辆车轮带泥，未逐车冲洗。",
    "demand": "即日起逐车冲洗，三日内修复冲洗设施。",
    "correct_by": "2126-11-25",
    "statement": "情况属实，马上整改。",
}


@pytest.fixture
def at(qtbot: QtBot, tablet: Tablet) -> Iterator[VisitAt]:
    with stage() as made:
        there = VisitAt(qtbot, tablet, made)
        there.show()
        yield there
        there.close()


def test_visit_is_filled_in_signed_and_saved_with_clicks(at: VisitAt) -> None:
    at.fill()
    for signer in ("officer", "second", "party"):
        at.sign(signer)
    at.click("visit.submit")
    at.wait(lambda: at.visit.stage == "done" or at.visit.error)
    assert at.visit.error == ""
    visit = own_visits(at.desk)[0]
    assert visit.sheet.second_id == "S2002"
    assert [one.finding for one in visit.sheet.answers].count(Finding.NOT_MET) == 1
    assert visit.place.lon == 113.9
    assert visit.sheet_sha256 == at.visit.sheetHash
    assert at.visit.rating.startswith("data:image/png")
    assert len(visit.photos) == 4


def test_position_that_comes_after_the_signatures_leaves_them_in_force(
    at: VisitAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = at.position.current()
    monkeypatch.setattr(at.position, "current", lambda: None)
    at.visit.discard()
    at.wait(lambda: at.visit.stage == "form" and at.visit._body.place.lon is None)
    at.fill()
    for signer in ("officer", "second", "party"):
        at.sign(signer)
    monkeypatch.setattr(at.position, "current", lambda: found)
    at.click("visit.submit")
    at.wait(lambda: at.visit.stage == "done" or at.visit.error)
    assert at.visit.error == ""


def test_photos_are_taken_for_a_question_with_clicks_and_named_by_the_sheet(
    at: VisitAt, tmp_path: Path
) -> None:
    at.fill()
    at.sign("officer")
    at.click("visit.shoot.4")
    at.wait(lambda: at.camera.ready)
    at.stage.click("camera.shutter")
    pictures = at.visit.pictures
    at.wait(lambda: pictures.of(4).count == 1 and pictures.inHand == 0)
    at.stage.click("visit.camera.done")
    assert at.visit.officerSigned == ""
    picture = tmp_path / "车轮.jpg"
    Image.new("RGB", (64, 48), "red").save(picture)
    pictures.importPhotos([QUrl.fromLocalFile(str(picture))], -1)
    at.wait(lambda: pictures.of(-1).count == 1)
    pictures.importPhotos([QUrl.fromLocalFile(str(tmp_path / "none.jpg"))], 2)
    at.wait(lambda: at.visit.error)
    assert (pictures.count, pictures.of(2).count) == (2, 0)
    at.visit.close()
    at.visit.start()
    at.wait(lambda: pictures.of(4).count == 1)
    for signer in ("officer", "second", "party"):
        at.sign(signer)
    at.visit.submit()
    at.wait(lambda: at.visit.stage == "done")
    sheet = own_visits(at.desk)[0].sheet
    assert [len(one.slots) for one in sheet.answers] == [0, 0, 0, 0, 1, 0, 0, 0]


def test_photo_is_taken_out_after_asking(at: VisitAt, tmp_path: Path) -> None:
    at.fill()
    picture = tmp_path / "a.jpg"
    Image.new("RGB", (64, 48), "red").save(picture)
    at.visit.pictures.importPhotos([str(picture)], 1)
    at.wait(lambda: at.visit.pictures.of(1).count == 1)
    at.click("visit.photo.1.0.remove")
    at.stage.click("visit.remove.1.accept")
    at.wait(lambda: at.visit.pictures.count == 0)


def test_what_is_missing_is_said_and_nothing_is_lost(at: VisitAt) -> None:
    at.click("visit.submit")
    at.wait(lambda: at.visit.error)
    assert "检查事项" in at.visit.error
    at.stage.window.grabWindow()
    items = at.stage.find("visit.item.JC-01")
    assert 0 <= items.mapToScene(QPointF(0, 0)).y() < at.stage.window.height()  # it is led there
    at.fill()
    at.click("visit.submit")
    at.wait(lambda: "签名" in at.visit.error)
    assert at.visit.field("note") == _TEXTS["note"]
    at.events.languageChanged.emit("en")
    assert "signature" in at.visit.error


def test_word_changed_after_signing_takes_the_signature_off_the_page(at: VisitAt) -> None:
    at.fill()
    at.sign("party")
    at.visit.edit("note", "改了")
    at.visit.flush()
    at.wait(lambda: at.visit.partySigned == "")


def test_party_is_found_in_the_city_and_fills_in_what_is_known(at: VisitAt) -> None:
    site = next(iter(at.desk.reference.sites()))
    at.visit.edit("party_name", str(site["name"]))
    at.wait(lambda: at.visit.parties.rowCount() > 0)
    at.stage.window.grabWindow()
    row = at.stage.find(f"visit.party.{site['site_id']}")
    assert (row.property("title"), row.property("subtitle")) == (site["name"], site["address"])
    at.click(f"visit.party.{site['site_id']}")
    at.wait(lambda: at.visit.field("address") == str(site["address"]))


def test_visit_begins_at_a_site_of_the_city_and_never_over_one_in_hand(at: VisitAt) -> None:
    first, other = list(at.desk.reference.sites())[:2]
    at.visit.visitParty("site", str(first["site_id"]))
    at.wait(lambda: at.visit.field("party_name") == str(first["name"]))
    assert at.visit.field("address") == str(first["address"])
    at.visit.visitParty("site", str(other["site_id"]))
    at.wait(lambda: at.visit.error)
    assert str(first["name"]) in at.visit.error
    assert at.visit.field("party_name") == str(first["name"])


def test_visit_in_hand_is_thrown_away_after_asking(at: VisitAt) -> None:
    at.fill()
    at.sign("party")
    at.click("visit.discard")
    at.stage.click("visit.discarding.accept")
    at.wait(lambda: at.visit.stage == "form")
    assert (at.visit.field("demand"), at.visit.partySigned, at.visit.item) == ("", "", "")


def test_earlier_visits_are_found_offline_and_tell_their_rating(at: VisitAt) -> None:
    at.fill()
    for signer in ("officer", "second", "party"):
        at.sign(signer)
    at.visit.submit()
    at.wait(lambda: at.visit.stage == "done")
    visit_id, past = own_visits(at.desk)[0].visit_id, at.visit.past
    told = {**visit_row("older", "绿源弃土场", "S2002", "S2001"), "stars": 4, "rating_note": "态度好"}
    put_rows(at.desk, "visit", told, visit_row("others", "绿源弃土场", "S2003", "S2002"))

    at.click("visit.list")
    at.wait(lambda: past.items.count == 2)
    at.stage.click(f"visit.past.{visit_id}")
    at.wait(lambda: past.hasPaper and past.rating)
    assert (past.fact("party"), past.fact("status")) == (_TEXTS["party_name"], "waiting")
    past.search("绿源")
    at.wait(lambda: past.items.count == 1)
    at.stage.click("visit.past.older")
    at.wait(lambda: past.stars == 4)
    assert (past.fact("rating_note"), past.hasPaper, past.rating) == ("态度好", False, "")
    past.search("没有这家")
    at.wait(lambda: past.items.count == 0)
    at.stage.click("visit.past.header.back")
    at.wait(lambda: at.stage.window.grabWindow() and at.visit.stage == "done")


def test_news_leave_the_earlier_visits_that_were_scrolled_to(at: VisitAt) -> None:
    past = at.visit.past
    put_rows(at.desk, "visit", *(visit_row(f"old{n:03d}", "绿源弃土场", "S2002", "S2001") for n in range(70)))
    at.click("visit.list")
    at.wait(lambda: past.items.count >= 60)
    at.wait(lambda: past.more() or past.items.count == 70)
    seen: list[int] = []
    past.listChanged.connect(lambda: seen.append(past.items.count))
    at.events.tablesChanged.emit(frozenset({"visit"}))
    at.wait(lambda: bool(seen))
    assert set(seen) == {70}


def test_record_made_on_another_tablet_is_fetched_by_its_hash_checked_and_opened(
    at: VisitAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    past, pdf = at.visit.past, b"%PDF-1.7 signed by both"
    sha256, asked, opened = sha256_hex(pdf), [], []
    at.events.fetchWanted.connect(asked.append)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not opened.append(url.toLocalFile()))
    mine = {**visit_row("mine", "绿源弃土场", "S2002", "S2001"), "paper": sha256}
    put_rows(at.desk, "visit", mine, visit_row("others", "远处工地", "S2003", "S2002"))
    at.click("visit.list")
    at.wait(lambda: past.items.count == 1)
    at.stage.click("visit.past.mine")
    at.wait(lambda: past.paperState == "away")

    at.click("visit.detail.paper")
    at.wait(lambda: asked == [sha256])
    assert past.paperState == "fetching"
    at.events.fetched.emit(sha256, "photo_unknown")
    assert (past.paperState, "还没有收到" in past.paperTrouble) == ("away", True)

    at.click("visit.detail.paper")
    keep_fetched(at.desk.folder, sha256, [pdf])
    at.events.fetched.emit(sha256, "")
    at.wait(lambda: len(opened) == 1 and past.paperState == "here")
    assert (Path(opened[0]).suffix, Path(opened[0]).read_bytes(), past.paperTrouble) == (".pdf", pdf, "")

    at.desk.folder.fetched_file(sha256).write_bytes(b"%PDF-1.7 something else")
    at.click("visit.detail.paper")
    at.wait(lambda: past.paperState == "away")
    assert ("内容不对" in past.paperTrouble, len(opened)) == (True, 1)

    past.showEverybody(True)
    at.wait(lambda: past.items.count == 2)
    at.stage.click("visit.past.others")
    at.wait(lambda: past.paperState == "unknown")


def test_record_that_nothing_here_can_show_or_that_was_altered_is_said_on_both_pages(
    at: VisitAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()) is not None)
    at.fill()
    for signer in ("officer", "second", "party"):
        at.sign(signer)
    at.visit.submit()
    at.wait(lambda: at.visit.stage == "done")
    told: list[str] = []
    at.visit.failed.connect(lambda code, _text: told.append(code))
    at.click("visit.paper")
    at.wait(lambda: told == ["paper_no_viewer"])
    assert at.stage.find("visit.paper.problem").isVisible()
    copy, paper = Path(shown.pop()), Path(saved_visit(at.desk, own_visits(at.desk)[0].visit_id).paper)
    whole = paper.read_bytes()
    copy.write_bytes(whole + b"%")  # as a program might that shows it
    assert paper.read_bytes() == whole
    at.click("visit.paper")
    at.wait(lambda: bool(shown))
    assert Path(shown.pop()).read_bytes() == whole
    for harm in (lambda: paper.write_bytes(whole + b"%"), paper.unlink):
        told.clear()
        harm()
        forget_fetched(at.desk.work.folder)  # the copies
        at.click("visit.paper")
        at.wait(lambda: told == ["paper_damaged"])
        paper.write_bytes(whole)
    visit_id, past = own_visits(at.desk)[0].visit_id, at.visit.past
    at.click("visit.list")
    at.wait(lambda: past.items.count == 1)
    at.stage.click(f"visit.past.{visit_id}")
    at.click("visit.detail.paper")
    at.wait(lambda: "没有能打开" in past.paperTrouble)
    assert len(shown) == 1


def test_credential_is_shown_as_a_code_and_its_time_kept(at: VisitAt) -> None:
    at.click("visit.credential")
    at.wait(lambda: at.visit.error)
    assert at.visit.card.picture == ""
    row = {
        "officer_id": "S2001",
        "text": "FAC1:" + "0" * 180,
        "valid_from": "2026-01-01",
        "valid_to": "2027-01-01",
    }
    put_rows(at.desk, "credential", row)
    at.click("visit.credential")
    at.wait(lambda: at.visit.card.picture and at.visit.credentialShown)
    assert at.visit.error == ""
    officer = at.desk.work.city.officer("S2001")
    assert officer is not None
    assert at.visit.card.holder == f"{officer['name']} · S2001 · {officer['squad']}".removesuffix(" · ")
    at.visit.card.hide()
    at.visit.edit("note", "亮证之后")
    at.visit.flush()
    at.wait(lambda: at.visit.credentialShown)


def test_visit_in_hand_is_there_again_after_leaving(at: VisitAt) -> None:
    at.fill()
    at.visit.close()
    at.visit.start()
    at.wait(lambda: at.visit.stage == "form")
    assert at.visit.field("demand") == _TEXTS["demand"]
    assert at.visit.progress == "8/8"


def test_grid_worker_is_not_offered_the_page(qtbot: QtBot, tablet: Tablet) -> None:
    with stage() as made:
        there = VisitAt(qtbot, tablet, made, "G1001")
        assert not there.visit.offered
        there.close()


@pytest.mark.parametrize("size", [(1280, 800), (800, 1200)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_text_is_cut_off(at: VisitAt, size: tuple[int, int], scale: float) -> None:
    at.fill()
    at.stage.theme.setProperty("textScale", scale)
    at.stage.window.resize(*size)
    at.stage.window.grabWindow()
    cut = [
        str(item.property("text"))
        for item in items_under(at.stage.root)
        if item.metaObject().className().startswith("FaText_")
        and item.isVisible()
        and item.property("text")
        and (item.property("truncated") or item.property("contentWidth") > item.width() + 1)
    ]
    at.stage.theme.setProperty("textScale", 1.0)
    assert cut == []
