"""The rescue page: what would be in the file, where it is to go, how far it is, and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import (
    Property,
    QCoreApplication,
    QObject,
    QStandardPaths,
    QStorageInfo,
    QUrl,
    Signal,
    Slot,
)
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.services.background import Background
from fieldapp.services.rescuing import Inside, Rescuer, Written
from fieldapp.services.wording import Wording, size_text
from sync.contract.errors import FieldError

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

DRIVES = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


@QmlElement
@QmlUncreatable("made by the app")
class RescueViewModel(QObject):  # type: ignore[operator]
    """``stage`` is looking, ready, writing, done or failed."""

    changed = Signal()
    progressChanged = Signal()
    _told = Signal(float, float)

    def __init__(
        self,
        rescuer: Rescuer,
        background: Background,
        wording: Wording,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._rescuer = rescuer
        self._background = background
        self._wording = wording
        self._stage = "looking"
        self._inside: Inside | None = None
        self._written: Written | None = None
        self._error: FieldError | None = None
        self._folder = ""
        self._places: list[str] = []
        self._done = (0.0, 0.0)
        self._told.connect(self._on_told)
        wording.changed.connect(lambda _language: self.changed.emit())

    @Property(str, notify=changed)
    def stage(self) -> str:
        """looking, ready, writing, done or failed."""
        return self._stage

    @Property(bool, notify=changed)
    def anything(self) -> bool:
        """Whether there is something to rescue."""
        return self._inside is not None and self._inside.anything

    @Property(str, notify=changed)
    def records(self) -> str:
        """How many records it would hold."""
        return "" if self._inside is None or self._inside.locked else f"{self._inside.records:,}"

    @Property(str, notify=changed)
    def drafts(self) -> str:
        """How many drafts."""
        return "" if self._inside is None or self._inside.locked else f"{self._inside.drafts:,}"

    @Property(str, notify=changed)
    def files(self) -> str:
        """How many photo files, and their size; of what lies there unread, the size alone."""
        if self._inside is None:
            return ""
        if self._inside.locked:
            return size_text(self._inside.bytes)
        return f"{self._inside.photos:,} · {size_text(self._inside.bytes)}"

    @Property(bool, notify=changed)
    def locked(self) -> bool:
        """Whether nothing here can be read now, so that everything goes in as it lies."""
        return self._inside is not None and self._inside.locked

    @Property(str, notify=changed)
    def folder(self) -> str:
        """The folder it goes to."""
        return self._folder

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]
    def places(self) -> list[str]:
        """Folders that lie near at hand: drives that are plugged in, then the person's documents."""
        return self._places

    @Property(float, notify=progressChanged)
    def progress(self) -> float:
        """How far the writing is, 0 to 1."""
        done, total = self._done
        return done / total if total else 0.0

    @Property(str, notify=progressChanged)
    def progressText(self) -> str:
        """The same in figures."""
        done, total = self._done
        return f"{size_text(done)} / {size_text(total)}" if total else ""

    @Property(str, notify=changed)
    def path(self) -> str:
        """The file that was written."""
        return "" if self._written is None else self._written.rescued.path

    @Property(str, notify=changed)
    def fingerprint(self) -> str:
        """Its SHA-256, in groups that can be read out."""
        text = "" if self._written is None else self._written.sha256
        return " ".join(text[at : at + 8] for at in range(0, len(text), 8))

    @Property(str, notify=changed)
    def summary(self) -> str:
        """What is in it."""
        if self._written is None:
            return ""
        rescued = self._written.rescued
        if rescued.locked:
            text = QCoreApplication.translate("Rescue", "本机全部内容，含 %1 个照片文件，共 %2")
            parts: tuple[str, ...] = (str(rescued.files), size_text(rescued.bytes))
        else:
            text = QCoreApplication.translate("Rescue", "%1 条记录、%2 份草稿、%3 个照片文件，共 %4")
            parts = (str(rescued.records), str(rescued.drafts), str(rescued.files), size_text(rescued.bytes))
        for at, part in enumerate(parts, 1):
            text = text.replace(f"%{at}", part)
        return text

    @Property(str, notify=changed)
    def warning(self) -> str:
        """What could not be put in whole, or ""."""
        rescued = None if self._written is None else self._written.rescued
        if rescued is None or not (rescued.missing or rescued.damaged):
            return ""
        facts = {"missing": rescued.missing, "damaged": rescued.damaged}
        return self._wording.say_code("rescue_incomplete", facts)

    @Property(str, notify=changed)
    def errorText(self) -> str:
        """Why it did not work, in plain words."""
        if self._error is None:
            return ""
        # What was counted was read: it is the place the file goes to that fails, not this tablet's storage.
        return self._wording.say(self._error, "rescue" if self._inside is not None else "")

    @Slot()
    def look(self) -> None:
        """The page is opened: count, and look where a file could go."""
        if self._stage == "writing":
            return
        self._written, self._error, self._done = None, None, (0.0, 0.0)
        self._go("looking")
        self._background.run(near_places, self._on_places, lambda _error: None)
        self._background.run(self._rescuer.inside, self._on_inside, self._on_failed)

    @Slot(str)
    def choose(self, folder: str) -> None:
        """Another folder, as a path or a file URL."""
        self._folder = QUrl(folder).toLocalFile() if folder.startswith("file:") else folder.strip()
        self._error = None
        self._go("ready" if self._stage == "failed" and self._inside is not None else self._stage)

    @Slot()
    def write(self) -> None:
        """Write it."""
        if self._stage in {"writing", "looking"} or not self._folder:
            return
        place = Path(self._folder).expanduser()
        self._error, self._done = None, (0.0, 0.0)
        self._go("writing")
        self._background.run(
            lambda: self._rescuer.write(place, lambda done, of: self._told.emit(float(done), float(of))),
            self._on_written,
            self._on_failed,
        )

    def _go(self, stage: str) -> None:
        self._stage = stage
        self.changed.emit()

    def _on_places(self, places: list[str]) -> None:
        self._places = places
        self._folder = self._folder or (places[0] if places else "")
        self.changed.emit()

    def _on_inside(self, inside: Inside) -> None:
        self._inside = inside
        self._go("ready")

    def _on_written(self, written: Written) -> None:
        self._written = written
        self._go("done")

    def _on_failed(self, error: FieldError) -> None:
        self._error = error
        self._go("failed")

    @Slot(float, float)
    def _on_told(self, done: float, total: float) -> None:
        self._done = (done, total)
        self.progressChanged.emit()


def near_places() -> list[str]:
    """Drives that can be written to, then documents and home. May take its time where a drive sleeps."""
    drives = [
        volume.rootPath()
        for volume in QStorageInfo.mountedVolumes()
        if volume.isReady() and not volume.isReadOnly() and volume.rootPath().startswith(DRIVES)
    ]
    locations = (
        QStandardPaths.StandardLocation.DocumentsLocation,
        QStandardPaths.StandardLocation.HomeLocation,
    )
    homes = [QStandardPaths.writableLocation(location) for location in locations]
    return list(dict.fromkeys([*drives, *(home for home in homes if home and Path(home).is_dir())]))[:4]
