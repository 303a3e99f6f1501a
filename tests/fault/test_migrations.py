"""A database file of every earlier schema is brought up to date, also when that is killed at any statement.

The files in ``data`` were written by the program as it was then (``work-N``: under the tests' own key).
"""

from __future__ import annotations

import gzip
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import sync.central.store.store as central_store
import sync.replica.recovery as recovery
from sync.central.composition import Central
from sync.central.settings import Settings
from sync.central.store.schema import KNOWN
from sync.central.world import real_world
from sync.contract.errors import NeedsPerson
from sync.messages import sentence
from sync.replica.copies import findings
from sync.replica.database import Database, migrate, open_database
from sync.replica.folder import DataFolder
from sync.replica.work import WorkStore
from sync.replica.work_schema import WORK_SCHEMA
from tests.contract.tablet import KEY
from tests.fault.ledger_plugin import Teller
from tests.fault.memory import memory_folder

DATA = Path(__file__).parent / "data"
WORK_FILES = sorted(DATA.glob("work-*.db.gz"), key=lambda path: int(path.name[5:-6]))
CENTRAL_FILES = sorted(DATA.glob("central-*.db.gz"))
WORK_EVIDENCE = (
    "SELECT record_id, body_sha256, device_seq FROM record ORDER BY 1",
    "SELECT op_id, state, receipt FROM outbox ORDER BY 1",
    "SELECT record_id, slot, lane, sha256, bytes, state FROM upload ORDER BY 1, 2, 3",
    "SELECT draft_id, body FROM draft ORDER BY 1",
    "SELECT photo_id, owner_id, slot, body FROM photo ORDER BY 1",
    "SELECT value FROM meta WHERE name IN ('identity', 'device_seq') ORDER BY name",
)
CENTRAL_EVIDENCE = (
    "SELECT op_id, record_id, body, body_sha256, sequence, status FROM op ORDER BY 1",
    "SELECT case_id, state, record FROM city_case ORDER BY 1",
    "SELECT record_id, slot, lane, sha256, bytes FROM file_ref ORDER BY 1, 2, 3",
    "SELECT device_id, public_key, escrow FROM device ORDER BY 1",
    "SELECT value FROM meta WHERE name IN ('epoch', 'central_id') ORDER BY name",
)
Evidence = list[list[tuple[object, ...]]]


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder in memory: a kill loses nothing that was written, so no disk is needed to be waited for."""
    folder = memory_folder("migrations-")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _unpacked(packed: Path, to: Path) -> Path:
    to.write_bytes(gzip.decompress(packed.read_bytes()))
    return to


def _evidence(path: Path, key: bytes | None, selects: tuple[str, ...]) -> tuple[int, Evidence]:
    """The schema a file has, and what must never change; the file must be whole."""
    db = open_database(path, key=key)
    try:
        assert key is None or findings(db) == []
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        return version, [[tuple(row) for row in db.execute(select)] for select in selects]
    finally:
        db.close()


def _killed_at(statement: int, opening: Callable[[], None], where: object, name: str) -> bool:
    """Open in a process of its own that is killed before the n-th statement of the migration; False when
    the migration has fewer."""
    child = os.fork()
    if child == 0:
        real = migrate
        left = statement

        def counted(_statement: str) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        def watched(db: Database, *rest: object) -> None:
            db.conn.set_trace_callback(counted)
            real(db, *rest)  # type: ignore[arg-type]
            db.conn.set_trace_callback(None)

        setattr(where, name, watched)
        try:
            opening()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _open_work(root: Path) -> None:
    WorkStore(DataFolder(root), KEY).close()


def _open_central(root: Path) -> None:
    Central(Settings(data=root), real_world()).close()


def test_there_is_a_file_of_every_earlier_schema() -> None:
    assert [path.name for path in WORK_FILES] == [f"work-{n}.db.gz" for n in range(1, WORK_SCHEMA)]
    released = [n for n in range(1, KNOWN) if n != 3]  # 3 and 4 came in one step
    assert {f"central-{n}.db.gz" for n in released if n < 7} <= {path.name for path in CENTRAL_FILES}


@pytest.mark.faults(7)
@pytest.mark.parametrize("packed", WORK_FILES, ids=lambda path: path.name)
def test_work_store_of_an_earlier_schema_is_killed_at_every_statement_and_loses_nothing(
    tmp_path: Path, packed: Path, tally: Teller
) -> None:
    old = _unpacked(packed, tmp_path / "old.db")
    before, evidence = _evidence(old, KEY, WORK_EVIDENCE)
    assert before < WORK_SCHEMA
    assert [len(rows) for rows in evidence] == [10, 10, 13, 3, 3, 2]
    kills = 0
    versions = set()
    while True:
        root = tmp_path / f"tablet-{kills}"
        root.mkdir()
        shutil.copyfile(old, root / "work.db")
        if not _killed_at(kills, lambda root=root: _open_work(root), recovery, "migrate"):  # type: ignore[misc]
            break
        kills += 1
        version, found = _evidence(root / "work.db", KEY, WORK_EVIDENCE)
        assert version in (before, WORK_SCHEMA)
        versions.add(version)
        assert found == evidence
        _open_work(root)
        assert _evidence(root / "work.db", KEY, WORK_EVIDENCE) == (WORK_SCHEMA, evidence)
    assert _evidence(root / "work.db", KEY, WORK_EVIDENCE) == (WORK_SCHEMA, evidence)
    assert before in versions
    assert kills >= 5
    tally(runs=kills, note=f"{packed.name} killed at every statement")


@pytest.mark.faults(7)
@pytest.mark.parametrize("packed", CENTRAL_FILES, ids=lambda path: path.name)
def test_central_of_an_earlier_schema_is_killed_at_its_statements_and_loses_nothing(
    tmp_path: Path, packed: Path, tally: Teller, long_form: bool
) -> None:
    step = 1 if long_form else 5
    old = _unpacked(packed, tmp_path / "old.db")
    before, evidence = _evidence(old, None, CENTRAL_EVIDENCE)
    assert before < KNOWN
    assert len(evidence[0]) == len(evidence[1]) == 6
    kills = 0
    while True:
        root = tmp_path / f"central-{kills}"
        root.mkdir()
        shutil.copyfile(old, root / "central.db")
        if not _killed_at(kills * step, lambda root=root: _open_central(root), central_store, "migrate"):  # type: ignore[misc]
            break
        kills += 1
        version, found = _evidence(root / "central.db", None, CENTRAL_EVIDENCE)
        assert version in (before, KNOWN)
        assert found == evidence
        if kills % 5 == 0:  # going on is the same from each of them
            _open_central(root)
            assert _evidence(root / "central.db", None, CENTRAL_EVIDENCE) == (KNOWN, evidence)
        shutil.rmtree(root)
    assert _evidence(root / "central.db", None, CENTRAL_EVIDENCE) == (KNOWN, evidence)
    every = "every" if step == 1 else f"every {step}th"
    tally(runs=kills, note=f"{packed.name} killed at {every} statement")


@pytest.mark.faults(7)
def test_newer_schema_is_refused_in_plain_words_and_left_alone(tmp_path: Path, tally: Teller) -> None:
    root = tmp_path / "tablet"
    _open_work(root)
    _newer(root / "work.db", KEY)
    with pytest.raises(NeedsPerson, match="store_too_new") as refused:
        _open_work(root)
    assert "newer version" in sentence(refused.value.code, refused.value.facts, "en")
    _open_central(tmp_path / "central")
    _newer(tmp_path / "central" / "central.db", None)
    with pytest.raises(NeedsPerson, match="store_too_new"):
        _open_central(tmp_path / "central")
    tally(runs=2, note="newer schema refused")


def _newer(path: Path, key: bytes | None) -> None:
    db = open_database(path, key=key)
    db.execute("PRAGMA user_version = 99")
    db.close()
