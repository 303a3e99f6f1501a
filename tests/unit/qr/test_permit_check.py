"""A permit's QR at the roadside: forged, altered, revoked since, changed, ended, unknown, good."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fieldapp.capture.desk import Desk
from fieldapp.qr.permit_check import Standing, check_permit
from sync.clock import SystemClock
from sync.contract import base45
from sync.contract.errors import NeedsPerson
from sync.contract.permit_qr import PREFIX, PermitCode, route_mark, write_permit_code
from sync.contract.signatures import Purpose, signed_bytes
from sync.contract.tables import TABLES, Row, Stream
from sync.contract.wire import Change, City, OfficerCard
from sync.replica.folder import DataFolder
from sync.replica.meta import CursorAt, Identity
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
CITY = City("某区", "Some district", "440306", "粤B", 113.88, 22.56, "Asia/Shanghai")
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PUBLIC = KEY.public_key().public_bytes_raw().hex()
ROUTE = "113.88,22.56;113.89,22.57"
CODE = PermitCode(
    permit_id="P1",
    plate="粤B12345",
    company="某土石方公司",
    site="某工地",
    disposal_site="某消纳场",
    windows="22:00-06:00",
    window_days="",
    project="某项目",
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    approved_m3=1000,
    route_mark=route_mark(ROUTE),
    signed_at=datetime(2026, 2, 1, tzinfo=UTC),
)
PERMIT: Row = {
    "permit_id": "P1",
    "plate": "粤B12345",
    "company_id": "C1",
    "site_id": "S1",
    "disposal_site_id": "D1",
    "route": ROUTE,
    "windows": "22:00-06:00",
    "project": "某项目",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "approved_m3": 1000,
    "status": "active",
}
NAMES: dict[str, Row] = {
    "company": {"company_id": "C1", "name": "某土石方公司"},
    "site": {"site_id": "S1", "name": "某工地"},
    "disposal_site": {"disposal_site_id": "D1", "name": "某消纳场"},
}


class Noon(SystemClock):
    """Stands still."""

    def now(self) -> datetime:
        return NOON


def text_of(code: PermitCode = CODE, key: Ed25519PrivateKey = KEY) -> str:
    public = key.public_key().public_bytes_raw().hex()
    return write_permit_code(code, public, lambda data: key.sign(signed_bytes(Purpose.PERMIT_QR, data)))


def hold(desk: Desk, table: str, row: Row) -> None:
    shape = TABLES[table]
    full = {name: row.get(name, "" if kind == "TEXT" else None) for name, kind in shape.columns}
    at = CursorAt("1", "e", NOON)
    desk.reference.apply([Change(1, table, str(row[shape.key]), full)], at)
    with desk.work.act():
        desk.work.meta.move_cursor(Stream.WORK, at)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    folder = DataFolder(tmp_path / "tablet")
    work, reference = WorkStore(folder, b"\1" * 32), ReferenceStore(folder)
    with work.act():
        work.meta.set_identity(Identity("https://c.test", "d", "00", "t", "e", CITY, PUBLIC))
    officer = OfficerCard("G1001", "陈志远", "grid_worker", "")
    yield Desk(work, reference, officer, "d", Noon(), lambda: "id", lambda lon, lat: None, "test", tmp_path)
    work.close()
    reference.close()


@pytest.fixture
def filled(desk: Desk) -> Desk:
    for table, row in NAMES.items():
        hold(desk, table, row)
    hold(desk, "permit", PERMIT)
    return desk


def test_genuine_code_that_the_records_agree_with_is_good(filled: Desk) -> None:
    check = check_permit(filled, text_of())
    assert (check.standing, check.differing, check.code) == (Standing.GOOD, (), CODE)
    assert check.data_as_of == "2026-03-02T12:00:00+08:00"


def test_code_signed_by_somebody_else_is_forged(filled: Desk) -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
    assert check_permit(filled, text_of(key=stranger)).standing is Standing.FORGED


def test_code_with_another_plate_written_in_is_altered(filled: Desk) -> None:
    data = base45.decode(text_of().removeprefix(PREFIX)).replace(b"12345", b"67890")
    check = check_permit(filled, PREFIX + base45.encode(data))
    assert (check.standing, check.code.plate) == (Standing.ALTERED, "粤B67890")


@pytest.mark.parametrize("status", ["revoked", "void"])
def test_permit_taken_back_after_signing_is_revoked_with_its_reason(filled: Desk, status: str) -> None:
    hold(filled, "permit", {**PERMIT, "status": status, "reason": "擅自倾倒"})
    check = check_permit(filled, text_of())
    assert (check.standing, check.status, check.reason) == (Standing.REVOKED, status, "擅自倾倒")


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [
        ("plate", "粤B99999", "plate"),
        ("windows", "", "windows"),
        ("valid_to", "2026-06-30", "valid_to"),
        ("valid_to", "nonsense", "valid_to"),
        ("approved_m3", 5, "approved_m3"),
        ("approved_m3", None, "approved_m3"),
        ("route", "1,1;2,2", "route"),
        ("site_id", "S9", "site"),
    ],
)
def test_permit_amended_since_is_changed_and_says_where(
    filled: Desk, column: str, value: str | int | None, named: str
) -> None:
    hold(filled, "permit", {**PERMIT, column: value})
    check = check_permit(filled, text_of())
    assert (check.standing, check.differing) == (Standing.CHANGED, (named,))


@pytest.mark.parametrize("status", ["expired", "used"])
def test_permit_that_is_over_is_ended(filled: Desk, status: str) -> None:
    hold(filled, "permit", {**PERMIT, "status": status})
    assert check_permit(filled, text_of()).standing is Standing.ENDED


def test_permit_whose_volume_is_used_up_is_ended_whatever_its_status(filled: Desk) -> None:
    hold(filled, "permit", {**PERMIT, "used_m3": 1000})
    assert check_permit(filled, text_of()).standing is Standing.ENDED


def test_permit_that_is_issued_and_not_active_is_not_yet_in_force(filled: Desk) -> None:
    hold(filled, "permit", {**PERMIT, "status": "issued"})
    assert check_permit(filled, text_of()).standing is Standing.NOT_YET


def test_permit_whose_first_day_is_to_come_is_not_yet_in_force(filled: Desk) -> None:
    hold(filled, "permit", {**PERMIT, "valid_from": "2026-03-03"})
    later = msgspec.structs.replace(CODE, valid_from=date(2026, 3, 3))
    assert check_permit(filled, text_of(later)).standing is Standing.NOT_YET


def test_permit_of_a_status_nobody_knows_is_never_good(filled: Desk) -> None:
    hold(filled, "permit", {**PERMIT, "status": "ACTIVE"})
    assert check_permit(filled, text_of()).standing is Standing.CHANGED


def test_on_old_data_a_genuine_code_is_not_called_good(filled: Desk) -> None:
    old = CursorAt("2", "e", NOON - timedelta(hours=73))
    filled.reference.apply([Change(2, "company", "C1", {**filled.reference.company("C1")})], old)  # type: ignore[dict-item]
    assert check_permit(filled, text_of()).standing is Standing.STALE


def test_permit_not_in_the_replica_is_unknown_never_good(desk: Desk) -> None:
    assert check_permit(desk, text_of()).standing is Standing.UNKNOWN


def test_tablet_without_a_pinned_key_says_so(filled: Desk) -> None:
    with filled.work.act():
        filled.work.meta.set_identity(Identity("https://c.test", "d", "00", "t", "e", CITY))
    with pytest.raises(NeedsPerson, match="signing_key_missing"):
        check_permit(filled, text_of())
