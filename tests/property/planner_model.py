"""Tablets, a central and an adversarial network as one pure model: `plan` and `merge` decide all it does.

The model tablet holds no files and no database; every decision about what an answer means is the product's
own. The network drops, loses replies, delivers late and twice, shuffles and thins out answers, and mixes in
receipts of others. Central is the shipped one in memory.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import msgspec

from sync.contract.errors import FieldError, RetryLater
from sync.contract.lifecycle import Step
from sync.contract.records import Act, Record
from sync.contract.tables import CASE_ACT, CITY_CASE, Row, Stream
from sync.contract.wire import (
    Change,
    ChangesPage,
    FileAnswer,
    FileOffer,
    PushItem,
    PushReply,
    Receipt,
)
from sync.merge import MergedStanding, merge_standing, standing_of
from sync.plan import (
    RECORD_LOST,
    Fate,
    decide_file_failure,
    decide_files,
    decide_push,
    guard_deletes,
    refuse_shrinking,
)
from sync.remote.base import CursorGone
from sync.remote.memory import MemoryCentral, MemoryRemote

T = TypeVar("T")
WAITING, SENT, NEEDS_YOU = "waiting", "sent", "needs_you"
LATE_MOST = 30


class Network:
    """One tablet's way to central, and what goes wrong on it."""

    def __init__(self, central: MemoryCentral, device_id: str, chance: random.Random) -> None:
        self.remote = MemoryRemote(central, device_id)
        self.chance = chance
        self.share = 0.0
        self.lies = 0.0
        self.late: list[Callable[[], object]] = []
        self.seen: list[Receipt] = []

    def push(self, items: list[PushItem]) -> PushReply:
        """Send records; their answers may come back in any state."""
        reply = self._carry(lambda: self.remote.push(items))
        answers = list(reply.answers)
        self.seen += [a.receipt for a in answers if a.receipt]
        if self._lies():
            self.chance.shuffle(answers)
        if answers and self._lies():
            answers = answers[: self.chance.randrange(len(answers) + 1)]
        if self.seen and self._lies():  # a receipt of somebody else's record in place of this one's
            answers = [
                msgspec.structs.replace(a, receipt=self.chance.choice(self.seen)) if a.receipt else a
                for a in answers
            ]
        return PushReply(answers, reply.server_time)

    def offer(self, files: list[FileOffer]) -> list[FileAnswer]:
        """Offer files; answers may be missing, shuffled or vouch for another file."""
        answers = list(self._carry(lambda: self.remote.offer(files)))
        if answers and self._lies():
            answers = answers[: self.chance.randrange(len(answers) + 1)]
        if self.seen and self._lies():
            answers = [
                msgspec.structs.replace(a, receipt=self.chance.choice(self.seen)) if a.receipt else a
                for a in answers
            ]
        return answers

    def upload(self, file: FileOffer, answer: FileAnswer, data: bytes) -> None:
        """Send a file, perhaps cut, perhaps altered on the way, perhaps from the wrong offset."""
        if self._wrong():
            answer = msgspec.structs.replace(answer, offset=self.chance.randrange(file.bytes + 1))
        if self._wrong():
            data = data[: self.chance.randrange(len(data) + 1)]
        if data and self._wrong():
            at = self.chance.randrange(len(data))
            data = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        self._carry(lambda: self.remote.upload(file, answer, io.BytesIO(data), lambda _: None))

    def changes(self, stream: Stream, cursor: str, seen: str) -> ChangesPage:
        """A page of changes."""
        return self._carry(lambda: self.remote.changes(stream, cursor, seen=seen))

    def deliver_late(self) -> None:
        """Something sent long ago arrives after all."""
        if self.late:
            late = self.late.pop(self.chance.randrange(len(self.late)))
            try:
                late()
            except FieldError:
                return

    def _carry(self, call: Callable[[], T]) -> T:
        if self._wrong():
            if self._wrong() and len(self.late) < LATE_MOST:
                self.late.append(call)
            raise RetryLater("unreachable")
        if self._wrong():
            with suppress(FieldError):
                call()
        told = call()
        if self._wrong():
            raise RetryLater("timeout")
        return told

    def _lies(self) -> bool:
        return self.chance.random() < self.lies

    def _wrong(self) -> bool:
        return self.chance.random() < self.share


