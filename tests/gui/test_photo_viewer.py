"""A photo is opened on the whole screen: by touch, nearer and farther by buttons, broken ones said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit_stage import Stage, stage
from PIL import Image
from PySide6.QtCore import Qt, QUrl
from pytestqt.qtbot import QtBot
from shell_fakes import Bench, OpenBench, find
from test_shell_crossings import drafted, reported


@pytest.fixture
def shown(qapp: object) -> Iterator[Stage]:
    with stage() as made:
        yield made


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """G1001 at work."""
    opened = open_bench()
    opened.sign_in()
    opened.wait(lambda: opened.stage() == "open")
    return opened


def viewer(shown: Stage, files: list[Path]) -> None:
    sources = ", ".join(f'"{QUrl.fromLocalFile(str(file)).toString()}"' for file in files)
    shown.show(
        "Item { width: 1280; height: 800; "
        f'FaPhotoViewer {{ id: it; name: "v" }} Component.onCompleted: it.show([{sources}], 0) }}'
    )


def pictures(folder: Path, *sizes: tuple[int, int]) -> list[Path]:
    files = [folder / f"{at}.jpg" for at in range(len(sizes))]
    for file, size in zip(files, sizes, strict=True):
        Image.new("RGB", size, (90, 120, 40)).save(file, "JPEG")
    return files


def test_pictures_are_turned_over_by_buttons_and_keys(shown: Stage, tmp_path: Path, qtbot: QtBot) -> None:
    files = pictures(tmp_path, (640, 480), (480, 640))
    viewer(shown, files)
    picture = shown.find("v.picture")
    qtbot.waitUntil(lambda: picture.property("shown"))
    assert picture.property("source").toLocalFile() == str(files[0])
    assert not shown.find("v.previous").isVisible()

    shown.click("v.next")
    assert picture.property("source").toLocalFile() == str(files[1])
    shown.press(Qt.Key.Key_Left)

    assert picture.property("source").toLocalFile() == str(files[0])


def test_picture_comes_nearer_and_goes_back_to_the_whole(shown: Stage, tmp_path: Path, qtbot: QtBot) -> None:
    viewer(shown, pictures(tmp_path, (640, 480)))
    view = shown.find("v.view")
    qtbot.waitUntil(lambda: shown.find("v.picture").property("shown"))
    shown.click("v.larger")
    shown.click("v.larger")
    assert view.property("contentWidth") > 2 * view.width()
    middle = view.property("contentX") + view.width() / 2
    assert middle == pytest.approx(view.property("contentWidth") / 2)

    shown.click("v.smaller")
    shown.click("v.smaller")

    assert view.property("contentWidth") == view.width()


@pytest.mark.qt_log_ignore("Error decoding|Unsupported image format|Cannot open")
def test_broken_picture_is_said_to_be_broken(shown: Stage, tmp_path: Path, qtbot: QtBot) -> None:
    broken = tmp_path / "x.jpg"
    broken.write_bytes(b"no picture")
    viewer(shown, [broken])

    qtbot.waitUntil(lambda: shown.find("v.failed").isVisible())


def test_photo_that_is_no_longer_here_is_said_to_be_with_the_server(shown: Stage, qtbot: QtBot) -> None:
    shown.show(
        "Item { width: 1280; height: 800; "
        'FaPhotoViewer { id: it; name: "v" } Component.onCompleted: it.show([""], 0) }'
    )

    qtbot.waitUntil(lambda: shown.find("v.failed").isVisible())
    assert "已送达" in shown.find("v.failed").property("text")


def test_photo_of_the_report_in_hand_is_opened_as_its_original(bench: Bench) -> None:
    bench.shell.pages.capture.resume(drafted(bench))
    bench.shell.app.navigate("capture")
    bench.wait(lambda: int(bench.shell.pages.capture.photos.property("count")) == 1)

    bench.click("photos.0")

    bench.wait(lambda: bench.item("photos.viewer.picture").property("shown"))
    source = bench.item("photos.viewer.picture").property("source").toLocalFile()
    (saved,) = bench.shell.pages.capture.photos.photos()
    assert saved.photo.original.sha256 in source
    bench.click("photos.viewer.close")
    bench.wait(lambda: find(bench.window, "photos.viewer.close") is None)


def test_toast_covers_nothing_of_the_page_under_it(bench: Bench) -> None:
    record_id = reported(bench)
    bench.shell.app.navigate("tasks")
    bench.shell.pages.capture.saved.emit(record_id)
    bench.wait(bench.item("toast.bar").isVisible)
    bench.window.grabWindow()

    bar, pages = bench.item("toast.bar"), bench.item("pages")
    assert bar.mapToScene(bar.boundingRect().bottomLeft()).y() <= pages.mapToScene(pages.position()).y()
    bench.click("toast.close")
    bench.window.grabWindow()
    banner = bench.item("banner")
    assert pages.y() == (banner.height() if banner.isVisible() else 0)
