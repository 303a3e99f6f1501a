"""A full disk or a busy database under a write: said plainly, rolled back whole, writable again after."""

import os
from pathlib import Path

import pytest

from sync.contract.errors import NeedsPerson, RetryLater
from sync.replica import database
from sync.replica.database import Database, open_database, transaction
from tests.contract.tablet import KEY, Tablet


def pages(db: Database) -> int:
    return int(db.execute("PRAGMA page_count").fetchone()[0])


@pytest.fixture
def db(tmp_path: Path) -> Database:
    db = open_database(tmp_path / "x.db", key=KEY)
    db.execute("CREATE TABLE t (v)")
    return db


def test_full_disk_in_a_transaction_is_said_plainly_and_takes_nothing_back(db: Database) -> None:
    db.execute("INSERT INTO t VALUES (1)")
    db.execute(f"PRAGMA max_page_count = {pages(db)}")
    with pytest.raises(NeedsPerson, match="disk_full"), transaction(db):
        db.execute("INSERT INTO t VALUES (zeroblob(100000))")
    db.execute("PRAGMA max_page_count = 100000")
    with transaction(db):
        db.execute("INSERT INTO t VALUES (2)")
    assert [row[0] for row in db.execute("SELECT v FROM t")] == [1, 2]
    db.close()


def test_database_held_by_another_for_too_long_is_asked_again_later(
    tmp_path: Path, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 10)
    other = open_database(tmp_path / "x.db", key=KEY)
    with transaction(db):
        with pytest.raises(RetryLater, match="store_busy"), transaction(other):
            pass
        db.execute("INSERT INTO t VALUES (1)")
    with transaction(other):
        other.execute("INSERT INTO t VALUES (2)")
    assert [row[0] for row in db.execute("SELECT v FROM t")] == [1, 2]
    other.close()
    db.close()


def test_commit_that_fails_leaves_no_transaction_open(db: Database) -> None:
    db.execute("CREATE TABLE parent (k INTEGER PRIMARY KEY)")
    db.execute("CREATE TABLE child (k REFERENCES parent (k) DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(database.IntegrityError), transaction(db):
        db.execute("INSERT INTO child VALUES (7)")
    with transaction(db):
        db.execute("INSERT INTO parent VALUES (7)")
    assert db.execute("SELECT count(*) FROM child").fetchone()[0] == 0
    db.close()


def test_report_refused_by_a_full_disk_leaves_what_was_saved_before(data_dir: Path) -> None:
    with Tablet(data_dir) as tablet:
        first = tablet.report(note="kept")
        db = tablet.work._db
        db.execute(f"PRAGMA max_page_count = {pages(db)}")
        with pytest.raises(NeedsPerson, match="disk_full"):
            tablet.report(note="x" * 10_000)
        db.execute("PRAGMA max_page_count = 1000000")
        second = tablet.report(note="after")
        entries = tablet.work.outbox.entries()
        assert [entry.record.record_id for entry in entries] == [second.report_id, first.report_id]


def test_log_is_written_anew_after_a_commit_that_failed(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew: list[Path] = []
    with Tablet(data_dir) as tablet:
        db = tablet.work._db
        db.execute(f"PRAGMA max_page_count = {pages(db)}")
        with pytest.raises(NeedsPerson, match="disk_full"):
            tablet.report(note="x" * 10_000)
        db.execute("PRAGMA max_page_count = 1000000")
        monkeypatch.setattr(database, "rewrite_log", anew.append)
        tablet.report(note="first after it")
        tablet.report(note="second after it")
    assert anew == [data_dir / "work.db-wal"]


def test_log_somebody_left_is_written_anew_before_it_is_shown(data_dir: Path) -> None:
    with Tablet(data_dir) as tablet:
        tablet.report()
        log = data_dir / "work.db-wal"
        left = log.read_bytes()
        os.utime(log, (1, 1))
        with Tablet(data_dir) as other:
            assert len(other.work.outbox.entries()) == 1
        assert log.read_bytes() == left
        assert log.stat().st_mtime > 1


def test_database_opens_while_another_writes(data_dir: Path) -> None:
    with Tablet(data_dir) as tablet:
        tablet.report()
        with tablet.work.act(), Tablet(data_dir) as other:
            assert len(other.work.outbox.entries()) == 1
