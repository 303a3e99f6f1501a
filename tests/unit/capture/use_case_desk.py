"""A desk for the use cases' tests: real stores in a folder, two classes, one cell, a clock that is told."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fieldapp.capture.desk import Desk
from fieldapp.capture.locating import CityGrid
from sync.contract.ids import new_id
from sync.contract.tables import TABLES, Row, Stream
from sync.contract.wire import Change, City, OfficerCard
from sync.replica.folder import DataFolder
from sync.replica.meta import CursorAt, Identity
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore
from sync.resources import resource

CELL = "440306001001001"
INSIDE = (113.905, 22.605)
OUTSIDE = (114.5, 22.605)
_RING = "113.90,22.60;113.91,22.60;113.91,22.61;113.90,22.61;113.90,22.60"
_CITY = City("示范市", "Demo City", "440306", "粤B", 113.9, 22.6, "Asia/Shanghai")
_DEVICE = "01900000-0000-7000-8000-0000000000a1"


class ToldClock:
    """A clock that stands still until it is moved."""

    boot_id = "boot-1"

    def __init__(self, at: datetime = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)) -> None:
        self.at = at
        self.seconds = 1000.0

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.seconds

    def move(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.seconds += seconds


def make_desk(root: Path, *, key: bytes | None = None, clock: ToldClock | None = None) -> Desk:
    """A desk in an empty folder, or on a folder made by an earlier call with the same key."""
    folder = DataFolder(root)
    fresh = not folder.work_db.exists()
    work = WorkStore(folder, key or secrets.token_bytes(32))
    reference = ReferenceStore(folder)
    clock = clock or ToldClock()
    if fresh:
        with work.act():
            work.meta.set_identity(
                Identity("https://central.test", _DEVICE, "00" * 32, "token", "epoch", _CITY)
            )
            work.meta.move_cursor(Stream.WORK, CursorAt("c1", "epoch", clock.now()))
        reference.apply(_changes(), CursorAt("c1", "epoch", clock.now()))
    return Desk(
        work=work,
        reference=reference,
        officer=OfficerCard("G1001", "李 喆", "grid_worker", "新湖"),
        device_id=_DEVICE,
        clock=clock,
        new_id=new_id,
        locate=CityGrid(reference).locate,
        app_version="0.1.0-test",
        font=resource("fonts", "FieldSansSC-Regular.ttf"),
    )


def close_desk(desk: Desk) -> None:
    """Close its files."""
    desk.work.close()
    desk.reference.close()


def files_below(folder: Path) -> list[str]:
    """The names of all files below a folder."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


class SmallDisk(DataFolder):
    """The same folder on a disk with as much room as is told."""

    room = 0

    def free_bytes(self) -> int:
        return self.room


def _changes() -> list[Change]:
    rows: list[tuple[str, Row]] = [
        (
            "case_class",
            {"class_code": "03", "parent": "", "kind": "event", "name_zh": "市容", "name_en": "Look"},
        ),
        (
            "case_class",
            {"class_code": "03-11", "parent": "03", "kind": "event", "name_zh": "渣土车", "name_en": "Truck"},
        ),
        ("grid_cell", {"grid_cell": CELL, "street": "新安街道", "community": "海旺社区", "ring": _RING}),
    ]
    return [Change(1, table, str(row[TABLES[table].key]), row) for table, row in rows]
