"""Writing a rescue file: everything that has no receipt, sealed for central, durable when it returns.

    records and acts · drafts · what files belong to · the files' bytes · manifest with the device's signature

Nothing of the tablet is changed, but that a record in this file counts as begun: central may get it by this
way, so that from now on undo withdraws it. It needs no network, and no room but where the file is put; photos
are read piece by piece, however many there are. A photo that cannot be read holds up nothing: it is listed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec

from sync.clock import Clock
from sync.contract.errors import FieldError, InputRefused, NeedsPerson
from sync.contract.records import FileRef
from sync.contract.wire import PUSH_BATCH, FileOffer, PushItem
from sync.remote.device_key import DeviceKey
from sync.replica.files import CHUNK, Put, durable_fill
from sync.replica.folder import DataFolder
from sync.replica.outbox import Entry
from sync.replica.work import WorkStore
from sync.rescue.parts import (
    ABOUT,
    DRAFTS,
    FILES,
    FORMAT,
    MANIFEST,
    OFFERS,
    RECORDS,
    SIGNATURE,
    About,
    Manifest,
    PartWriter,
    RescuedDraft,
    signed_manifest,
)
from sync.rescue.sealed import Sealer

T = TypeVar("T")
SUFFIX = ".rescue"
RECORDS_AT_ONCE = 50
Told = Callable[[int, int], None]
"""How many bytes of photos have been written, of how many."""


class Rescued(msgspec.Struct, frozen=True):
    """What was written. ``missing`` and ``damaged`` count photo files that could not be given whole."""

    path: str
    bytes: int
    records: int
    drafts: int
    files: int
    missing: int
    damaged: int
    locked: bool = False


def silent(_done: int, _of: int) -> None:
    """Tell nobody."""


def write_rescue(store: WorkStore, target: Path, clock: Clock, told: Told = silent) -> Rescued:
    """Write everything unsent of an open store to ``target``, which must not exist yet.

    Codes: ``not_enrolled``, ``rescue_key_missing``, ``rescue_target_exists``, ``disk_full`` and
    ``folder_unwritable`` of the place it was to go to.
    """
    identity = store.meta.require_identity()
    if not identity.rescue_key:
        raise NeedsPerson("rescue_key_missing")
    require_free(target)
    made: list[Manifest] = []

    def fill(put: Put) -> None:
        sealer = Sealer(bytes.fromhex(identity.rescue_key), put)
        parts = PartWriter(sealer.write)
        about = About(FORMAT, identity.device_id, clock.now())
        parts.add(ABOUT, msgspec.json.encode(about))
        manifest = _Content(store, parts, about.made_at, told).write()
        text = msgspec.json.encode(manifest)
        parts.add(MANIFEST, text)
        parts.add(SIGNATURE, DeviceKey.from_hex(identity.private_key).sign(signed_manifest(text)))
        sealer.finish()
        made.append(manifest)

    durable_fill(target, fill)
    manifest = made[0]
    return Rescued(
        path=str(target),
        bytes=target.stat().st_size,
        records=manifest.records,
        drafts=manifest.drafts,
        files=manifest.files,
        missing=len(manifest.missing),
        damaged=len(manifest.damaged),
    )


def require_free(target: Path) -> None:
    """An earlier rescue file may be all that is left of somebody's work: it is never written over.

    A folder that is not there is not made: the drive that was meant may be missing."""
    if target.exists():
        raise InputRefused("rescue_target_exists", path=str(target))
    if not target.parent.is_dir():
        raise NeedsPerson("folder_unwritable", folder=str(target.parent))


class _Content:
    """One pass over what has no receipt."""

    def __init__(self, store: WorkStore, parts: PartWriter, now: datetime, told: Told) -> None:
        self._store = store
        self._parts = parts
        self._now = now
        self._told = told

    def write(self) -> Manifest:
        """Everything but the manifest, which is returned."""
        records = self._records()
        drafts, files = self._drafts()
        for number, page in enumerate(offer_pages(self._store)):
            self._parts.add(f"{OFFERS}{number}.json", msgspec.json.encode(page))
            files.update({offer.sha256: offer for offer in page})
        written = FileWriter(self._store.folder, self._parts, self._told).write(list(files.values()))
        return Manifest(
            records=records,
            drafts=drafts,
            files=written.files,
            bytes=written.bytes,
            missing=tuple(written.missing),
            damaged=tuple(written.damaged),
            digest=self._parts.digest(),
        )

    def _records(self) -> int:
        count = 0
        for number, page in enumerate(record_pages(self._store, self._now)):
            self._parts.add(f"{RECORDS}{number}.json", msgspec.json.encode(page))
            count += len(page)
        return count

    def _drafts(self) -> tuple[int, dict[str, FileOffer]]:
        files: dict[str, FileOffer] = {}
        count = 0
        for number, page in enumerate(draft_pages(self._store)):
            self._parts.add(f"{DRAFTS}{number}.json", msgspec.json.encode(page))
            count += len(page)
            for draft in page:
                for photo in draft.photos:
                    for file in photo.files:
                        files[file.sha256] = _offer(draft.draft_id, photo.slot, file)
        return count, files


def record_pages(store: WorkStore, leaving_at: datetime | None = None) -> Iterator[list[PushItem]]:
    """Records that are not all at central, oldest first; where they leave the tablet, they are frozen."""
    after = 0
    while page := _record_page(store, after, leaving_at):
        yield [_item(entry) for entry in page]
        after = page[-1].record.device_seq


def _record_page(store: WorkStore, after: int, leaving_at: datetime | None) -> list[Entry]:
    """A page, frozen as read. A disk that takes no writing holds up nothing; it takes no undo either."""
    if leaving_at is not None:
        with suppress(FieldError), store.act():
            page = store.outbox.unreceipted(after_seq=after, limit=RECORDS_AT_ONCE)
            store.outbox.freeze([entry.record.record_id for entry in page], leaving_at)
            return page
    return store.outbox.unreceipted(after_seq=after, limit=RECORDS_AT_ONCE)


def draft_pages(store: WorkStore) -> Iterator[list[RescuedDraft]]:
    """Everybody's open drafts with their photos."""
    for page in _pages(store.drafts.all_open()):
        yield [
            RescuedDraft(
                draft.draft_id,
                draft.officer_id,
                draft.kind,
                draft.case_id,
                draft.body,
                draft.changed_at,
                tuple(saved.photo for saved in store.drafts.photos(draft.draft_id)),
            )
            for draft in page
        ]


