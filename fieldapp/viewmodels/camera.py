"""The camera as the page sees it: why there is a picture or none, and what can be set."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtMultimedia import QVideoFrame, QVideoSink
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.services.camera import CameraSource, CameraState

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

ZOOM_STEP = 1.25
_TRYING = frozenset({CameraState.OFF, CameraState.STARTING, CameraState.READY})


@QmlElement
@QmlUncreatable("made by the app")
class CameraViewModel(QObject):  # type: ignore[operator]
    """``state`` is off, starting, ready, none, denied, lost or failed; only a ready one takes photos."""

    stateChanged = Signal()
    abilitiesChanged = Signal()
    settingsChanged = Signal()
    darkChanged = Signal()

    def __init__(self, source: CameraSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._viewers = 0
        self._light = False
        self._zoom = 1.0
        self._dark = False
        source.stateChanged.connect(self._on_state)
        source.abilitiesChanged.connect(self.abilitiesChanged)

    @property
    def sink(self) -> QVideoSink:
        """Where frames arrive."""
        return self._source.sink

    def frame(self) -> QVideoFrame:
        """The newest frame; invalid when there is none."""
        ready = self._source.state is CameraState.READY
        return self._source.sink.videoFrame() if ready else QVideoFrame()

    @Property(str, notify=stateChanged)
    def state(self) -> str:
        """What stands between the person and a picture."""
        return self._source.state.value

    @Property(bool, notify=stateChanged)
    def ready(self) -> bool:
        """Whether a photo can be taken."""
        return self._source.state is CameraState.READY

    @Property(bool, constant=True)
    def replayed(self) -> bool:
        """Whether the picture is a recording and not what is in front of the tablet."""
        return self._source.replayed

    @Property(bool, notify=darkChanged)
    def dark(self) -> bool:
        """Whether the picture is black all over."""
        return self._dark

    @Property(bool, notify=abilitiesChanged)
    def canLight(self) -> bool:
        """Whether there is a light."""
        return self._source.abilities.light

    @Property(bool, notify=abilitiesChanged)
    def canZoom(self) -> bool:
        """Whether it zooms."""
        return self._source.abilities.zoom_max > 1.0

    @Property(bool, notify=abilitiesChanged)
    def canFocus(self) -> bool:
        """Whether it focuses on a point."""
        return self._source.abilities.focus

    @Property(bool, notify=settingsChanged)
    def light(self) -> bool:
        """Whether the light is on."""
        return self._light

    @Property(float, notify=settingsChanged)
    def zoom(self) -> float:
        """The zoom, 1 for none."""
        return self._zoom

    @Property(float, notify=abilitiesChanged)
    def zoomMax(self) -> float:
        """The most it zooms."""
        return self._source.abilities.zoom_max

    @Slot()
    def start(self) -> None:
        """A viewfinder is looked at; where the camera would not open, one that is looked at tries again."""
        if self._viewers and self._source.state not in _TRYING:
            self._source.start()
            return
        self._viewers += 1
        if self._viewers == 1:
            self._source.start()

    @Slot()
    def stop(self) -> None:
        """A viewfinder is left; after the last one the device rests and its light goes out."""
        self._viewers = max(0, self._viewers - 1)
        if self._viewers == 0:
            self.setLight(False)
            self._source.stop()

    @Slot(bool)
    def setLight(self, on: bool) -> None:
        """Light on or off."""
        if on != self._light and (self.canLight or not on):
            self._light = on
            self._source.set_light(on)
            self.settingsChanged.emit()

    @Slot()
    def zoomIn(self) -> None:
        """One step nearer."""
        self._set_zoom(self._zoom * ZOOM_STEP)

    @Slot()
    def zoomOut(self) -> None:
        """One step back."""
        self._set_zoom(self._zoom / ZOOM_STEP)

    @Slot(float, float)
    def focusAt(self, x: float, y: float) -> None:
        """Focus on a point of the picture, both between 0 and 1."""
        if self.canFocus and 0 <= x <= 1 and 0 <= y <= 1:
            self._source.focus_at(x, y)

    def set_dark(self, dark: bool) -> None:
        """The preview tells what it sees."""
        if dark != self._dark:
            self._dark = dark
            self.darkChanged.emit()

    def _set_zoom(self, factor: float) -> None:
        wanted = max(1.0, min(factor, self._source.abilities.zoom_max))
        if wanted != self._zoom:
            self._zoom = wanted
            self._source.set_zoom(wanted)
            self.settingsChanged.emit()

    @Slot()
    def _on_state(self) -> None:
        if self._source.state is CameraState.STARTING:
            self._light, self._zoom = False, 1.0
            self.settingsChanged.emit()
        self.stateChanged.emit()
