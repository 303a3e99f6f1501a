"""The outbox: every record on its way, with its state and the reason why it has not gone.

``waiting → sending → sent``, or ``needs_you`` with central's reason, and from there ``replaced`` once a
corrected record goes in its place. The body is frozen just before the first byte of it leaves the tablet;
from then on an entry can only be sent again as it is, never changed or removed.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import msgspec

from sync.contract.records import QUIET, RecordType
from sync.contract.wire import PushItem, Receipt
from sync.replica.database import Database
from sync.replica.notes import UNHEARD, Notes

Facts = dict[str, str | int | float | bool | None]


class ItemState(Enum):
    """The five states a person sees, and what has been settled by another record in its place."""

    DRAFT = "draft"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    NEEDS_YOU = "needs_you"
    REPLACED = "replaced"


class StoredRecord(msgspec.Struct, frozen=True):
    """A record as saved, with the body exactly as it will be sent."""

    record_id: str
    record_type: RecordType
    case_id: str
    officer_id: str
    device_seq: int
    created_at: datetime
    body: str
    body_sha256: str
    withdrawn_by: str = ""


class Entry(msgspec.Struct, frozen=True):
    """An outbox entry with its record. ``frozen_at`` is "" until the first send starts."""

    record: StoredRecord
    state: ItemState
    frozen_at: str
    attempts: int
    tried_at: str
    code: str
    facts: Facts
    receipt: Receipt | None


_CASE_UNKNOWN = "case_unknown"
_CONFLICTS = frozenset({"conflict", "op_conflict", "record_conflict"})
_RECORD = (
    "r.record_id, r.record_type, r.case_id, r.officer_id, r.device_seq, r.created_at, r.body, "
    "r.body_sha256, r.withdrawn_by"
)
_ENTRY = f"{_RECORD}, o.state, o.frozen_at, o.attempts, o.tried_at, o.code, o.facts, o.receipt"
_FROM = "FROM outbox o JOIN record r ON r.record_id = o.op_id"
_QUIET = ", ".join(f"'{kind.value}'" for kind in sorted(QUIET, key=lambda kind: kind.value))
_LOUD = f"(r.record_type NOT IN ({_QUIET}) OR o.state = 'needs_you')"


class Outbox:
    """Rows of ``record`` and ``outbox``; an entry's op id is its record's id."""

    def __init__(self, db: Database, notes: Notes = UNHEARD) -> None:
        self._db = db
        self._notes = notes

    def add(self, record: StoredRecord) -> None:
        """Save a record and its outbox entry (call inside the act's one transaction)."""
        self._db.execute(
            "INSERT INTO record (record_id, record_type, case_id, officer_id, device_seq, created_at, body, "
            "body_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                record.record_id,
                record.record_type.value,
                record.case_id,
                record.officer_id,
                record.device_seq,
                record.created_at.isoformat(),
                record.body,
                record.body_sha256,
            ],
        )
        self._db.execute(
            "INSERT INTO outbox (op_id, device_seq) VALUES (?, ?)", [record.record_id, record.device_seq]
        )
        self._notes.record_kept(record)

    def entry(self, record_id: str) -> Entry | None:
        """One entry."""
        row = self._db.execute(f"SELECT {_ENTRY} {_FROM} WHERE o.op_id = ?", [record_id]).fetchone()
        return None if row is None else _entry(row)

    def entries(self, *, after_seq: int | None = None, limit: int = 500) -> list[Entry]:
        """Entries newest first, paged by device number; quiet ones only when they need a person."""
        rows = self._db.execute(
            f"SELECT {_ENTRY} {_FROM} WHERE o.device_seq < ? AND {_LOUD} ORDER BY o.device_seq DESC LIMIT ?",
            [2**62 if after_seq is None else after_seq, limit],
        ).fetchall()
        return [_entry(row) for row in rows]

    def records_of_case(self, case_id: str) -> list[Entry]:
        """This device's own entries on a case, in device order."""
        rows = self._db.execute(
            f"SELECT {_ENTRY} {_FROM} WHERE r.case_id = ? ORDER BY o.device_seq", [case_id]
        ).fetchall()
        return [_entry(row) for row in rows]

    def untold_visits(self) -> list[Entry]:
        """Visits of this device that central has not told back, newest first."""
        rows = self._db.execute(
            f"SELECT {_ENTRY} {_FROM} WHERE r.case_id = '' AND r.record_type = 'visit'"
            " AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.visit_id = r.record_id)"
            " ORDER BY o.device_seq DESC"
        ).fetchall()
        return [_entry(row) for row in rows]

    def untold_acts(self, case_id: str) -> list[Entry]:
        """This device's own acts on a case that central has not told back, in device order."""
        rows = self._db.execute(
            f"SELECT {_ENTRY} {_FROM} WHERE r.case_id = ? AND r.record_type = 'act' AND NOT EXISTS "
            "(SELECT 1 FROM case_act a WHERE a.act_id = r.record_id) ORDER BY o.device_seq",
            [case_id],
        ).fetchall()
        return [_entry(row) for row in rows]

    def unreceipted(self, *, after_seq: int = 0, limit: int = 200) -> list[Entry]:
        """Entries that are not all at central, the record or one of its files, oldest first."""
        rows = self._db.execute(
            f"SELECT {_ENTRY} {_FROM} WHERE o.device_seq > ? "
            "AND (o.state NOT IN ('sent', 'replaced') OR EXISTS "
            "(SELECT 1 FROM upload u WHERE u.record_id = o.op_id AND u.state <> 'sent')) "
            "ORDER BY o.device_seq LIMIT ?",
            [after_seq, limit],
        ).fetchall()
        return [_entry(row) for row in rows]

    def next_batch(
        self, limit: int, *, after_seq: int = 0, upto_seq: int = 1 << 62, body_bytes: int = 1 << 62
    ) -> list[PushItem]:
        """The oldest entries that have to go, as they are; until frozen they can still be taken back.

        Only entries with a device number above ``after_seq`` and up to ``upto_seq``, and no more than
        ``body_bytes`` of bodies (but at least one).
        """
        rows = self._db.execute(
            "SELECT r.record_id, r.device_seq, r.record_type, r.body, r.body_sha256 "
            f"{_FROM} WHERE o.state IN ('waiting', 'sending') AND o.device_seq > ? "
            "AND o.device_seq <= ? ORDER BY o.device_seq LIMIT ?",
            [after_seq, upto_seq, limit],
        )
        items: list[PushItem] = []
        room = body_bytes
        for record_id, device_seq, record_type, body, body_sha256 in rows:
            room -= len(body.encode())
            if items and room < 0:
                break
            kind = RecordType(record_type)
            items.append(PushItem(record_id, device_seq, kind, record_id, body, body_sha256))
        return items

    def freeze_batch(
        self,
        limit: int,
        now: datetime,
        *,
        after_seq: int = 0,
        upto_seq: int = 1 << 62,
        body_bytes: int = 1 << 62,
    ) -> list[PushItem]:
        """Take the next batch and freeze it: from now on it may be at central, and goes only as it is."""
        items = self.next_batch(limit, after_seq=after_seq, upto_seq=upto_seq, body_bytes=body_bytes)
        self._db.conn.executemany(
            "UPDATE outbox SET state = 'sending', tried_at = ?, attempts = attempts + 1, "
            "frozen_at = CASE frozen_at WHEN '' THEN ? ELSE frozen_at END WHERE op_id = ?",
            [(now.isoformat(), now.isoformat(), item.op_id) for item in items],
        )
        return items

    def freeze(self, op_ids: list[str], now: datetime) -> None:
        """These leave the tablet by another way than the wire; central may get them: none can be removed."""
        self._db.conn.executemany(
            "UPDATE outbox SET frozen_at = ? WHERE op_id = ? AND frozen_at = ''",
            [(now.isoformat(), op_id) for op_id in op_ids],
        )

    def note_unreached(self, op_ids: list[str], now: datetime, code: str, facts: Facts) -> None:
        """A try of which nothing left the tablet: they wait, with the reason, as free or frozen as before."""
        self._db.conn.executemany(
            "UPDATE outbox SET state = 'waiting', tried_at = ?, attempts = attempts + 1, code = ?, facts = ? "
            "WHERE op_id = ? AND state IN ('waiting', 'sending')",
            [(now.isoformat(), code, _json(facts), op_id) for op_id in op_ids],
        )

    def put_back(self, op_ids: list[str], code: str, facts: Facts) -> None:
        """A send failed on the way: the entries wait again, with the reason."""
        self._db.conn.executemany(
            "UPDATE outbox SET state = 'waiting', code = ?, facts = ? WHERE op_id = ? AND state = 'sending'",
            [(code, _json(facts), op_id) for op_id in op_ids],
        )

    def mark_sent(self, op_id: str, receipt: Receipt) -> None:
        """Central has it: keep the receipt."""
        self._db.execute(
            "UPDATE outbox SET state = 'sent', code = '', facts = '{}', receipt = ? WHERE op_id = ?",
            [_json(receipt), op_id],
        )

    def mark_needs_you(self, op_id: str, code: str, facts: Facts) -> None:
        """Central refused it: it is kept, shown with the reason, and never destroyed."""
        self._db.execute(
            "UPDATE outbox SET state = 'needs_you', code = ?, facts = ? WHERE op_id = ?",
            [code, _json(facts), op_id],
        )

    def try_again(self, op_id: str) -> None:
        """A person asks to offer a refused entry once more, as it is."""
        self._db.execute(
            "UPDATE outbox SET state = 'waiting' WHERE op_id = ? AND state = 'needs_you'", [op_id]
        )

    def reconsider(self, cases: set[str], done: set[str]) -> int:
        """What was refused for want of a case that central now tells of, or is told as done after all: it
        goes again, as it is, for its receipt. Returns how many do."""
        refused = self._db.execute(
            "SELECT o.op_id, r.case_id, o.code FROM outbox o JOIN record r ON r.record_id = o.op_id "
            "WHERE o.state = 'needs_you'"
        ).fetchall()
        again = [
            op_id
            for op_id, case_id, code in refused
            if (code == _CASE_UNKNOWN and case_id in cases) or (code not in _CONFLICTS and op_id in done)
        ]
        for op_id in again:
            self.try_again(op_id)
        return len(again)

    def offer_again(self, epoch: str) -> int:
        """Central is another one than it was: whatever has a receipt of another epoch is offered again.

        So is what the former one refused: this one may know nothing of it, and may judge it otherwise.
        """
        found = self._db.execute(
            "UPDATE outbox SET state = 'waiting', code = 'server_restored' WHERE (state = 'sent' "
            "AND json_extract(receipt, '$.epoch') <> ?) OR (state = 'needs_you' AND code NOT IN "
            f"({', '.join('?' for _ in _CONFLICTS)})) RETURNING op_id",
            [epoch, *sorted(_CONFLICTS)],
        ).fetchall()
        return len(found)

    def offer_once_more(self, op_id: str) -> None:
        """Central does not know a record it gave a receipt for: it goes again, as it is."""
        self._db.execute(
            "UPDATE outbox SET state = 'waiting', code = 'server_restored' "
            "WHERE op_id = ? AND state = 'sent'",
            [op_id],
        )

    def remove_unsent(self, record_id: str) -> bool:
        """Undo before the first send started: the record and its entry go. False when it was too late."""
        found = self._db.execute(
            "DELETE FROM outbox WHERE op_id = ? AND frozen_at = '' RETURNING op_id", [record_id]
        ).fetchall()
        if found:
            self._db.execute("DELETE FROM record WHERE record_id = ?", [record_id])
            self._notes.record_removed(record_id)
        return bool(found)

    def mark_replaced(self, record_id: str, by_record: str) -> None:
        """A corrected record goes in the place of this refused one, which is kept as it is.

        One that names itself is settled: its person has read why it was refused, and nothing takes its place.
        """
        self._db.execute(
            "UPDATE outbox SET state = 'replaced' WHERE op_id = ? AND state IN ('needs_you', 'waiting')",
            [record_id],
        )
        self.mark_withdrawn(record_id, by_record)

    def replaced_by(self, record_id: str) -> list[StoredRecord]:
        """What this record was made in the place of."""
        rows = self._db.execute(
            f"SELECT {_RECORD} {_FROM} WHERE r.withdrawn_by = ? AND o.state = 'replaced'", [record_id]
        ).fetchall()
        return [_record(row) for row in rows]

    def unreplace(self, record_id: str) -> None:
        """The corrected record was taken back: this one needs a person again."""
        self._db.execute(
            "UPDATE outbox SET state = 'needs_you' WHERE op_id = ? AND state = 'replaced'", [record_id]
        )
        self.mark_withdrawn(record_id, "")

    def mark_withdrawn(self, record_id: str, by_act: str) -> None:
        """Note which act took this record back."""
        self._db.execute("UPDATE record SET withdrawn_by = ? WHERE record_id = ?", [by_act, record_id])
        self._notes.record_withdrawn(record_id, by_act)

    def pending(self) -> tuple[int, str]:
        """How many entries have not gone, and when the oldest was made ("" when none). Without quiet ones."""
        row = self._db.execute(
            f"SELECT count(*), coalesce(min(r.created_at), '') {_FROM} "
            f"WHERE o.state IN ('waiting', 'sending') AND {_LOUD}"
        ).fetchone()
        return int(row[0]), str(row[1])

    def has_unsent(self, *, after_seq: int = 0, upto_seq: int = 1 << 62) -> bool:
        """Whether an entry of these device numbers has to go."""
        row = self._db.execute(
            "SELECT 1 FROM outbox WHERE state IN ('waiting', 'sending') AND device_seq > ? "
            "AND device_seq <= ? LIMIT 1",
            [after_seq, upto_seq],
        ).fetchone()
        return row is not None

    def quietly_pending(self) -> int:
        """How many look-ups, stretches of a track and shift checks have not gone."""
        row = self._db.execute(
            f"SELECT count(*) {_FROM} WHERE o.state IN ('waiting', 'sending') AND NOT {_LOUD}"
        ).fetchone()
        return int(row[0])

    def needing_you(self) -> int:
        """How many entries wait for a person, for themselves or for one of their files."""
        row = self._db.execute(
            "SELECT count(*) FROM (SELECT op_id FROM outbox WHERE state = 'needs_you' UNION "
            "SELECT o.op_id FROM upload u JOIN outbox o ON o.op_id = u.record_id "
            "WHERE u.state = 'needs_you' AND o.state <> 'replaced')"
        ).fetchone()
        return int(row[0])


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _record(row: tuple[str, ...]) -> StoredRecord:
    made_at = datetime.fromisoformat(row[5])
    return StoredRecord(
        row[0], RecordType(row[1]), row[2], row[3], int(row[4]), made_at, row[6], row[7], row[8]
    )


def _entry(row: tuple[str, ...]) -> Entry:
    return Entry(
        _record(row),
        ItemState(row[9]),
        row[10],
        int(row[11]),
        row[12],
        row[13],
        msgspec.json.decode(row[14], type=Facts),
        msgspec.json.decode(row[15], type=Receipt) if row[15] else None,
    )
