"""A rescue file without the data key: nobody is signed in, and nobody who could is there.

What cannot be read here is taken as it lies, encrypted: database, log, journal, newest copy, sidecars and
the wrapped keys. Central holds the key that opens them (the escrow of enrolment) and reads them there.
Photos lie readable on the tablet; since nothing tells here which of them have gone, all are taken. A database
that changed while it was copied is made anew at central from the journal, which is copied last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from sync.clock import Clock
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.records import Lane
from sync.contract.wire import FileOffer
from sync.replica.copies import copies_in
from sync.replica.files import Put, durable_fill
from sync.replica.folder import MEDIA_TYPES, DataFolder
from sync.rescue.parts import ABOUT, FORMAT, MANIFEST, SIGNATURE, STORE, About, Manifest, PartWriter
from sync.rescue.sealed import Sealer
from sync.rescue.writing import FileWriter, Rescued, Told, pieces_of, require_free, silent
from sync.vault.keyfile import read_keys

_HASHED = re.compile(r"([0-9a-f]{64})\.[a-z]+")
_INSIDE = re.compile(
    r"keys\.json|work\.db(-wal)?|journal/\d{8}\.log|copies/work-\d{8}\.db"
    r"|files/[0-9a-f]{2}/[0-9a-f]{64}\.[0-9a-f-]{36}\.side"
)


def write_locked_rescue(folder: DataFolder, target: Path, clock: Clock, told: Told = silent) -> Rescued:
    """Write a locked tablet's work to ``target``. ``not_enrolled``, ``rescue_key_missing`` and what the disk
    answers, as ``write_rescue``. How much of it has not gone is known only at central."""
    keys = read_keys(folder.keys)
    if keys is None or not folder.holds_work():
        raise NeedsPerson("not_enrolled")
    if not keys.device.rescue_key:
        raise NeedsPerson("rescue_key_missing")
    require_free(target)
    made: list[Manifest] = []

    def fill(put: Put) -> None:
        sealer = Sealer(bytes.fromhex(keys.device.rescue_key), put)
        parts = PartWriter(sealer.write)
        about = About(FORMAT, keys.device.device_id, clock.now(), locked=True)
        parts.add(ABOUT, msgspec.json.encode(about))
        for path in _store_files(folder):
            length = _length(path)
            parts.stream(
                f"{STORE}{path.relative_to(folder.root).as_posix()}", length, pieces_of(path, length)
            )
        written = FileWriter(folder, parts, told).write(list(_photo_files(folder)))
        missing, damaged = tuple(written.missing), tuple(written.damaged)
        manifest = Manifest(0, 0, written.files, written.bytes, missing, damaged, parts.digest())
        parts.add(MANIFEST, msgspec.json.encode(manifest))
        parts.add(SIGNATURE, b"")
        sealer.finish()
        made.append(manifest)

    durable_fill(target, fill)
    size = target.stat().st_size
    counts = made[0].files, len(made[0].missing), len(made[0].damaged)
    return Rescued(str(target), size, 0, 0, *counts, locked=True)


def measure_locked(folder: DataFolder) -> tuple[int, int]:
    """How many photo files such a file would hold now, and how many bytes in all."""
    photos = [offer.bytes for offer in _photo_files(folder)]
    return len(photos), sum(photos) + sum(map(_length, _store_files(folder)))


def place_inside(root: Path, name: str) -> Path:
    """Where a part of the store goes at central; a name that is none of ours is refused."""
    inside = name.removeprefix(STORE)
    if not _INSIDE.fullmatch(inside):
        raise InputRefused("rescue_damaged")
    path = root / inside
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def _store_files(folder: DataFolder) -> Iterator[Path]:
    """The journal last, so that it holds whatever the database has lost meanwhile."""
    work = folder.work_db
    copies = [copy.path for copy in copies_in(folder)[:1]]
    found = [folder.keys, *copies, work, work.with_name(f"{work.name}-wal")]
    found += sorted(folder.files.glob("??/*.side"))
    found += sorted(folder.journal.glob("*.log"))
    return (path for path in found if path.is_file() and _is_ours(path.relative_to(folder.root)))


def _is_ours(inside: Path) -> bool:
    return _INSIDE.fullmatch(inside.as_posix()) is not None


def _photo_files(folder: DataFolder) -> Iterator[FileOffer]:
    for top, lane in ((folder.derived, Lane.THUMBNAIL), (folder.files, Lane.ORIGINAL)):
        for path in sorted(top.glob("??/*")):
            name = _HASHED.fullmatch(path.name)
            if name is not None:
                kind = MEDIA_TYPES.get(path.suffix, "application/octet-stream")
                yield FileOffer(name[1], _length(path), kind, lane, "", 0)


def _length(path: Path) -> int:
    """Nothing of what cannot be looked at: it must not keep all the rest here."""
    try:
        return path.stat().st_size
    except OSError:
        return 0
