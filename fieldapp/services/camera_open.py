"""Which camera a setting means."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtMultimedia import QMediaDevices

from fieldapp.services.camera import CameraSource
from fieldapp.services.camera_device import DeviceCamera
from fieldapp.services.camera_replay import FolderCamera, StreetCamera

AUTO, NONE, REPLAY = "auto", "none", "replay:"
DEMO = "demo"


def open_camera(setting: str, parent: QObject | None = None) -> CameraSource:
    """``auto``: the device's camera; ``none``; ``replay:DIR``: the pictures of a folder; ``replay:street``: a
    drawn street; ``replay:demo``: the same, unless the device has a camera.
    """
    if setting == NONE:
        return CameraSource(parent)
    if not setting.startswith(REPLAY):
        return DeviceCamera(parent)
    what = setting.removeprefix(REPLAY)
    if what == DEMO and QMediaDevices.videoInputs():
        return DeviceCamera(parent)
    if what in (DEMO, "street"):
        return StreetCamera(parent)
    return FolderCamera(Path(what).expanduser(), parent)
