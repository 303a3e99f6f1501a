"""One tablet for tests: real stores in a folder, a clock that stands still until told, made-up records."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sync.contract.ids import new_id
from sync.contract.lifecycle import ActKind
from sync.contract.records import (
    NOWHERE,
    Act,
    Equipment,
    FileRef,
    Lane,
    Origin,
    Photo,
    PhotoRole,
    Record,
    RecordType,
    Report,
)
from sync.contract.tables import TABLES, Row
from sync.contract.wire import City, encode_record, sha256_hex
from sync.engine import Engine
from sync.listener import Listener, Silence
from sync.remote.base import Remote
from sync.remote.memory import SIGNING_KEY
from sync.replica.files import durable_write
from sync.replica.folder import DataFolder
from sync.replica.meta import Identity
from sync.replica.outbox import ItemState, StoredRecord
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore

KEY = bytes(range(32))
DEVICE = "0190a0a0-0000-7000-8000-000000000001"
OFFICER, CHIEF, UNIT = "W0001", "C0001", "U0001"
CLASS = "03-11"
CITY = City("示范市", "Demo City", "440305", "粤B", 113.93, 22.53, "Asia/Shanghai")
JPEG = "image/jpeg"
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

CITY_ROWS: tuple[tuple[str, Row], ...] = (
    ("officer", {"officer_id": OFFICER, "name": "王网格", "role": "grid_worker", "squad": "", "active": 1}),
    ("officer", {"officer_id": CHIEF, "name": "陈值班", "role": "chief", "squad": "", "active": 1}),
    ("officer", {"officer_id": UNIT, "name": "李处置", "role": "unit", "squad": "", "active": 1}),
    (
        "case_class",
        {"class_code": "03", "parent": "", "kind": "event", "name_zh": "事件", "name_en": "Event"},
    ),
    ("case_class", {"class_code": CLASS, "parent": "03", "kind": "event", "name_zh": "未密闭运输"}),
)
"""The rows a central must have before it can take records of these officers."""


class SetClock:
    """A clock that moves only by ``advance``."""

    boot_id = "boot-1"

    def __init__(self, start: datetime = MORNING) -> None:
        self._now = start
        self._monotonic = 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds

    def set(self, wall_s: float, monotonic_s: float, boot_id: str) -> None:
        """Somebody sets the wall clock, while the other runs on or the device is started anew."""
        self._now += timedelta(seconds=wall_s)
        self._monotonic += monotonic_s
        self.boot_id = boot_id


def photo_of(data: bytes, slot: int, lane: Lane = Lane.ORIGINAL) -> Photo:
    """A photo whose one file is ``data``."""
    file = FileRef(lane, sha256_hex(data), len(data), JPEG)
    return Photo(slot, PhotoRole.SCENE, Origin.CAPTURED, (file,))


def full_row(table: str, **cells: str | int | float | None) -> Row:
    """A row with every column of its table."""
    return {name: cells.get(name) for name in TABLES[table].column_names}


class Tablet:
    """A device with its folder and stores. ``close`` it, or use it as a context."""

    def __init__(
        self,
        root: Path,
        *,
        device_id: str = DEVICE,
        epoch: str = "epoch1",
        key: bytes = KEY,
        officer: str = OFFICER,
    ) -> None:
        self.officer = officer
        self.folder = DataFolder(root)
        self.clock = SetClock()
        self.work = WorkStore(self.folder, key)
        self.reference = ReferenceStore(self.folder)
        identity = self.work.meta.identity()
        if identity is None:
            identity = Identity("https://c", device_id, "00", "token", epoch, CITY, SIGNING_KEY)
            with self.work.act():
                self.work.meta.set_identity(identity)
        self.device_id = identity.device_id

    def __enter__(self) -> "Tablet":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def engine(self, remote: Remote, listener: Listener | None = None) -> Engine:
        """An engine over this tablet's stores."""
        return Engine(self.work, self.reference, remote, self.clock, listener or Silence())

    def report(
        self,
        *photos: bytes,
        note: str = "",
        lanes: tuple[Lane, ...] = (Lane.ORIGINAL,),
        report_id: str = "",
    ) -> Report:
        """Save a report; its photos' files are written first. More lanes get bytes of their own."""
        shown = tuple(self._photo(slot, data, lanes) for slot, data in enumerate(photos))
        with self.work.act():
            record = Report(
                report_id=report_id or new_id(),
                class_code=CLASS,
                note=note,
                place=NOWHERE,
                grid_cell="outside",
                photos=shown,
                officer_id=self.officer,
                device_id=self.device_id,
                stamp=self.work.meta.stamp(self.clock),
                equipment=Equipment("0.1.0"),
            )
            self._add(record.report_id, RecordType.REPORT, record.report_id, record)
        return record

    def act(self, case_id: str, kind: ActKind, *, note: str = "", withdraws: str = "") -> Act:
        """Save an act of this device's officer."""
        with self.work.act():
            record = Act(
                act_id=new_id(),
                case_id=case_id,
                kind=kind,
                officer_id=self.officer,
                device_id=self.device_id,
                stamp=self.work.meta.stamp(self.clock),
                note=note,
                withdraws=withdraws,
            )
            self._add(record.act_id, RecordType.ACT, case_id, record)
        return record

    def state(self, record_id: str) -> ItemState | None:
        """The outbox state of a record."""
        entry = self.work.outbox.entry(record_id)
        return None if entry is None else entry.state

    def code(self, record_id: str) -> str:
        """Why a record has not gone."""
        entry = self.work.outbox.entry(record_id)
        return "" if entry is None else entry.code

    def file_states(self, record_id: str) -> list[ItemState]:
        """The states of a record's files, by slot and lane."""
        return [upload.state for upload in self.work.uploads.of_record(record_id)]

    def path_of(self, data: bytes) -> Path:
        """Where a photo file with these bytes lies."""
        return self.folder.file(sha256_hex(data), JPEG)

    def close(self) -> None:
        """Close both stores."""
        self.work.close()
        self.reference.close()

    def _photo(self, slot: int, data: bytes, lanes: Iterable[Lane]) -> Photo:
        files = []
        for lane in lanes:
            content = data if lane is Lane.ORIGINAL else lane.value.encode() + data
            durable_write(self.folder.file(sha256_hex(content), JPEG, lane), content)
            files.append(FileRef(lane, sha256_hex(content), len(content), JPEG))
        return Photo(slot, PhotoRole.SCENE, Origin.CAPTURED, tuple(files))

    def _add(self, record_id: str, kind: RecordType, case_id: str, record: Record) -> None:
        body = encode_record(record)
        self.work.outbox.add(
            StoredRecord(
                record_id,
                kind,
                case_id,
                record.officer_id,
                record.stamp.device_seq,
                self.clock.now(),
                body,
                sha256_hex(body.encode()),
            )
        )
        self.work.uploads.add(record_id, record.stamp.device_seq, record.photos)
