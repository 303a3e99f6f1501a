"""The folder of ready-built snapshots: only whole ones, signed by today's key, are handed out of it.

A file is read through when it comes, when its time or size is another than before, and whenever ``look`` is
asked: what rots on the disk changes neither. Tablets would find it out, too, but each after fetching it.
"""

from __future__ import annotations

import hashlib
import logging
import re
from pathlib import Path
from typing import BinaryIO

import msgspec

from sync.central.files import move_in, write_durably
from sync.central.signing import SigningKey
from sync.contract.signatures import Purpose, is_signed
from sync.contract.tables import REFERENCE_SCHEMA
from sync.contract.wire import Frame, SnapshotManifest, snapshot_text

LOG = logging.getLogger(__name__)
PIECE = 1 << 20
_NAME = re.compile(r"reference-[0-9a-f]{16}-\d{1,18}\.db\.zst")


class Published(SnapshotManifest, frozen=True):
    """A manifest as it lies on the disk: also of which schema its tables are."""

    schema: int = 0


Stamp = tuple[tuple[int, int, int], tuple[int, int, int]]
"""Number, time and size of the packed file and of its manifest."""


class Shelf:
    """Packed files with their manifests beside them."""

    def __init__(self, folder: Path, signing: SigningKey) -> None:
        self._folder = folder
        self._signing = signing
        self._known: dict[str, tuple[Stamp, SnapshotManifest | None]] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def all(self) -> list[SnapshotManifest]:
        """Every whole one."""
        return [sound for path in self._paths() if (sound := self._sound(path)) is not None]

    def find(self, name: str) -> tuple[SnapshotManifest, Path] | None:
        """A whole one by its name."""
        path = self._folder / name
        sound = self._sound(path) if _NAME.fullmatch(name) else None
        return None if sound is None else (sound, path)

    def put(self, packed: Path, manifest: SnapshotManifest) -> None:
        """A new one, made durable by the caller, into its place."""
        path = self._folder / manifest.name
        move_in(packed, path)
        published = Published(**msgspec.structs.asdict(manifest), schema=REFERENCE_SCHEMA)
        write_durably(_manifest_path(path), msgspec.json.encode(published), mode=0o644)
        self._sound(path)

    def look(self) -> list[str]:
        """Read everything through again and take away what is damaged; answers its names."""
        self._known.clear()
        paths = [path for path in self._paths() if _manifest_path(path).is_file()]
        damaged = [path for path in paths if self._sound(path) is None]
        for path in damaged:
            self._remove(path)
        return [path.name for path in damaged]

    def keep(self, names: set[str]) -> None:
        """Take away all others."""
        for path in self._folder.glob("*.db.zst"):
            if path.name not in names:
                self._remove(path)

    def _paths(self) -> list[Path]:
        return sorted(path for path in self._folder.glob("*.db.zst") if _NAME.fullmatch(path.name))

    def _remove(self, path: Path) -> None:
        self._known.pop(path.name, None)
        _manifest_path(path).unlink(missing_ok=True)
        path.unlink(missing_ok=True)

    def _sound(self, path: Path) -> SnapshotManifest | None:
        """The manifest of a whole file, None for one that is damaged or not there."""
        try:
            stamp = _stamp_of(path), _stamp_of(_manifest_path(path))
            known = self._known.get(path.name)
            if known is None or known[0] != stamp:
                known = self._known[path.name] = stamp, self._examined(path)
        except FileNotFoundError:
            return None
        return known[1]

    def _examined(self, path: Path) -> SnapshotManifest | None:
        """Signed by today's key and whole; what another key or version published is passed over silently."""
        try:
            published = msgspec.json.decode(_manifest_path(path).read_bytes(), type=Published)
            signature = bytes.fromhex(published.signature)
        except (msgspec.DecodeError, ValueError) as error:
            LOG.warning("snapshot %s is damaged: its manifest: %s", path.name, error)
            return None
        if published.schema != REFERENCE_SCHEMA:
            return None
        told = msgspec.structs.asdict(published)
        manifest = SnapshotManifest(**{name: told[name] for name in SnapshotManifest.__struct_fields__})
        if not is_signed(self._signing.public_hex, Purpose.SNAPSHOT, snapshot_text(manifest), signature):
            return None
        if manifest.name != path.name or not is_whole(path, manifest):
            LOG.warning("snapshot %s is damaged: it is not what was signed", path.name)
            return None
        return manifest


def is_whole(path: Path, manifest: SnapshotManifest) -> bool:
    """Whether a packed file has every frame of its manifest, and nothing else."""
    end = 0
    with path.open("rb") as file:
        for frame in manifest.pieces:
            if frame.start != end or _sha256(file, frame) != frame.sha256:
                return False
            end += frame.length
        return end == manifest.bytes and not file.read(1)


def _sha256(file: BinaryIO, frame: Frame) -> str:
    digest, left = hashlib.sha256(), frame.length
    while left > 0 and (piece := file.read(min(left, PIECE))):
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest()


def _stamp_of(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


def _manifest_path(path: Path) -> Path:
    return path.with_suffix(".json")
