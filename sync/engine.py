"""One round of sync: push → upload → pull → apply → acknowledge.

The engine does what ``plan`` decides. It holds no state of its own between rounds: everything lies in the
replica, so that a kill at any point is followed by a round that simply goes on. Failures on the way leave
the items waiting with the reason; one bad item never holds up another.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from sync.clock import Clock
from sync.contract.errors import FieldError, RetryLater
from sync.contract.tables import Stream
from sync.contract.wire import PUSH_BATCH
from sync.listener import Listener
from sync.plan import Facts, Fate, decide_push
from sync.pulling import Puller
from sync.remote.base import Remote
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore
from sync.uploading import Uploader


class RoundResult(msgspec.Struct, frozen=True):
    """What one round did."""

    pushed: int = 0
    refused: int = 0
    files: int = 0
    file_bytes: int = 0
    work_rows: int = 0
    reference_rows: int = 0

    @property
    def nothing_done(self) -> bool:
        """Whether there was nothing to do."""
        return self == RoundResult()


class Engine:
    """Sync of one replica with one central. Used by one thread at a time."""

    def __init__(
        self, work: WorkStore, reference: ReferenceStore, remote: Remote, clock: Clock, listener: Listener
    ) -> None:
        self._work = work
        self._remote = remote
        self._clock = clock
        self._listener = listener
        self._uploader = Uploader(work, remote, clock, listener)
        self._puller = Puller(work, reference, remote, clock, listener)

    def round(self, *, between: Callable[[], None] = lambda: None) -> RoundResult:
        """Do everything that can be done now.

        ``between`` is called between batches and may raise to stop the round. Raises ``RetryLater`` or
        ``NeedsPerson`` when the link or the device's standing stops the round; what was done is kept.
        """
        pushed, refused = self._push_all(between)
        files, file_bytes = 0, 0
        self._uploader.begin()
        while True:
            sent = self._uploader.send_some()
            if sent is None:
                break
            files, file_bytes = files + sent[0], file_bytes + sent[1]
            between()
            more, more_refused = self._push_all(between)
            pushed, refused = pushed + more, refused + more_refused
        work_rows = self._puller.pull(Stream.WORK, between)
        reference_rows = self._puller.pull(Stream.REFERENCE, between)
        return RoundResult(pushed, refused, files, file_bytes, work_rows, reference_rows)

    def refill(self) -> int:
        """Take the newest snapshot of the reference tables whatever is held; returns its rows."""
        return self._puller.refill()

    def _push_all(self, between: Callable[[], None]) -> tuple[int, int]:
        pushed = refused = 0
        while True:
            with self._work.act():
                items = self._work.outbox.freeze_batch(PUSH_BATCH, self._clock.now())
            if not items:
                return pushed, refused
            ids = [item.op_id for item in items]
            self._listener.records(ids)
            try:
                reply = self._remote.push(items)
            except FieldError as error:
                self._put_back(ids, error)
                raise
            effects = decide_push(items, reply.answers)
            with self._work.act():
                self._work.meta.note_server_time(reply.server_time, self._clock)
                for effect in effects:
                    if effect.fate is Fate.SENT and effect.receipt is not None:
                        self._work.outbox.mark_sent(effect.op_id, effect.receipt)
                    elif effect.fate is Fate.NEEDS_YOU:
                        self._work.outbox.mark_needs_you(effect.op_id, effect.code, effect.facts)
                    else:
                        self._work.outbox.put_back([effect.op_id], effect.code, effect.facts)
            self._listener.records(ids)
            fates = [effect.fate for effect in effects]
            pushed += fates.count(Fate.SENT)
            refused += fates.count(Fate.NEEDS_YOU)
            if Fate.WAIT in fates:
                raise RetryLater("no_answer")
            between()

    def _put_back(self, ids: list[str], error: FieldError) -> None:
        facts: Facts = {k: v for k, v in error.facts.items() if isinstance(v, str | int | float | bool)}
        with self._work.act():
            self._work.outbox.put_back(ids, error.code, facts)
        self._listener.records(ids)
