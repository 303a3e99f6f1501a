"""A central that lives in memory: the reference of what every remote promises, for tests and trials.

It keeps the promises of ``contract.wire`` and none of the durability: an operation counts at most once and is
answered the same way again, a case stands where the fold of its accepted acts says, files are named by their
hash, and the change feed has one sequence, tombstones and an epoch. ``backup`` and ``restore`` play a server
that was set back. One lock makes it safe for the uploading threads.
"""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import msgspec

from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.contract.ids import check_id, check_sha256
from sync.contract.records import (
    Act,
    AlertAct,
    CallAct,
    Lane,
    LookUp,
    Photo,
    PlaceSource,
    Record,
    check_place,
    id_of,
)
from sync.contract.tables import TABLES, Row, Stream
from sync.contract.text import check_note
from sync.contract.wire import (
    PAGE_LIMIT,
    PHOTO_BYTES_MAX,
    PUSH_BATCH,
    TAKEN_AWAY,
    Change,
    ChangesPage,
    FileAnswer,
    FileOffer,
    OfferStatus,
    PushAnswer,
    PushItem,
    PushReply,
    PushStatus,
    Receipt,
    Urgent,
    decode_record,
    sha256_hex,
)
from sync.remote.base import CursorGone
from sync.remote.memory_alerts import Places
from sync.remote.memory_cases import CaseBook
from sync.remote.memory_map import MemoryMap

Facts = dict[str, str | int | float | bool | None]
FileKey = tuple[str, int, Lane]


class KeptOp(msgspec.Struct, frozen=True):
    """An operation central has judged, and what it answered first."""

    device_id: str
    item: PushItem
    answer: PushAnswer


class _State:
    """Everything that a backup holds."""

    def __init__(self, epoch: str) -> None:
        self.epoch = epoch
        self.sequence = 0
        self.rows: dict[str, dict[str, Row]] = {name: {} for name in TABLES}
        self.log: dict[tuple[str, str], int] = {}
        self.horizon = dict.fromkeys(Stream, 0)
        self.ops: dict[str, KeptOp] = {}
        self.done: dict[str, KeptOp] = {}
        self.wanted: dict[FileKey, tuple[str, int]] = {}
        self.files: dict[str, tuple[bytes, Receipt]] = {}
        self.parts: dict[str, bytearray] = {}
        self.lost: set[str] = set()
        self.places: Places = {}
        self.stretches: list[tuple[int, str]] = [(0, "m0")]
        """From which sequence on which mark: a backup that is put back begins a new one."""

    def mark_at(self, sequence: int) -> str:
        """The mark of the stretch in which a sequence was given out."""
        return next((mark for after, mark in reversed(self.stretches) if after < sequence), "")


