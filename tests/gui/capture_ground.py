"""What the capture page's tests stand on: the view models over real stores, a camera that is fed by hand."""

from __future__ import annotations

from typing import NamedTuple

from field_app import officer_card
from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtMultimedia import QVideoFrame
from pytestqt.qtbot import QtBot

from fieldapp.geo.quality import FixQuality, QualityLimits, fix_quality
from fieldapp.services.camera import Abilities, CameraSource, CameraState
from fieldapp.services.camera_darkroom import Darkroom
from fieldapp.services.events import DeskEvents
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.camera import CameraViewModel
from fieldapp.viewmodels.capture import CaptureViewModel
from sync.contract.records import Place, PlaceSource

SMALL = QSize(320, 240)
HERE = Place(PlaceSource.GNSS, 113.9, 22.6, accuracy_m=4.0)


class FedCamera(CameraSource):
    """Gives the frames that a test puts in."""

    def __init__(self, parent: QObject | None = None, abilities: Abilities | None = None) -> None:
        super().__init__(parent)
        self.given = abilities or Abilities()
        self.asked: list[tuple[object, ...]] = []
        self.number = 0

    def start(self) -> None:
        self.say(CameraState.STARTING)
        self.offer(self.given)
        self.feed()

    def feed(self, color: str = "#336699", size: QSize = SMALL) -> None:
        self.number += 1
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(QColor(color))
        painter = QPainter(image)
        painter.fillRect(
            10, 10, 5 + self.number % 50, 20, QColor("white") if color != "black" else QColor(color)
        )
        painter.end()
        self.sink.setVideoFrame(QVideoFrame(image))
        self.say(CameraState.READY)

    def set_light(self, on: bool) -> None:
        self.asked.append(("light", on))

    def set_zoom(self, factor: float) -> None:
        self.asked.append(("zoom", round(factor, 2)))

    def focus_at(self, x: float, y: float) -> None:
        self.asked.append(("focus", x, y))


class ToldPosition(QObject):
    """The place that a test tells."""

    placeChanged = Signal()

    def __init__(self, place: Place | None = HERE, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = place

    def tell(self, place: Place | None) -> None:
        self._place = place
        self.placeChanged.emit()

    def current(self) -> Place | None:
        return self._place

    def quality(self) -> FixQuality:
        return fix_quality(self._place, QualityLimits())


class Ground(NamedTuple):
    """Everything a capture test may want to touch."""

    capture: CaptureViewModel
    camera: CameraViewModel
    source: FedCamera
    position: ToldPosition
    events: DeskEvents
    writer: ReplicaWorker
    darkroom: Darkroom

    def close(self) -> None:
        self.events.closed.emit()
        self.darkroom.close()


def make_ground(
    workers: tuple[ReplicaWorker, ReplicaWorker],
    *,
    source: CameraSource | None = None,
    abilities: Abilities | None = None,
    position: ToldPosition | None = None,
) -> Ground:
    """The view models, before anybody sits down."""
    writer, reader = workers
    events = DeskEvents()
    fed = source or FedCamera(events, abilities)
    told = position or ToldPosition(parent=events)
    darkroom = Darkroom(writer, events)
    camera = CameraViewModel(fed, events)
    capture = CaptureViewModel(writer, reader, events, camera, told, darkroom, events)
    return Ground(capture, camera, fed, told, events, writer, darkroom)  # type: ignore[arg-type]


def sit_down(qtbot: QtBot, ground: Ground, officer: str = "G1001") -> None:
    """The officer sits down, the camera runs, and what there was is loaded."""
    ground.events.opened.emit(officer_card(officer))
    ground.camera.start()
    qtbot.waitUntil(lambda: ground.capture.shelf.room >= 0 and ground.capture.classes.firstModel.count > 0)


def idle(qtbot: QtBot, ground: Ground) -> None:
    """Wait until everything submitted so far is answered."""
    answers: list[object] = []
    ground.writer.submit(lambda desk: None, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
