"""Cameras: what a device offers, what replays feed, what the viewfinder draws, and a frame made a file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from capture_ground import FedCamera, Ground, make_ground, sit_down
from PIL import Image
from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtMultimedia import QtVideo, QVideoFrame, QVideoFrameFormat
from pytestqt.qtbot import QtBot

from fieldapp.services.camera import Abilities, CameraSource, CameraState
from fieldapp.services.camera_device import DeviceCamera, best_format, cameras_withheld
from fieldapp.services.camera_frame import frame_jpeg, frame_picture, is_dark
from fieldapp.services.camera_open import open_camera
from fieldapp.services.camera_replay import FolderCamera, StreetCamera
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.camera import CameraViewModel
from sync.contract.errors import RetryLater


class Format:
    def __init__(self, width: int, height: int, rate: float) -> None:
        self.size, self.rate = QSize(width, height), rate

    def resolution(self) -> QSize:
        return self.size

    def maxFrameRate(self) -> float:
        return self.rate


def corners(width: int = 64, height: int = 48) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    for x in range(width // 2):
        for y in range(height // 2):
            image.setPixelColor(x, y, QColor("red"))
    return image


def top_left(data: bytes) -> str:
    with Image.open(io.BytesIO(data)) as picture:
        red, _green, blue = picture.convert("RGB").getpixel((4, 4))
    return "red" if red > blue else "blue"


@pytest.fixture
def fed(qtbot: QtBot) -> Iterator[FedCamera]:
    camera = FedCamera(abilities=Abilities(light=True, zoom_max=4.0, focus=True))
    yield camera
    camera.stop()


def test_highest_resolution_is_taken_then_the_fastest() -> None:
    small, large, faster = Format(640, 480, 60), Format(4000, 3000, 10), Format(4000, 3000, 15)

    assert best_format([small, large, faster]) is faster
    assert best_format([]) is None


def test_machine_without_a_camera_says_so_and_not_that_it_is_broken(qtbot: QtBot) -> None:
    camera = DeviceCamera()
    camera.start()

    assert camera.state in (CameraState.NONE, CameraState.DENIED)
    camera.stop()
    assert camera.state is CameraState.OFF


def test_cameras_that_may_not_be_opened_are_told_from_none(tmp_path: Path) -> None:
    assert not cameras_withheld(tmp_path)
    (tmp_path / "video0").symlink_to(tmp_path / "gone")

    assert cameras_withheld(tmp_path)


@pytest.mark.parametrize(
    ("setting", "kind"),
    [
        ("auto", DeviceCamera),
        ("none", CameraSource),
        ("replay:street", StreetCamera),
        ("replay:demo", StreetCamera),
        ("replay:/somewhere", FolderCamera),
    ],
)
def test_setting_names_the_camera(qtbot: QtBot, setting: str, kind: type[CameraSource]) -> None:
    assert type(open_camera(setting)) is kind


def test_street_gives_frames_that_differ_at_their_full_size(qtbot: QtBot) -> None:
    camera = StreetCamera(size=QSize(400, 300), interval_ms=1)
    seen: list[bytes] = []
    camera.sink.videoFrameChanged.connect(lambda frame: seen.append(frame_jpeg(frame)))
    camera.start()
    qtbot.waitUntil(lambda: len(seen) >= 3)
    camera.stop()

    assert len(set(seen)) == len(seen)
    with Image.open(io.BytesIO(seen[0])) as picture:
        assert picture.size == (400, 300)


def test_frame_in_hand_is_not_changed_by_the_frames_after_it(qtbot: QtBot) -> None:
    camera = StreetCamera(size=QSize(400, 300), interval_ms=10_000)
    camera.start()
    qtbot.waitUntil(lambda: camera.state is CameraState.READY)
    held = camera.sink.videoFrame()
    before = frame_jpeg(held)
    for _ in range(4):
        camera.next_frame()
    camera.stop()

    assert frame_jpeg(held) == before


def test_folder_of_pictures_is_replayed_and_an_empty_one_is_no_camera(qtbot: QtBot, tmp_path: Path) -> None:
    empty = FolderCamera(tmp_path)
    empty.start()
    assert empty.state is CameraState.NONE
    corners().save(str(tmp_path / "a.png"))

    camera = FolderCamera(tmp_path, interval_ms=1)
    camera.start()
    qtbot.waitUntil(lambda: camera.state is CameraState.READY)

    assert camera.sink.videoFrame().size() == QSize(64, 48)
    camera.stop()


def test_light_zoom_and_focus_are_offered_only_where_the_camera_has_them(
    qtbot: QtBot, fed: FedCamera
) -> None:
    plain, able = CameraViewModel(CameraSource()), CameraViewModel(fed)
    able.start()
    assert [plain.canLight, plain.canZoom, plain.canFocus] == [False] * 3
    assert [able.canLight, able.canZoom, able.canFocus] == [True] * 3

    able.setLight(True)
    able.zoomIn()
    able.focusAt(0.5, 0.25)
    able.focusAt(1.5, 0.5)
    plain.setLight(True)

    assert fed.asked == [("light", True), ("zoom", 1.25), ("focus", 0.5, 0.25)]
    assert not plain.light


def test_light_goes_out_when_the_last_viewfinder_is_left(qtbot: QtBot, fed: FedCamera) -> None:
    camera = CameraViewModel(fed)
    camera.start()
    camera.start()
    camera.setLight(True)

    camera.stop()
    assert camera.light
    camera.stop()

    assert not camera.light
    assert camera.state == "off"


@pytest.mark.qt_log_ignore("No RHI backend")
def test_frame_keeps_every_pixel_and_stands_upright() -> None:
    frame = QVideoFrame(corners())
    assert top_left(frame_jpeg(frame)) == "red"
    frame.setRotation(QtVideo.Rotation.Clockwise180)

    assert top_left(frame_jpeg(frame)) == "blue"
    assert QColor(frame_picture(frame, QSize(64, 48)).pixel(4, 4)).blue() > 200


@pytest.mark.qt_log_ignore("No RHI backend")
def test_mirrored_frame_is_mirrored_for_the_eye_and_kept_the_right_way_round() -> None:
    frame = QVideoFrame(corners())
    frame.setMirrored(True)

    assert top_left(frame_jpeg(frame)) == "red"
    assert QColor(frame_picture(frame, QSize(64, 48)).pixel(4, 4)).blue() > 200


def test_jpeg_of_the_camera_itself_is_kept_byte_for_byte() -> None:
    out = io.BytesIO()
    Image.new("RGB", (32, 24), "green").save(out, "JPEG")
    data = out.getvalue()
    frame = jpeg_frame(data + bytes(50))

    assert frame_jpeg(frame) == data


def jpeg_frame(data: bytes) -> QVideoFrame:
    frame = QVideoFrame(QVideoFrameFormat(QSize(32, 24), QVideoFrameFormat.PixelFormat.Format_Jpeg))
    if not frame.map(QVideoFrame.MapMode.WriteOnly):
        pytest.skip("this Qt makes no JPEG frames in memory")
    room = memoryview(frame.bits(0))
    if len(room) < len(data):
        frame.unmap()
        pytest.skip("this Qt makes no JPEG frames large enough")
    room[: len(data)] = QByteArray(data).data()
    frame.unmap()
    return frame


def test_empty_frame_is_refused_in_words() -> None:
    with pytest.raises(RetryLater) as refused:
        frame_jpeg(QVideoFrame())

    assert refused.value.code == "camera_no_frame"


def test_black_picture_is_told_from_a_dark_street() -> None:
    black, street = QImage(64, 48, QImage.Format.Format_RGB32), corners()
    black.fill(QColor("black"))

    assert is_dark(black)
    assert not is_dark(street)
    assert not is_dark(QImage())


def test_lost_camera_is_said_and_the_draft_stays(
    qtbot: QtBot, workers: tuple[ReplicaWorker, ReplicaWorker]
) -> None:
    ground: Ground = make_ground(workers)
    sit_down(qtbot, ground)
    with qtbot.waitSignal(ground.capture.photoSaved):
        ground.capture.shutter()

    ground.source.say(CameraState.LOST)

    assert (ground.camera.state, ground.capture.canShoot) == ("lost", False)
    assert ground.capture.photos.count == 1
    ground.source.feed()
    assert ground.capture.canShoot
    ground.close()
