"""Uploads: every photo file on its way, by (record, slot, lane), with progress, reason and receipt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from sync.contract.records import Lane, Photo
from sync.contract.wire import FileOffer, Receipt
from sync.replica.database import Database
from sync.replica.outbox import ItemState


class Upload(msgspec.Struct, frozen=True):
    """One file on its way."""

    file: FileOffer
    state: ItemState
    sent_bytes: int
    attempts: int
    tried_at: str
    code: str
    receipt: Receipt | None
    device_seq: int = 0


class PendingFiles(msgspec.Struct, frozen=True):
    """Photos (originals) and bytes that have not gone."""

    photos: int
    bytes: int


_COLUMNS = (
    "sha256, bytes, media_type, lane, record_id, slot, state, sent_bytes, attempts, tried_at, code, receipt, "
    "device_seq"
)
_LANE_ORDER = "CASE lane WHEN 'thumbnail' THEN 0 WHEN 'stamped' THEN 1 ELSE 2 END"


class Uploads:
    """Rows of ``upload``."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, record_id: str, device_seq: int, photos: tuple[Photo, ...]) -> None:
        """Put every file of a record's photos on its way (inside the act's one transaction)."""
        self._db.conn.executemany(
            "INSERT INTO upload (record_id, slot, lane, sha256, bytes, media_type, device_seq) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (record_id, photo.slot, file.lane.value, file.sha256, file.bytes, file.media_type, device_seq)
                for photo in photos
                for file in photo.files
            ],
        )

    def remove(self, record_id: str) -> None:
        """Undo before the first send: nothing of the record is on its way any more."""
        self._db.execute("DELETE FROM upload WHERE record_id = ?", [record_id])

    def waiting(self, limit: int, *, held: Iterable[str] = (), upto_seq: int = 0) -> list[Upload]:
        """Files whose record central already has, be it as a refused act beside its case, which people
        must be able to judge: lane by lane, oldest record first, small before large.

        Files of the ``held`` lanes only up to the device number ``upto_seq``.
        """
        lanes = list(held)
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM upload u WHERE state IN ('waiting', 'sending') AND EXISTS "
            "(SELECT 1 FROM outbox o WHERE o.op_id = u.record_id AND (o.state = 'sent' "
            "OR (o.state = 'needs_you' AND EXISTS (SELECT 1 FROM case_act a WHERE a.act_id = u.record_id)))) "
            f"AND (device_seq <= ? OR lane NOT IN ({', '.join('?' * len(lanes))})) "
            f"ORDER BY attempts > 3, {_LANE_ORDER}, device_seq, bytes LIMIT ?",
            [upto_seq, *lanes, limit],
        ).fetchall()
        return [_upload(row) for row in rows]

    def of_record(self, record_id: str) -> list[Upload]:
        """All files of a record, by slot and lane."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM upload WHERE record_id = ? ORDER BY slot, {_LANE_ORDER}", [record_id]
        ).fetchall()
        return [_upload(row) for row in rows]

    def unreceipted(self) -> list[FileOffer]:
        """Every file without a receipt, oldest record first, small before large."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM upload WHERE state <> 'sent' ORDER BY device_seq, bytes"
        ).fetchall()
        return [_upload(row).file for row in rows]

    def derived_unreceipted(self, limit: int) -> list[FileOffer]:
        """Thumbnails and stamped pictures without a receipt, oldest record first."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM upload WHERE state <> 'sent' AND lane <> 'original' "
            "ORDER BY device_seq LIMIT ?",
            [limit],
        ).fetchall()
        return [_upload(row).file for row in rows]

    def start(self, file: FileOffer, now: datetime) -> None:
        """A send starts."""
        self._update(file, "state = 'sending', attempts = attempts + 1, tried_at = ?", now.isoformat())

    def progress(self, file: FileOffer, sent_bytes: int) -> None:
        """Central has this many bytes."""
        self._update(file, "sent_bytes = ?", sent_bytes)

    def put_back(self, file: FileOffer, code: str) -> None:
        """A send failed on the way: it waits again, with the reason."""
        self._update(file, "state = 'waiting', code = ?", code)

    def forget_try(self, file: FileOffer) -> None:
        """A send was stopped for something that says nothing of the file: it does not count as a try."""
        self._update(file, "attempts = max(attempts - ?, 0)", 1)

    def mark_sent(self, sha256: str, receipt: Receipt) -> None:
        """Central holds these bytes, for every slot that names them."""
        self._db.execute(
            "UPDATE upload SET state = 'sent', sent_bytes = bytes, code = '', receipt = ? WHERE sha256 = ?",
            [msgspec.json.encode(receipt).decode(), sha256],
        )

    def mark_needs_you(self, file: FileOffer, code: str) -> None:
        """This file cannot go as it is; the others go on."""
        self._update(file, "state = 'needs_you', code = ?", code)

    def hold_back(self, sha256: str, code: str) -> None:
        """An original that is not what was saved must not be sent; its derivatives and all others go on."""
        self._db.execute(
            "UPDATE upload SET state = 'needs_you', code = ? WHERE sha256 = ? AND lane = 'original' "
            "AND state IN ('waiting', 'sending')",
            [code, sha256],
        )

    def is_at_central(self, sha256: str) -> bool:
        """Whether central has given a receipt for a file."""
        row = self._db.execute(
            "SELECT 1 FROM upload WHERE sha256 = ? AND state = 'sent' LIMIT 1", [sha256]
        ).fetchone()
        return row is not None

    def try_again(self, record_id: str) -> None:
        """A person asks to try a record's refused files once more."""
        self._db.execute(
            "UPDATE upload SET state = 'waiting', attempts = 0 WHERE record_id = ? AND state = 'needs_you'",
            [record_id],
        )

    def offer_again(self, epoch: str) -> None:
        """Central is another one than it was: ask again for every file it gave no receipt for since."""
        self._db.execute(
            "UPDATE upload SET state = 'waiting', sent_bytes = 0, attempts = 0 WHERE state = 'sent' "
            "AND json_extract(receipt, '$.epoch') <> ?",
            [epoch],
        )

    def of_hash(self, sha256: str) -> list[Upload]:
        """Every place of a file in records."""
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM upload WHERE sha256 = ?", [sha256]).fetchall()
        return [_upload(row) for row in rows]

    def sent_of(self, hashes: list[str]) -> list[Upload]:
        """Files with these hashes that have a receipt."""
        marks = ", ".join("?" for _ in hashes)
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM upload WHERE sha256 IN ({marks}) AND state = 'sent'", hashes
        ).fetchall()
        return [_upload(row) for row in rows]

    def offer_once_more(self, file: FileOffer) -> None:
        """Central has lost the bytes of a file it gave a receipt for: it goes again."""
        self._update(file, "sent_bytes = 0, attempts = 0, code = 'server_restored', state = ?", "waiting")

    def pending(self) -> PendingFiles:
        """What has not gone: originals counted as photos, bytes of all lanes less what central has."""
        row = self._db.execute(
            "SELECT coalesce(sum(lane = 'original'), 0), coalesce(sum(bytes - sent_bytes), 0) FROM upload "
            "WHERE state IN ('waiting', 'sending', 'needs_you')"
        ).fetchone()
        return PendingFiles(int(row[0]), int(row[1]))

    def has_unsent(self, upto_seq: int) -> bool:
        """Whether a file of a record up to this device number has to go."""
        row = self._db.execute(
            "SELECT 1 FROM upload WHERE state IN ('waiting', 'sending') AND device_seq <= ? LIMIT 1",
            [upto_seq],
        ).fetchone()
        return row is not None

    def newest(self, limit: int) -> list[FileOffer]:
        """The files put on their way last, newest first."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM upload ORDER BY record_id DESC LIMIT ?", [limit]
        ).fetchall()
        return [_upload(row).file for row in rows]

    def originals(self) -> list[Upload]:
        """Every original this device has ever put on its way."""
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM upload WHERE lane = 'original'").fetchall()
        return [_upload(row) for row in rows]

    def _update(self, file: FileOffer, change: str, value: str | int) -> None:
        self._db.execute(
            f"UPDATE upload SET {change} WHERE record_id = ? AND slot = ? AND lane = ?",
            [value, file.record_id, file.slot, file.lane.value],
        )


def _upload(row: tuple[str, ...]) -> Upload:
    offer = FileOffer(row[0], int(row[1]), row[2], Lane(row[3]), row[4], int(row[5]))
    receipt = msgspec.json.decode(row[11], type=Receipt) if row[11] else None
    return Upload(offer, ItemState(row[6]), int(row[7]), int(row[8]), row[9], row[10], receipt, int(row[12]))
