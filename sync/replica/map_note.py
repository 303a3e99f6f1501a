"""What this tablet knows of base maps across restarts: what central offers, what was wished, what lies here.

``basemap.json`` in the data folder; nothing in it is personal. One that cannot be read counts as none: it is
asked for again.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from sync.contract.map_offer import MapOffer
from sync.replica.files import durable_write, sha256_file
from sync.replica.folder import DataFolder


class HeldMap(msgspec.Struct, frozen=True):
    """The hash of the file in force, as long as it is the very same file."""

    size: int
    time_ns: int
    sha256: str


class MapNote(msgspec.Struct, frozen=True):
    """``wanted``: a person asked for what is offered; ``any_link``: a metered one will do."""

    offer: MapOffer | None = None
    wanted: bool = False
    any_link: bool = False
    held: HeldMap | None = None


def read_note(folder: DataFolder) -> MapNote:
    """What is known."""
    try:
        return msgspec.json.decode(folder.map_note.read_bytes(), type=MapNote)
    except (OSError, msgspec.DecodeError):
        return MapNote()


def write_note(folder: DataFolder, note: MapNote) -> None:
    """Keep it, durably."""
    durable_write(folder.map_note, msgspec.json.encode(note))


def is_in_force(folder: DataFolder, note: MapNote) -> bool:
    """Whether what is offered is what lies here."""
    held, offer = note.held, note.offer
    return (
        offer is not None and held is not None and held.sha256 == offer.sha256 and _is(folder.base_map, held)
    )


def with_held(folder: DataFolder, note: MapNote) -> MapNote:
    """The same with the hash of what lies here, where it may be what is offered and nobody knows yet."""
    path, offer = folder.base_map, note.offer
    try:
        found = path.stat()
    except OSError:
        return msgspec.structs.replace(note, held=None)
    if offer is None or found.st_size != offer.bytes or (note.held is not None and _is(path, note.held)):
        return note
    held = HeldMap(found.st_size, found.st_mtime_ns, sha256_file(path))
    return msgspec.structs.replace(note, held=held)


def _is(path: Path, held: HeldMap) -> bool:
    try:
        found = path.stat()
    except OSError:
        return False
    return (found.st_size, found.st_mtime_ns) == (held.size, held.time_ns)
