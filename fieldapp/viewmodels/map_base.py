"""The base map that lies under the map: what it is, taking one from a file, taking it away.

Files are looked for where people put them (downloads, sticks, home), so that nobody types a path on a tablet.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from fieldapp.services.background import Background
from fieldapp.services.base_map import BaseMapTiles
from fieldapp.services.camera_roll import usual_folders
from fieldapp.services.wording import size_text
from fieldapp.ui.fonts import printable
from fieldapp.viewmodels.lookup_rows import ValueListModel
from fieldapp.viewmodels.map_offer import MapOfferViewModel
from sync.contract.errors import FieldError
from sync.messages import sentence
from sync.replica.basemap import doubt_base_map, import_base_map, remove_base_map
from sync.replica.folder import DataFolder

QML_IMPORT_NAME = "fieldapp.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

SUFFIX = ".mbtiles"
OFFERS_MOST = 24
UNNAMED_DATUM = "base_map_datum"

_Which = tuple[int, int]
"""A file's inode and time."""


class MapFile(msgspec.Struct, frozen=True):
    """A file that may be a base map."""

    path: str
    name: str
    fact: str


@QmlElement
@QmlUncreatable("made by MapBaseViewModel")
class MapFileListModel(ValueListModel):  # type: ignore[operator]
    """Rows: ``MapFile``."""

    names = ("path", "name", "fact")
    key = ("path",)


