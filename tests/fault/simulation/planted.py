"""Defects put into the product on purpose, to see that the checker finds them.

Each is one that a field app has really had, or that one of the product's rules is there to prevent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec

import sync.filling
import sync.pulling
import sync.replica.files
import sync.replica.meta
import sync.replica.recovery
import sync.schedule
from sync.central.store import feed
from sync.central.store.intake import Intake
from sync.central.store.store import get_row, put_row
from sync.contract.records import ClockState
from sync.contract.wire import Change, PushAnswer, PushItem, PushReply, PushStatus, Receipt
from sync.pulling import Puller
from sync.remote.base import Begins
from sync.remote.http import HttpRemote
from sync.replica.city import CityRows
from sync.replica.database import Database, open_database
from sync.replica.journal import Journal
from sync.replica.meta import Meta
from sync.replica.outbox import Facts, Outbox
from tests.fault.simulation.stores import CentralStore

Planted = AbstractContextManager[object]


def sent_without_receipt() -> Planted:
    """A send that failed counts as sent."""

    def put_back(self: Outbox, op_ids: list[str], code: str, facts: Facts) -> None:
        self._db.conn.executemany("UPDATE outbox SET state = 'sent' WHERE op_id = ?", [(i,) for i in op_ids])

    return patch.object(Outbox, "put_back", put_back)


def applied_twice() -> Planted:
    """Central makes another case of a report that comes again."""
    real = Intake._take

    def take(self: Intake, db: Database, device_id: str, item: PushItem, now: datetime) -> PushAnswer:
        answer = real(self, db, device_id, item, now)
        if answer.status is PushStatus.ALREADY_DONE:
            row = get_row(db, "city_case", item.record_id)
            if row is not None:
                put_row(db, "city_case", {**row, "case_id": self._world.new_id()})
        return answer

    return patch.object(Intake, "_take", take)


def folder_not_synced() -> Planted:
    """A photo's file is renamed into its place, and the folder is not synced."""
    return patch.object(sync.replica.files, "sync_folder", lambda _folder: None)


