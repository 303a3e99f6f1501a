"""A tablet as the window's tests need it: enrolled, filled with a small demo city, an officer at the desk.

    desk = open_desk(tmp_path)                      one desk for a test that needs no thread
    def test_x(workers): writer, reader = workers   two running replica workers on one data folder

Nothing here is faked: the stores are real, the work store is encrypted with a random key, the city comes from
the demo's own generator with few permits. Only central is absent.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.capture.desk import Desk, Locate
from fieldapp.services.worker import ReplicaWorker
from fieldapp.ui.paths import resources
from sync.central.city import CITY, DEMO_DAY, build
from sync.clock import Clock, SystemClock
from sync.contract.ids import new_id
from sync.contract.tables import TABLES, Row, Stream
from sync.contract.wire import Change, OfficerCard
from sync.remote.memory_signing import SIGNING_KEY
from sync.replica.folder import DataFolder
from sync.replica.meta import CursorAt, Identity
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore
from sync.vault import Vault
from sync.vault.keyfile import DeviceRef

PERMITS = 300
SERVER = "https://127.0.0.1:9"  # nobody listens there: an honest "unreachable"
DEVICE_ID = "01900000-0000-7000-8000-00000000d001"
EPOCH = "test-epoch"
RESCUE_KEY = "11" * 32  # any 32 bytes are a public key of X25519; nobody needs to read what is sealed for it
FONT = resources() / "fonts" / "FieldSansSC-Regular.otf"


class Tablet(NamedTuple):
    """An enrolled data folder and the key of its work store; any number of desks may be open on it."""

    root: Path
    key: bytes

    @property
    def folder(self) -> DataFolder:
        """The data folder."""
        return DataFolder(self.root)

    def desk(
        self, officer: str = "G1001", *, clock: Clock | None = None, locate: Locate | None = None
    ) -> Desk:
        """A desk with connections of its own, for the thread that opens it."""
        folder = self.folder
        return Desk(
            work=WorkStore(folder, self.key),
            reference=ReferenceStore(folder),
            officer=officer_card(officer),
            device_id=DEVICE_ID,
            clock=clock or SystemClock(),
            new_id=new_id,
            locate=locate or (lambda lon, lat: _first_cell()),
            app_version="0.1.0-test",
            font=FONT,
        )


def make_tablet(root: Path, *, filled: bool = True, clock: Clock | None = None) -> Tablet:
    """Enrol a new folder without a central and, unless told otherwise, fill it with a small city."""
    folder = DataFolder(root)
    key = Vault(folder).create(DeviceRef(SERVER, DEVICE_ID, RESCUE_KEY), secrets.token_bytes(32))
    tablet = Tablet(root, key)
    now = (clock or SystemClock()).now()
    if filled:
        (folder.reference / "small-1.db").write_bytes(_reference_file())
        (folder.reference / "current").write_text("small-1.db")
        reference = ReferenceStore(folder)
        reference.apply([], CursorAt("cursor-1", EPOCH, now))
        reference.close()
    work = WorkStore(folder, tablet.key)
    with work.act():
        work.meta.set_identity(
            Identity(SERVER, DEVICE_ID, "00" * 32, "token", EPOCH, CITY, SIGNING_KEY, RESCUE_KEY)
        )
        if filled:
            work.city.apply(list(_changes(Stream.WORK)))
            work.meta.move_cursor(Stream.WORK, CursorAt("cursor-1", EPOCH, now))
    work.close()
    return tablet


def open_desk(
    tmp_path: Path, officer: str = "G1001", *, clock: Clock | None = None, locate: Locate | None = None
) -> Desk:
    """A desk on a fresh tablet in ``tmp_path/tablet``; close its ``work`` and ``reference`` at the end."""
    return make_tablet(tmp_path / "tablet", clock=clock).desk(officer, clock=clock, locate=locate)


def officer_card(officer_id: str) -> OfficerCard:
    """One of the demo's officers."""
    row = _officers()[officer_id]
    return OfficerCard(officer_id, str(row["name"]), str(row["role"]), str(row["squad"]))


