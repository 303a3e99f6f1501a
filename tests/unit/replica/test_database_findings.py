"""What counts as damage of a database that others work with while it is examined."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.replica.copies import damaged_pages, findings
from sync.replica.database import Database, open_database

KEY = bytes(range(32))
ROWS = 200


def fill(db: Database, text: str, first: int = 0) -> None:
    db.execute("BEGIN IMMEDIATE")
    rows = [(number, text * 500) for number in range(first, first + ROWS)]
    db.conn.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", rows)
    db.execute("COMMIT")


def half_moved(path: Path) -> tuple[Database, Database]:
    """A database whose log is moved into it as far as a reader lets it: pages further back are there already,
    earlier ones, written again since, only in the log. The writer, and the reader, still at it."""
    writer = open_database(path, key=KEY, create=True, checkpoint_after=0)
    writer.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, text TEXT)")
    fill(writer, "a")
    fill(writer, "b", ROWS)
    reader = open_database(path, key=KEY, checkpoint_after=0)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM kept").fetchone()
    fill(writer, "c")
    writer.execute("PRAGMA wal_checkpoint(PASSIVE)")
    return writer, reader


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "work.db"


def test_page_that_only_the_log_has_is_no_damage_while_somebody_reads_an_older_state(path: Path) -> None:
    writer, reader = half_moved(path)
    with_holes = writer.execute("PRAGMA cipher_integrity_check").fetchall()
    assert with_holes != []  # SQLCipher looks at the file alone
    looking = open_database(path, key=KEY, checkpoint_after=0)
    assert damaged_pages(looking) is None
    assert findings(looking) == []
    reader.execute("COMMIT")
    assert damaged_pages(looking) == []
    for db in (looking, reader, writer):
        db.close()


def test_damaged_page_is_found_while_somebody_reads_an_older_state_and_afterwards(path: Path) -> None:
    writer, reader = half_moved(path)
    writer.execute("PRAGMA cache_size = 0")
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size - 4096 - 2048)  # the page before the last, which is in the file
        file.write(b"\xff" * 64)
    looking = open_database(path, key=KEY, checkpoint_after=0)
    assert findings(looking) != []
    reader.execute("COMMIT")
    assert damaged_pages(looking)
    for db in (looking, reader, writer):
        db.close()
