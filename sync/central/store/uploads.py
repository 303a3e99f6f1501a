"""Files on their way in, as tus 1.0 sees them: created, appended to, finished.

Bytes lie in the part file as soon as they arrive, so whatever cuts a transfer, the part's size is the
offset to go on from. A finished upload is hashed, fsynced and moved into the object folder before the
last answer; one with the wrong hash is thrown away whole.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from sync.central.settings import Settings
from sync.central.store.objects import Objects, hash_file
from sync.central.store.store import Store
from sync.central.world import World, iso, parse_iso
from sync.contract.errors import InputRefused, NeedsPerson, RetryLater
from sync.contract.wire import PHOTO_BYTES_MAX
from sync.replica.database import Database


class Upload(msgspec.Struct, frozen=True):
    """An upload of one device."""

    upload_id: str
    device_id: str
    sha256: str
    bytes: int
    media_type: str
    done: bool
    begun_at: datetime
    expires_at: datetime


class Uploads:
    """The uploads of all devices; each device sees its own."""

    def __init__(self, store: Store, world: World, settings: Settings, objects: Objects) -> None:
        self._store = store
        self._world = world
        self._folder = settings.uploads
        self._life = settings.upload_life
        self._most = settings.uploads_per_device
        self._objects = objects
        self._folder.mkdir(parents=True, exist_ok=True)
        self._drafts: set[str] = set()
        """Those that nobody but their first request knows of."""

    def draft(self, device_id: str, sha256: str, size: int, media_type: str) -> Upload:
        """An upload of exactly ``size`` bytes that shall have that hash, known to nobody yet.

        One that comes whole in its first request needs no more than that. Touches no disk.
        """
        if size <= 0:
            raise InputRefused("file_size_invalid", bytes=size)
        if size > PHOTO_BYTES_MAX:
            raise InputRefused("file_too_large", bytes=size, limit=PHOTO_BYTES_MAX)
        begun = self._world.now()
        upload = Upload(
            self._world.new_id(),
            device_id,
            sha256,
            size,
            media_type,
            done=False,
            begun_at=begun,
            expires_at=begun + self._life,
        )
        self._drafts.add(upload.upload_id)
        return upload

    def keep(self, upload: Upload) -> None:
        """Write an upload down, so that its device can go on with it."""
        self.open_part(upload).close()
        with self._store.writing(durable=False) as db:
            begun = db.execute(
                "SELECT count(*) FROM upload WHERE device_id = ? AND done = 0", (upload.device_id,)
            ).fetchone()[0]
            if begun < self._most:
                _insert(db, upload, done=False)
                self._drafts.discard(upload.upload_id)
                return
        self.abandon(upload)
        raise RetryLater("too_many_uploads", after_s=60, limit=self._most)

    def create(self, device_id: str, sha256: str, size: int, media_type: str) -> Upload:
        """Begin an upload that will be gone on with."""
        upload = self.draft(device_id, sha256, size, media_type)
        self.keep(upload)
        return upload

    def find(self, device_id: str, upload_id: str) -> Upload:
        """An upload of this device, or ``upload_unknown``."""
        with self._store.reading() as db:
            row = db.execute(
                "SELECT sha256, bytes, media_type, done, begun_at FROM upload"
                " WHERE upload_id = ? AND device_id = ?",
                (upload_id, device_id),
            ).fetchone()
        if row is None:
            raise NeedsPerson("upload_unknown")
        begun = parse_iso(row[4])
        upload = Upload(
            upload_id,
            device_id,
            row[0],
            row[1],
            row[2],
            bool(row[3]),
            begun_at=begun,
            expires_at=begun + self._life,
        )
        if not upload.done and not self._part(upload).is_file():
            raise NeedsPerson("upload_unknown")
        return upload

    def offset(self, upload: Upload) -> int:
        """How many bytes are here."""
        return upload.bytes if upload.done else self._part(upload).stat().st_size

    def resume(self, upload: Upload) -> int:
        """The offset a device goes on from; kept, so that one can tell afterwards that a cut was mended.

        A part that is whole and was not taken in (central ended in between) is taken in now: nobody would
        send another byte for it. ``upload_unknown`` where its bytes are other ones; it is begun anew then.
        """
        offset = self.offset(upload)
        if offset == upload.bytes and not upload.done:
            try:
                self.finish(upload)
            except InputRefused as refusal:
                raise NeedsPerson("upload_unknown") from refusal
        if 0 < offset < upload.bytes:
            with self._store.writing(durable=False) as db:
                db.execute("UPDATE upload SET resumed_at = ? WHERE upload_id = ?", (offset, upload.upload_id))
        return offset

    def open_part(self, upload: Upload) -> BinaryIO:
        """The part file, to append to; unbuffered, so that every piece is there as soon as it is written."""
        return open(self._part(upload), "ab", buffering=0, opener=_for_nobody_else)

    def append(self, part: BinaryIO, piece: bytes, *, is_last: bool = False) -> None:
        """Write all of a piece; a disk that is nearly full may take only some of it at a time.

        The last one of a file takes everything before it to the disk.
        """
        rest = memoryview(piece)
        while rest:
            rest = rest[part.write(rest) :]
        if is_last:
            os.fsync(part.fileno())

    def cut_back(self, upload: Upload, offset: int) -> None:
        """Take back bytes that were not what was said of them."""
        os.truncate(self._part(upload), offset)

    def finish(self, upload: Upload, known_sha256: str = "", *, is_synced: bool = False) -> None:
        """Verify a complete part and take it in; ``hash_mismatch`` discards it.

        ``known_sha256`` is the hash of all its bytes where it was made while they came; ``is_synced`` says
        that the last of them was written as such.
        """
        part = self._part(upload)
        if (known_sha256 or hash_file(part)) != upload.sha256:
            self.discard(upload)
            raise InputRefused("hash_mismatch", sha256=upload.sha256)
        if not is_synced:
            with part.open("ab") as file:
                os.fsync(file.fileno())
        self._objects.adopt(
            part, upload.sha256, upload.media_type, end_upload=lambda db: _insert(db, upload, done=True)
        )
        self._drafts.discard(upload.upload_id)

    def discard(self, upload: Upload) -> None:
        """Forget an upload and its bytes."""
        with self._store.writing() as db:
            db.execute("DELETE FROM upload WHERE upload_id = ?", (upload.upload_id,))
        self.abandon(upload)

    def abandon(self, upload: Upload) -> None:
        """Let the bytes of an upload go that no row names."""
        self._drafts.discard(upload.upload_id)
        self._part(upload).unlink(missing_ok=True)

    def sweep(self) -> int:
        """Forget uploads begun too long ago, and parts without a row; answers how many uploads."""
        before = iso(self._world.now() - self._life)
        with self._store.writing() as db:
            dropped = db.execute("DELETE FROM upload WHERE begun_at < ?", (before,)).rowcount
            kept = self._drafts | {
                row[0] for row in db.execute("SELECT upload_id FROM upload WHERE done = 0")
            }
        for part in self._folder.iterdir():
            if part.name not in kept:
                part.unlink()
        return int(dropped)

    def _part(self, upload: Upload) -> Path:
        return self._folder / upload.upload_id


def _for_nobody_else(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _insert(db: Database, upload: Upload, *, done: bool) -> None:
    db.execute(
        "INSERT INTO upload (upload_id, device_id, sha256, bytes, media_type, done, begun_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (upload_id) DO UPDATE SET done = excluded.done",
        (
            upload.upload_id,
            upload.device_id,
            upload.sha256,
            upload.bytes,
            upload.media_type,
            int(done),
            iso(upload.begun_at),
        ),
    )
