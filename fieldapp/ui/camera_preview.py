"""The viewfinder: draws the newest frame of a sink, scaled to its own size, as the camera gives it.

One frame at a time is scaled in a thread of its own; frames that come meanwhile are left out. So a slow
machine shows fewer frames and never falls behind. Hidden, it does nothing.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import Property, QObject, QPointF, QRectF, QSize, QSizeF, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPainter
from PySide6.QtMultimedia import QVideoFrame
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from fieldapp.services.camera_frame import frame_picture, is_dark
from fieldapp.services.courier import Address
from fieldapp.viewmodels.camera import CameraViewModel
from sync.contract.errors import FieldError

QML_IMPORT_NAME = "fieldapp.camera"
QML_IMPORT_MAJOR_VERSION = 1

PAUSE_MS = 50
"""At most twenty frames a second are drawn."""


@QmlElement
class CameraPreview(QQuickPaintedItem):
    """``pictureX … pictureHeight`` say where in the item the picture lies; the rest is left transparent."""

    cameraChanged = Signal()
    pictureChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._camera: CameraViewModel | None = None
        self._picture = QImage()
        self._busy = self._late = False
        self._thread = ThreadPoolExecutor(1, "preview")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._catch_up)
        self.widthChanged.connect(self._on_shape)
        self.heightChanged.connect(self._on_shape)
        self.destroyed.connect(lambda: self._thread.shutdown(wait=False))

    def _get_camera(self) -> CameraViewModel | None:
        return self._camera

    def _set_camera(self, given: QObject | None) -> None:
        camera = given if isinstance(given, CameraViewModel) else None
        if camera is self._camera:
            return
        if self._camera is not None:
            self._camera.sink.videoFrameChanged.disconnect(self._on_frame)
            self._camera.stateChanged.disconnect(self._on_state)
        self._camera = camera
        if camera is not None:
            camera.sink.videoFrameChanged.connect(self._on_frame)
            camera.stateChanged.connect(self._on_state)
        self.cameraChanged.emit()

    # A plain object to QML: its linter does not follow types from one Python module to another.
    camera = Property(QObject, _get_camera, _set_camera, notify=cameraChanged)

    @Property(QRectF, notify=pictureChanged)
    def pictureRect(self) -> QRectF:
        """Where the picture lies within the item."""
        return self._rect()

    def _rect(self) -> QRectF:
        size = QSizeF(self._picture.size()) / self._ratio()
        left = (self.width() - size.width()) / 2
        top = (self.height() - size.height()) / 2
        return QRectF(QPointF(left, top), size)

    def paint(self, painter: QPainter) -> None:
        """Draw the newest picture in the middle."""
        if not self._picture.isNull():
            painter.drawImage(self._rect(), self._picture)

    @Slot(QVideoFrame)
    def _on_frame(self, frame: QVideoFrame) -> None:
        if not self.isVisible() or self.width() < 1:
            return
        if self._busy or self._pause.isActive():
            self._late = True
            return
        self._busy, self._late = True, False
        self._pause.start()
        ratio = self._ratio()
        box = QSize(round(self.width() * ratio), round(self.height() * ratio))
        tell = Address(self._show)
        self._thread.submit(_prepared, frame, box).add_done_callback(lambda made: tell(_answer(made)))

    @Slot()
    def _on_shape(self) -> None:
        """What was drawn for another shape would be stretched into this one until the next frame comes."""
        self.update()
        if self._camera is not None and not self._picture.isNull():
            self._on_frame(self._camera.frame())

    def _show(self, answer: tuple[QImage, bool] | None) -> None:
        self._busy = False
        self._catch_up()
        camera = self._camera
        if answer is None or camera is None or not camera.ready:
            return
        resized = answer[0].size() != self._picture.size()
        self._picture = answer[0]
        camera.set_dark(answer[1])
        if resized:
            self.pictureChanged.emit()
        self.update()

    @Slot()
    def _catch_up(self) -> None:
        """Draw the newest frame, when some were left out and no other need come soon."""
        if self._late and not self._busy and not self._pause.isActive() and self._camera is not None:
            self._on_frame(self._camera.frame())

    @Slot()
    def _on_state(self) -> None:
        if self._camera is not None and self._camera.ready:
            self._on_frame(self._camera.frame())
        elif not self._picture.isNull():
            self._picture = QImage()
            self.pictureChanged.emit()
            self.update()

    def _ratio(self) -> float:
        window = self.window()
        return window.effectiveDevicePixelRatio() if window is not None else 1.0


def _answer(made: Future[tuple[QImage, bool]]) -> tuple[QImage, bool] | None:
    return None if made.cancelled() or made.exception() is not None else made.result()


def _prepared(frame: QVideoFrame, box: QSize) -> tuple[QImage, bool]:
    try:
        picture = frame_picture(frame, box)
    except FieldError:
        picture = QImage()
    return picture, is_dark(picture)
