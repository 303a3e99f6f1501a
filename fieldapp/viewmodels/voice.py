"""Recording a voice note and playing one: what is going on, how long it is, and why it cannot be."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.services.sounding import NO_MICROPHONE, DeviceMicrophone, Microphone, Player, Recorder

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


def length_text(length_ms: int) -> str:
    """Minutes and seconds; what has begun counts."""
    seconds = -(-length_ms // 1000)
    return f"{seconds // 60}:{seconds % 60:02}"


@QmlElement
@QmlUncreatable("made by MessagesViewModel")
class VoiceViewModel(QObject):  # type: ignore[operator]
    """``recorded`` gives the WAV to whoever keeps it."""

    changed = Signal()
    recorded = Signal(bytes)
    failed = Signal(str)
    """A code: ``no_microphone``, ``no_sound_output``, ``voice_unplayable``."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        microphone: Microphone | None = None,
        player: Player | None = None,
        say: Callable[[str], str] = str,
    ) -> None:
        super().__init__(parent)
        self._say = say
        self._problem = ""
        self._recorder = Recorder(microphone or DeviceMicrophone(self), self)
        self._recorder.changed.connect(self.changed)
        self._recorder.full.connect(self.stop)
        self._player = player or Player(self)
        self._player.changed.connect(self.changed)
        self._player.failed.connect(self._on_failed)

    @property
    def recorder(self) -> Recorder:
        """What is being recorded; samples may be fed to it from anywhere."""
        return self._recorder

    @Property(bool, notify=changed)
    def recording(self) -> bool:
        """Whether the microphone is listened to."""
        return self._recorder.recording

    @Property(str, notify=changed)
    def length(self) -> str:
        """How long the recording is."""
        return length_text(self._recorder.length_ms)

    @Property(float, notify=changed)
    def level(self) -> float:
        """How loud it is at this moment, 0 to 1."""
        return self._recorder.level

    @Property(str, notify=changed)
    def playing(self) -> str:
        """The file that is played, ""."""
        return self._player.playing

    @Property(str, notify=changed)
    def problem(self) -> str:
        """Why there is nothing to hear or to record with, in words; "" where nothing is wrong."""
        return self._say(self._problem) if self._problem else ""

    @Slot()
    def start(self) -> None:
        """Begin to record."""
        self._player.stop()
        self._problem = "" if self._recorder.start() else NO_MICROPHONE
        self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """End the recording and keep it."""
        if self._recorder.recording and (data := self._recorder.stop()):
            self.recorded.emit(data)

    @Slot()
    def cancel(self) -> None:
        """End the recording and forget it."""
        if self._recorder.recording:
            self._recorder.stop()

    @Slot(str)
    def play(self, path: str) -> None:
        """Play a file, or stop it where it is the one that is played."""
        self._problem = ""
        if path == self._player.playing:
            self._player.stop()
        else:
            self._player.play(path)
        self.changed.emit()

    @Slot()
    def quiet(self) -> None:
        """Nobody looks any more: what was said so far is kept, nothing is played."""
        self.stop()
        self._player.stop()
        self._problem = ""
        self.changed.emit()

    @Slot(str)
    def _on_failed(self, code: str) -> None:
        self._problem = code
        self.changed.emit()
        self.failed.emit(code)