@QmlElement
@QmlUncreatable("made by MapViewModel")
class MapBaseViewModel(QObject):  # type: ignore[operator]
    """``use`` names the folder; the file in it is opened when the map is first looked at."""

    changed = Signal()
    offersChanged = Signal()
    taken = Signal()
    """The file that was chosen is in force."""

    def __init__(self, tiles: BaseMapTiles, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tiles = tiles
        self._background = background
        self._folder: DataFolder | None = None
        self._busy = self._looked = False
        self._opened: _Which | None = None
        self._language = "zh"
        self._refused: FieldError | None = None
        self._unnamed = ""
        self._offers = MapFileListModel(self)
        self._wanted = False
        self.city_offer = MapOfferViewModel(self)
        self.city_offer.arrived.connect(self._on_arrived)
        tiles.changed.connect(self._on_tiles)

    @Property(bool, notify=changed)
    def present(self) -> bool:
        """Whether there is one that can be shown."""
        return self._tiles.facts is not None

    @Property(bool, notify=changed)
    def removable(self) -> bool:
        """Whether there is one to take away, though it may be unreadable."""
        return self._tiles.facts is not None or bool(self._tiles.problem)

    @Property(str, notify=changed)
    def name(self) -> str:
        """What it calls itself."""
        return "" if self._tiles.facts is None else printable(self._tiles.facts.name)

    @Property(str, notify=changed)
    def attribution(self) -> str:
        """Whose it is."""
        return "" if self._tiles.facts is None else printable(self._tiles.facts.attribution)

    @Property(str, notify=changed)
    def fact(self) -> str:
        """Datum, zooms and size in one line."""
        facts = self._tiles.facts
        if facts is None:
            return ""
        datum = {"wgs84": "WGS-84", "gcj02": "GCJ-02"}[facts.datum.value]
        return f"{datum} · {facts.min_zoom}–{facts.max_zoom} · {size_text(facts.bytes)}"

    @Property(str, notify=changed)
    def problem(self) -> str:
        """Why there is none, in one sentence; "" when nothing is wrong."""
        if self._refused is not None:
            return sentence(self._refused.code, self._refused.facts, self._language)
        return sentence(self._tiles.problem, {}, self._language) if self._tiles.problem else ""

    @Property(bool, notify=changed)
    def datumWanted(self) -> bool:
        """Whether the file that was chosen does not name its datum: ``takeAs`` says it."""
        return bool(self._unnamed)

    @Property(str, notify=changed)
    def unnamed(self) -> str:
        """The path of that file, "" for none."""
        return self._unnamed

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether a file is being taken."""
        return self._busy

    @Property(MapOfferViewModel, constant=True)
    def offer(self) -> MapOfferViewModel:
        """What the city's server offers."""
        return self.city_offer

    @Property(MapFileListModel, constant=True)
    def offers(self) -> MapFileListModel:
        """Files that may be base maps."""
        return self._offers

    @Property(bool, notify=offersChanged)
    def looked(self) -> bool:
        """Whether ``offers`` is what there is."""
        return self._looked

    def use(self, folder: DataFolder) -> None:
        """The data folder it lies in."""
        self._folder = folder

    def open(self) -> None:
        """Open what lies there, which the command line may have changed; one that is open already stays."""
        self._wanted = True
        if self._folder is None:
            return
        lies = _which(self._folder.base_map)
        if lies != self._opened or not (self.present or self._tiles.problem):
            self._opened = lies
            self._tiles.open(self._folder.base_map)

    def reopen(self) -> None:
        """Another file lies there."""
        self._opened = None
        self.open()

    @Slot(str)
    def speak(self, language: str) -> None:
        """Another language."""
        self._language = language
        self.city_offer.speak(language)
        self.changed.emit()

    def close(self) -> None:
        """Let go of the file."""
        self._tiles.close()

    @Slot()
    def look(self) -> None:
        """Look where such files usually lie."""
        self._looked = False
        self.offersChanged.emit()
        self._background.run(find_map_files, self._on_found, self._on_failed)

    @Slot(str)
    def take(self, path: str) -> None:
        """Take this file."""
        self._take(path, "")

    @Slot(str)
    def takeAs(self, datum: str) -> None:
        """Take the file that did not name its datum, which is this."""
        self._take(self._unnamed, datum)

    @Slot()
    def remove(self) -> None:
        """Go back to the map's own drawing."""
        if self._folder is not None:
            self._tiles.close()
            remove_base_map(self._folder)
            self._refused, self._unnamed = None, ""
            self.changed.emit()
            self.city_offer.look()  # what is offered is no longer here

    def _take(self, path: str, datum: str) -> None:
        folder = self._folder
        if folder is None or self._busy or not path:
            return
        self._busy, self._refused, self._unnamed = True, None, ""
        self.changed.emit()

        def failed(error: FieldError) -> None:
            self._unnamed = path if error.code == UNNAMED_DATUM else ""
            self._on_failed(error)

        self._background.run(
            lambda: import_base_map(folder, Path(path), datum), lambda _facts: self._on_taken(), failed
        )

    def _on_taken(self) -> None:
        self._busy = False
        self.reopen()
        self.changed.emit()
        self.taken.emit()
        self.city_offer.look()

    @Slot()
    def _on_arrived(self) -> None:
        """The daemon has put another file in its place; a map nobody looked at yet opens it in its time."""
        if self._wanted:
            self._refused = None
            self.open()
            self.changed.emit()

    @Slot()
    def _on_tiles(self) -> None:
        """A file that cannot be read is hashed again: what the city offers may be fetched anew."""
        if self._tiles.problem and self._folder is not None:
            doubt_base_map(self._folder)
            self._opened = _which(self._folder.base_map)
            self.city_offer.look()
        self.changed.emit()

    def _on_failed(self, error: FieldError) -> None:
        self._busy, self._refused = False, error
        self.changed.emit()

    def _on_found(self, found: list[MapFile]) -> None:
        self._looked = True
        self._offers.show(found)
        self.offersChanged.emit()


def find_map_files() -> list[MapFile]:
    """Files by their ending, in the usual folders and one folder deeper; the newest first."""
    found: dict[Path, float] = {}
    for _, folder in usual_folders():
        for pattern in (f"*{SUFFIX}", f"*/*{SUFFIX}"):
            try:
                found |= {path: path.stat().st_mtime for path in folder.glob(pattern) if path.is_file()}
            except OSError:
                continue
    newest = sorted(found, key=lambda path: -found[path])[:OFFERS_MOST]
    return [MapFile(str(path), path.name, " · ".join((_size(path), str(path.parent)))) for path in newest]


def _which(path: Path) -> _Which | None:
    """Which file lies there: another one put in its place is another."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns


def _size(path: Path) -> str:
    try:
        return size_text(path.stat().st_size)
    except OSError:
        return ""
