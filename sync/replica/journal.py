"""The journal: every change of what people made, appended durably before the database's own commit.

    rows change → one frame of it all, where the database says → fsync → COMMIT moves the place

The database says up to where the journal counts, in the very transaction that was written there. A frame
beyond that place belongs to a transaction that was broken off, or to one that the database has lost: on
opening it is applied again (``replay``), while a transaction that fails takes its frame back. So a damaged,
shortened or vanished database, or one whose log was deleted, can be made anew from its last good copy and
the segments since, with nothing missing that was ever acknowledged.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from sync.replica.database import Database
from sync.replica.drafts import Draft, SavedPhoto
from sync.replica.files import plain_errors, sync_folder
from sync.replica.frames import Frames
from sync.replica.journal_entries import (
    DraftGone,
    DraftKept,
    Entry,
    IdentityKept,
    PhotoGone,
    PhotoKept,
    RecordKept,
    RecordRemoved,
    RecordWithdrawn,
)
from sync.replica.notes import Notes
from sync.replica.outbox import StoredRecord

_SEGMENT = re.compile(r"(\d{8})\.log")
_PLACE = "journal"
_NEW = b"FAJ1\n"


class Place(msgspec.Struct, frozen=True):
    """A place in the journal: everything before it is in the database."""

    segment: int
    offset: int


class Segments:
    """The journal's files, for reading."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self._frames = Frames(key, "journal")

    def numbers(self) -> list[int]:
        """The segments there are, oldest first."""
        if not self.folder.is_dir():
            return []
        found = (_SEGMENT.fullmatch(path.name) for path in self.folder.iterdir())
        return sorted(int(name[1]) for name in found if name is not None)

    def path(self, number: int) -> Path:
        """Where a segment lies."""
        return self.folder / f"{number:08}.log"

    def size(self, number: int) -> int:
        """How long a segment is, 0 where there is none."""
        try:
            return self.path(number).stat().st_size
        except FileNotFoundError:
            return 0

    def total(self) -> int:
        """Bytes of all segments."""
        return sum(self.size(number) for number in self.numbers())

    def entries(self, after: Place) -> Iterator[Entry]:
        """Every entry that can be read from a place on, in order."""
        for number in self.numbers():
            if number < after.segment:
                continue
            data = self.path(number).read_bytes()
            start = after.offset if number == after.segment else 0
            for found in self._frames.scan(data, self.path(number).name, max(start, len(_NEW))):
                yield from msgspec.json.decode(found.text, type=list[Entry])

    def opens(self) -> bool:
        """Whether any frame opens with this key: then it is the key of this folder."""
        return any(
            next(self._frames.scan(self.path(number).read_bytes(), self.path(number).name), None) is not None
            for number in self.numbers()
        )

    def frame(self, entries: list[Entry], number: int, offset: int) -> bytes:
        """One transaction's entries as a frame for its place."""
        return self._frames.make(msgspec.json.encode(entries), self.path(number).name, offset)


class Journal(Notes):
    """Notes what changes, and appends it when the transaction is about to be committed."""

    def __init__(self, segments: Segments, db: Database) -> None:
        self.segments = segments
        self._db = db
        self._noted: list[Entry] = []
        self._written: Place | None = None

    def record_kept(self, record: StoredRecord) -> None:
        """See ``Notes``, as for all of these."""
        self._noted.append(RecordKept(record))

    def record_removed(self, record_id: str) -> None:
        """Noted."""
        self._noted.append(RecordRemoved(record_id))

    def record_withdrawn(self, record_id: str, by_act: str) -> None:
        """Noted."""
        self._noted.append(RecordWithdrawn(record_id, by_act))

    def draft_kept(self, draft: Draft) -> None:
        """Noted."""
        self._noted.append(DraftKept(draft))

    def draft_gone(self, draft_id: str) -> None:
        """Noted."""
        self._noted.append(DraftGone(draft_id))

    def photo_kept(self, photo: SavedPhoto) -> None:
        """Noted."""
        self._noted.append(PhotoKept(photo))

    def photo_gone(self, photo_id: str) -> None:
        """Noted."""
        self._noted.append(PhotoGone(photo_id))

    def identity_kept(self, identity: str) -> None:
        """Noted."""
        self._noted.append(IdentityKept(identity))

    def settle(self) -> None:
        """Append what was noted, durably, and move the database's place. Last thing before COMMIT."""
        self._written = None
        if not self._noted:
            return
        place = self._writable(self.place())
        path = self.segments.path(place.segment)
        with plain_errors(path):
            frame = self.segments.frame(self._noted, place.segment, place.offset)
            descriptor = os.open(path, os.O_RDWR)
            try:
                self._written = place
                os.ftruncate(descriptor, place.offset)
                os.lseek(descriptor, place.offset, os.SEEK_SET)
                _write_whole(descriptor, frame)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        self._noted.clear()
        self.move_place(Place(place.segment, place.offset + len(frame)))

    def give_up(self) -> None:
        """The transaction failed: what was noted or appended never happened."""
        self._noted.clear()
        place, self._written = self._written, None
        if place is None:
            return
        try:
            os.truncate(self.segments.path(place.segment), place.offset)
        except OSError:  # the next transaction writes over it
            return

    def settled(self) -> None:
        """The transaction is committed."""
        self._written = None

    def place(self) -> Place:
        """Up to where the database has the journal."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", [_PLACE]).fetchone()
        return Place(0, 0) if row is None else msgspec.json.decode(row[0], type=Place)

    def move_place(self, place: Place) -> None:
        """Note it, inside the transaction that makes it true."""
        self._db.execute(
            "INSERT INTO meta (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [_PLACE, msgspec.json.encode(place).decode()],
        )

    def begin_segment(self) -> Place:
        """Go on in a new segment, inside a transaction; what was written before stays as it is."""
        numbers = self.segments.numbers()
        number = max([self.place().segment, *numbers]) + 1
        folder = self.segments.folder
        path = self.segments.path(number)
        with plain_errors(path):
            if not folder.is_dir():
                folder.mkdir(mode=0o700, exist_ok=True)
                sync_folder(folder.parent)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                _write_whole(descriptor, _NEW)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            sync_folder(folder)
        place = Place(number, len(_NEW))
        self.move_place(place)
        return place

    def _writable(self, place: Place) -> Place:
        """The place to write at: where the database says, or a new segment where that is not there."""
        if not place.segment or self.segments.size(place.segment) < max(place.offset, len(_NEW)):
            return self.begin_segment()
        return place


def _write_whole(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
