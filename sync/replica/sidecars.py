"""Sidecars: beside each original a small encrypted file that says what the photo is.

    files/ab/HASH.jpg    files/ab/HASH.PHOTO-ID.side

Written at the shutter before the photo's row, and once more with class and words when its record is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from sync.contract.errors import FieldError
from sync.contract.records import Photo
from sync.replica.drafts import SavedPhoto
from sync.replica.files import durable_write, remove_quietly
from sync.replica.folder import DataFolder
from sync.replica.frames import Frames

_NAME = re.compile(r"([0-9a-f]{64})\.([0-9a-f-]{36})\.side")


class Sidecar(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a photo is. ``owner_id`` is its draft's id, which becomes its record's."""

    photo_id: str
    owner_id: str
    photo: Photo
    officer_id: str
    device_id: str
    kind: str
    written_at: datetime
    case_id: str = ""
    class_code: str = ""
    note: str = ""

    @property
    def saved(self) -> SavedPhoto:
        """The photo as its row has it."""
        return SavedPhoto(self.photo_id, self.owner_id, self.photo)


class Sidecars:
    """Writes and reads them under the data key."""

    def __init__(self, folder: DataFolder, key: bytes) -> None:
        self._folder = folder
        self._frames = Frames(key, "sidecar")

    def write(self, sidecar: Sidecar) -> None:
        """Put it beside its photo, durably."""
        path = self._path(sidecar.photo_id, sidecar.photo)
        durable_write(path, self._frames.make(msgspec.json.encode(sidecar), path.name, 0))

    def write_if_possible(self, sidecar: Sidecar) -> None:
        """Say more about a photo whose sidecar is there already; that this fails is no harm."""
        with suppress(FieldError):
            self.write(sidecar)

    def remove(self, saved: SavedPhoto) -> None:
        """The photo was taken out of its draft."""
        remove_quietly(self._path(saved.photo_id, saved.photo))

    def read(self, path: Path) -> Sidecar | None:
        """What one says, None where it is damaged or another tablet's."""
        try:
            found = self._frames.read(path.read_bytes(), path.name, 0)
            return None if found is None else msgspec.json.decode(found.text, type=Sidecar)
        except (OSError, msgspec.DecodeError):
            return None

    def all(self) -> Iterator[Sidecar]:
        """Every sidecar whose photo is there."""
        for path in sorted(self._folder.files.glob("??/*.side")):
            if _NAME.fullmatch(path.name) is None:
                continue
            sidecar = self.read(path)
            if sidecar is not None and self._original(sidecar.photo).exists():
                yield sidecar

    def unnamed(self, photo_ids: set[str]) -> Iterator[Path]:
        """Sidecars of photos that are not among these."""
        for path in sorted(self._folder.files.glob("??/*.side")):
            name = _NAME.fullmatch(path.name)
            if name is not None and name[2] not in photo_ids:
                yield path

    def of_file(self, sha256: str) -> list[Sidecar]:
        """What is said of a photo file, once for each time it was taken or brought in."""
        found = (self.read(path) for path in (self._folder.files / sha256[:2]).glob(f"{sha256}.*.side"))
        return sorted((one for one in found if one is not None), key=lambda one: one.photo_id)

    def _original(self, photo: Photo) -> Path:
        return self._folder.file(photo.original.sha256, photo.original.media_type)

    def _path(self, photo_id: str, photo: Photo) -> Path:
        original = self._original(photo)
        return original.with_name(f"{original.name.partition('.')[0]}.{photo_id}.side")
