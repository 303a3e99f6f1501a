"""Pulling: the two change streams into the two databases, each with its own cursor, and the first fill."""

from __future__ import annotations

from collections.abc import Callable

from sync.clock import Clock
from sync.contract.tables import Stream
from sync.contract.wire import Change, ChangesPage
from sync.listener import Listener
from sync.plan import guard_deletes, refuse_shrinking
from sync.remote.base import CursorGone, Remote
from sync.replica.meta import CursorAt
from sync.replica.reference import ReferenceStore
from sync.replica.snapshot import SnapshotFill
from sync.replica.work import WorkStore


class Puller:
    """Applies what central changed. Rows and cursor move in one transaction per page."""

    def __init__(
        self, work: WorkStore, reference: ReferenceStore, remote: Remote, clock: Clock, listener: Listener
    ) -> None:
        self._work = work
        self._reference = reference
        self._remote = remote
        self._clock = clock
        self._listener = listener

    def pull(self, stream: Stream, between: Callable[[], None]) -> int:
        """Pull a stream to its end; returns how many rows were written."""
        if stream is Stream.REFERENCE and self._reference.cursor() is None:
            return self.refill()
        try:
            return self._pull_pages(stream, between)
        except CursorGone:
            return self.refill() if stream is Stream.REFERENCE else self._compare_work()

    def _pull_pages(self, stream: Stream, between: Callable[[], None]) -> int:
        written = 0
        while True:
            held = self._cursor(stream)
            page = self._remote.changes(stream, held.cursor if held else "")
            written += self._apply(stream, page)
            if not page.more:
                return written
            between()

    def _cursor(self, stream: Stream) -> CursorAt | None:
        return self._work.meta.cursor(stream) if stream is Stream.WORK else self._reference.cursor()

    def _apply(self, stream: Stream, page: ChangesPage) -> int:
        at = CursorAt(page.cursor, page.epoch, self._clock.now())
        if stream is Stream.REFERENCE:
            if any(change.row is None for change in page.changes):
                guard_deletes(page.changes, self._reference.counts())
            written = self._reference.apply(page.changes, at)
        else:
            if any(change.row is None for change in page.changes):
                guard_deletes(page.changes, self._work.city.counts())
            with self._work.act():
                written = self._work.city.apply(page.changes)
                self._work.meta.move_cursor(stream, at)
                self._work.meta.note_server_time(page.server_time, self._clock)
                self._note_epoch(page.epoch)
        if page.changes:
            self._listener.tables(sorted({change.table for change in page.changes}))
        return written

    def _note_epoch(self, epoch: str) -> None:
        """A restored or new central: everything without a receipt of this epoch is offered again."""
        identity = self._work.meta.identity()
        if identity is None or identity.epoch == epoch:
            return
        self._work.outbox.offer_again(epoch)
        self._work.uploads.offer_again(epoch)
        self._work.meta.set_epoch(epoch)
        self._work.meta.log_event(self._clock.now(), "server_epoch", "", {"epoch": epoch})

    def _compare_work(self) -> int:
        """The cursor no longer serves: read everything, then replace what central told in one go."""
        changes: list[Change] = []
        cursor = ""
        while True:
            page = self._remote.changes(Stream.WORK, cursor)
            changes += page.changes
            cursor = page.cursor
            if not page.more:
                break
        held = self._work.city.counts()
        for table, before in held.items():
            after = sum(1 for c in changes if c.table == table and c.row is not None)
            refuse_shrinking(table, before, after)
        with self._work.act():
            self._work.city.clear()
            written = self._work.city.apply(changes)
            self._work.meta.move_cursor(Stream.WORK, CursorAt(cursor, page.epoch, self._clock.now()))
            self._note_epoch(page.epoch)
        self._listener.tables(sorted(held))
        return written

    def refill(self) -> int:
        """Take the newest snapshot frame by frame, put it in force, then the changes after it."""
        manifest = self._remote.snapshot()
        fill = SnapshotFill(self._work.folder, manifest)
        done = fill.done_bytes()
        self._listener.fill(done, manifest.bytes)
        for frame in fill.missing():
            fill.take(frame, self._remote.snapshot_frame(manifest, frame))
            done += frame.length
            self._listener.fill(done, manifest.bytes)
        self._reference.adopt(fill.finish())
        self._pull_pages(Stream.REFERENCE, lambda: None)
        counts = self._reference.counts()
        self._listener.tables(sorted(counts))
        return sum(counts.values())
