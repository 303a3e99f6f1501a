"""The report: viewfinder, form, classes, drafts, the same case, two versions, a file from a card."""

from __future__ import annotations

from pathlib import Path

import msgspec
from album import Album
from conftest import OpenDesk
from field_app import run_job
from scenery import (
    LONG_ADDRESS,
    LONG_NOTE,
    case,
    hours_ago,
    press,
    reveal,
    stand_at,
    street,
    street_file,
    tell,
)
from shell_fakes import Bench

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import COMMAND, DraftBody, keep_draft, open_draft, start_draft
from fieldapp.capture.photos import take_photo
from sync.contract.records import NOWHERE, Place, PlaceSource

CLASS = "03-11"
HERE = Place(PlaceSource.GNSS, 113.9, 22.57, 5.0)
SAME = [f"01900000-0000-7000-8000-00000000ca5{n}" for n in range(2)]


def draft(bench: Bench, photos: int = 3, **body: object) -> str:
    """A report that somebody has begun."""

    def job(desk: Desk) -> str:
        filled = DraftBody(**body | {"place": HERE})  # type: ignore[arg-type]
        draft_id = start_draft(desk, body=filled)
        for index in range(photos):
            take_photo(desk, draft_id, street(index), HERE if index else NOWHERE)
        return draft_id

    made = str(run_job(bench.qtbot, bench.shell.writer, job))
    bench.shell.events.recordsChanged.emit(frozenset({made}))
    return made


def resume(bench: Bench, draft_id: str, photos: int = 3) -> None:
    capture = bench.shell.pages.capture
    capture.resume(draft_id)
    bench.wait(lambda: capture.draftId == draft_id and capture.photos.count == photos)


def test_viewfinder_and_empty_form(at_work: OpenDesk, album: Album) -> None:
    bench = at_work(page="capture", camera="replay:street")
    stand_at(bench)
    bench.wait(lambda: bench.item("camera.shutter").isEnabled())
    album.take(bench, "capture-start")
    press(bench, "camera.shutter")
    bench.wait(lambda: bench.shell.pages.capture.photos.count == 1)
    album.take(bench, "capture-one-photo")


def test_report_without_a_camera(at_work: OpenDesk, album: Album, tmp_path: Path) -> None:
    bench = at_work(page="capture")
    album.take(bench, "capture-no-camera")
    stick = tmp_path / "DCIM"
    stick.mkdir()
    for index in range(3):
        street_file(stick, index)
    press(bench, "camera.import")
    bench.shell.pages.capture.picker.enter(str(stick))
    bench.wait(lambda: bench.item("importSheet.item.IMG_0000.jpg").isVisible())
    album.take(bench, "capture-import")
    press(bench, "importSheet.close")


def test_form_filled_in_and_its_sheets(at_work: OpenDesk, album: Album, tmp_path: Path) -> None:
    bench = at_work(page="capture")
    stand_at(bench)
    made = draft(bench, 0, class_code=CLASS, note=LONG_NOTE, address=LONG_ADDRESS, plate="粤B12345")
    for note in ("路灯不亮", "", LONG_NOTE):
        draft(bench, 1, note=note)
    resume(bench, made, 0)
    bench.shell.pages.capture.importFiles([str(street_file(tmp_path, index)) for index in range(3)])
    bench.wait(lambda: bench.shell.pages.capture.photos.count == 3)
    bench.wait(lambda: all(row.source for row in bench.shell.pages.capture.photos.rows()))
    album.take(bench, "capture-form")
    reveal(bench, "plate")
    album.take(bench, "capture-form-end")
    press(bench, "capture.drafts")
    album.take(bench, "capture-drafts")
    press(bench, "draftsSheet.1.delete")
    album.take(bench, "capture-draft-delete")
    press(bench, "draftsSheet.confirm.reject")
    press(bench, "draftsSheet.close")
    reveal(bench, "class")
    press(bench, "class")
    bench.wait(lambda: bench.item("classSheet.search").isVisible())
    album.take(bench, "capture-classes")
    press(bench, "classSheet.close")
    press(bench, "place.coordinates")
    album.take(bench, "capture-coordinates")
    press(bench, "coordinates.reject")
    bench.item("capture.scroll").setProperty("contentY", 0)
    press(bench, "photos.0")
    album.take(bench, "photo-viewer")