def put_rows(desk: Desk, table: str, *rows: Row) -> None:
    """Write rows as if central had told them; missing columns are left empty."""
    shape = TABLES[table]
    changes = [
        Change(
            1, table, str(row[shape.key]), {name: row.get(name, _empty(kind)) for name, kind in shape.columns}
        )
        for row in rows
    ]
    if shape.stream is Stream.WORK:
        with desk.work.act():
            desk.work.city.apply(changes)
        return
    cursor = desk.reference.cursor()
    assert cursor is not None
    desk.reference.apply(changes, cursor)


def put_case(desk: Desk, state: str = "dispatched", **columns: Any) -> str:
    """A case of the city, dispatched to the desk's officer unless told otherwise; returns its id."""
    case_id = str(columns.pop("case_id", "") or new_id())
    row: Row = {
        "case_id": case_id,
        "state": state,
        "class_code": "03-11",
        "note": "渣土车未密闭运输,沿途撒漏",
        "lon": CITY.lon,
        "lat": CITY.lat,
        "grid_cell": _first_cell(),
        "address": "新湖路与裕安一路交叉口",
        "reporter": "G1002",
        "source": "grid_worker",
        "assignee": desk.officer.officer_id,
        "reported_at": "2026-11-20T01:00:00.000000Z",
        "due_at": "2026-11-20T05:00:00.000000Z",
        "delayed": 0,
        "supervised": 0,
        "record": "{}",
    }
    put_rows(desk, "city_case", row | columns)
    return case_id


def run_job(qtbot: QtBot, worker: ReplicaWorker, job: Callable[[Desk], Any]) -> Any:
    """Run a job on a worker and wait for its answer; an error is raised here."""
    answers: list[Any] = []
    worker.submit(job, answers.append, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=60_000)
    if isinstance(answers[0], Exception):
        raise answers[0]
    return answers[0]


def start_workers(qtbot: QtBot, make_desk: Callable[[], Desk]) -> tuple[ReplicaWorker, ReplicaWorker]:
    """Writer and reader, both with a desk open."""
    pair = (ReplicaWorker("writer"), ReplicaWorker("reader"))
    answers: list[Any] = []
    for worker in pair:
        worker.start(make_desk, answers.append, answers.append)
    qtbot.waitUntil(lambda: len(answers) == len(pair), timeout=60_000)
    assert all(isinstance(answer, OfficerCard) for answer in answers), answers
    return pair


@pytest.fixture
def tablet(tmp_path: Path) -> Tablet:
    """An enrolled tablet filled with the small city."""
    return make_tablet(tmp_path / "tablet")


@pytest.fixture
def desk(tablet: Tablet) -> Iterator[Desk]:
    """G1001 at a desk of the tablet, in the test's own thread."""
    opened = tablet.desk()
    yield opened
    opened.work.close()
    opened.reference.close()


@pytest.fixture
def workers(qtbot: QtBot, tablet: Tablet) -> Iterator[tuple[ReplicaWorker, ReplicaWorker]]:
    """Writer and reader at work for G1001 on the same tablet as ``desk``."""
    pair = start_workers(qtbot, tablet.desk)
    yield pair
    for worker in pair:
        worker.stop()


@cache
def _tables() -> dict[str, list[Row]]:
    return {name: list(rows) for name, rows in build(PERMITS, today=DEMO_DAY)}


@cache
def _officers() -> dict[str, Row]:
    return {str(row["officer_id"]): row for row in _tables()["officer"]}


@cache
def _first_cell() -> str:
    return str(_tables()["grid_cell"][0]["grid_cell"])


def _changes(stream: Stream) -> Iterator[Change]:
    for name, rows in _tables().items():
        if TABLES[name].stream is stream:
            for row in rows:
                yield Change(1, name, str(row[TABLES[name].key]), row)


@cache
def _reference_file() -> bytes:
    """The small city as a reference database, made once for all tests of a run."""
    with TemporaryDirectory() as place:
        folder = DataFolder(Path(place))
        store = ReferenceStore(folder)
        store.apply(list(_changes(Stream.REFERENCE)), CursorAt("cursor-0", EPOCH, SystemClock().now()))
        store.close()
        return (folder.reference / "empty.db").read_bytes()


def _empty(kind: str) -> str | None:
    return "" if kind == "TEXT" else None
