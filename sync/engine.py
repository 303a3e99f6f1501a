"""One round of sync: push → upload → pull → apply → acknowledge.

The engine does what ``plan`` decides. It holds no state of its own between rounds: everything lies in the
replica, so that a kill at any point is followed by a round that simply goes on. Failures on the way leave
the items waiting with the reason; one bad item never holds up another.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from sync.clock import Clock
from sync.contract.errors import NeedsPerson, RetryLater
from sync.contract.tables import Stream
from sync.listener import Listener
from sync.pulling import Puller
from sync.pushing import Pusher
from sync.remote.base import Remote
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore
from sync.sending import EVERYTHING, Sending
from sync.uploading import OpenPool, Uploader, upload_threads


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
        self,
        work: WorkStore,
        reference: ReferenceStore,
        remote: Remote,
        clock: Clock,
        listener: Listener,
        *,
        open_pool: OpenPool = upload_threads,
    ) -> None:
        self._pusher = Pusher(work, remote, clock, listener)
        self._uploader = Uploader(work, remote, clock, listener, open_pool)
        self._puller = Puller(work, reference, remote, clock, listener)

    def round(
        self,
        *,
        between: Callable[[], None] = lambda: None,
        deletes_agreed: bool = False,
        refill: bool = False,
        sending: Callable[[], Sending] = lambda: EVERYTHING,
    ) -> RoundResult:
        """Do everything that can be done now.

        ``between`` is called between batches and may raise to stop the round. ``deletes_agreed`` says that a
        person has agreed to what ``mass_delete`` asked; ``refill`` takes the newest snapshot of the reference
        tables whatever is held; ``sending`` tells what may go at any moment. Raises ``RetryLater`` or
        ``NeedsPerson`` when the link or the device's standing stops the round, or when something has to be
        tried again at its end; what was done is kept.
        """
        self._puller.urgent_first()
        pushed, refused, files, file_bytes = self._send_all(between, sending)
        try:
            work_rows = self._puller.pull(Stream.WORK, between, deletes_agreed=deletes_agreed)
        except NeedsPerson:  # that its deletes wait for a person must not keep back what central lost
            if self._puller.offered_again:
                self._send_all(between, sending)
            raise
        if self._puller.offered_again:
            again = self._send_all(between, sending)
            pushed, refused = pushed + again[0], refused + again[1]
            files, file_bytes = files + again[2], file_bytes + again[3]
        if refill:
            reference_rows = self._puller.refill(between)
        else:
            reference_rows = self._puller.pull(Stream.REFERENCE, between, deletes_agreed=deletes_agreed)
        code = "no_answer" if self._pusher.unanswered else self._uploader.unfinished
        if code:
            raise RetryLater(code)
        return RoundResult(pushed, refused, files, file_bytes, work_rows, reference_rows)

    def refill(self) -> int:
        """Take the newest snapshot of the reference tables whatever is held; returns its rows."""
        return self._puller.refill()

    def _send_all(
        self, between: Callable[[], None], sending: Callable[[], Sending]
    ) -> tuple[int, int, int, int]:
        """Records first, then files batch by batch, and before each batch the records made meanwhile."""
        self._pusher.begin()
        self._uploader.begin()
        pushed, refused = self._pusher.push_all(between, sending)
        files = file_bytes = 0
        while (sent := self._uploader.send_some(sending)) is not None:
            files, file_bytes = files + sent[0], file_bytes + sent[1]
            between()
            more, more_refused = self._pusher.push_all(between, sending)
            pushed, refused = pushed + more, refused + more_refused
        return pushed, refused, files, file_bytes
