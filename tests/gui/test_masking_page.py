"""Masking through the window: boxes set by taps, sized by buttons, saved; then all shows it masked."""

from __future__ import annotations

from pathlib import Path

import pytest
from field_app import put_rows, run_job
from PIL import Image
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from shell_fakes import Bench, OpenBench, find

from fieldapp.capture.desk import Desk
from fieldapp.capture.images.masking import Frame
from fieldapp.viewmodels.mask_boxes import MaskBoxModel
from fieldapp.viewmodels.photo_desk import PhotoDeskViewModel, box_of_plate
from sync.contract.lifecycle import ActKind
from sync.contract.masks import Mask
from sync.contract.records import Act, FileRef, Lane, Origin, Photo, PhotoRole, RecordType
from sync.contract.wire import decode_record, encode_record, sha256_hex
from sync.replica.fetched import keep_fetched

CASE = "01900000-0000-7000-8000-00000000ca77"


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """G1001 at work."""
    opened = open_bench()
    opened.sign_in()
    opened.wait(lambda: opened.stage() == "open")
    return opened


def desk_of(bench: Bench) -> PhotoDeskViewModel:
    return bench.shell.pages.photo_desk


def boxes(bench: Bench) -> MaskBoxModel:
    return desk_of(bench)._boxes


def picture(tmp_path: Path) -> Path:
    path = tmp_path / "scene.jpg"
    scene = Image.new("RGB", (1200, 800), "#30A060")
    scene.paste((250, 10, 20), (500, 350, 700, 450))
    scene.save(path, "JPEG", quality=95)
    return path


def reds(address: str) -> int:
    shown = Image.open(QUrl(address).toLocalFile()).convert("RGB")
    return sum(r > 140 and g < 100 and b < 100 for r, g, b in shown.get_flattened_data())  # type: ignore[attr-defined]


def tap(bench: Bench, x: float, y: float) -> None:
    """Tap the picture at a place of the original."""
    shown = bench.item("masks.picture")
    at = shown.mapToScene(QPoint(round(x * shown.width() / 1200), round(y * shown.height() / 800)))
    QTest.mouseClick(bench.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at.toPoint())


def test_photo_of_a_report_is_masked_by_taps_and_its_tile_shows_no_face_any_more(
    bench: Bench, tmp_path: Path
) -> None:
    capture = bench.shell.pages.capture
    bench.shell.app.navigate("capture")
    capture.importFiles([str(picture(tmp_path))])
    bench.wait(lambda: len(capture._photos.rows()) == 1 and capture._photos.rows()[0].source != "")  # type: ignore[attr-defined]
    bench.click("photos.0")
    bench.click("photos.viewer.mask")
    bench.wait(lambda: find(bench.window, "masks.picture") is not None)
    bench.wait(lambda: bench.item("masks.picture").width() > 100 and not desk_of(bench)._busy)

    tap(bench, 600, 400)
    bench.wait(lambda: len(boxes(bench).rows()) == 1)
    bench.click("masks.wider")
    bench.click("masks.wider")
    (box,) = boxes(bench).boxes()
    assert box.width > box.height
    desk_of(bench)._on_plates(desk_of(bench)._ticket, [])
    bench.shell.settings.chooseLanguage("en")
    bench.wait(lambda: str(bench.item("masks.said").property("text")).startswith("Plates found: 0"))
    bench.shell.settings.chooseLanguage("zh")
    bench.click("masks.save")

    bench.wait(lambda: find(bench.window, "masks.picture") is None)
    bench.wait(lambda: capture._photos.photos()[0].photo.masks != ())
    (row,) = capture._photos.rows()
    assert reds(row.source) == 0  # type: ignore[attr-defined]
    assert reds(capture._photos.larges()[0]) == 0
    original = capture._photos.photos()[0].photo.original
    kept = bench.shell._folder.file(original.sha256, "image/jpeg")
    assert kept.read_bytes() == picture(tmp_path).read_bytes()


def told(desk: Desk, data: bytes) -> None:
    file = FileRef(Lane.ORIGINAL, sha256_hex(data), len(data), "image/jpeg")
    photos = (Photo(1, PhotoRole.SCENE, Origin.CAPTURED, (file,)),)
    stamp = desk.work.meta.stamp(desk.clock)
    act = Act(
        "01900000-0000-7000-8000-00000000ac78", CASE, ActKind.SUPPLEMENT, "G1002", "d", stamp, photos=photos
    )
    put_rows(desk, "city_case", {
        "case_id": CASE, "reporter": "G1001", "class_code": "03-11", "state": "reported",
        "reported_at": "2026-11-20T00:00:00Z",
    })  # fmt: skip
    put_rows(desk, "case_act", {
        "act_id": act.act_id, "case_id": CASE, "act_order": 9_000_000, "kind": "supplement",
        "officer_id": "G1002", "note": "", "standing": "accepted", "done_at": "2026-11-20T01:00:00Z",
        "received_at": "2026-11-20T01:00:00Z", "record": encode_record(act),
    })  # fmt: skip


