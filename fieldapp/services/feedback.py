"""Saved, failed and verdicts, for ear and hand: short sounds, and a vibration where the device offers one.

Vibration: Linux force-feedback devices (``/dev/input/by-path/*-event-haptics``) are not reachable from the
desktop builds of Qt, and Windows tablets offer none to Qt, so on both only the sound is heard; a platform
that can vibrate is handed in as ``vibrate``. Without an audio device nothing is played and nothing complains.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QUrl, Slot

from sync.resources import resource

SAVED_MS = 40
FAILED_MS = 250
VERDICT_MS = {"allowed": 40, "not_allowed": 400, "check": 120}


class Player(Protocol):
    """Plays a sound by its name (``saved``, ``failed``, ``allowed`` …) and returns at once."""

    def __call__(self, name: str) -> None: ...


class Feedback(QObject):
    """Tells saved from failed without a look at the screen."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        player: Player | None = None,
        vibrate: Callable[[int], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._player = player
        self._vibrate = vibrate
        self.enabled = True

    @Slot()
    def saved(self) -> None:
        """It is durably saved."""
        self._tell("saved", SAVED_MS)

    @Slot()
    def failed(self) -> None:
        """It was not saved; the screen says why."""
        self._tell("failed", FAILED_MS)

    @Slot(str)
    def verdict(self, answer: str) -> None:
        """A truck was judged: allowed, not allowed; everything else sounds like a question."""
        name = answer if answer in VERDICT_MS else "check"
        self._tell(name, VERDICT_MS[name])

    def _tell(self, name: str, milliseconds: int) -> None:
        if not self.enabled:
            return
        if self._vibrate is not None:
            self._vibrate(milliseconds)
        if self._player is not None:
            self._player(name)


class SoundPlayer(QObject):
    """Plays through Qt Multimedia, loaded when the first sound is wanted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._effects: dict[str, QObject] = {}

    def __call__(self, name: str) -> None:
        """Play a sound; silent when no output device is there."""
        from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

        effect = self._effects.get(name)
        if effect is None:
            if QMediaDevices.defaultAudioOutput().isNull():
                return
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(resource("sounds", f"{name}.wav"))))
            self._effects[name] = effect
        if isinstance(effect, QSoundEffect):
            effect.play()


def sound_player(parent: QObject | None = None) -> SoundPlayer | None:
    """A player where this machine can be expected to make a sound; asking Qt on a mute one is noisy."""
    return SoundPlayer(parent) if may_sound() else None


def may_sound() -> bool:
    """Whether this machine can be expected to make a sound, or hear one."""
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    if not sys.platform.startswith("linux"):
        return True
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent"))
    served = any((runtime / name).exists() for name in ("pulse/native", "pipewire-0"))
    return served or "PULSE_SERVER" in os.environ
