"""The wire format and the tables: stable bytes, unknown fields passed over, one description for both ends."""

from datetime import UTC, datetime

import msgspec
import pytest

from sync.contract.errors import InputRefused
from sync.contract.lifecycle import ActKind
from sync.contract.records import (
    Act,
    ClockState,
    Equipment,
    Lane,
    Origin,
    Photo,
    PhotoRole,
    Place,
    PlaceSource,
    RecordType,
    Report,
    Stamp,
)
from sync.contract.tables import (
    REFERENCE_TABLES,
    TABLES,
    WORK_TABLES,
    Stream,
    Visibility,
    create_statements,
)
from sync.contract.wire import PushAnswer, PushStatus, decode_record, encode_record, token_text

STAMP = Stamp(datetime(2026, 3, 2, 1, 0, tzinfo=UTC), 5, "boot", 1, ClockState.TRUSTED, -20)
REPORT = Report(
    "r",
    "03-11",
    "渣土 🚛",
    Place(PlaceSource.GNSS, 113.9, 22.5, 3.0),
    "outside",
    (),
    "G1001",
    "d",
    STAMP,
    Equipment("1"),
)


def test_body_of_a_record_is_the_same_bytes_each_time_and_reads_back() -> None:
    body = encode_record(REPORT)
    assert body == encode_record(decode_record(RecordType.REPORT, body))
    assert decode_record(RecordType.REPORT, body) == REPORT
    assert body.startswith('{"report_id":"r","class_code":"03-11","note":"渣土 🚛",')


def test_act_reads_back_with_what_was_left_out() -> None:
    act = Act("a", "r", ActKind.ACCEPT, "G1001", "d", STAMP)
    body = encode_record(act)
    assert "withdraws" not in body
    assert decode_record(RecordType.ACT, body) == act


def test_field_of_a_newer_end_is_passed_over() -> None:
    body = encode_record(REPORT)[:-1] + ',"mood":"fine"}'
    assert decode_record(RecordType.REPORT, body) == REPORT


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"report_id":1}', "<html>", "null"])
def test_body_that_is_no_record_is_refused(body: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_record(RecordType.REPORT, body)


def test_answer_without_a_receipt_says_none() -> None:
    answer = msgspec.json.decode(b'{"op_id":"a","status":"refused","code":"x"}', type=PushAnswer)
    assert (answer.status, answer.receipt) == (PushStatus.REFUSED, None)


def test_what_a_device_signs_names_the_device_and_the_nonce() -> None:
    assert token_text("d", "n") == b"fieldapp-token\nd\nn"


def test_photo_without_its_original_is_refused() -> None:
    with pytest.raises(InputRefused, match="photo_without_original"):
        _ = Photo(0, PhotoRole.SCENE, Origin.CAPTURED, ()).original
    assert Photo(0, PhotoRole.SCENE, Origin.CAPTURED, ()).file(Lane.THUMBNAIL) is None


def test_only_public_tables_travel_in_the_clear() -> None:
    assert {t.visibility for t in REFERENCE_TABLES} == {Visibility.PUBLIC}
    assert Visibility.PUBLIC not in {t.visibility for t in WORK_TABLES}
    work = {"blacklist", "officer", "city_case", "case_act", "visit", "credential"}
    alerts = {"alert", "alert_act", "reinforcement", "call_act"}
    assert {t.name for t in WORK_TABLES} == work | alerts
    assert {t.stream for t in TABLES.values()} == set(Stream)


def test_tables_are_made_with_their_key_and_indexes() -> None:
    create, *indexes = create_statements(TABLES["permit"])
    assert "permit_id TEXT NOT NULL PRIMARY KEY" in create
    assert create.endswith("WITHOUT ROWID")
    assert indexes == [
        "CREATE INDEX permit_by_plate ON permit (plate)",
        "CREATE INDEX permit_by_company_id ON permit (company_id)",
    ]