def test_form_that_lacks_something(at_work: OpenDesk, album: Album) -> None:
    bench = at_work(page="capture")
    resume(bench, draft(bench, 1, note="渣土车未密闭，车身未遮盖"), 1)
    bench.wait(lambda: bench.shell.pages.capture.suggest.classes.count > 0)
    album.take(bench, "capture-suggested-class")
    bench.shell.pages.capture.submit()
    album.take(bench, "capture-lacking")


def test_same_case_and_units(at_work: OpenDesk, album: Album) -> None:
    bench = at_work(page="capture")
    stand_at(bench)
    handled = [
        {
            "case_id": f"01900000-0000-7000-8000-0000000000{n:02d}",
            "class_code": CLASS,
            "state": "closed",
            "assignee": who,
        }
        for n, who in enumerate(("U3001", "U3001", "U3001", "U3005"))
    ]
    known = [
        {"case_id": one, "state": "reported", "class_code": CLASS, "note": LONG_NOTE, "lon": HERE.lon,
         "lat": (HERE.lat or 0) + 2e-4 * n, "reported_at": hours_ago(3 + n), "address": LONG_ADDRESS}
        for n, one in enumerate(SAME)
    ]  # fmt: skip
    tell(bench, city_case=[*handled, *known])
    resume(bench, draft(bench, 1, class_code=CLASS, note=LONG_NOTE), 1)
    bench.wait(lambda: bench.shell.pages.capture.same.shown)
    album.take(bench, "capture-same")
    bench.shell.pages.capture.same.dismiss()
    bench.wait(lambda: bench.shell.pages.capture.suggest.units.count > 0)
    reveal(bench, "suggest.why", 300)
    album.take(bench, "capture-units")
    press(bench, "suggest.unit.other")
    bench.wait(lambda: bench.item("unitSheet.nobody").isVisible())
    album.take(bench, "capture-unit-sheet")


def test_two_versions(at_work: OpenDesk, album: Album) -> None:
    bench = at_work(page="capture")
    made = draft(bench, 1, note="渣土", class_code=CLASS)
    resume(bench, made, 1)
    capture = bench.shell.pages.capture

    def somebody_else(desk: Desk) -> None:
        body = open_draft(desk, made).body
        other = {"note": LONG_NOTE, "plate": "粤B12345", "class_code": "03-12"}
        keep_draft(desk, made, "G1001", msgspec.structs.replace(body, by=COMMAND, **other))

    run_job(bench.qtbot, bench.shell.writer, somebody_else)
    capture.form.setNote("渣土撒漏一处")
    capture.form.setPlate("粤B1234")
    capture.flush()
    bench.wait(lambda: len(capture.versions.items.rows()) > 0)
    album.take(bench, "capture-versions")
    capture.versions.take(capture.versions.items.rows()[0].key)
    album.take(bench, "capture-versions-taken")
    capture.versions.layAway(capture.versions.items.rows()[0].key)
    album.take(bench, "capture-versions-away")


def test_supplement_and_saved(at_work: OpenDesk, album: Album) -> None:
    bench = at_work(page="reports")
    mine = case(bench, "reported", reporter="G1001", assignee="")
    bench.shell.pages.reports.select(mine)
    bench.wait(lambda: bench.shell.pages.reports.ready)
    press(bench, "reports.supplement")
    bench.wait(lambda: bench.shell.pages.capture.form.joins == mine)
    album.take(bench, "capture-supplement")
    bench.shell.pages.capture.startNew()
    made = draft(bench, 2, class_code=CLASS, note=LONG_NOTE)
    resume(bench, made, 2)
    bench.shell.pages.capture.submit()
    bench.wait(lambda: bool(bench.item("toast").property("showing")))
    album.take(bench, "capture-saved")
