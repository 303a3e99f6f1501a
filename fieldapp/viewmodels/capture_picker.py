"""Picking photo files to bring in: folders and pictures as large tiles, several at once, in order."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec
from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.services.camera_roll import FolderEntry, Listing, Roll, usual_folders
from fieldapp.services.wording import size_text
from fieldapp.viewmodels.lookup_rows import ValueListModel

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

SHOWABLE = frozenset({".jpg", ".jpeg", ".png"})


class PickRow(msgspec.Struct, frozen=True):
    """A tile. ``number`` is its place among those picked, 0 for none."""

    path: str
    name: str
    folder: bool
    source: str
    fact: str
    number: int


class PlaceRow(msgspec.Struct, frozen=True):
    """A folder where photos usually lie; ``kind`` is pictures, downloads, stick or home."""

    path: str
    kind: str
    name: str


@QmlElement
@QmlUncreatable("made by PhotoPickerViewModel")
class PickListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``PickRow``."""

    names = ("path", "name", "folder", "source", "fact", "number")
    key = ("path",)


@QmlElement
@QmlUncreatable("made by PhotoPickerViewModel")
class PlaceListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``PlaceRow``."""

    names = ("path", "kind", "name")
    key = ("path",)


@QmlElement
@QmlUncreatable("made by CaptureViewModel")
class PhotoPickerViewModel(QObject):  # type: ignore[operator]
    """``open`` shows the folder that was used last; what was picked there is forgotten."""

    changed = Signal()
    pickedChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roll = Roll(self)
        self._roll.listed.connect(self._take)
        self._folder: Path | None = None
        self._entries: tuple[FolderEntry, ...] = ()
        self._readable = True
        self._busy = False
        self._picked: list[str] = []
        self._items = PickListModel(self)
        self._places = PlaceListModel(self)

    @Property(PickListModel, constant=True)
    def items(self) -> PickListModel:
        """The folder's folders and photos."""
        return self._items

    @Property(PlaceListModel, constant=True)
    def places(self) -> PlaceListModel:
        """Where photos usually lie."""
        return self._places

    @Property(str, notify=changed)
    def folder(self) -> str:
        """The folder that is shown."""
        return "" if self._folder is None else str(self._folder)

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether a folder is being read."""
        return self._busy

    @Property(bool, notify=changed)
    def readable(self) -> bool:
        """Whether the folder could be read."""
        return self._readable

    @Property(int, notify=pickedChanged)
    def pickedCount(self) -> int:
        """How many are picked."""
        return len(self._picked)

    @Slot()
    def open(self) -> None:
        """Look again where photos were picked last."""
        usual = usual_folders()
        self._places.show([PlaceRow(str(path), kind, path.name) for kind, path in usual])
        self.enter(str(self._folder or (usual[0][1] if usual else Path.home())))

    @Slot(str)
    def enter(self, folder: str) -> None:
        """Look into a folder."""
        self._folder = Path(folder)
        self._busy = True
        self._pick([])
        self.changed.emit()
        self._roll.list(self._folder)

    @Slot()
    def up(self) -> None:
        """Look into the folder above."""
        if self._folder is not None and self._folder.parent != self._folder:
            self.enter(str(self._folder.parent))

    @Slot(str)
    def toggle(self, path: str) -> None:
        """Pick a photo, or pick it no more."""
        picked = [one for one in self._picked if one != path]
        self._pick(picked if len(picked) < len(self._picked) else [*picked, path])

    @Slot(result="QStringList")
    def take(self) -> list[str]:
        """The picked files, in their order; nothing is picked afterwards."""
        picked = self._picked
        self._pick([])
        return picked

    def _pick(self, paths: list[str]) -> None:
        self._picked = paths
        self._show()
        self.pickedChanged.emit()

    @Slot(object)
    def _take(self, listing: Listing) -> None:
        if listing.folder == self._folder:
            self._entries, self._readable, self._busy = listing.entries, listing.readable, False
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        self._items.show([self._row(entry) for entry in self._entries if self._busy is False])

    def _row(self, entry: FolderEntry) -> PickRow:
        path = str(entry.path)
        number = self._picked.index(path) + 1 if path in self._picked else 0
        showable = not entry.is_folder and entry.path.suffix.lower() in SHOWABLE
        source = QUrl.fromLocalFile(path).toString() if showable else ""
        fact = "" if entry.is_folder else f"{_moment(entry.changed)} · {size_text(entry.bytes)}"
        return PickRow(path, entry.path.name, entry.is_folder, source, fact, number)


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds).astimezone():%m-%d %H:%M}"