class Op(msgspec.Struct):
    """A record on the model tablet."""

    item: PushItem
    record: Record
    state: str = WAITING
    receipt: Receipt | None = None
    code: str = ""


class Upload(msgspec.Struct):
    """A file on the model tablet; ``data`` is None once the local original was let go."""

    offer: FileOffer
    data: bytes | None
    state: str = WAITING
    receipt: Receipt | None = None
    attempts: int = 0
    code: str = ""


class ModelTablet:
    """One tablet, nothing but values."""

    def __init__(self, device_id: str, network: Network, chance: random.Random) -> None:
        self.device_id = device_id
        self.network = network
        self.chance = chance
        self.ops: dict[str, Op] = {}
        self.files: dict[tuple[str, int, str], Upload] = {}
        self.rows: dict[str, dict[str, Row]] = {}
        self.cursor = ""
        self.epoch = ""
        self.newest: dict[str, Receipt] = {}
        self.set_back = False

    def save(self, item: PushItem, record: Record, photos: list[bytes]) -> None:
        """A person saved a record."""
        self.ops[item.op_id] = Op(item, record)
        for photo, data in zip(record.photos, photos, strict=True):
            for file in photo.files:
                offer = FileOffer(
                    file.sha256, file.bytes, file.media_type, file.lane, item.record_id, photo.slot
                )
                self.files[item.record_id, photo.slot, file.lane.value] = Upload(offer, data)

    def round(self, *, agreed: bool = False) -> bool:
        """One round; whether anything was sent or learnt."""
        before = self._fingerprint()
        self._push()
        self._send_files()
        self._pull(agreed=agreed)
        return self._fingerprint() != before

    def _push(self) -> None:
        waiting = [op.item for op in self.ops.values() if op.state == WAITING]
        self.chance.shuffle(waiting)
        while waiting:
            size = self.chance.randint(1, len(waiting))
            batch, waiting = waiting[:size], waiting[size:]
            effects = decide_push(batch, self.network.push(batch).answers)
            assert [effect.op_id for effect in effects] == [item.op_id for item in batch]
            for effect in effects:
                op = self.ops[effect.op_id]
                op.code = effect.code
                if effect.fate is Fate.SENT:
                    op.state, op.receipt = SENT, effect.receipt
                    self._note(effect.receipt)
                elif effect.fate is Fate.NEEDS_YOU:
                    op.state = NEEDS_YOU

    def _send_files(self) -> None:
        ready = [f for f in self.files.values() if f.state == WAITING and self._record_is_sent(f)]
        self.chance.shuffle(ready)
        if not ready:
            return
        to_send = self._settle(ready, self.network.offer([f.offer for f in ready]))
        for upload, answer in to_send:
            upload.attempts += 1
            assert upload.data is not None, "I5: an original was let go that central still needs"
            try:
                self.network.upload(upload.offer, answer, upload.data)
            except FieldError as error:
                failure = decide_file_failure(error, upload.attempts)
                upload.code = error.code
                if failure.fate is Fate.NEEDS_YOU:
                    upload.state = NEEDS_YOU
                if failure.ends_round:
                    raise
        again = [upload for upload, _ in to_send if upload.state == WAITING]
        if again:
            self._settle(again, self.network.offer([f.offer for f in again]))

    def _settle(self, asked: list[Upload], answers: list[FileAnswer]) -> list[tuple[Upload, FileAnswer]]:
        to_send = []
        for upload, effect in zip(asked, decide_files([f.offer for f in asked], answers), strict=True):
            upload.code = effect.code
            if effect.fate is Fate.SENT:
                upload.state, upload.receipt = SENT, effect.receipt
                self._note(effect.receipt)
            elif effect.fate is Fate.NEEDS_YOU:
                upload.state = NEEDS_YOU
            elif effect.fate is Fate.SEND and effect.answer is not None:
                to_send.append((upload, effect.answer))
            elif effect.code == RECORD_LOST:
                self._offer_record_again(upload.offer.record_id)
        return to_send

    def _pull(self, *, agreed: bool) -> None:
        try:
            self._pull_pages(agreed=agreed)
        except CursorGone:
            if not self.set_back:
                self._offer_all_again()
                self.set_back, self.newest = True, {}
            self._compare(agreed=agreed)
            self.set_back = False

    def _pull_pages(self, *, agreed: bool) -> None:
        if self.set_back:
            raise CursorGone("cursor_gone")
        while True:
            seen = ",".join(receipt.seen for receipt in self.newest.values())
            page = self.network.changes(Stream.WORK, self.cursor, seen)
            if self.epoch and page.epoch != self.epoch:
                raise CursorGone("cursor_gone")
            if not agreed and any(change.row is None for change in page.changes):
                held = {name: len(rows) for name, rows in self.rows.items()}
                guard_deletes([c for c in self._ahead(page) if self._holds(c)], held)
                agreed = True
            for change in page.changes:
                self._apply(change)
            self.cursor, self.epoch = page.cursor, page.epoch
            self.newest = dict(list(self.newest.items())[-1:])
            for upload in self.files.values():
                if upload.offer.sha256 in page.missing and upload.state == SENT and upload.data is not None:
                    upload.state, upload.attempts = WAITING, 0
            if not page.more:
                return

    def _ahead(self, page: ChangesPage) -> list[Change]:
        changes = list(page.changes)
        while page.more:
            page = self.network.changes(Stream.WORK, page.cursor, "")
            changes += page.changes
        return changes

    def _compare(self, *, agreed: bool) -> None:
        changes: list[Change] = []
        cursor = ""
        while True:
            page = self.network.changes(Stream.WORK, cursor, "")
            changes += page.changes
            cursor = page.cursor
            if not page.more:
                break
        told = {(c.table, c.id): c for c in changes}
        rows: dict[str, dict[str, Row]] = {}
        for (table, key), change in told.items():
            if change.row is not None:
                rows.setdefault(table, {})[key] = change.row
        if not agreed:
            for table, held in self.rows.items():
                refuse_shrinking(table, len(held), len(rows.get(table, {})))
        self.rows, self.cursor, self.epoch = rows, cursor, page.epoch

    def try_again(self) -> None:
        """A person asks for everything that needs one to be tried once more."""
        for op in self.ops.values():
            if op.state == NEEDS_YOU:
                op.state = WAITING
        for upload in self.files.values():
            if upload.state == NEEDS_YOU:
                upload.state, upload.attempts = WAITING, 0

    def merged(self, case_id: str) -> MergedStanding | None:
        """The case as this tablet's person sees it."""
        row = self.rows.get(CITY_CASE.name, {}).get(case_id)
        if row is None:
            return None
        known = frozenset(self.rows.get(CASE_ACT.name, {}))
        own = [op for op in self.ops.values() if op.state != NEEDS_YOU]
        own.sort(key=lambda op: op.item.device_seq)
        steps = [
            _step(op.record) for op in own if isinstance(op.record, Act) and op.record.case_id == case_id
        ]
        return merge_standing(standing_of(row), known, steps)

    def _note(self, receipt: Receipt | None) -> None:
        if receipt is None:
            return
        before = self.newest.get(receipt.mark)
        if before is None or before.epoch != receipt.epoch or before.sequence < receipt.sequence:
            self.newest[receipt.mark] = receipt

    def _record_is_sent(self, upload: Upload) -> bool:
        return any(
            op.state == SENT and op.item.record_id == upload.offer.record_id for op in self.ops.values()
        )

    def _offer_record_again(self, record_id: str) -> None:
        for op in self.ops.values():
            if op.item.record_id == record_id and op.state == SENT:
                op.state = WAITING

    def _offer_all_again(self) -> None:
        for op in self.ops.values():
            op.state = WAITING if op.state in (SENT, NEEDS_YOU) else op.state
        for upload in self.files.values():
            if upload.state == SENT:
                upload.state, upload.attempts = WAITING, 0

    def _holds(self, change: Change) -> bool:
        return change.row is not None or change.id in self.rows.get(change.table, {})

    def _apply(self, change: Change) -> None:
        rows = self.rows.setdefault(change.table, {})
        if change.row is None:
            rows.pop(change.id, None)
        else:
            rows[change.id] = change.row

    def _fingerprint(self) -> bytes:
        ops = [(op.item.op_id, op.state) for op in self.ops.values()]
        files = [(u.offer.record_id, u.offer.slot, u.state) for u in self.files.values()]
        return msgspec.msgpack.encode((sorted(ops), sorted(files), self.rows))


def _step(act: Act) -> Step:
    return Step(act.act_id, act.kind, act.withdraws, act.to_officer)
