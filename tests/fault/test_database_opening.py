"""Opening the work store: the wrong key, a newer schema, many processes at once, an old SQLite."""

import subprocess
import sys
from pathlib import Path

import pytest

from sync.contract.errors import NeedsPerson
from sync.replica.database import open_database, require_safe_sqlite
from sync.replica.folder import DataFolder
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore
from sync.replica.work_schema import WORK_SCHEMA
from tests.contract.tablet import KEY, Tablet

OPEN_WORK = """
import sys, pathlib
from sync.replica.folder import DataFolder
from sync.replica.work import WorkStore
folder = DataFolder(pathlib.Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
store = WorkStore(folder, bytes(range(32)))
with store.act():
    number = store.meta.next_device_seq()
print(number, flush=True)
store.close()
"""
OPEN_REFERENCE = """
import sys, pathlib
from sync.replica.folder import DataFolder
from sync.replica.reference import ReferenceStore
folder = DataFolder(pathlib.Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
store = ReferenceStore(folder)
print(sum(store.counts().values()), flush=True)
store.close()
"""


def run_together(program: str, folder: Path, processes: int) -> list[str]:
    """Let several processes do the same at the same moment; returns what each said."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(processes)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate(timeout=240) for process in running]
    assert [error for _, error in said if error] == []
    return [text.strip() for text, _ in said]


@pytest.mark.parametrize("attempt", range(3))
def test_processes_that_make_the_work_store_at_once_all_succeed(tmp_path: Path, attempt: int) -> None:
    assert sorted(run_together(OPEN_WORK, tmp_path, 5)) == ["1", "2", "3", "4", "5"]
    store = WorkStore(DataFolder(tmp_path), KEY)
    assert store.integrity() == []
    store.close()


@pytest.mark.parametrize("attempt", range(3))
def test_processes_that_make_the_reference_store_at_once_all_succeed(tmp_path: Path, attempt: int) -> None:
    assert run_together(OPEN_REFERENCE, tmp_path, 5) == ["0"] * 5


def test_wrong_key_is_told_and_changes_nothing(data_dir: Path) -> None:
    with Tablet(data_dir) as tablet:
        report = tablet.report()
    with pytest.raises(NeedsPerson, match="store_key_wrong"):
        WorkStore(DataFolder(data_dir), bytes(32))
    with Tablet(data_dir) as tablet:
        assert tablet.work.outbox.entry(report.report_id) is not None


def test_work_store_cannot_be_read_without_its_key(data_dir: Path) -> None:
    with Tablet(data_dir) as tablet:
        tablet.report(note="不应以明文出现")
        tablet.work.checkpoint()
    written = b"".join(path.read_bytes() for path in data_dir.glob("work.db*"))
    assert "不应以明文出现".encode() not in written
    with pytest.raises(NeedsPerson, match="store_key_wrong"):
        open_database(data_dir / "work.db")


def test_store_of_a_newer_version_is_refused_politely_and_left_as_it_is(data_dir: Path) -> None:
    Tablet(data_dir).close()
    newer = open_database(data_dir / "work.db", key=KEY)
    newer.execute(f"PRAGMA user_version = {WORK_SCHEMA + 1}")
    newer.close()
    with pytest.raises(NeedsPerson, match="store_too_new"):
        WorkStore(DataFolder(data_dir), KEY)
    again = open_database(data_dir / "work.db", key=KEY)
    assert again.execute("PRAGMA user_version").fetchone()[0] == WORK_SCHEMA + 1
    again.close()


@pytest.mark.parametrize(("version", "safe"), [("3.51.2", False), ("3.40.1", False), ("3.51.3", True)])
def test_sqlite_that_can_corrupt_a_wal_is_refused(version: str, safe: bool) -> None:
    if safe:
        require_safe_sqlite(version)
        return
    with pytest.raises(NeedsPerson, match="sqlite_too_old"):
        require_safe_sqlite(version)


def test_work_store_commits_durably(data_dir: Path) -> None:
    with Tablet(data_dir) as tablet:
        assert tablet.work.synchronous() == 2
        with tablet.work.noting():
            tablet.work.meta.note_server_time(tablet.clock.now(), tablet.clock)
        assert tablet.work.synchronous() == 2


def test_work_store_that_is_no_database_is_left_as_it_is(data_dir: Path) -> None:
    (data_dir / "work.db").write_bytes(b"not a database at all" * 1000)
    with pytest.raises(NeedsPerson, match="store_key_wrong"):
        WorkStore(DataFolder(data_dir), KEY)
    assert (data_dir / "work.db").read_bytes() == b"not a database at all" * 1000


def test_damaged_pointer_to_the_reference_file_leads_to_an_empty_one_that_is_filled_anew(
    data_dir: Path,
) -> None:
    folder = DataFolder(data_dir)
    (folder.reference / "current").write_text("../../etc/passwd")
    store = ReferenceStore(folder)
    assert store.cursor() is None
    assert store.counts()["permit"] == 0
    store.close()


def test_pages_half_moved_out_of_the_log_by_a_power_cut_are_no_damage(data_dir: Path) -> None:
    with Tablet(data_dir) as tablet:
        tablet.work.checkpoint()
        tablet.report(note="in the log")
        log = (data_dir / "work.db-wal").read_bytes()
        page_size, frame = int.from_bytes(log[8:12]), 24
        page = int.from_bytes(log[32:36])
        with (data_dir / "work.db").open("r+b") as file:
            file.seek((page - 1) * page_size + 512)
            file.write(log[32 + frame + 512 : 32 + frame + 1024])

        assert tablet.work.integrity() == []


def test_page_that_no_log_makes_whole_is_damage(data_dir: Path) -> None:
    with Tablet(data_dir) as tablet:
        tablet.report()
        tablet.work.checkpoint()
        with (data_dir / "work.db").open("r+b") as file:
            file.seek(2 * 4096 + 100)
            file.write(b"x")

        assert tablet.work.integrity() != []
