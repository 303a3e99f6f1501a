"""Applying the journal again: to a database that has lost the end of it, or to one that is made anew.

Applied from any earlier place on, in order, it comes to the same: what is there stays, what was taken back
goes. A record that comes back is frozen, because it may have been sent already: central then answers it with
the receipt of the first time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from sync.contract.records import RecordType
from sync.contract.wire import decode_record
from sync.replica.database import Database
from sync.replica.drafts import Drafts
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
from sync.replica.meta import Meta
from sync.replica.outbox import Outbox, StoredRecord
from sync.replica.rebuilt_drafts import ToldDrafts
from sync.replica.uploads import Uploads

SEQUENCE_GAP = 1000
"""Numbers left out after a rebuild: some that are not known may have been used."""


class Replay:
    """Writes entries into a database, inside a transaction of the caller's."""

    def __init__(self, db: Database, now: datetime) -> None:
        self._db = db
        self._now = now.isoformat()
        self.meta = Meta(db)
        self.drafts = Drafts(db)
        self.outbox = Outbox(db)
        self.uploads = Uploads(db)
        self.gone: set[str] = set()
        """Photos that were taken out of their drafts."""
        self.told = ToldDrafts()

    def apply(self, entries: Iterable[Entry]) -> int:
        """Apply them in order; answers how many there were."""
        count = 0
        for entry in entries:
            self._apply(entry)
            count += 1
        return count

    def _apply(self, entry: Entry) -> None:
        match entry:
            case RecordKept(record):
                self.add_record(record)
            case RecordRemoved(record_id):
                self._remove_record(record_id)
            case RecordWithdrawn(record_id, by_act):
                self._withdraw(record_id, by_act)
            case DraftKept(draft):
                self.drafts.save(draft)
                self.told.hear(draft)
            case DraftGone(draft_id):
                self.drafts.delete(draft_id)
            case PhotoKept(saved):
                self._db.execute(
                    "INSERT OR REPLACE INTO photo (photo_id, owner_id, slot, body) VALUES (?, ?, ?, ?)",
                    [
                        saved.photo_id,
                        saved.owner_id,
                        saved.photo.slot,
                        msgspec.json.encode(saved.photo).decode(),
                    ],
                )
                self.gone.discard(saved.photo_id)
            case PhotoGone(photo_id):
                self.drafts.remove_photo(photo_id)
                self.gone.add(photo_id)
            case IdentityKept(identity):
                self._db.execute(
                    "INSERT INTO meta (name, value) VALUES ('identity', ?) "
                    "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    [identity],
                )

    def _withdraw(self, record_id: str, by_record: str) -> None:
        """Taken back by an act, replaced by a corrected report, settled by itself, or none of it any more."""
        by = self.outbox.entry(by_record) if by_record else None
        is_report = by is not None and by.record.record_type is RecordType.REPORT
        if is_report or (by_record and by_record == record_id):
            self.outbox.mark_replaced(record_id, by_record)
            self.uploads.remove(record_id)
        elif by_record:
            self.outbox.mark_withdrawn(record_id, by_record)
        else:
            self.outbox.unreplace(record_id)

    def add_record(self, record: StoredRecord) -> bool:
        """A record that is not there yet, with its outbox entry and its uploads."""
        if self._db.execute("SELECT 1 FROM record WHERE record_id = ?", [record.record_id]).fetchone():
            return False
        self.outbox.add(msgspec.structs.replace(record, device_seq=self._free_sequence(record.device_seq)))
        self._db.execute("UPDATE outbox SET frozen_at = ? WHERE op_id = ?", [self._now, record.record_id])
        try:
            photos = decode_record(record.record_type, record.body).photos
        except msgspec.DecodeError:  # kept as it is; central will say what it thinks of it
            photos = ()
        self.uploads.add(record.record_id, record.device_seq, photos)
        return True

    def _free_sequence(self, wanted: int) -> int:
        """The record's number in the order of sending; the next one where another record has it."""
        if self._db.execute("SELECT 1 FROM record WHERE device_seq = ?", [wanted]).fetchone() is None:
            return wanted
        return int(self._db.execute("SELECT max(device_seq) + 1 FROM record").fetchone()[0])

    def _remove_record(self, record_id: str) -> None:
        self._db.execute("DELETE FROM outbox WHERE op_id = ? AND receipt = ''", [record_id])
        left = self._db.execute("SELECT 1 FROM outbox WHERE op_id = ?", [record_id]).fetchone()
        if left is None:
            self._db.execute("DELETE FROM record WHERE record_id = ?", [record_id])
            self.uploads.remove(record_id)

    def raise_sequence(self, gap: int = 0) -> None:
        """See to it that no number is given out twice."""
        row = self._db.execute("SELECT coalesce(max(device_seq), 0) FROM record").fetchone()
        kept = self._db.execute("SELECT value FROM meta WHERE name = 'device_seq'").fetchone()
        number = max(int(row[0]), int(kept[0]) if kept else 0) + gap
        self._db.execute(
            "INSERT INTO meta (name, value) VALUES ('device_seq', ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [str(number)],
        )