def supplements(desk: Desk) -> list[Act]:
    found = [decode_record(RecordType.ACT, entry.record.body) for entry in desk.work.outbox.entries()]
    return [act for act in found if isinstance(act, Act) and act.kind is ActKind.SUPPLEMENT]


def test_photo_of_a_colleague_is_fetched_by_a_touch_and_masked_as_an_act_of_its_own(
    bench: Bench, tmp_path: Path
) -> None:
    data = picture(tmp_path).read_bytes()
    run_job(bench.qtbot, bench.shell.writer, lambda desk: told(desk, data))
    bench.shell.events.tablesChanged.emit(frozenset({"city_case", "case_act"}))
    asked: list[str] = []
    bench.shell.events.fetchWanted.connect(asked.append)
    bench.shell.app.navigate("reports")
    bench.wait(lambda: find(bench.window, f"reports.row.{CASE}") is not None)
    bench.click(f"reports.row.{CASE}")
    name = "tasks.history.01900000-0000-7000-8000-00000000ac78.photos"
    bench.wait(lambda: find(bench.window, f"{name}.fetch") is not None)
    bench.click(f"{name}.fetch")
    assert asked == [sha256_hex(data)]
    keep_fetched(bench.shell._folder, asked[0], [data])
    bench.shell.events.fetched.emit(asked[0], "")
    bench.wait(lambda: find(bench.window, f"{name}.0") is not None)

    bench.click(f"{name}.0")
    bench.click(f"{name}.viewer.mask")
    bench.wait(lambda: find(bench.window, "masks.picture") is not None and not desk_of(bench)._busy)
    bench.wait(lambda: bench.item("masks.picture").width() > 100)
    tap(bench, 600, 400)
    bench.wait(lambda: len(boxes(bench).rows()) == 1)
    with bench.qtbot.waitSignal(desk_of(bench).masked, timeout=60_000):
        bench.click("masks.save")

    (act,) = run_job(bench.qtbot, bench.shell.writer, supplements)
    assert act.photos[0].original.sha256 == sha256_hex(data)
    assert len(act.photos[0].masks) == 1
    assert {file.lane for file in act.photos[0].files} >= {Lane.THUMBNAIL, Lane.ORIGINAL}


def test_boxes_are_chosen_moved_sized_and_taken_away_inside_the_picture() -> None:
    model = MaskBoxModel()
    model.begin((400, 300), (Mask(10, 10, 20, 20),))
    near_the_edge = model.put_around(395, 295)
    assert model.boxes()[1] == Mask(370, 270, 30, 30)
    model.move(near_the_edge, 500, -500)
    assert model.boxes()[1] == Mask(370, 0, 30, 30)
    model.stretch(near_the_edge, 1, 0)
    assert model.boxes()[1].width > 30
    drawn = model.put_between(200, 200, 100, 120)
    assert model.boxes()[2] == Mask(100, 120, 100, 80)
    assert model.put_between(5, 5, 6, 6) > drawn
    model.take_out(drawn)
    assert len(model.boxes()) == 3
    assert model.put(Mask(500, 500, 5, 5)) == 0


def test_plate_that_is_masked_already_is_not_suggested_again() -> None:
    model = MaskBoxModel()
    model.begin((400, 300), (Mask(100, 100, 60, 20),))
    assert model.suggest(Mask(102, 98, 60, 22)) == 0
    other = model.suggest(Mask(200, 200, 60, 20))
    assert other > 0
    assert model.suggest(Mask(200, 200, 60, 20)) == 0
    assert len(model.boxes()) == 2


def test_plates_that_are_found_become_boxes_of_the_original_and_a_wall_does_not() -> None:
    frame = Frame((2400, 4800), 6)
    plate = ((100.0, 100.0), (200.0, 100.0), (200.0, 150.0), (100.0, 150.0))
    assert box_of_plate(plate, frame) == Mask(176, 188, 248, 124)
    wall = ((0.0, 0.0), (1200.0, 0.0), (1200.0, 900.0), (0.0, 900.0))
    assert box_of_plate(wall, frame) is None
