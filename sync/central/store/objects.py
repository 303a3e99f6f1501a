"""Complete files by SHA-256: offered, adopted, handed out. A receipt only ever follows fsynced bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from sync.central.files import move_in, place, sync_folder
from sync.central.settings import Settings
from sync.central.store.checks import check_file
from sync.central.store.lineage import mark_at
from sync.central.store.store import Store, take_sequence
from sync.central.world import World, iso, parse_iso
from sync.contract.errors import InputRefused
from sync.contract.ids import check_id, check_sha256
from sync.contract.records import FileRef
from sync.contract.wire import FileAnswer, FileOffer, OfferStatus, Receipt
from sync.replica.database import Database

PIECE = 1 << 20
UPLOADS_PATH = "/v1/uploads/"


class HeldObject(msgspec.Struct, frozen=True):
    """A file central holds."""

    sha256: str
    bytes: int
    media_type: str
    sequence: int
    received_at: datetime
    path: Path
    mark: str


class Objects:
    """The folder of files and the table that vouches for it."""

    def __init__(self, store: Store, world: World, settings: Settings) -> None:
        self._store = store
        self._world = world
        self.folder = settings.objects
        self._uploads = settings.uploads
        self._make_folders()

    def _make_folders(self) -> None:
        """All at once and durably, so that no photo has to wait for its folder."""
        for number in range(256):
            (self.folder / f"{number:02x}").mkdir(parents=True, exist_ok=True)
        sync_folder(self.folder)
        sync_folder(self.folder.parent)

    def path_of(self, sha256: str) -> Path:
        """Where a file of that hash lies."""
        return self.folder / sha256[:2] / sha256[2:]

    def offer(self, device_id: str, files: list[FileOffer]) -> list[FileAnswer]:
        """For each file: held (with its receipt), needed (with what already began), or refused."""
        with self._store.reading() as db:
            return [self._answer(db, device_id, offer) for offer in files]

    def find(self, sha256: str) -> HeldObject | None:
        """A file central vouches for and still has."""
        with self._store.reading() as db:
            return self._held(db, check_sha256(sha256))

    def holds(self, db: Database, sha256: str) -> bool:
        """Whether central vouches for a file and still has it."""
        return self._held(db, sha256) is not None

    def adopt(
        self,
        unready: Path,
        sha256: str,
        media_type: str,
        *,
        end_upload: Callable[[Database], object] = lambda _: None,
    ) -> None:
        """Take a complete, verified, fsynced file in; durable when this returns. Ends its upload, if any.

        Its receipt is given to whoever offers the file from now on.
        """
        size = unready.stat().st_size
        path = self.path_of(sha256)
        try:
            place(unready, path)
        except FileNotFoundError:  # somebody took the folder away since the start
            move_in(unready, path)

        def take(db: Database) -> None:
            self._vouch(db, sha256, size, media_type)
            end_upload(db)
            db.execute("DELETE FROM lost_object WHERE sha256 = ?", (sha256,))

        self._store.jointly(take)

    def _vouch(self, db: Database, sha256: str, size: int, media_type: str) -> None:
        db.execute(
            "INSERT OR IGNORE INTO object (sha256, bytes, media_type, sequence, received_at)"
            " VALUES (?, ?, ?, ?, ?)",
            (sha256, size, media_type, take_sequence(db), iso(self._world.now())),
        )

    def receipt(self, held: HeldObject) -> Receipt:
        """What central gives out for a file: its id is its hash."""
        return Receipt(
            id=held.sha256,
            sha256=held.sha256,
            sequence=held.sequence,
            received_at=held.received_at,
            epoch=self._store.epoch,
            mark=held.mark,
        )

    def lies_there(self, sha256: str, size: int) -> bool:
        """Whether a file of that hash is in its place with all its bytes."""
        path = self.path_of(sha256)
        return path.is_file() and path.stat().st_size == size

    def _held(self, db: Database, sha256: str) -> HeldObject | None:
        row = db.execute(
            "SELECT bytes, media_type, sequence, received_at FROM object WHERE sha256 = ?", (sha256,)
        ).fetchone()
        if row is None or not self.lies_there(sha256, row[0]):
            return None
        size, media_type, sequence, received_at = row
        mark = mark_at(db, sequence)
        path = self.path_of(sha256)
        return HeldObject(sha256, size, media_type, sequence, parse_iso(received_at), path, mark)

    def _answer(self, db: Database, device_id: str, offer: FileOffer) -> FileAnswer:
        try:
            self._check_offer(db, offer)
        except InputRefused as refusal:
            return FileAnswer(sha256=offer.sha256, status=OfferStatus.REFUSED, code=refusal.code)
        held = self._held(db, offer.sha256)
        if held is not None:
            return FileAnswer(sha256=offer.sha256, status=OfferStatus.HELD, receipt=self.receipt(held))
        row = db.execute(
            "SELECT upload_id FROM upload WHERE device_id = ? AND sha256 = ? AND bytes = ? AND done = 0"
            " ORDER BY begun_at DESC LIMIT 1",
            (device_id, offer.sha256, offer.bytes),
        ).fetchone()
        part = None if row is None else self._uploads / row[0]
        if part is None or not part.is_file():
            return FileAnswer(sha256=offer.sha256, status=OfferStatus.NEEDED)
        return FileAnswer(
            sha256=offer.sha256,
            status=OfferStatus.NEEDED,
            upload=UPLOADS_PATH + part.name,
            offset=part.stat().st_size,
        )

    def _check_offer(self, db: Database, offer: FileOffer) -> None:
        check_id(offer.record_id)
        check_file(FileRef(offer.lane, offer.sha256, offer.bytes, offer.media_type))
        if not 0 <= offer.slot < 1000:
            raise InputRefused("photo_slot_invalid")
        row = db.execute(
            "SELECT sha256, bytes FROM file_ref WHERE record_id = ? AND slot = ? AND lane = ?",
            (offer.record_id, offer.slot, offer.lane.value),
        ).fetchone()
        if row is None:
            raise InputRefused("record_unknown")
        if row != (offer.sha256, offer.bytes):
            raise InputRefused("file_mismatch")


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
