"""Photo files lying in folders: listed off the GUI thread, newest first, since a memory stick may be slow."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QStandardPaths, QStorageInfo, Signal

from fieldapp.services.courier import Address

PHOTOS = frozenset({".jpg", ".jpeg", ".png", ".heic", ".heif"})
_SHOWN_MOST = 2_000
_MOUNTS = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


class FolderEntry(msgspec.Struct, frozen=True):
    """A photo or a folder."""

    path: Path
    is_folder: bool
    bytes: int = 0
    changed: float = 0.0


class Listing(msgspec.Struct, frozen=True):
    """What lies in a folder; ``readable`` is False where the system would not let us look."""

    folder: Path
    entries: tuple[FolderEntry, ...]
    readable: bool = True


class Roll(QObject):
    """Lists one folder after the other; ``listed`` tells each ``Listing`` in the GUI thread."""

    listed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, "roll")

    def list(self, folder: Path) -> None:
        """Ask for a folder."""
        tell = Address(self._tell)
        self._thread.submit(list_folder, folder).add_done_callback(lambda listed: tell(listed.result()))

    def _tell(self, listing: Listing) -> None:
        self.listed.emit(listing)


def list_folder(folder: Path) -> Listing:
    """Folders by name, then photos, the newest first; hidden ones are left out."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                one = _entry(entry)
                if one is not None:
                    found.append(one)
    except OSError:
        return Listing(folder, (), readable=False)
    folders = sorted((one for one in found if one.is_folder), key=lambda one: one.path.name.casefold())
    photos = sorted((one for one in found if not one.is_folder), key=lambda one: (-one.changed, one.path))
    return Listing(folder, (*folders, *photos)[:_SHOWN_MOST])


def _entry(entry: os.DirEntry[str]) -> FolderEntry | None:
    path = Path(entry.path)
    if entry.name.startswith("."):
        return None
    try:
        if entry.is_dir():
            return FolderEntry(path, is_folder=True)
        if path.suffix.lower() in PHOTOS and entry.is_file():
            known = entry.stat()
            return FolderEntry(path, is_folder=False, bytes=known.st_size, changed=known.st_mtime)
    except OSError:
        return None
    return None


def usual_folders(volumes: Callable[[], list[Path]] | None = None) -> list[tuple[str, Path]]:
    """Folders that exist and usually hold photos, with their kinds: stick, pictures, downloads, home."""
    where = QStandardPaths.StandardLocation
    kinds = (
        ("pictures", where.PicturesLocation),
        ("downloads", where.DownloadLocation),
        ("home", where.HomeLocation),
    )
    found = [(kind, Path(QStandardPaths.writableLocation(place))) for kind, place in kinds]
    sticks = [("stick", path) for path in (volumes or _sticks)()]
    kept: list[tuple[str, Path]] = []
    for kind, path in [*sticks, *found]:
        if path.is_dir() and path not in [one for _, one in kept]:
            kept.append((kind, path))
    return kept


def _sticks() -> list[Path]:
    roots = [volume.rootPath() for volume in QStorageInfo.mountedVolumes() if volume.isReady()]
    return [Path(root) for root in roots if root.startswith(_MOUNTS)]
