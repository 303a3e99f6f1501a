"""Files central gave receipts for and has lost, and files nobody knows: found by looking at the folder.

look()       every vouched-for file that is not there whole is noted for the devices that sent it
examine()    the same by hashes, when somebody asks: what rots keeps its length
of(device)   told with the pages of the work stream, so that the tablet sends it again
collect()    files that no row names, left by a commit that failed, go after a while; named ones never
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sync.central.store.objects import Objects
from sync.central.store.store import Store
from sync.central.world import World
from sync.contract.ids import new_id
from sync.replica.database import Database
from sync.replica.files import sha256_file

TOLD_AT_ONCE = 200
_ROWS_AT_ONCE = 500


class Missing:
    """Holds the folder of files against the table that vouches for it."""

    def __init__(self, store: Store, world: World, objects: Objects, orphan_life: timedelta) -> None:
        self._store = store
        self._world = world
        self._objects = objects
        self._orphan_life = orphan_life

    def look(self) -> int:
        """Note every file that is not there whole, forget those that are; answers how many are lost."""
        lost = [sha256 for sha256, size in self._vouched_for() if not self._objects.lies_there(sha256, size)]
        with self._store.reading() as db:
            noted = {row[0] for row in db.execute("SELECT DISTINCT sha256 FROM lost_object")}
        if set(lost) == noted:
            return len(lost)
        with self._store.writing() as db:
            db.execute("DELETE FROM lost_object")
            for sha256 in lost:
                _note(db, sha256)
        return len(lost)

    def examine(self) -> list[str]:
        """Hash every vouched-for file; one that is not what its hash says is set aside (in ``damaged``).

        It counts as lost from then on: the tablets that sent it are asked for it again.
        """
        damaged = []
        for sha256, size in self._vouched_for():
            path = self._objects.path_of(sha256)
            if self._objects.lies_there(sha256, size) and sha256_file(path) != sha256:
                aside = self._objects.folder.parent / "damaged"
                aside.mkdir(exist_ok=True)
                path.replace(aside / f"{sha256}-{new_id()}")
                damaged.append(sha256)
        self.look()
        return damaged

    def count(self) -> int:
        """How many files were lost at the last look and have not come back."""
        with self._store.reading() as db:
            return int(db.execute("SELECT count(DISTINCT sha256) FROM lost_object").fetchone()[0])

    def lost(self) -> list[str]:
        """Their hashes."""
        with self._store.reading() as db:
            return [str(row[0]) for row in db.execute("SELECT DISTINCT sha256 FROM lost_object")]

    def collect(self) -> int:
        """Delete files that no row names, once they are old enough to belong to no request under way."""
        before = self._world.now() - self._orphan_life
        collected = 0
        for path in self._files():
            if datetime.fromtimestamp(path.stat().st_mtime, before.tzinfo) >= before:
                continue
            sha256 = path.parent.name + path.name
            with self._store.reading() as db:
                if _is_named(db, sha256):
                    continue
            with self._store.writing(durable=False) as db:  # under the lock: nobody begins to name it now
                if not _is_named(db, sha256):
                    path.unlink(missing_ok=True)
                    collected += 1
        return collected

    def _vouched_for(self) -> Iterator[tuple[str, int]]:
        """Every row of ``object``, read in pages so that no read lasts long."""
        after = ""
        while True:
            with self._store.reading() as db:
                rows = db.execute(
                    "SELECT sha256, bytes FROM object WHERE sha256 > ? ORDER BY sha256 LIMIT ?",
                    (after, _ROWS_AT_ONCE),
                ).fetchall()
            if not rows:
                return
            yield from rows
            after = rows[-1][0]

    def _files(self) -> Iterator[Path]:
        for folder in sorted(self._objects.folder.iterdir()):
            if folder.is_dir() and len(folder.name) == 2:
                with os.scandir(folder) as found:
                    names = sorted(entry.name for entry in found if entry.is_file())
                yield from (folder / name for name in names if len(name) == 62)


def missing_of(db: Database, device_id: str) -> list[str]:
    """Hashes of files this device sent that central has lost; some of them where there are many."""
    rows = db.execute(
        "SELECT sha256 FROM lost_object WHERE device_id = ? LIMIT ?", (device_id, TOLD_AT_ONCE)
    ).fetchall()
    return [str(row[0]) for row in rows]


def _note(db: Database, sha256: str) -> None:
    """A lost file is wanted from every device whose record names it; "" stands for none of them."""
    db.execute(
        "INSERT OR IGNORE INTO lost_object (device_id, sha256) SELECT DISTINCT op.device_id, f.sha256"
        " FROM file_ref f JOIN op ON op.record_id = f.record_id WHERE f.sha256 = ?"
        " UNION SELECT '', ?",
        (sha256, sha256),
    )


def _is_named(db: Database, sha256: str) -> bool:
    row = db.execute(
        "SELECT 1 FROM object WHERE sha256 = ? UNION SELECT 1 FROM file_ref WHERE sha256 = ? LIMIT 1",
        (sha256, sha256),
    ).fetchone()
    return row is not None
