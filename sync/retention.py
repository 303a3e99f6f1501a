"""Which photo files may leave the tablet: pure decision, and the sweep that acts on it.

A photo's files in full size go when central has given a receipt for the record *and for every one of its
files*, naming the very hashes, in the epoch it is in now; when the newest of these receipts is older than the
days the person chose, by a clock that is to be trusted; and when nothing else here needs the same bytes.
Thumbnails stay, so that the record can be looked at. Nothing else ever removes a file that was sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from sync.clock import Clock
from sync.contract.records import ClockState, Lane
from sync.replica.files import remove_quietly
from sync.replica.meta import clock_state
from sync.replica.outbox import Entry, ItemState
from sync.replica.uploads import Upload
from sync.replica.work import WorkStore

FILES_AT_ONCE = 2000


class LetGo(msgspec.Struct, frozen=True):
    """What a sweep removed."""

    files: int = 0
    bytes: int = 0


def may_leave(entry: Entry, uploads: Iterable[Upload], *, epoch: str, now: datetime, keep_days: int) -> bool:
    """Whether the files of this record may leave the tablet. Pure; ``now`` is central's time."""
    parts = [(entry.record.record_id, entry.record.body_sha256, entry.state, entry.receipt)]
    parts += [(upload.file.sha256, upload.file.sha256, upload.state, upload.receipt) for upload in uploads]
    newest_allowed = now - timedelta(days=keep_days)
    for name, sha256, state, receipt in parts:
        if state is not ItemState.SENT or receipt is None:
            return False
        if (receipt.id, receipt.sha256, receipt.epoch) != (name, sha256, epoch):
            return False
        if receipt.received_at > newest_allowed:
            return False
    return True


def sweep(store: WorkStore, clock: Clock, keep_days: int) -> LetGo:
    """Remove what may leave, and note that it left. Does nothing while the clock is in doubt."""
    fix, identity = store.meta.clock_fix(), store.meta.identity()
    if fix is None or identity is None or clock_state(fix, clock) is not ClockState.TRUSTED:
        return LetGo()
    now = clock.now() + timedelta(milliseconds=fix.offset_ms)
    wanted = {file.sha256 for saved in store.drafts.open_photos() for file in saved.photo.files}
    leaving: dict[str, bool] = {}

    def record_may_leave(record_id: str) -> bool:
        if record_id not in leaving:
            entry, uploads = store.outbox.entry(record_id), store.uploads.of_record(record_id)
            leaving[record_id] = entry is not None and may_leave(
                entry, uploads, epoch=identity.epoch, now=now, keep_days=keep_days
            )
        return leaving[record_id]

    files = size = 0
    for top in (store.folder.files, store.folder.derived):
        for sha256, paths in _by_hash(top):
            uploads = store.uploads.of_hash(sha256)
            if not uploads or sha256 in wanted or any(u.file.lane is Lane.THUMBNAIL for u in uploads):
                continue
            if not all(record_may_leave(upload.file.record_id) for upload in uploads):
                continue
            for path in paths:
                remove_quietly(path)
            files, size = files + 1, size + uploads[0].file.bytes
            if files >= FILES_AT_ONCE:
                return _noted(store, clock, LetGo(files, size))
    return _noted(store, clock, LetGo(files, size))


def _by_hash(top: Path) -> Iterable[tuple[str, list[Path]]]:
    """The files below a folder by the hash in their names, each photo before what is said beside it."""
    for folder in sorted(top.glob("??")):
        found: dict[str, list[Path]] = {}
        for path in folder.iterdir():
            if not path.name.startswith("."):
                found.setdefault(path.name.partition(".")[0], []).append(path)
        for sha256, paths in found.items():
            yield sha256, sorted(paths, key=lambda path: path.suffix == ".side")


def _noted(store: WorkStore, clock: Clock, gone: LetGo) -> LetGo:
    if gone.files:
        with store.act():
            store.meta.log_event(clock.now(), "let_go", "", msgspec.structs.asdict(gone))
    return gone
