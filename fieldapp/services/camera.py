"""What the app knows of a camera: one sink that frames arrive in, a state, and what the device can do.

The device and the replays feed the same ``QVideoSink``; preview and shutter only ever look at the sink, so
that what is proven on replayed frames is the way that a device's frames take.
"""

from __future__ import annotations

from enum import Enum

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtMultimedia import QVideoSink


class CameraState(Enum):
    """What stands between the person and a picture."""

    OFF = "off"
    STARTING = "starting"
    READY = "ready"
    NONE = "none"
    DENIED = "denied"
    LOST = "lost"
    FAILED = "failed"


class Abilities(msgspec.Struct, frozen=True):
    """What this camera says it can do; only that is offered."""

    light: bool = False
    zoom_max: float = 1.0
    focus: bool = False


class CameraSource(QObject):
    """The base of all sources. By itself it is a tablet without a camera."""

    stateChanged = Signal()
    abilitiesChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sink = QVideoSink(self)
        self.replayed = False
        """Frames come from a recording: said on the screen as long as it lasts."""
        self.state = CameraState.OFF
        self.abilities = Abilities()

    def start(self) -> None:
        """Bring frames, or say in ``state`` why there are none."""
        self.say(CameraState.NONE)

    def stop(self) -> None:
        """Let the device go while nobody looks."""
        self.say(CameraState.OFF)

    def set_light(self, on: bool) -> None:
        """Switch the light on or off, where there is one."""

    def set_zoom(self, factor: float) -> None:
        """Zoom, between 1 and the camera's most."""

    def focus_at(self, x: float, y: float) -> None:
        """Focus on a point of the picture, both between 0 and 1."""

    def say(self, state: CameraState) -> None:
        """Enter a state; the last frame of a camera that is gone is not shown on."""
        if state is not self.state:
            self.state = state
            self.stateChanged.emit()

    def offer(self, abilities: Abilities) -> None:
        """Tell what the camera can do."""
        if abilities != self.abilities:
            self.abilities = abilities
            self.abilitiesChanged.emit()