class MemoryCentral:
    """One central. ``refused_devices`` are answered with ``device_refused`` whatever they ask."""

    def __init__(
        self,
        *,
        epoch: str = "epoch1",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        page_limit: int = PAGE_LIMIT,
    ) -> None:
        self._state = _State(epoch)
        self._now = now
        self._page_limit = page_limit
        self._lock = threading.RLock()
        self._restored = 0
        self.refused_devices: set[str] = set()
        self.map = MemoryMap()

    @property
    def epoch(self) -> str:
        """The epoch in which receipts and cursors are given out."""
        return self._state.epoch

    def put_row(self, table: str, row: Row) -> None:
        """Insert or replace a row and note the change."""
        with self._lock:
            key = str(row[TABLES[table].key])
            self._state.rows[table][key] = {name: row.get(name) for name in TABLES[table].column_names}
            self._note(table, key)

    def delete_row(self, table: str, key: str) -> None:
        """Delete a row and leave its tombstone."""
        with self._lock:
            self._state.rows[table].pop(key, None)
            self._note(table, key)

    def forget_tombstones(self, stream: Stream) -> None:
        """Drop all tombstones of a stream: cursors from before the last of them are gone."""
        with self._lock:
            state = self._state
            dropped = {
                place: sequence
                for place, sequence in state.log.items()
                if TABLES[place[0]].stream is stream and place[1] not in state.rows[place[0]]
            }
            state.log = {place: state.log[place] for place in state.log.keys() - dropped.keys()}
            state.horizon[stream] = max(dropped.values(), default=state.horizon[stream])

    def backup(self) -> object:
        """Everything as it is now, for ``restore``."""
        with self._lock:
            return copy.deepcopy(self._state)

    def restore(self, backup: object, *, epoch: str | None = None) -> None:
        """Go back to a backup, in another epoch unless the operator forgot to say so (None)."""
        if not isinstance(backup, _State):
            raise TypeError("not a backup of this central")
        with self._lock:
            self._state = copy.deepcopy(backup)
            self._state.epoch = epoch or self._state.epoch
            self._restored += 1
            self._state.stretches.append((self._state.sequence, f"m{self._restored}"))

    def lose_file(self, sha256: str) -> None:
        """Its bytes are gone, though a receipt was given for them: a disk that failed under them."""
        with self._lock:
            self._state.files.pop(sha256)
            self._state.lost.add(sha256)

    def rows(self, table: str) -> dict[str, Row]:
        """A table's rows by key."""
        with self._lock:
            return dict(self._state.rows[table])

    def bodies(self) -> dict[str, str]:
        """The body of every record that was taken, by id."""
        with self._lock:
            return {record_id: op.item.body for record_id, op in self._state.done.items()}

    def lookups(self) -> list[LookUp]:
        """Every look-up that was taken, in the order of its taking."""
        with self._lock:
            done = [op.item for op in self._state.done.values()]
        records = [decode_record(item.record_type, item.body) for item in done]
        return [record for record in records if isinstance(record, LookUp)]

    def hold(self, data: bytes) -> str:
        """Have a file that no tablet sent; its hash is the answer."""
        sha256 = sha256_hex(data)
        with self._lock:
            self._state.files[sha256] = data, self._receipt(sha256, sha256)
        return sha256

    def file(self, sha256: str) -> bytes | None:
        """The bytes of a complete file."""
        with self._lock:
            found = self._state.files.get(sha256)
            return None if found is None else found[0]

    def part_bytes(self, sha256: str) -> int:
        """How much of an unfinished file has arrived."""
        with self._lock:
            return sum(len(part) for name, part in self._state.parts.items() if name.endswith(sha256))

    def admit(self, device_id: str) -> None:
        """Refuse a device that is not let in any more."""
        if device_id in self.refused_devices:
            raise NeedsPerson("device_refused")

    def push(self, device_id: str, items: list[PushItem]) -> PushReply:
        """Judge a batch in its order."""
        if len(items) > PUSH_BATCH:
            raise InputRefused("batch_too_large", count=len(items), limit=PUSH_BATCH)
        with self._lock:
            return PushReply([self._take(device_id, item) for item in items], self._now())

    def offer(self, device_id: str, files: list[FileOffer]) -> list[FileAnswer]:
        """Say of each file whether its bytes are held, needed or refused."""
        if len(files) > PUSH_BATCH:
            raise InputRefused("batch_too_large", count=len(files), limit=PUSH_BATCH)
        with self._lock:
            return [self._judge_offer(device_id, file) for file in files]

    def append(self, device_id: str, file: FileOffer, offset: int, data: bytes) -> int:
        """Take bytes of an upload at ``offset``; returns how many are here. The last ones are verified."""
        with self._lock:
            if file.sha256 in self._state.files:
                return file.bytes
            name = _part_name(device_id, file.sha256)
            part = self._state.parts.setdefault(name, bytearray())
            if offset != len(part):
                raise RetryLater("offset_mismatch", offset=len(part))
            part += data
            if len(part) < file.bytes:
                return len(part)
            whole = bytes(self._state.parts.pop(name))
            if sha256_hex(whole) != file.sha256:
                raise InputRefused("hash_mismatch", sha256=file.sha256)
            self._state.files[file.sha256] = whole, self._receipt(file.sha256, file.sha256)
            self._state.lost.discard(file.sha256)
            return file.bytes

    def page(self, stream: Stream, cursor: str, *, device_id: str = "", seen: str = "") -> ChangesPage:
        """The changes after a cursor; of the work stream also which files of the device are missing."""
        with self._lock:
            state = self._state
            if seen and not all(self._gave_out(one) for one in seen.split(",")):
                raise CursorGone("cursor_gone", stream=stream.value)
            after, since = self._place(stream, cursor)
            found = sorted(
                (sequence, table, key)
                for (table, key), sequence in state.log.items()
                if sequence > after and TABLES[table].stream is stream
            )
            more = len(found) > self._page_limit
            found = found[: self._page_limit]
            if more:
                cursor = self._cursor(found[-1][0], since)
            elif found or not cursor:
                cursor = self.cursor()
            changes = [
                Change(number, name, key, copy.copy(state.rows[name].get(key))) for number, name, key in found
            ]
            missing = self._missing(device_id) if stream is Stream.WORK else []
            return ChangesPage(state.epoch, cursor, more, changes, self._now(), missing=missing)

    def cursor(self) -> str:
        """The cursor of the feed's end. Opaque to everybody else."""
        return self._cursor(self._state.sequence, self._state.sequence)

    @property
    def sequence(self) -> int:
        """The last sequence given out."""
        return self._state.sequence

    def urgent(self, epoch: str, after: int) -> Urgent:
        """Permits taken away after a sequence of that epoch, and the blacklist."""
        with self._lock:
            state = self._state
            since = after if epoch == state.epoch else 0
            taken_away = [
                (key, str(row["status"]), str(row["reason"] or ""))
                for key, row in state.rows["permit"].items()
                if row["status"] in TAKEN_AWAY and state.log["permit", key] > since
            ]
            blacklist = list(state.rows["blacklist"].values())
            return Urgent(state.epoch, state.sequence, taken_away, blacklist, self._now())

    def consistent(self) -> threading.RLock:
        """Hold this to read several things of one moment."""
        return self._lock

    def _cursor(self, sequence: int, began: int) -> str:
        """Where a walk stands, where the feed ended when it began, and where it ends now."""
        state = self._state
        return f"{state.epoch}.{sequence}.{began}.{state.sequence}.{state.mark_at(state.sequence)}"

    def _gave_out(self, seen: str) -> bool:
        epoch, _, rest = seen.partition(".")
        sequence, _, mark = rest.partition(".")
        if not sequence.isdecimal():
            raise InputRefused("cursor_invalid")
        state = self._state
        return (
            epoch == state.epoch and int(sequence) <= state.sequence and mark == state.mark_at(int(sequence))
        )

    def _missing(self, device_id: str) -> list[str]:
        """What of this device's files was vouched for and is gone."""
        state = self._state
        if not state.lost:
            return []
        mine = {item_id for item_id, op in state.done.items() if op.device_id == device_id}
        return sorted(
            {sha for (record, _, _), (sha, _) in state.wanted.items() if record in mine} & state.lost
        )

    def _note(self, table: str, key: str) -> int:
        self._state.sequence += 1
        self._state.log[table, key] = self._state.sequence
        return self._state.sequence

    def _receipt(self, record_id: str, sha256: str) -> Receipt:
        self._state.sequence += 1
        return self._receipt_at_head(record_id, sha256)

    def _receipt_at_head(self, record_id: str, sha256: str) -> Receipt:
        sequence = self._state.sequence
        mark = self._state.mark_at(sequence)
        return Receipt(record_id, sha256, sequence, self._now(), self._state.epoch, mark)

    def _now_given(self, receipt: Receipt | None) -> Receipt | None:
        """A receipt given out again: it is of the epoch central is in now."""
        return msgspec.structs.replace(receipt, epoch=self._state.epoch) if receipt else None

    def _place(self, stream: Stream, cursor: str) -> tuple[int, int]:
        """Where a cursor stands, and where the feed ended when its walk began.

        A walk from the start needs no tombstones from before it began, so it may go on below the horizon.
        """
        state = self._state
        if not cursor:
            return 0, state.sequence
        parts = cursor.split(".")
        if len(parts) != 5 or not parts[0] or not all(part.isdecimal() for part in parts[1:4]):
            raise InputRefused("cursor_invalid")
        epoch, mark = parts[0], parts[4]
        after, since, ended = (int(part) for part in parts[1:4])
        is_ours = epoch == state.epoch and ended <= state.sequence and mark == state.mark_at(ended)
        if not is_ours or not state.horizon[stream] <= max(after, since) <= ended:
            raise CursorGone("cursor_gone", stream=stream.value)
        return after, since

    def _take(self, device_id: str, item: PushItem) -> PushAnswer:
        try:
            check_id(item.op_id)
            check_id(item.record_id)
            if sha256_hex(item.body.encode()) != item.body_sha256:
                raise InputRefused("hash_mismatch")
        except InputRefused as refusal:
            return _refusal(item, refusal)
        known = self._known(device_id, item)
        if known is not None:
            return known
        answer = self._decide(device_id, item)
        if answer.status is PushStatus.REFUSED and any(
            item.record_id in self._state.rows[table] for table in ("case_act", "alert_act", "call_act")
        ):
            shown = self._receipt_at_head(item.record_id, item.body_sha256).seen
            answer = msgspec.structs.replace(answer, seen=shown)
        kept = KeptOp(device_id, item, answer)
        self._state.ops[item.op_id] = kept
        if answer.status is PushStatus.DONE:
            self._state.done[item.record_id] = kept
        return answer

    def _known(self, device_id: str, item: PushItem) -> PushAnswer | None:
        for kept, code in (
            (self._state.ops.get(item.op_id), "op_conflict"),
            (self._state.done.get(item.record_id), "record_conflict"),
        ):
            if kept is None:
                continue
            first = kept.item
            if (kept.device_id, first.record_id, first.body_sha256) != (
                device_id,
                item.record_id,
                item.body_sha256,
            ):
                return PushAnswer(item.op_id, PushStatus.CONFLICT, code=code)
            if kept.answer.status is PushStatus.DONE:
                return PushAnswer(item.op_id, PushStatus.ALREADY_DONE, self._now_given(kept.answer.receipt))
            if item.record_id in self._state.rows["case_act"]:
                return kept.answer
        return None

    def _decide(self, device_id: str, item: PushItem) -> PushAnswer:
        book = CaseBook(self._state.rows, self._note, self._now, self._state.places)
        try:
            record = decode_record(item.record_type, item.body)
        except (msgspec.DecodeError, RecursionError):
            return _refusal(item, InputRefused("record_malformed"))
        try:
            _check(device_id, item, record)
            settled = book.take(record, item.body)
        except InputRefused as refusal:
            return _refusal(item, refusal)
        except FieldError as refusal:
            if isinstance(record, Act | AlertAct | CallAct):
                book.keep_refused(record, item.body, refusal)
                self._want(item.record_id, record.photos)
            return _refusal(item, refusal)
        for act_id in settled:
            self._settle(act_id)
        self._want(item.record_id, record.photos)
        place = record.place
        own = place.source in (PlaceSource.GNSS, PlaceSource.REPLAY) and not place.stale
        if own and place.lon is not None and place.lat is not None:
            self._state.places[record.officer_id] = (place.lon, place.lat, self._now().isoformat())
        return PushAnswer(item.op_id, PushStatus.DONE, self._receipt(item.record_id, item.body_sha256))

    def _settle(self, act_id: str) -> None:
        """A refused act was ruled on: its device gets a receipt for it from now on."""
        kept = next(kept for kept in self._state.ops.values() if kept.item.record_id == act_id)
        receipt = self._receipt(act_id, kept.item.body_sha256)
        done = PushAnswer(kept.item.op_id, PushStatus.DONE, receipt)
        self._state.ops[kept.item.op_id] = KeptOp(kept.device_id, kept.item, done)
        self._state.done[act_id] = self._state.ops[kept.item.op_id]

    def _want(self, record_id: str, photos: tuple[Photo, ...]) -> None:
        for photo in photos:
            for file in photo.files:
                self._state.wanted[record_id, photo.slot, file.lane] = file.sha256, file.bytes

    def _judge_offer(self, device_id: str, file: FileOffer) -> FileAnswer:
        state = self._state
        wanted = state.wanted.get((file.record_id, file.slot, file.lane))
        if wanted is None:
            return FileAnswer(file.sha256, OfferStatus.REFUSED, code="record_unknown")
        if wanted != (file.sha256, file.bytes):
            return FileAnswer(file.sha256, OfferStatus.REFUSED, code="file_mismatch")
        if not 0 < file.bytes <= PHOTO_BYTES_MAX:
            return FileAnswer(file.sha256, OfferStatus.REFUSED, code="file_size_invalid")
        if file.sha256 in state.files:
            return FileAnswer(
                file.sha256, OfferStatus.HELD, receipt=self._now_given(state.files[file.sha256][1])
            )
        name = _part_name(device_id, file.sha256)
        begun = state.parts.get(name)
        if begun is None:
            return FileAnswer(file.sha256, OfferStatus.NEEDED)
        return FileAnswer(file.sha256, OfferStatus.NEEDED, upload=name, offset=len(begun))


def _part_name(device_id: str, sha256: str) -> str:
    return f"{device_id}/{sha256}"


def _refusal(item: PushItem, refusal: FieldError) -> PushAnswer:
    facts: Facts = {
        name: value if isinstance(value, str | int | float | bool) or value is None else str(value)
        for name, value in refusal.facts.items()
    }
    return PushAnswer(item.op_id, PushStatus.REFUSED, code=refusal.code, facts=facts)


def _check(device_id: str, item: PushItem, record: Record) -> None:
    own_id = id_of(record)
    if own_id != item.record_id:
        raise InputRefused("record_id_mismatch", record_id=own_id[:64])
    if record.device_id != device_id:
        raise InputRefused("device_mismatch", device_id=record.device_id[:64])
    check_note(record.note)
    check_place(record.place)
    for photo in record.photos:
        for file in photo.files:
            check_sha256(file.sha256)


def pieces_of(data: bytes, size: int) -> Iterator[bytes]:
    """Bytes in pieces of at most ``size``."""
    for start in range(0, len(data), size):
        yield data[start : start + size]