def file_not_synced() -> Planted:
    """A photo is written under its own name at once and never synced."""

    def write(path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    return patch("fieldapp.capture.photos.durable_write", write)


def commit_not_durable() -> Planted:
    """The work store is opened like the reference store: commits do not wait for the disk, nor a journal."""

    def opened(path: Path, **options: Any) -> Database:
        return open_database(path, **{**options, "full_sync": False})

    plants = ExitStack()
    plants.enter_context(patch.object(sync.replica.recovery, "open_database", opened))
    plants.enter_context(patch.object(Journal, "settle", Journal.give_up))
    return plants


def cursor_past_rows() -> Planted:
    """The last row of some pages is left out, and the cursor moves all the same."""
    real = CityRows.apply

    def apply(self: CityRows, changes: list[Change]) -> int:
        return real(self, changes[:-1] if len(changes) in (2, 3) else changes)

    return patch.object(CityRows, "apply", apply)


@contextmanager
def deletes_unasked() -> Iterator[None]:
    """Deletes are done, however many they are."""
    with (
        patch.object(sync.pulling, "guard_deletes", lambda *_: None),
        patch.object(sync.pulling, "refuse_shrinking", lambda *_: None),
        patch.object(sync.filling, "refuse_shrinking", lambda *_: None),
    ):
        yield


def original_gone_early() -> Planted:
    """The original goes as soon as its last byte was sent, before any receipt."""
    real = HttpRemote.upload

    def upload(self: HttpRemote, file: Any, answer: Any, source: Any, progress: Any) -> None:
        real(self, file, answer, source, progress)
        Path(source.name).unlink()

    return patch.object(HttpRemote, "upload", upload)


def no_back_off() -> Planted:
    """What failed is tried again at once."""
    return patch.object(sync.schedule, "back_off", lambda *_: 0.05)


def undone_while_sending() -> Planted:
    """Undo removes a record whose send has begun."""

    def remove_unsent(self: Outbox, record_id: str) -> bool:
        self._db.execute("DELETE FROM outbox WHERE op_id = ?", [record_id])
        self._db.execute("DELETE FROM record WHERE record_id = ?", [record_id])
        return True

    return patch.object(Outbox, "remove_unsent", remove_unsent)


def frozen_when_answered() -> Planted:
    """A record counts as begun only when central has answered for it."""
    real = HttpRemote.push

    def push(self: HttpRemote, items: list[PushItem], begins: Begins) -> PushReply:
        reply = real(self, items)
        begins()
        return reply

    return patch.object(HttpRemote, "push", push)


def refused_is_deleted() -> Planted:
    """What central refuses goes from the outbox."""

    def mark_needs_you(self: Outbox, op_id: str, code: str, facts: Facts) -> None:
        self._db.execute("DELETE FROM outbox WHERE op_id = ?", [op_id])

    return patch.object(Outbox, "mark_needs_you", mark_needs_you)


def answered_before_durable() -> Planted:
    """Central gives receipts for what its disk may still lose."""
    real = CentralStore.writing
    return patch.object(CentralStore, "writing", lambda self, *, durable=True: real(self, durable=False))


def set_back_unnoticed() -> Planted:
    """Central believes every cursor and receipt it is shown."""
    real = feed.read_cursor

    @contextmanager
    def planted() -> Iterator[None]:
        with (
            patch.object(feed, "cursor_is_served", lambda _db, epoch, _s, c: real(c).epoch == epoch),
            patch.object(feed, "_gave_out_all", lambda *_: True),
        ):
            yield

    return planted()


def newest_receipt_not_shown() -> Planted:
    """Only the cursor is held against central's past, not what it gave receipts for since."""
    return patch.object(Meta, "seen", lambda _self: "")


def numbered_by_clock() -> Planted:
    """The order of records comes from the wall clock."""

    def stamp(self: Meta, clock: Any) -> Any:
        made = real(self, clock)
        return msgspec.structs.replace(made, device_seq=max(1, int(clock.now().timestamp())))

    real = Meta.stamp
    return patch.object(Meta, "stamp", stamp)


def clock_always_trusted() -> Planted:
    """A wall clock is believed whatever it says."""
    return patch.object(sync.replica.meta, "clock_state", lambda *_: ClockState.TRUSTED)


def newest_receipt_alone() -> Planted:
    """Of the receipts only the newest is shown, also where a set-back central gave it."""

    def note_receipts(self: Meta, receipts: Iterable[Receipt]) -> None:
        newest = max(receipts, key=lambda receipt: receipt.sequence, default=None)
        if newest is not None and newest.mark:
            self._set("seen", newest.seen)

    return patch.object(Meta, "note_receipts", note_receipts)


def not_reconsidered() -> Planted:
    """What was refused stays so, whatever central tells of it later."""
    return patch.object(Puller, "_reconsider", lambda *_: None)


PLANTED: dict[str, Callable[[], Planted]] = {
    "sent without a receipt": sent_without_receipt,
    "central applies twice": applied_twice,
    "photo's folder not synced": folder_not_synced,
    "photo's bytes not synced": file_not_synced,
    "commit that does not wait for the disk": commit_not_durable,
    "cursor moved past rows": cursor_past_rows,
    "mass delete without asking": deletes_unasked,
    "original gone before its receipt": original_gone_early,
    "no back-off": no_back_off,
    "undone while it is being sent": undone_while_sending,
    "frozen only when it is answered": frozen_when_answered,
    "refused is deleted": refused_is_deleted,
    "receipt before it is durable": answered_before_durable,
    "central set back unnoticed": set_back_unnoticed,
    "numbered by the wall clock": numbered_by_clock,
    "clock always trusted": clock_always_trusted,
}
"""By what they do. Each must be found within ``FOUND_WITHIN`` seeds."""

FOUND_WITHIN = 40

RARE: dict[str, tuple[Callable[[], Planted], int]] = {
    "newest receipt alone is shown": (newest_receipt_alone, 98),
    "newest receipt not shown": (newest_receipt_not_shown, 98),
}
"""Such that few courses of events show, each with a seed that does."""
