"""The base map's tiles: read and decoded in a thread of its own, kept up to a number of bytes.

    want(tiles) → thread: file → picture → kept → ``arrived``

A newer wish replaces the older one, so that nothing is read for a place the map has left. What cannot be read
ends the base map for good, with its reason; the map's own drawing goes on.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from sync.contract.errors import FieldError
from sync.contract.tiles import Tile, ancestor, tms_row
from sync.replica.basemap import BaseMap, BaseMapFacts

KEPT_BYTES = 24 << 20
"""Decoded pictures kept: a whole large screen once over."""
NOTHING_BYTES = 64
"""What it costs to know that a tile is not in the file."""
PIXELS_MOST = 1024


class TileShelf:
    """Pictures by tile, the longest unused going first. None stands for a tile that the file has not."""

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[Tile, QImage | None] = OrderedDict()
        self.bytes = 0

    def __contains__(self, tile: Tile) -> bool:
        return tile in self._kept

    def get(self, tile: Tile) -> QImage | None:
        """A picture that is here."""
        if tile in self._kept:
            self._kept.move_to_end(tile)
        return self._kept.get(tile)

    def keep(self, tile: Tile, image: QImage | None) -> None:
        """Keep one; others go until all fit."""
        self.drop(tile)
        self._kept[tile] = image
        self.bytes += _cost(image)
        while self.bytes > self._most and len(self._kept) > 1:
            self.drop(next(iter(self._kept)))

    def drop(self, tile: Tile) -> None:
        """Forget one."""
        if tile in self._kept:
            self.bytes -= _cost(self._kept.pop(tile))

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
        self.bytes = 0


class BaseMapTiles(QObject):
    """One base map at a time; everything but the reading happens in the GUI thread."""

    changed = Signal()
    """Another file is open, or none."""
    arrived = Signal(object)
    """A ``Tile`` that was wanted."""
    _opened = Signal(object, object, str)
    _read = Signal(object, object, object)
    _broken = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.facts: BaseMapFacts | None = None
        self.problem = ""
        self._shelf = TileShelf()
        self._thread: _Reading | None = None
        queued = Qt.ConnectionType.QueuedConnection
        self._opened.connect(self._on_opened, queued)
        self._read.connect(self._on_read, queued)
        self._broken.connect(self._on_broken, queued)

    def open(self, path: Path) -> None:
        """Read from this file from now on; nothing is there where it does not exist."""
        self.close()
        self._thread = _Reading(self, path)
        self._thread.start()

    def close(self) -> None:
        """Let go of the file."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.end()
        self._shelf.clear()
        if self.facts is not None or self.problem:
            self.facts, self.problem = None, ""
            self.changed.emit()

    def want(self, tiles: Iterable[Tile]) -> None:
        """Bring these, in this order, instead of what was wanted before."""
        if self._thread is not None and self.facts is not None:
            self._thread.want([tile for tile in tiles if tile not in self._shelf])

    def knows(self, tile: Tile) -> bool:
        """Whether nothing better will come for this tile."""
        return tile in self._shelf

    def picture(self, tile: Tile) -> tuple[QImage, float, float, float] | None:
        """A tile's picture, or its nearest ancestor's: the image and the part of it (left, top, side)."""
        facts = self.facts
        if facts is None:
            return None
        for zoom in range(min(tile.zoom, facts.max_zoom), facts.min_zoom - 1, -1):
            part = ancestor(tile, zoom)
            image = self._shelf.get(part.of)
            if image is not None:
                return image, part.left, part.top, part.side
        return None

    def forget(self) -> None:
        """Let go of the pictures, when nobody looks."""
        self._shelf.clear()

    @property
    def kept_bytes(self) -> int:
        """What the pictures take."""
        return self._shelf.bytes

    @Slot(object, object, str)
    def _on_opened(self, thread: object, facts: BaseMapFacts | None, problem: str) -> None:
        if thread is self._thread:
            self.facts, self.problem = facts, problem
            self.changed.emit()

    @Slot(object, object, object)
    def _on_read(self, thread: object, tile: Tile, image: QImage | None) -> None:
        if thread is self._thread:
            self._shelf.keep(tile, image)
            self.arrived.emit(tile)

    @Slot(object, str)
    def _on_broken(self, thread: object, code: str) -> None:
        if thread is self._thread:
            self.close()
            self.problem = code
            self.changed.emit()


class _Reading(threading.Thread):
    """The thread that owns the file."""

    def __init__(self, tiles: BaseMapTiles, path: Path) -> None:
        super().__init__(name="base map", daemon=True)
        self._tiles = tiles
        self._path = path
        self._wanted: deque[Tile] = deque()
        self._ready = threading.Condition()
        self._ended = False

    def want(self, tiles: list[Tile]) -> None:
        """These instead of the ones before."""
        with self._ready:
            self._wanted = deque(tiles)
            self._ready.notify()

    def end(self) -> None:
        """Finish the tile in hand, then let go."""
        with self._ready:
            self._ended = True
            self._ready.notify()
        self.join()

    def run(self) -> None:
        """Open, then one tile after the other."""
        if not self._path.exists():
            self._tiles._opened.emit(self, None, "")
            return
        try:
            with closing(BaseMap(self._path)) as source:
                self._tiles._opened.emit(self, source.facts, "")
                while (tile := self._next()) is not None:
                    data = source.tile(tile.zoom, tile.column, tms_row(tile.zoom, tile.row))
                    self._tiles._read.emit(self, tile, _decoded(data))
        except FieldError as error:
            self._tiles._broken.emit(self, error.code)

    def _next(self) -> Tile | None:
        with self._ready:
            self._ready.wait_for(lambda: self._wanted or self._ended)
            return None if self._ended else self._wanted.popleft()


def _decoded(data: bytes | None) -> QImage | None:
    """A tile as the screen's own pixels; None for what is no picture, or an unreasonably large one."""
    image = QImage.fromData(data) if data else QImage()
    if image.isNull() or max(image.width(), image.height()) > PIXELS_MOST:
        return None
    return image.convertToFormat(QImage.Format.Format_RGB32)


def _cost(image: QImage | None) -> int:
    return NOTHING_BYTES if image is None else NOTHING_BYTES + image.sizeInBytes()
