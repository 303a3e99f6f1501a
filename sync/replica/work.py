"""The work store: opens ``work.db`` and gives its rooms — meta, drafts, records, outbox, uploads, city.

One ``WorkStore`` belongs to one thread at a time. ``act()`` is the one way to write: everything inside it
is one transaction, durable when it returns (``synchronous=FULL``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sync.contract.errors import NeedsPerson
from sync.replica.city import CityRows
from sync.replica.database import (
    CHECKPOINT_AFTER,
    Database,
    DatabaseError,
    migrate,
    open_database,
    transaction,
)
from sync.replica.drafts import Drafts
from sync.replica.folder import DataFolder
from sync.replica.meta import Meta
from sync.replica.outbox import Outbox
from sync.replica.tasks import TaskRows
from sync.replica.uploads import Uploads
from sync.replica.work_schema import WORK_MIGRATIONS, WORK_SCHEMA


class WorkStore:
    """The encrypted store of what people made and must not lose."""

    def __init__(self, folder: DataFolder, key: bytes, *, checkpoints: bool = False) -> None:
        """Open and migrate. ``checkpoints`` is for the daemon alone: one process empties the WAL."""
        self.folder = folder
        if folder.keys.exists() and folder.work_db.exists() and not folder.work_db.stat().st_size:
            raise NeedsPerson("folder_broken", file=folder.work_db.name)  # never begin anew in its place
        after = CHECKPOINT_AFTER if checkpoints else 0
        self._db: Database = open_database(folder.work_db, key=key, checkpoint_after=after)
        migrate(self._db, WORK_MIGRATIONS, WORK_SCHEMA)
        self.meta = Meta(self._db)
        self.drafts = Drafts(self._db)
        self.outbox = Outbox(self._db)
        self.uploads = Uploads(self._db)
        self.city = CityRows(self._db)
        self.tasks = TaskRows(self._db)

    def act(self) -> AbstractContextManager[None]:
        """One transaction: takes the write lock at once, commits at the end, rolls back on any error."""
        return transaction(self._db)

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
        self._db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def integrity(self) -> list[str]:
        """Findings of SQLite's and SQLCipher's own checks; empty when all is well.

        SQLCipher looks at the file alone. A power cut while the log was moved into it leaves half pages
        there, whose whole ones still lie in the log: a wrong page counts once the log has been moved in.
        """
        try:
            pages = self._damaged_pages()
            if pages:
                self.checkpoint()
                pages = self._damaged_pages()
            rows = [str(row[0]) for row in self._db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        except DatabaseError as error:
            return [str(error)]
        return pages + rows

    def _damaged_pages(self) -> list[str]:
        return [str(row[0]) for row in self._db.execute("PRAGMA cipher_integrity_check")]

    def synchronous(self) -> int:
        """The ``synchronous`` level in force (2 is FULL)."""
        return int(self._db.execute("PRAGMA synchronous").fetchone()[0])

    def close(self) -> None:
        """Close the file."""
        self._db.close()
