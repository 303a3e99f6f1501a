"""The capture page in the whole window, used with real clicks and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from field_app import make_tablet
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QInputMethodEvent
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shell_fakes import Bench, FakeGate

from fieldapp.capture.drafts import COMMAND, keep_draft, list_drafts, open_draft
from fieldapp.services.options import Options
from fieldapp.viewmodels.capture import CaptureViewModel
from sync.contract.records import Origin, RecordType, Report
from sync.contract.wire import decode_record

SIZE = (1280, 800)


class Page(Bench):
    """The window with the capture page in front."""

    @property
    def capture(self) -> CaptureViewModel:
        return self.shell.pages.capture

    def item(self, name: str) -> QQuickItem:
        """The one in sight: the task page's camera has the same names."""
        stack = [self.window.contentItem()]
        while stack:
            item = stack.pop()
            if item.objectName() == name and item.isVisible():
                return item
            stack.extend(item.childItems())
        return super().item(name)

    def click(self, name: str) -> None:
        """In the middle, once it rests there; a list may make the item anew while it is waited for."""
        middle = QPoint(-1, -1)

        def at_rest() -> bool:
            nonlocal middle
            if not self.shown(name) or not self.item(name).isEnabled():
                return False
            item, before = self.item(name), middle
            middle = item.mapToScene(item.boundingRect().center()).toPoint()
            return before == middle

        self.wait(at_rest)
        QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)

    def reports(self) -> list[Report]:
        assert self.gate.tablet is not None
        desk = self.gate.tablet.desk()
        bodies = [entry.record.body for entry in desk.work.outbox.entries()]
        desk.work.close()
        desk.reference.close()
        records = [decode_record(RecordType.REPORT, body) for body in bodies]
        return [record for record in records if isinstance(record, Report)]

    def notes(self) -> list[str]:
        assert self.gate.tablet is not None
        desk = self.gate.tablet.desk()
        notes = [opened.body.note for opened in list_drafts(desk)]
        desk.work.close()
        desk.reference.close()
        return notes

    def see(self, name: str) -> None:
        """Scroll the form until an item is in sight."""
        item, scroll = self.item(name), self.item("capture.scroll")
        top = item.mapToItem(scroll, QPointF(0, 0)).y() + float(scroll.property("contentY"))
        most = float(scroll.property("contentHeight")) - scroll.height()
        scroll.setProperty("contentY", max(0.0, min(top - 60, most)))

    def shown(self, name: str) -> bool:
        stack = [self.window.contentItem()]
        while stack:
            item = stack.pop()
            if item.objectName() == name and item.isVisible():
                return True
            stack.extend(item.childItems())
        return False

    def choose_class(self, word: str, code: str) -> None:
        self.click("class")
        self.wait(lambda: self.shown("classSheet.search"))
        self.type("classSheet.search", word)
        self.wait(lambda: self.capture.classes.property("query") == word)
        self.click(f"classSheet.found.{code}")
        self.wait(lambda: not self.shown("classSheet.search"))

    def shoot(self) -> None:
        count = int(self.capture.photos.property("count"))
        self.wait(lambda: self.item("camera.shutter").isEnabled())
        self.click("camera.shutter")
        self.wait(lambda: int(self.capture.photos.property("count")) == count + 1)


def open_page(
    qtbot: QtBot, root: Path, frames: Path, gate: FakeGate | None = None, text_scale: float = 1.0
) -> Page:
    gate = gate or FakeGate(root, make_tablet(root))
    options = Options(data=root, size=SIZE, camera=f"replay:{frames}", text_scale=text_scale)
    page = Page(qtbot, root, gate, options)
    page.sign_in()
    page.wait(lambda: page.stage() == "open")
    page.click("rail.item.capture")
    return page


@pytest.fixture
def frames(tmp_path: Path) -> Path:
    folder = tmp_path / "frames"
    folder.mkdir()
    for number, color in enumerate(("#446688", "#886644")):
        image = QImage(400, 300, QImage.Format.Format_RGB32)
        image.fill(QColor(color))
        image.save(str(folder / f"{number}.jpg"))
    return folder


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path, frames: Path) -> Iterator[Page]:
    opened = open_page(qtbot, tmp_path / "tablet", frames)
    yield opened
    opened.close()


