"""Pushing records: frozen in device order, sent in batches, each one's fate its own.

A round passes over the outbox once from old to new, and again over what was added meanwhile. A record that
gets no usable answer waits for the next round; the ones behind it are sent all the same. A batch that is
refused as a whole is halved until the one that is to blame stands alone.
"""

from __future__ import annotations

from collections.abc import Callable

from sync.clock import Clock
from sync.contract.errors import FieldError, InputRefused
from sync.contract.wire import PUSH_BATCH, PushItem
from sync.listener import Listener
from sync.plan import Facts, Fate, decide_push
from sync.remote.base import Remote
from sync.replica.work import WorkStore
from sync.sending import RECORD, Sending

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
            with self._work.act():
                items = self._work.outbox.freeze_batch(
                    PUSH_BATCH,
                    self._clock.now(),
                    after_seq=self._passed,
                    upto_seq=upto,
                    body_bytes=BODY_BYTES,
                )
            if not items:
                return pushed, refused
            self._passed = items[-1].device_seq
            self._listener.records([item.op_id for item in items])
            taken, needing_you = self._push(items)
            pushed, refused = pushed + taken, refused + needing_you
            between()

    def _push(self, items: list[PushItem]) -> tuple[int, int]:
        try:
            return self._settle(items)
        except InputRefused as refusal:
            if len(items) == 1:
                self._blame(items[0], refusal)
                return 0, 1
        except FieldError as error:
            self._put_back(items, error)
            raise
        middle = len(items) // 2
        try:
            older, newer = self._push(items[:middle]), self._push(items[middle:])
        except FieldError as error:
            self._put_back(items, error)
            raise
        return older[0] + newer[0], older[1] + newer[1]

    def _settle(self, items: list[PushItem]) -> tuple[int, int]:
        reply = self._remote.push(items)
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
        ids = [item.op_id for item in items]
        with self._work.act():
            self._work.outbox.put_back(ids, error.code, _plain(error))
        self._listener.records(ids)


def _plain(error: FieldError) -> Facts:
    return {k: v for k, v in error.facts.items() if isinstance(v, str | int | float | bool)}
