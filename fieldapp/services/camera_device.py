"""The tablet's own camera: QCamera at its highest resolution, through a capture session into the sink.

Not run on hardware: the machines this is built on have no camera. What they do run is the finding of
devices, the choice of a format, and every state that says why there is no picture.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import (
    QCameraPermission,
    QCoreApplication,
    QObject,
    QPermission,
    QPointF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoFrame,
)

from fieldapp.services.camera import Abilities, CameraSource, CameraState

ZOOM_MOST = 8.0


class Format(Protocol):
    """The part of a camera format that the choice rests on."""

    def resolution(self) -> QSize: ...
    def maxFrameRate(self) -> float: ...


F = TypeVar("F", bound=Format)


def best_format(formats: Iterable[F]) -> F | None:
    """The most pixels, then the most frames a second."""

    def rank(one: F) -> tuple[int, float]:
        size = one.resolution()
        return size.width() * size.height(), one.maxFrameRate()

    return max(formats, key=rank, default=None)


def best_device(devices: list[QCameraDevice]) -> QCameraDevice | None:
    """The camera that looks away from the person, else the system's first."""
    back = [device for device in devices if device.position() is QCameraDevice.Position.BackFace]
    return next(iter(back or devices), None)


def cameras_withheld(folder: Path = Path("/dev")) -> bool:
    """Whether the system has cameras that this user may not open."""
    if not sys.platform.startswith("linux"):
        return False
    nodes = list(folder.glob("video*"))
    return bool(nodes) and not any(os.access(node, os.R_OK | os.W_OK) for node in nodes)


class DeviceCamera(CameraSource):
    """Follows the devices as they come and go; a camera that was lost is taken up again when it is back."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self._look_again)
        self._session = QMediaCaptureSession(self)
        self._session.setVideoSink(self.sink)
        self._camera: QCamera | None = None
        self._wanted = False
        self.sink.videoFrameChanged.connect(self._first_frame)

    def start(self) -> None:
        """Ask for permission where the system wants that, then open the best camera."""
        self._wanted = True
        app = QCoreApplication.instance()
        permission = QCameraPermission()
        if app is None:
            return
        status = app.checkPermission(permission)
        if status is Qt.PermissionStatus.Undetermined:
            app.requestPermission(permission, self, self._answered)
        elif status is Qt.PermissionStatus.Denied:
            self.say(CameraState.DENIED)
        else:
            self._open()

    def stop(self) -> None:
        """Close the camera; its light goes out."""
        self._wanted = False
        self._close()
        self.say(CameraState.OFF)

    def set_light(self, on: bool) -> None:
        """A steady light: the pictures are the sink's frames, which a flash for stills would miss."""
        camera = self._camera
        if camera is not None and camera.isTorchModeSupported(QCamera.TorchMode.TorchOn):
            camera.setTorchMode(QCamera.TorchMode.TorchOn if on else QCamera.TorchMode.TorchOff)
        elif camera is not None and camera.isFlashModeSupported(QCamera.FlashMode.FlashOn):
            camera.setFlashMode(QCamera.FlashMode.FlashOn if on else QCamera.FlashMode.FlashOff)

    def set_zoom(self, factor: float) -> None:
        """Zoom at once."""
        if self._camera is not None:
            self._camera.setZoomFactor(max(1.0, min(factor, self.abilities.zoom_max)))

    def focus_at(self, x: float, y: float) -> None:
        """Focus there."""
        if self._camera is not None and self.abilities.focus:
            self._camera.setFocusMode(QCamera.FocusMode.FocusModeAuto)
            self._camera.setCustomFocusPoint(QPointF(x, y))

    def _answered(self, permission: QPermission) -> None:
        if permission.status() is Qt.PermissionStatus.Denied:
            self.say(CameraState.DENIED)
        elif self._wanted:
            self._open()

    def _open(self) -> None:
        self._close()
        device = best_device(QMediaDevices.videoInputs())
        if device is None:
            self.say(CameraState.DENIED if cameras_withheld() else CameraState.NONE)
            return
        self.say(CameraState.STARTING)
        camera = QCamera(device, self)
        chosen = best_format(device.videoFormats())
        if chosen is not None:
            camera.setCameraFormat(QCameraFormat(chosen))
        camera.errorOccurred.connect(self._on_error)
        self._session.setCamera(camera)
        self._camera = camera
        camera.start()
        self._tell_abilities()

    def _close(self) -> None:
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.stop()
            self._session.setCamera(None)  # type: ignore[arg-type]  # Qt takes none
            camera.deleteLater()
        self.sink.setVideoFrame(QVideoFrame())

    @Slot(QVideoFrame)
    def _first_frame(self, frame: QVideoFrame) -> None:
        if frame.isValid() and self.state is not CameraState.READY and self._camera is not None:
            self.say(CameraState.READY)
            self._tell_abilities()

    def _tell_abilities(self) -> None:
        camera = self._camera
        if camera is None:
            return
        light = camera.isTorchModeSupported(QCamera.TorchMode.TorchOn) or camera.isFlashModeSupported(
            QCamera.FlashMode.FlashOn
        )
        focus = bool(camera.supportedFeatures() & QCamera.Feature.CustomFocusPoint)
        self.offer(Abilities(light, max(1.0, min(camera.maximumZoomFactor(), ZOOM_MOST)), focus))

    @Slot(QCamera.Error, str)
    def _on_error(self, error: QCamera.Error, _text: str) -> None:
        if error is not QCamera.Error.NoError:
            self._close()
            self.say(CameraState.DENIED if cameras_withheld() else CameraState.FAILED)

    @Slot()
    def _look_again(self) -> None:
        if not self._wanted:
            return
        camera = self._camera
        there = {bytes(device.id().data()) for device in QMediaDevices.videoInputs()}
        if camera is None:
            self._open()
        elif bytes(camera.cameraDevice().id().data()) not in there:
            self._close()
            self.say(CameraState.LOST)
