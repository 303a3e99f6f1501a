"""Opening a SQLite database the one way this product opens databases.

sqlcipher3 brings its own SQLite, new enough not to have the WAL-reset bug (fixed in 3.51.3); an older one is
refused. The standard library's sqlite3 must never open the same file: two copies of SQLite break its locks.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlcipher3.dbapi2 as driver
import sqlite_utils
from sqlite_utils import Migrations

from sync.contract.errors import NeedsPerson
from sync.replica.log_rewriting import log_of, rewrite_log
from sync.replica.storage_errors import of_database

SQLITE_MIN = (3, 51, 3)
BUSY_MS = 5_000
CACHE_KIB = 16_384
CHECKPOINT_AFTER = 1_000
"""SQLite's own measure, in pages."""
_RACE_S = 0.01

Database = sqlite_utils.Database


class _Opened(Database):
    """A database, and whether a sync of its log has failed since all of the log was last written."""

    log_doubtful = False


DatabaseError = driver.DatabaseError
OperationalError = driver.OperationalError
IntegrityError = driver.IntegrityError


def require_safe_sqlite(version: str = driver.sqlite_version) -> None:
    """Refuse to start on a SQLite that can corrupt a WAL database written by two processes."""
    if tuple(int(part) for part in version.split(".")) < SQLITE_MIN:
        raise NeedsPerson("sqlite_too_old", version=version, needed=".".join(map(str, SQLITE_MIN)))


def open_database(
    path: Path,
    *,
    key: bytes | None = None,
    full_sync: bool = True,
    read_only: bool = False,
    checkpoint_after: int = CHECKPOINT_AFTER,
    create: bool = True,
    looking: bool = False,
) -> Database:
    """Open (or create, where that is allowed) a database in WAL mode.

    ``key`` is the 32-byte raw SQLCipher key, or None for data that may lie in the clear. ``full_sync``
    makes a commit durable before it returns. A commit empties the write-ahead log by itself once that holds
    ``checkpoint_after`` pages (0: never). Raises ``NeedsPerson`` with ``store_key_wrong`` when the
    key does not open the file and ``sqlite_too_old`` as above.

    ``looking`` is for a short look that must do without a free byte: where there is no room for the index of
    the log beside the database it is kept in memory, and nobody else can open the file meanwhile.

    Another process may be making the same file at the same moment: SQLite then reports a lock without
    waiting for it, and SQLCipher takes the other's first page for a wrong key. Both pass.
    """
    require_safe_sqlite()
    if key is not None and len(key) != 32:
        raise ValueError("a raw key has 32 bytes")
    mode = "ro" if read_only else "rwc" if create else "rw"
    until = time.monotonic() + BUSY_MS / 1000
    alone = False
    while True:
        being_made = not read_only and not (path.exists() and path.stat().st_size)
        try:
            connection = _connect(path, key, mode, full_sync, checkpoint_after, alone=alone)
            database = _Opened(connection, execute_plugins=False)  # nobody else is shown the connection
            if full_sync and not read_only:
                settle_log(database, path)
            return database
        except DatabaseError as error:
            passes = "locked" in str(error) or (being_made and "not a database" in str(error))
            told = _as_field_error(error, path)
            if looking and not alone and isinstance(told, NeedsPerson) and told.code == "disk_full":
                alone = True
            elif not passes or time.monotonic() >= until:
                raise told from error
        time.sleep(_RACE_S)


def _connect(
    path: Path, key: bytes | None, mode: str, full_sync: bool, checkpoint_after: int, *, alone: bool
) -> driver.Connection:
    connection = driver.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_MS / 1000,
    )
    try:
        if key is not None:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        if alone:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # before the first look: no index beside it
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        if mode != "ro":
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA synchronous = {'FULL' if full_sync else 'NORMAL'}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {checkpoint_after}")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
    except driver.DatabaseError:
        connection.close()
        raise
    return connection


def _as_field_error(error: driver.DatabaseError, path: Path) -> Exception:
    """What a failure of the database means for people; the error itself when it is none they can mend."""
    return of_database(error, path) or error


def settle_log(database: Database, path: Path) -> None:
    """Make durable what somebody else has left in the log before it is shown to anybody.

    A process that was killed, or whose disk failed, may have left a commit there that was never synced.
    Whoever opens the database next would see it, answer for it, and lose it to a power cut. While somebody
    else is writing, the database was open already, and such a commit cannot be seen.
    """
    if not log_of(path).exists():
        return
    database.execute("PRAGMA busy_timeout = 0")
    try:
        with suppress(OperationalError):
            database.execute("BEGIN IMMEDIATE")
            try:
                rewrite_log(log_of(path))
            finally:
                database.execute("ROLLBACK")
    finally:
        database.execute(f"PRAGMA busy_timeout = {BUSY_MS}")


@contextmanager
def transaction(database: Database) -> Iterator[None]:
    """One write transaction: takes the lock at once, commits at the end, rolls back on any error.

    A full disk is ``disk_full``, another process's too long write ``store_busy``: nothing was written. After
    a commit that failed the log is written anew: what a failed sync gave up, no later one makes durable.
    """
    try:
        database.execute("BEGIN IMMEDIATE")
        try:
            _write_anew(database)
            yield
            database.execute("COMMIT")
        except BaseException:
            if database.conn.in_transaction:
                database.execute("ROLLBACK")
            raise
    except DatabaseError as error:
        _note_failure(database, error)
        raise _as_field_error(error, _path_of(database)) from error


def checkpoint(database: Database) -> None:
    """Move the log into the database, as far as nobody reads it."""
    try:
        if _is_doubtful(database):
            with transaction(database):
                pass
        database.execute("PRAGMA wal_checkpoint(PASSIVE)")
    except DatabaseError as error:
        _note_failure(database, error)
        raise _as_field_error(error, _path_of(database)) from error


def _note_failure(database: Database, error: driver.DatabaseError) -> None:
    if isinstance(database, _Opened) and ("disk I/O error" in str(error) or "is full" in str(error)):
        database.log_doubtful = True


def _is_doubtful(database: Database) -> bool:
    return isinstance(database, _Opened) and database.log_doubtful


def _write_anew(database: Database) -> None:
    if isinstance(database, _Opened) and database.log_doubtful:
        rewrite_log(log_of(_path_of(database)))
        database.log_doubtful = False


def _path_of(database: Database) -> Path:
    return Path(str(database.execute("PRAGMA database_list").fetchone()[2]))


def migrate(database: Database, migrations: Migrations, known: int) -> None:
    """Bring a database to the newest schema; refuse politely one made by a newer version.

    All pending migrations run in one transaction under the write lock, so that a kill leaves old or new and
    two processes never migrate at once. ``known`` is how many migrations this version has (``user_version``).
    """
    if _schema(database) == known:
        return
    with transaction(database):
        found = _schema(database)
        if found > known:
            raise NeedsPerson("store_too_new", found=found, known=known)
        migrations.apply(database)
        database.execute(f"PRAGMA user_version = {known}")


def _schema(database: Database) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])
