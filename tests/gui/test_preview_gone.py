"""A viewfinder taken away while the camera runs, or given another shape: nothing stays or is distorted."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtCore import QRectF, QSize, QSizeF
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.services.camera_replay import StreetCamera
from fieldapp.ui.camera_preview import CameraPreview
from fieldapp.viewmodels.camera import CameraViewModel


def previewing() -> int:
    return sum(thread.name.startswith("preview") for thread in threading.enumerate())


@pytest.mark.parametrize("times", [5])
def test_viewfinder_taken_away_while_frames_come_leaves_no_thread_and_says_nothing(
    qtbot: QtBot, times: int
) -> None:
    window = QQuickWindow()
    window.resize(640, 480)
    window.show()
    assert QTest.qWaitForWindowExposed(window, 60_000)
    street = StreetCamera(size=QSize(400, 300), interval_ms=5)
    camera = CameraViewModel(street)
    street.start()
    qtbot.waitUntil(lambda: camera.ready, timeout=60_000)
    before = previewing()
    for _ in range(times):
        preview = CameraPreview(window.contentItem())
        preview.setSize(window.size().toSizeF())
        preview.setProperty("camera", camera)
        seen: list[int] = []
        preview.pictureChanged.connect(lambda seen=seen: seen.append(1))
        qtbot.waitUntil(lambda seen=seen: bool(seen), timeout=60_000)
        shiboken6.delete(preview)
    qtbot.waitUntil(lambda: previewing() <= before, timeout=60_000)
    street.stop()
    window.close()


def test_viewfinder_given_another_shape_shows_the_same_frame_undistorted(qtbot: QtBot) -> None:
    window = QQuickWindow()
    window.resize(640, 480)
    window.show()
    assert QTest.qWaitForWindowExposed(window, 60_000)
    street = StreetCamera(size=QSize(400, 300), interval_ms=3_600_000)  # one frame, and no other comes
    camera = CameraViewModel(street)
    preview = CameraPreview(window.contentItem())
    preview.setSize(QSizeF(400, 300))
    preview.setProperty("camera", camera)
    street.start()
    qtbot.waitUntil(lambda: preview.property("pictureRect") == QRectF(0, 0, 400, 300))
    qtbot.waitUntil(lambda: not (preview._busy or preview._late or preview._pause.isActive()))

    preview.setHeight(150)

    qtbot.waitUntil(lambda: preview.property("pictureRect") == QRectF(100, 0, 200, 150))
    shiboken6.delete(preview)
    street.stop()
    window.close()
