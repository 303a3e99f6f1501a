"""The work store: opens ``work.db`` and gives its rooms — meta, drafts, records, outbox, uploads, city.

One ``WorkStore`` belongs to one thread at a time. ``act()`` is the one way to write: everything inside it
is one transaction, durable when it returns (``synchronous=FULL``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from sync.clock import Clock, SystemClock
from sync.contract.errors import NeedsPerson, RetryLater
from sync.replica.alerts import AlertRows
from sync.replica.checks import Checks
from sync.replica.city import CityRows
from sync.replica.copies import Copy, findings, make_copy
from sync.replica.database import CHECKPOINT_AFTER, Database, checkpoint, transaction
from sync.replica.drafts import Drafts
from sync.replica.folder import DataFolder
from sync.replica.journal import Journal, Segments
from sync.replica.map_pins import MapPins
from sync.replica.meta import Meta
from sync.replica.outbox import Outbox
from sync.replica.recovery import Rebuilt, look_again, open_work
from sync.replica.sidecars import Sidecars
from sync.replica.tasks import TaskRows
from sync.replica.tracks import Tracks
from sync.replica.uploads import Uploads

_NOT_OPEN = (-1, -1)
_NOT_THERE = (0, 0)


class WorkStore:
    """The encrypted store of what people made and must not lose."""

    def __init__(
        self,
        folder: DataFolder,
        key: bytes,
        *,
        checkpoints: bool = False,
        looking: bool = False,
        clock: Clock | None = None,
    ) -> None:
        """Open, migrate, and make anew what is damaged (see ``recovery``).

        ``checkpoints`` is for the daemon alone: one process empties the WAL. ``looking`` is for commands that
        answer and end: they do so on a full disk too.
        """
        self.folder = folder
        self._key = key
        self._clock = clock or SystemClock()
        self._looking = looking
        self._checkpoint_after = CHECKPOINT_AFTER if checkpoints else 0
        self.sidecars = Sidecars(folder, key)
        self._open(create=True)

    def _open(self, *, create: bool) -> None:
        self._file = _NOT_OPEN
        now, after = self._clock.now(), self._checkpoint_after
        while True:
            before = _identity_of(self.folder.work_db)
            db = open_work(
                self.folder,
                self._key,
                now,
                create=create,
                checkpoint_after=after,
                looking=self._looking,
            )
            opened = _identity_of(self.folder.work_db)
            if before in (opened, _NOT_THERE):
                break
            db.close()  # it was made anew in between: which one is open cannot be told
        self._db: Database = db
        self._file = opened
        self._journal = Journal(Segments(self.folder.journal, self._key), self._db)
        self.meta = Meta(self._db, self._journal)
        self.drafts = Drafts(self._db, self._journal)
        self.outbox = Outbox(self._db, self._journal)
        self.uploads = Uploads(self._db)
        self.city = CityRows(self._db)
        self.tasks = TaskRows(self._db)
        self.pins = MapPins(self._db)
        self.alerts = AlertRows(self._db)
        self.checks = Checks(self._db)
        self.tracks = Tracks(self._db)

    @contextmanager
    def act(self) -> Iterator[None]:
        """One transaction: takes the write lock at once, commits at the end, rolls back on any error.

        What people made is in the journal before it is committed here. ``store_moved`` where the file was
        made anew by another process right then: nothing was saved, and trying again saves it.
        """
        self.refresh()
        try:
            with transaction(self._db):
                yield
                self._journal.settle()
        except BaseException:
            self._journal.give_up()
            raise
        self._journal.settled()
        if _identity_of(self.folder.work_db) != self._file:
            raise RetryLater("store_moved", file=self.folder.work_db.name)

    def refresh(self) -> None:
        """Open the file that is in place now, where another process has made it anew meanwhile."""
        if _identity_of(self.folder.work_db) == self._file:
            return
        if not self.folder.root.is_dir():
            raise NeedsPerson("folder_unwritable", path=str(self.folder.root), reason="ENOENT")
        self._open_anew()

    def _open_anew(self) -> None:
        """Open, and only then let go of what was open: where opening fails, there is still a store to ask."""
        former = self._db
        self._open(create=False)
        former.close()

    def mend(self) -> bool:
        """Somebody met damage: examine the file, make it anew if it is damaged; True when it was."""
        before = self._file
        look_again(self.folder)
        self._open_anew()
        return self._file != before

    @contextmanager
    def noting(self) -> Iterator[None]:
        """A transaction for what a power cut may take back: progress, ages, the clock's offset.

        Whole all the same; it only does not wait for the disk, and the next ``act`` makes it durable too.
        """
        self._db.execute("PRAGMA synchronous = NORMAL")
        try:
            with transaction(self._db):
                yield
        finally:
            self._db.execute("PRAGMA synchronous = FULL")

    def checkpoint(self) -> None:
        """Move the WAL into the database; the daemon does this after a round, never during one."""
        checkpoint(self._db)

    def integrity(self) -> list[str]:
        """Findings of SQLite's and SQLCipher's own checks; empty when all is well."""
        return findings(self._db)

    def make_copy(self) -> Copy | None:
        """Make a good copy now; None where there is no room for one, or the store is not whole."""
        return make_copy(self.folder, self._key, self._db, self._journal)

    def journal_bytes(self) -> int:
        """How long the journal is, all segments together."""
        return self._journal.segments.total()

    def rebuilt(self) -> Rebuilt | None:
        """What the last rebuild brought back, None where there never was one."""
        return self.meta.rebuilt(Rebuilt)

    def rebuilt_told(self) -> None:
        """The person has been told of it."""
        found = self.rebuilt()
        if found is not None:
            with self.act():
                self.meta.set_rebuilt(msgspec.structs.replace(found, told=True))

    def synchronous(self) -> int:
        """The ``synchronous`` level in force (2 is FULL)."""
        return int(self._db.execute("PRAGMA synchronous").fetchone()[0])

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _identity_of(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return _NOT_THERE
    return found.st_dev, found.st_ino
