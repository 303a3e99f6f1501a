"""Pulling: the two change streams into the two databases, each with its own cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sync.clock import Clock
from sync.contract.clash import SETTLED
from sync.contract.errors import NeedsPerson, RetryLater
from sync.contract.tables import CASE_ACT, CITY_CASE, Stream
from sync.contract.wire import Change, ChangesPage
from sync.filling import Filler
from sync.listener import Listener
from sync.plan import guard_deletes, refuse_shrinking
from sync.remote.base import CursorGone, Remote
from sync.replica.meta import CursorAt
from sync.replica.reference import ReferenceStore
from sync.replica.rows import RowMissing
from sync.replica.work import WorkStore

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The age of rows of which only a part has come yet."""


@contextmanager
def _settled() -> Iterator[None]:
    """Reading everything afresh needs a central that stays in one epoch meanwhile."""
    try:
        yield
    except CursorGone as gone:
        raise RetryLater("server_changing") from gone


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
        self._filler = Filler(work, reference, remote, clock, listener)
        self.offered_again = False
        """Whether the last pull put records back on their way, because central may have lost them."""
        self._offered_for: str | None = None

    def pull(self, stream: Stream, between: Callable[[], None], *, deletes_agreed: bool = False) -> int:
        """Pull a stream to its end; returns how many rows were written.

        Stops with ``mass_delete`` before anything is deleted, unless a person agreed to it.
        """
        self.offered_again = False
        with _settled():
            if stream is Stream.REFERENCE:
                return self._pull_reference(between, guarded=not deletes_agreed)
            try:
                return self._pull_pages(stream, between, guarded=not deletes_agreed)
            except CursorGone:
                self._offer_what_may_be_lost()
                return self._compare_work(guarded=not deletes_agreed)

    def _pull_reference(self, between: Callable[[], None], *, guarded: bool) -> int:
        if self._reference.cursor() is None:
            return self._refill(between, guarded=False)
        try:
            if self._reference.is_suspect:
                return self._refill(between, guarded=False, anew=True)
            if self._reference.is_behind() and self._filler.has_another():
                return self._refill(between, guarded=guarded)
            return self._pull_pages(Stream.REFERENCE, between, guarded=guarded)
        except CursorGone:
            return self._refill(between, guarded=guarded)
        except NeedsPerson as error:
            if error.code != "folder_broken":
                raise
            self._reference.discard()  # nobody is needed: all of it can be fetched anew
            return self._refill(between, guarded=False)

    def refill(self, between: Callable[[], None] = lambda: None) -> int:
        """Take the newest snapshot whatever is held now, as a person asked; returns its rows."""
        with _settled():
            return self._refill(between, guarded=False, anew=True)

    def urgent_first(self) -> None:
        """What must not wait for its turn, when the replica has not been brought up to date for a while."""
        self._filler.urgent_when_stale()

    def _pull_pages(self, stream: Stream, between: Callable[[], None], *, guarded: bool) -> int:
        written = 0
        while True:
            held = self._cursor(stream)
            page = self._ask(stream, held)
            if held is not None and page.epoch != held.epoch:
                raise CursorGone("cursor_gone", stream=stream.value)
            if guarded and self._tombstones(stream, page):
                guard_deletes(self._tombstones_ahead(stream, page), self._counts(stream))
                guarded = False
            written += self._apply(stream, page)
            if not page.more:
                return written
            if self._cursor(stream) == held:
                raise RetryLater("feed_stuck", stream=stream.value)
            between()

    def _ask(self, stream: Stream, held: CursorAt | None) -> ChangesPage:
        """The next page. Central is shown the newest receipts: it may have been set back to a time that is
        before them, but after the cursor."""
        cursor = held.cursor if held else ""
        if stream is Stream.REFERENCE:
            return self._remote.changes(stream, cursor)
        if self._work.meta.compare_due():
            raise CursorGone("cursor_gone", stream=stream.value)
        return self._remote.changes(stream, cursor, seen=self._work.meta.seen())

    def _cursor(self, stream: Stream) -> CursorAt | None:
        return self._work.meta.cursor(stream) if stream is Stream.WORK else self._reference.cursor()

    def _counts(self, stream: Stream) -> dict[str, int]:
        return self._work.city.counts() if stream is Stream.WORK else self._reference.counts()

    def _tombstones(self, stream: Stream, page: ChangesPage) -> list[Change]:
        rows = self._work.city if stream is Stream.WORK else self._reference
        return rows.tombstones(page.changes)

    def _tombstones_ahead(self, stream: Stream, page: ChangesPage) -> Iterator[Change]:
        """The deletes of this page and of all that follow: read once ahead, so that none is done too soon."""
        yield from self._tombstones(stream, page)
        while page.more:
            page = self._remote.changes(stream, page.cursor)
            yield from self._tombstones(stream, page)

    def _apply(self, stream: Stream, page: ChangesPage) -> int:
        if stream is Stream.REFERENCE:
            at = CursorAt(page.cursor, page.epoch, self._as_of(stream, page))
            try:
                written = self._reference.apply(page.changes, at)
            except RowMissing as missing:
                raise CursorGone("cursor_gone", stream=stream.value) from missing
        else:
            with self._work.act() if self._matters(page) else self._work.noting():
                written = self._work.city.apply(page.changes)
                self._want_again(page.missing)
                self._reconsider(page.changes)
                self._move_work_cursor(page)
                self._work.meta.settle_receipts()
                self._note_epoch(page.epoch)
        if page.changes:
            self._listener.tables(sorted({change.table for change in page.changes}))
        return written

    def _reconsider(self, changes: list[Change]) -> None:
        """A case may have come back that acts were refused for; a late copy of a request may have brought in
        after all what was refused before; or the desk has ruled on it."""
        told = [change for change in changes if change.row is not None]
        cases = {change.id for change in told if change.table == CITY_CASE.name}
        acts = {
            change.id
            for change in told
            if change.table == CASE_ACT.name and change.row and change.row.get("standing") in SETTLED
        }
        if (cases or acts) and self._work.outbox.reconsider(cases, cases | acts):
            self.offered_again = True

    def _matters(self, page: ChangesPage) -> bool:
        """Whether a work page brings more than how old what is held now is."""
        identity = self._work.meta.identity()
        return bool(page.changes or page.missing) or (identity is not None and identity.epoch != page.epoch)

    def _move_work_cursor(self, page: ChangesPage) -> None:
        at = CursorAt(page.cursor, page.epoch, self._as_of(Stream.WORK, page))
        self._work.meta.move_cursor(Stream.WORK, at)
        if page.scope != self._work.meta.scope():
            self._work.meta.set_scope(page.scope)
        self._work.meta.note_server_time(page.server_time, self._clock)

    def _as_of(self, stream: Stream, page: ChangesPage) -> datetime:
        """How old the rows are after this page: as old as before while more pages are to come.

        A pull that is cut short must never make old rows look fresh.
        """
        if not page.more:
            return self._clock.now()
        held = self._cursor(stream)
        return held.moved_at if held is not None else NEVER

    def _want_again(self, missing: list[str]) -> None:
        """Central has lost bytes it gave a receipt for: what still lies here goes again."""
        for upload in self._work.uploads.sent_of(missing):
            file = upload.file
            if self._work.folder.file(file.sha256, file.media_type, file.lane).is_file():
                self._work.uploads.offer_once_more(file)
                self.offered_again = True

    def _note_epoch(self, epoch: str) -> None:
        """A restored or new central: everything without a receipt of this epoch is offered again."""
        identity = self._work.meta.identity()
        if identity is None or identity.epoch == epoch:
            return
        self._offer_again(epoch)
        self._work.meta.set_epoch(epoch)
        self._work.meta.log_event(self._clock.now(), "server_epoch", "", {"epoch": epoch})

    def _offer_again(self, epoch: str) -> None:
        self._work.outbox.offer_again(epoch)
        self._work.uploads.offer_again(epoch)
        self.offered_again = True

    def _offer_what_may_be_lost(self) -> None:
        """Central may have been set back, perhaps without saying so: offer all it ever gave a receipt for.

        It answers at once for what it still has. Done before anything is compared, because that may have to
        wait for a person, and once for a cursor, because it may have to wait for long.
        """
        held = self._work.meta.cursor(Stream.WORK)
        cursor = held.cursor if held else ""
        if cursor == self._offered_for:
            return
        with self._work.act():
            self._work.meta.set_back()
            self._offer_again("")
        self._offered_for = cursor

    def _compare_work(self, *, guarded: bool) -> int:
        """The cursor no longer serves: read everything, then replace what central told in one go."""
        latest: dict[tuple[str, str], Change] = {}
        page = self._remote.changes(Stream.WORK, "")
        epoch = page.epoch
        while True:
            latest |= {(change.table, change.id): change for change in page.changes}
            if not page.more:
                break
            page = self._remote.changes(Stream.WORK, page.cursor)
            if page.epoch != epoch:
                raise CursorGone("cursor_gone", stream=Stream.WORK.value)
        changes = [change for change in latest.values() if change.row is not None]
        held = self._work.city.counts()
        if guarded and page.scope == self._work.meta.scope():
            for table, before in held.items():
                refuse_shrinking(table, before, sum(change.table == table for change in changes))
        with self._work.act():
            self._work.city.clear()
            written = self._work.city.apply(changes)
            self._reconsider(changes)
            self._move_work_cursor(page)
            self._work.meta.compared()
            self._note_epoch(epoch)
        self._listener.tables(sorted(held))
        return written

    def _refill(self, between: Callable[[], None], *, guarded: bool, anew: bool = False) -> int:
        """Take the newest snapshot, then the changes after it."""
        self._filler.fill(between, guarded=guarded, anew=anew)
        self._pull_pages(Stream.REFERENCE, between, guarded=guarded)
        counts = self._reference.counts()
        self._listener.tables(sorted(counts))
        return sum(counts.values())