def test_other_version_of_the_note_is_taken_and_taken_back_with_one_click_each(page: Page) -> None:
    page.capture.form.setNote("own words")
    page.capture.flush()
    page.wait(lambda: page.notes() == ["own words"])
    assert page.gate.tablet is not None
    desk = page.gate.tablet.desk()
    draft_id = page.capture.draftId
    body = msgspec.structs.replace(open_draft(desk, draft_id).body, note="other words", by=COMMAND)
    keep_draft(desk, draft_id, "G1001", body)
    desk.work.close()
    desk.reference.close()

    page.capture.form.setNote("own words, and more")
    page.wait(lambda: page.shown("versions.take.0"))
    assert page.item("versions.other.0.text").property("text") == "other words"
    page.click("versions.take.0")
    page.wait(lambda: page.item("versions.other.0.text").property("text") == "own words, and more")
    page.click("versions.take.0")
    page.wait(lambda: page.item("versions.other.0.text").property("text") == "other words")
    page.click("versions.away.0")
    page.wait(lambda: page.shown("versions.again") and not page.shown("versions.take.0"))
    assert page.capture.form.property("note") == "own words, and more"


def test_report_made_with_clicks_alone_is_saved_once_and_can_be_undone(page: Page) -> None:
    page.shoot()
    page.shoot()
    page.choose_class("03-11", "03-11")
    page.click("note.0")
    page.wait(lambda: page.capture.suggest.units.count > 0)  # chips that come later would move the next one
    page.see("suggest.unit.other")
    page.click("suggest.unit.other")
    page.type("unitSheet.search", "gdj")
    page.click("unitSheet.found.供电局宝安分局")
    page.wait(lambda: page.item("submit").isEnabled())
    page.click("submit")
    page.wait(lambda: len(page.reports()) == 1)
    report = page.reports()[0]

    assert (report.class_code, len(report.photos)) == ("03-11", 2)
    assert (report.unit, report.unit_chosen) == ("供电局宝安分局", True)
    assert report.note != ""
    assert {photo.origin for photo in report.photos} == {Origin.CAPTURED}

    page.click("toast.action")
    page.wait(lambda: page.reports() == [])
    page.wait(lambda: page.capture.form.property("note") == report.note)


def test_submit_says_what_is_missing_until_nothing_is(page: Page) -> None:
    def hint() -> str:
        return str(page.item("submit.hint").property("text"))

    assert not page.item("submit").isEnabled()
    assert "照片" in hint()
    assert "类别" in hint()

    page.shoot()
    page.wait(lambda: "照片" not in hint())
    page.choose_class("03-11", "03-11")
    page.wait(lambda: page.item("submit").isEnabled())


def test_uncommitted_input_method_text_is_in_the_draft(page: Page) -> None:
    page.click("note.input")
    event = QInputMethodEvent("zha'tu", [])
    QCoreApplication.sendEvent(page.item("note.input"), event)

    page.wait(lambda: page.notes() == ["zha'tu"])

    committed = QInputMethodEvent("", [])
    committed.setCommitString("渣土")
    QCoreApplication.sendEvent(page.item("note.input"), committed)
    page.wait(lambda: page.notes() == ["渣土"])


@pytest.mark.parametrize("bad", ["a\x00b", "a\ud800"])
def test_what_cannot_be_stored_is_refused_at_the_note_and_stays_there(page: Page, bad: str) -> None:
    page.shoot()
    page.choose_class("03-11", "03-11")
    page.capture.form.setNote(bad)

    page.click("submit")
    page.wait(lambda: page.capture.form.property("noteError") != "")

    assert page.capture.form.body.note == bad
    assert page.reports() == []


def test_photos_are_picked_in_the_import_sheet_in_the_order_they_are_tapped(
    page: Page, field_data: Path
) -> None:
    page.capture.picker.enter(str(field_data / "photos"))
    page.click("camera.import")
    for name in ("portrait_6.jpg", "DSCN0010.jpg"):
        page.wait(lambda name=name: page.shown(f"importSheet.item.{name}"))
        page.click(f"importSheet.item.{name}")
    page.click("importSheet.accept")
    page.wait(lambda: int(page.capture.photos.property("count")) == 2)

    photos = page.capture.photos.photos()
    assert [saved.photo.name for saved in photos] == ["portrait_6.jpg", "DSCN0010.jpg"]
    assert {saved.photo.origin for saved in photos} == {Origin.IMPORTED}


def test_removed_photo_comes_back_by_its_banner(page: Page) -> None:
    page.shoot()
    page.wait(lambda: page.shown("photos.0.remove"))
    page.click("photos.0.remove")
    page.wait(lambda: int(page.capture.photos.property("count")) == 0)

    page.click("photos.removed.action")

    page.wait(lambda: int(page.capture.photos.property("count")) == 1)


