"""Good copies of the work database: made whole from time to time, checked, the newest two kept.

A copy is named by the journal segment that was begun right before it: what is older than that segment is in
the copy, so that segments before the older copy are not needed any more. A copy is encrypted as the
database is.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import msgspec

from sync.contract.errors import FieldError
from sync.replica.database import Database, DatabaseError, open_database, transaction
from sync.replica.files import plain_errors, remove_quietly, sync_folder
from sync.replica.folder import RESERVE_BYTES, DataFolder
from sync.replica.journal import Journal

KEEP = 2
_COPY = re.compile(r"work-(\d{8})\.db")
_PART = "work.part"


class Copy(msgspec.Struct, frozen=True):
    """A copy; ``segment`` is the first that is not in it."""

    path: Path
    segment: int


def copies_in(folder: DataFolder) -> list[Copy]:
    """The copies there are, newest first."""
    if not folder.copies.is_dir():
        return []
    named = ((path, _COPY.fullmatch(path.name)) for path in folder.copies.iterdir())
    found = [Copy(path, int(name[1])) for path, name in named if name is not None]
    return sorted(found, key=lambda copy: copy.segment, reverse=True)


def make_copy(folder: DataFolder, key: bytes, db: Database, journal: Journal) -> Copy | None:
    """Make one now; None where there is no room for it, or where the database itself is not whole."""
    if folder.free_bytes() < 2 * folder.work_db.stat().st_size + RESERVE_BYTES:
        return None
    with transaction(db):
        segment = journal.begin_segment().segment
    part = folder.copies / _PART
    path = folder.copies / f"work-{segment:08}.db"
    with plain_errors(path):
        if not folder.copies.is_dir():
            folder.copies.mkdir(mode=0o700, exist_ok=True)
            sync_folder(folder.root)
        _remove(part)
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY, 0o600))
        try:
            db.execute("VACUUM INTO ?", [str(part)])
            if not is_whole_copy(part, key):
                return None
            _sync(part)
            part.replace(path)
            sync_folder(folder.copies)
        finally:
            _remove(part)
    _drop_old(folder, journal)
    return Copy(path, segment)


def is_whole(path: Path, key: bytes) -> bool:
    """Whether a database opens with this key and SQLite and SQLCipher find nothing wrong with it.

    Its log is left to SQLite: others may have the database open, with commits in there.
    """
    try:
        db = open_database(path, key=key)
    except (FieldError, DatabaseError):
        return False
    try:
        return not findings(db)
    finally:
        db.close()


def is_whole_copy(path: Path, key: bytes) -> bool:
    """The same of a copy, which nobody works with: nothing beside it is left behind."""
    try:
        return is_whole(path, key)
    finally:
        for ending in ("-wal", "-shm"):
            remove_quietly(path.with_name(path.name + ending))


def findings(db: Database) -> list[str]:
    """What SQLite's and SQLCipher's own checks find; empty when all is well.

    While somebody reads an older state, SQLite's check stands alone: it reads every page in use, from the
    log or the file, wherever it lies now.
    """
    try:
        pages = damaged_pages(db) or []
        rows = [str(row[0]) for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    except DatabaseError as error:
        return [str(error)]
    return pages + rows


def damaged_pages(db: Database) -> list[str] | None:
    """Pages that SQLCipher finds wrong; None where that cannot be told now.

    SQLCipher looks at the file alone. A power cut while the log was moved into it leaves half pages there,
    and a move that a reader of an older state held up leaves pages out, whose whole ones lie in the log. So a
    wrong page counts once all of the log has been moved in, and when it is still wrong at two looks more, as
    others may be moving theirs.
    """
    wrong = _wrong_pages(db)
    if wrong:
        busy, log, moved = db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if busy or log != moved:
            return None
        wrong &= _wrong_pages(db)
        wrong &= _wrong_pages(db)
    return sorted(wrong)


def _wrong_pages(db: Database) -> set[str]:
    return {str(row[0]) for row in db.execute("PRAGMA cipher_integrity_check")}


def _drop_old(folder: DataFolder, journal: Journal) -> None:
    copies = copies_in(folder)
    for old in copies[KEEP:]:
        _remove(old.path)
    needed = copies[:KEEP][-1].segment if len(copies) >= KEEP else 0
    for number in journal.segments.numbers():
        if number < needed:
            remove_quietly(journal.segments.path(number))


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        remove_quietly(path.with_name(path.name + ending))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
