"""Cameras without a device: pictures of a folder or a drawn street, fed into the sink like a camera's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QSize, QTimer, Slot
from PySide6.QtGui import QImage, QImageReader, QPainter
from PySide6.QtMultimedia import QVideoFrame

from fieldapp.services.camera import CameraSource, CameraState
from fieldapp.services.camera_scene import CLOCK, LANE, draw_changes, part, street
from fieldapp.services.courier import Address

TWELVE_MEGAPIXELS = QSize(4000, 3000)
STREET_MS = 100
FOLDER_MS = 1500
SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})
Now = Callable[[], datetime]


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class StreetCamera(CameraSource):
    """A drawn street in 12 megapixels, each frame different by its clock, its number and a truck.

    Two pictures take turns: while the sink holds one, the other is brought up to date where it changes.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        size: QSize = TWELVE_MEGAPIXELS,
        now: Now = utc_now,
        interval_ms: int = STREET_MS,
    ) -> None:
        super().__init__(parent)
        self.replayed = True
        self._size = size
        self._now = now
        self._number = 0
        self._pictures: list[QImage] = []
        self._still: list[tuple[int, int, QImage]] = []
        self._drawing: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self.next_frame)

    def start(self) -> None:
        """Draw the street, the first time, and let time run in it."""
        if self._pictures:
            self._run()
        elif self._drawing is None:
            self.say(CameraState.STARTING)
            self._drawing = threading.Thread(
                target=_draw, args=(self._size, Address(self._begin)), name="street", daemon=True
            )
            self._drawing.start()

    def stop(self) -> None:
        """Hold the street still."""
        self._timer.stop()
        self.say(CameraState.OFF)

    @Slot()
    def next_frame(self) -> None:
        """Put the next frame into the sink."""
        self._number += 1
        picture = self._pictures[self._number % 2]
        painter = QPainter(picture)
        for x, y, patch in self._still:
            painter.drawImage(x, y, patch)
        draw_changes(painter, self._size, self._number, f"{self._now():%Y-%m-%d %H:%M:%S.%f}"[:-4])
        painter.end()
        self.sink.setVideoFrame(QVideoFrame(picture))

    def _begin(self, pictures: list[QImage]) -> None:
        self._pictures = pictures
        boxes = [part(share, self._size) for share in (LANE, CLOCK)]
        self._still = [(box.x(), box.y(), pictures[0].copy(box)) for box in boxes]
        if self.state is CameraState.STARTING:
            self._run()

    def _run(self) -> None:
        self.next_frame()
        self.say(CameraState.READY)
        self._timer.start()


class FolderCamera(CameraSource):
    """The pictures of a folder in turn, as large as they are; the next one is read while one is shown."""

    def __init__(self, folder: Path, parent: QObject | None = None, *, interval_ms: int = FOLDER_MS) -> None:
        super().__init__(parent)
        self.replayed = True
        self._paths = sorted(path for path in folder.glob("*") if path.suffix.lower() in SUFFIXES)
        self._number = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._read_next)

    def start(self) -> None:
        """Begin with the first picture."""
        if not self._paths:
            self.say(CameraState.NONE)
        elif self.state is not CameraState.READY:
            self.say(CameraState.STARTING)
            self._read_next()

    def stop(self) -> None:
        """Show no more."""
        self._timer.stop()
        self.say(CameraState.OFF)

    @Slot()
    def _read_next(self) -> None:
        path = self._paths[self._number % len(self._paths)]
        self._number += 1
        threading.Thread(target=_load, args=(path, Address(self._show)), name="replay", daemon=True).start()

    def _show(self, image: QImage) -> None:
        if self.state is CameraState.OFF:
            return
        if not image.isNull():
            self.sink.setVideoFrame(QVideoFrame(image))
            self.say(CameraState.READY)
        elif self._number > len(self._paths) and self.state is CameraState.STARTING:
            self.say(CameraState.FAILED)
            return
        self._timer.start()


def _draw(size: QSize, tell: Address) -> None:
    picture = street(size)
    tell([picture, picture.copy()])


def _load(path: Path, tell: Address) -> None:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    tell(reader.read().convertToFormat(QImage.Format.Format_RGB32))
