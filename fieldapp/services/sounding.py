"""Sound of this device: a microphone that feeds samples, and a player of voice notes.

    microphone or test ─samples→ Recorder → WAV          file → Player → ear

Qt Multimedia is loaded when it is wanted. Asking it for sound on a mute machine is noisy, so it is only asked
where there may be some (``feedback``).
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, QUrl, Signal, Slot

from fieldapp.services.feedback import may_sound
from sync.contract.voice import VOICE_MS_MAX
from sync.voice import VOICE_RATE, write_voice

_BYTES_PER_MS = VOICE_RATE * 2 // 1000
NO_MICROPHONE, NO_SOUND, UNPLAYABLE = "no_microphone", "no_sound_output", "voice_unplayable"


class Microphone(Protocol):
    """Gives 16-bit samples, one channel, at ``VOICE_RATE``."""

    def start(self, take: Callable[[bytes], None]) -> bool:
        """Begin to give samples; False where there is nothing to listen with."""
        ...

    def stop(self) -> None:
        """Give no more."""
        ...


class DeviceMicrophone(QObject):
    """The default input of this device."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: Any = None
        self._stream: Any = None

    def start(self, take: Callable[[bytes], None]) -> bool:
        """Begin to listen; False without an input that can give such samples."""
        if not may_sound():
            return False
        from PySide6.QtMultimedia import QAudioFormat, QAudioSource, QMediaDevices

        wanted = QAudioFormat()
        wanted.setSampleRate(VOICE_RATE)
        wanted.setChannelCount(1)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        device = QMediaDevices.defaultAudioInput()
        if device.isNull() or not device.isFormatSupported(wanted):
            return False
        self._source = QAudioSource(device, wanted, self)
        self._stream = self._source.start()
        if self._stream is None:
            self.stop()
            return False
        self._stream.readyRead.connect(lambda: take(self._stream.readAll().data()) if self._stream else None)
        return True

    def stop(self) -> None:
        """Stop listening."""
        source, self._source, self._stream = self._source, None, None
        if source is not None:
            source.stop()
            source.deleteLater()


class Recorder(QObject):
    """One recording at a time, at most a minute."""

    changed = Signal()
    full = Signal()
    """The minute is over; ``stop`` gives what was said."""

    def __init__(self, microphone: Microphone, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._microphone = microphone
        self._samples = bytearray()
        self.recording = False
        self.level = 0.0

    @property
    def length_ms(self) -> int:
        """How much was recorded."""
        return len(self._samples) // _BYTES_PER_MS

    def start(self) -> bool:
        """Begin; False where there is no microphone."""
        self._samples.clear()
        self.level = 0.0
        self.recording = self._microphone.start(self.take)
        self.changed.emit()
        return self.recording

    def take(self, samples: bytes) -> None:
        """More samples came."""
        if not self.recording or not samples:
            return
        self._samples += samples
        self.level = _loudness(samples)
        self.changed.emit()
        if self.length_ms >= VOICE_MS_MAX:
            self.full.emit()

    def stop(self) -> bytes:
        """End it; the WAV is the answer, b"" where nothing was said."""
        if self.recording:
            self._microphone.stop()
        self.recording = False
        samples = bytes(self._samples)
        self._samples.clear()
        self.changed.emit()
        return write_voice(samples) if len(samples) >= _BYTES_PER_MS else b""


class Player(QObject):
    """Plays one voice note at a time."""

    changed = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player: Any = None
        self.playing = ""
        self.position_ms = 0

    def play(self, path: str) -> None:
        """Play a file from its beginning, or say why that cannot be."""
        self.stop()
        if not Path(path).is_file():
            self.failed.emit(UNPLAYABLE)
        elif not self._ready():
            self.failed.emit(NO_SOUND)
        else:
            self.playing = path
            self._player.setSource(QUrl.fromLocalFile(path))
            self._player.play()
            self.changed.emit()

    def stop(self) -> None:
        """Be silent."""
        if self.playing:
            self.playing, self.position_ms = "", 0
            self._player.stop()
            self._player.setSource(QUrl())
            self.changed.emit()

    def _ready(self) -> bool:
        if not may_sound():
            return False
        from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

        if QMediaDevices.defaultAudioOutput().isNull():
            return False
        if self._player is None:
            self._player = QMediaPlayer(self)
            self._player.setAudioOutput(QAudioOutput(self))
            self._player.positionChanged.connect(self._on_position)
            self._player.errorOccurred.connect(lambda *_: self._on_error())
            self._player.mediaStatusChanged.connect(self._on_status)
        return True

    @Slot("qlonglong")
    def _on_position(self, position: int) -> None:
        self.position_ms = position
        self.changed.emit()

    @Slot("QMediaPlayer::MediaStatus")
    def _on_status(self, status: Any) -> None:
        from PySide6.QtMultimedia import QMediaPlayer

        if status == QMediaPlayer.MediaStatus.EndOfMedia:
            self.stop()

    def _on_error(self) -> None:
        if self.playing:
            self.stop()
            self.failed.emit(UNPLAYABLE)


def _loudness(samples: bytes) -> float:
    """From 0 to 1: the loudest of these samples."""
    values = array("h", samples[: len(samples) - len(samples) % 2])
    if sys.byteorder == "big":
        values.byteswap()
    return min(1.0, max((abs(value) for value in values), default=0) / 32_768)
