"""Pushing records: in device order, in batches, each one's fate its own.

    read a batch → connect → freeze it, as it was read → first byte leaves → answers, noted one by one

Until its first byte leaves, a record is the person's, who may take it back so that nothing of it is left. A
link that cannot even be opened freezes nothing; what was frozen stays so, whatever becomes of the call.

A round passes over the outbox once from old to new, and again over what was added meanwhile. A record that
gets no usable answer waits for the next round; the ones behind it are sent all the same. A batch that is
refused as a whole is halved until the one that is to blame stands alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sync.clock import Clock
from sync.contract.errors import FieldError, InputRefused, RetryLater
from sync.contract.wire import PUSH_BATCH, PushItem
from sync.listener import Listener
from sync.plan import Facts, Fate, decide_push
from sync.remote.base import Begins, Remote
from sync.replica.database import DatabaseError
from sync.replica.work import WorkStore
from sync.sending import RECORD, Sending


class _NotBegun(RetryLater):
    """Broken off before the first byte: by an error of the tablet's own, or because the batch has changed."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__("interrupted")
        self.error = error


BODY_BYTES = 4 << 20
"""Bodies of one batch; with the wrapping around them still well below what a server takes at once."""


class Pusher:
    """Sends what lies in the outbox."""

    def __init__(self, work: WorkStore, remote: Remote, clock: Clock, listener: Listener) -> None:
        self._work = work
        self._remote = remote
        self._clock = clock
        self._listener = listener
        self._passed = 0
        self._frozen = False
        self.unanswered = False
        """Whether a record got no usable answer since ``begin``."""

    def begin(self) -> None:
        """A new round: every waiting record may be tried again."""
        self._passed = 0
        self.unanswered = False

    def has_new(self, sending: Sending) -> bool:
        """Whether a record that was not tried in this round may go."""
        upto = sending.upto if RECORD in sending.held else 1 << 62
        return self._work.outbox.has_unsent(after_seq=self._passed, upto_seq=upto)

    def push_all(self, between: Callable[[], None], sending: Callable[[], Sending]) -> tuple[int, int]:
        """Send every record not tried in this round; returns how many were taken and how many refused."""
        pushed = refused = 0
        while True:
            now = sending()
            upto = now.upto if RECORD in now.held else 1 << 62
            self._work.refresh()
            items = self._work.outbox.next_batch(
                PUSH_BATCH, after_seq=self._passed, upto_seq=upto, body_bytes=BODY_BYTES
            )
            if not items:
                return pushed, refused
            before, self._passed = self._passed, items[-1].device_seq
            self._frozen = False
            try:
                taken, needing_you = self._push(items, partial(self._freeze, items, before))
            except _NotBegun as stopped:
                if stopped.error is not None:
                    raise stopped.error from stopped
                self._passed = before
                continue
            pushed, refused = pushed + taken, refused + needing_you
            between()

    def _freeze(self, items: list[PushItem], after_seq: int) -> None:
        """The first byte of these is about to leave: from here on none of them can be removed any more.

        Breaks the call off where a person has taken one of them back since they were read.
        """
        if self._frozen:
            return
        try:
            with self._work.act():
                frozen = self._work.outbox.freeze_batch(
                    len(items), self._clock.now(), after_seq=after_seq, upto_seq=items[-1].device_seq
                )
                if frozen != items:
                    raise _NotBegun
        except (
            FieldError,
            DatabaseError,
            OSError,
        ) as error:  # no answer of central's, which is what a remote raises
            raise error if isinstance(error, _NotBegun) else _NotBegun(error) from error
        self._frozen = True
        self._listener.records([item.op_id for item in items])

    def _push(self, items: list[PushItem], begins: Begins) -> tuple[int, int]:
        try:
            return self._settle(items, begins)
        except InputRefused as refusal:
            if len(items) == 1:
                self._blame(items[0], refusal)
                return 0, 1
        except FieldError as error:
            self._put_back(items, error)
            raise
        middle = len(items) // 2
        try:
            older, newer = self._push(items[:middle], begins), self._push(items[middle:], begins)
        except FieldError as error:
            self._put_back(items, error)
            raise
        return older[0] + newer[0], older[1] + newer[1]

    def _settle(self, items: list[PushItem], begins: Begins) -> tuple[int, int]:
        reply = self._remote.push(items, begins)
        effects = decide_push(items, reply.answers)
        outbox = self._work.outbox
        with self._work.act():
            self._work.meta.note_server_time(reply.server_time, self._clock)
            self._work.meta.note_receipts(effect.receipt for effect in effects if effect.receipt)
            self._work.meta.note_seen(answer.seen for answer in reply.answers)
            for effect in effects:
                if effect.fate is Fate.SENT and effect.receipt is not None:
                    outbox.mark_sent(effect.op_id, effect.receipt)
                elif effect.fate is Fate.NEEDS_YOU:
                    outbox.mark_needs_you(effect.op_id, effect.code, effect.facts)
                else:
                    outbox.put_back([effect.op_id], effect.code, effect.facts)
        self._listener.records([item.op_id for item in items])
        fates = [effect.fate for effect in effects]
        self.unanswered |= Fate.WAIT in fates
        return fates.count(Fate.SENT), fates.count(Fate.NEEDS_YOU)

    def _blame(self, item: PushItem, refusal: InputRefused) -> None:
        with self._work.act():
            self._work.outbox.mark_needs_you(item.op_id, refusal.code, _plain(refusal))
        self._listener.records([item.op_id])

    def _put_back(self, items: list[PushItem], error: FieldError) -> None:
        if isinstance(error, _NotBegun):
            return
        ids = [item.op_id for item in items]
        with self._work.act():
            if self._frozen:
                self._work.outbox.put_back(ids, error.code, _plain(error))
            else:
                self._work.outbox.note_unreached(ids, self._clock.now(), error.code, _plain(error))
        self._listener.records(ids)


def _plain(error: FieldError) -> Facts:
    return {k: v for k, v in error.facts.items() if isinstance(v, str | int | float | bool)}