def offer_pages(store: WorkStore) -> Iterator[list[FileOffer]]:
    """Files of records that have no receipt."""
    return _pages(store.uploads.unreceipted())


class FileWriter:
    """Puts the bytes of files into a rescue file."""

    def __init__(self, folder: DataFolder, parts: PartWriter, told: Told) -> None:
        self._folder = folder
        self._parts = parts
        self._told = told
        self.files = self.bytes = 0
        self.missing: list[str] = []
        self.damaged: list[str] = []

    def write(self, offers: list[FileOffer]) -> FileWriter:
        """Each file once; what is not there is listed, what is not what it was is listed too."""
        total = sum(offer.bytes for offer in offers)
        for offer in offers:
            path = self._folder.file(offer.sha256, offer.media_type, offer.lane)
            self._one(offer.sha256, path)
            self._told(self.bytes, total)
        return self

    def _one(self, sha256: str, path: Path) -> None:
        try:
            length = path.stat().st_size
            with path.open("rb"):
                pass
        except OSError:
            self.missing.append(sha256)
            return
        digest = hashlib.sha256()
        self._parts.stream(f"{FILES}{sha256}", length, pieces_of(path, length, digest.update))
        self.files += 1
        self.bytes += length
        if digest.hexdigest() != sha256:
            self.damaged.append(sha256)


def pieces_of(path: Path, length: int, seen: Callable[[bytes], None] = lambda _: None) -> Iterator[bytes]:
    """Just so many bytes of a file, zeros where it has become shorter or cannot be read any more."""
    left = length
    try:
        with path.open("rb") as source:
            while left and (piece := source.read(min(CHUNK, left))):
                seen(piece)
                left -= len(piece)
                yield piece
    except OSError:
        seen(b"?")
    while left:
        zeros = bytes(min(CHUNK, left))
        seen(zeros)
        left -= len(zeros)
        yield zeros


def _item(entry: Entry) -> PushItem:
    record = entry.record
    return PushItem(
        record.record_id,
        record.device_seq,
        record.record_type,
        record.record_id,
        record.body,
        record.body_sha256,
    )


def _offer(owner: str, slot: int, file: FileRef) -> FileOffer:
    return FileOffer(file.sha256, file.bytes, file.media_type, file.lane, owner, slot)


def _pages(values: list[T]) -> Iterator[list[T]]:
    source = iter(values)
    while page := list(islice(source, PUSH_BATCH)):
        yield page
