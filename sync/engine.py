"""One round of sync: push → upload → pull → apply → acknowledge.

The engine does what ``plan`` decides. It holds no state of its own between rounds: everything lies in the
replica, so that a kill at any point is followed by a round that simply goes on. Failures on the way leave
the items waiting with the reason; one bad item never holds up another.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

import msgspec

from sync.clock import Clock
from sync.contract.errors import FieldError, NeedsPerson, RetryLater
from sync.contract.tables import Stream
from sync.flight import Flight, OpenPool, upload_threads
from sync.listener import Listener
from sync.plan import ends_round
from sync.pulling import Puller
from sync.pushing import Pusher
from sync.remote.base import Remote
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore
from sync.sending import EVERYTHING, Sending
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
        step = _Steps()
        with step:
            self._puller.urgent_first()
        done = self._send_all(between, sending, step)
        work_rows = reference_rows = 0
        with step:
            try:
                work_rows = self._puller.pull(Stream.WORK, between, deletes_agreed=deletes_agreed)
            except NeedsPerson:  # that its deletes wait for a person must not keep back what central lost
                if self._puller.offered_again:
                    self._send_all(between, sending, step)
                raise
        if self._puller.offered_again:
            done = [a + b for a, b in zip(done, self._send_all(between, sending, step), strict=True)]
        with step:
            if refill:
                reference_rows = self._puller.refill(between)
            else:
                reference_rows = self._puller.pull(Stream.REFERENCE, between, deletes_agreed=deletes_agreed)
        code = "no_answer" if self._pusher.unanswered else self._uploader.unfinished
        if step.error is not None:
            raise step.error
        if code:
            raise RetryLater(code)
        return RoundResult(done[0], done[1], done[2], done[3], work_rows, reference_rows)

    def refill(self) -> int:
        """Take the newest snapshot of the reference tables whatever is held; returns its rows."""
        return self._puller.refill()

    def _send_all(
        self, between: Callable[[], None], sending: Callable[[], Sending], step: _Steps
    ) -> list[int]:
        """Records first, then files batch by batch, and the records made meanwhile as soon as they are there.

        Returns how many records were taken and refused, how many files were taken and their bytes.
        """
        self._pusher.begin()
        self._uploader.begin()
        done = [0, 0, 0, 0]

        def push() -> bool:
            with step:
                pushed, refused = self._pusher.push_all(between, sending)
                done[0] += pushed
                done[1] += refused
                if pushed:
                    self._uploader.look_again()
                return pushed > 0
            return False

        def meanwhile(flight: Flight) -> bool:
            between()
            if not self._pusher.has_new(sending()):
                return False
            with flight.leash.holding():
                return push()

        push()
        sent: tuple[int, int] | None = (0, 0)
        while sent is not None:
            sent = None
            with step:
                sent = self._uploader.send_some(sending, meanwhile)
            if sent is not None:
                done[2] += sent[0]
                done[3] += sent[1]
                between()
                push()
        return done


class _Steps:
    """The steps of a round: an error after which the next is worth trying all the same waits for the end."""

    def __init__(self) -> None:
        self.error: FieldError | None = None

    def __enter__(self) -> None:
        """A step begins."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, FieldError) or ends_round(error):
            return False
        self.error = self.error or error
        return True