def test_draft_put_aside_is_gone_on_with_or_thrown_away_after_a_second_question(page: Page) -> None:
    page.shoot()
    first = page.capture.property("draftId")
    page.see("plate")
    assert page.item("capture.scroll").property("contentY") > 0
    page.click("capture.new")
    page.wait(lambda: int(page.capture.shelf.drafts.property("count")) == 1)
    assert page.item("capture.scroll").property("contentY") == 0, "another report begins at its top"

    page.click("capture.drafts")
    page.click("draftsSheet.0")
    page.wait(lambda: page.capture.property("draftId") == first)
    page.click("capture.new")
    page.wait(lambda: int(page.capture.shelf.drafts.property("count")) == 1)
    page.click("capture.drafts")
    page.click("draftsSheet.0.delete")
    page.click("draftsSheet.confirm.reject")
    assert int(page.capture.shelf.drafts.property("count")) == 1
    page.click("draftsSheet.0.delete")
    page.click("draftsSheet.confirm.accept")

    page.wait(lambda: int(page.capture.shelf.drafts.property("count")) == 0)
    page.wait(lambda: page.notes() == [])


def test_draft_stands_in_the_outbox_until_it_is_thrown_away(page: Page) -> None:
    page.shoot()
    draft = str(page.capture.property("draftId"))
    page.click("capture.new")
    page.click("rail.item.outbox")
    page.wait(lambda: page.shown(f"outbox.item.{draft}"))

    page.click("rail.item.capture")
    page.click("capture.drafts")
    page.click("draftsSheet.0.delete")
    page.click("draftsSheet.confirm.accept")
    page.wait(lambda: int(page.capture.shelf.drafts.property("count")) == 0)
    page.click("draftsSheet.close")
    page.click("rail.item.outbox")
    page.wait(lambda: page.shown("outbox.empty"))


def test_typed_coordinates_place_the_report(page: Page) -> None:
    page.shoot()
    page.see("place.coordinates")
    page.click("place.coordinates")
    page.wait(lambda: page.shown("coordinates.lat"))
    page.type("coordinates.lat", "22.6")
    page.type("coordinates.lon", "113.9")
    page.click("coordinates.accept")

    page.wait(lambda: page.capture.place.property("source") == "pin")


def test_camera_rests_while_another_page_is_in_front(page: Page) -> None:
    page.wait(lambda: page.shell.pages.camera.property("state") == "ready")

    page.click("rail.item.lookup")
    page.wait(lambda: page.shell.pages.camera.property("state") == "off")

    page.click("rail.item.capture")
    page.wait(lambda: page.shell.pages.camera.property("state") == "ready")


def test_viewfinder_shows_the_whole_frame_upright(page: Page) -> None:
    preview = page.item("camera.preview")
    page.wait(lambda: preview.property("pictureRect").width() > 100)
    rect = preview.property("pictureRect")

    assert abs(rect.width() / rect.height() - 4 / 3) < 0.02
    middle = preview.mapToScene(rect.center()).toPoint()
    seen = page.window.grabWindow().pixelColor(middle)
    assert min(abs(seen.red() - red) for red in (0x44, 0x88)) < 12


def test_no_control_is_smaller_than_a_glove_can_hit(page: Page) -> None:
    for name, least in (("camera.shutter", 88), ("submit", 64), ("class", 64), ("capture.drafts", 48)):
        item = page.item(name)
        assert min(item.width(), item.height()) >= least, name


def test_draft_comes_back_after_signing_in_again(qtbot: QtBot, tmp_path: Path, frames: Path) -> None:
    root = tmp_path / "tablet"
    gate = FakeGate(root, make_tablet(root))
    first = open_page(qtbot, root, frames, gate)
    first.type("note", "half done")
    first.close()

    again = open_page(qtbot, root, frames, gate)
    again.wait(lambda: again.item("note").property("text") == "half done")

    assert again.shown("notice")
    again.close()


def test_page_holds_together_at_twice_the_text_size(qtbot: QtBot, tmp_path: Path, frames: Path) -> None:
    page = open_page(qtbot, tmp_path / "tablet", frames, text_scale=2.0)
    page.click("camera.form")
    page.wait(lambda: page.shown("capture.camera"))

    submit = page.item("submit")
    corner = submit.mapToScene(QPointF(submit.width(), submit.height())).toPoint()
    assert corner.x() <= page.window.width()
    assert corner.y() <= page.window.height()
    page.click("capture.camera")
    page.wait(lambda: page.shown("camera.shutter"))
    page.close()
