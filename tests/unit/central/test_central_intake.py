"""Pushed operations: each once, each answered, nothing lost."""

import json
from typing import Any

import msgspec
import pytest

from sync.central.composition import Central
from sync.central.store.devices import Device
from sync.central.store.store import get_row, put_row
from sync.contract.errors import FieldError
from sync.contract.lifecycle import ActKind
from sync.contract.records import Place, PlaceSource, RecordType
from sync.contract.wire import OfferStatus, PushAnswer, PushItem, PushStatus
from tests.contract.central_records import RecordMaker, id_of, offer_of, photo_of
from tests.unit.central.conftest import admit


@pytest.fixture
def maker(device: Device) -> RecordMaker:
    return RecordMaker(device.device_id)


def push(central: Central, device_id: str, *items: PushItem | object) -> list[PushAnswer]:
    raw = [msgspec.Raw(msgspec.json.encode(item)) for item in items]
    return central.intake.push(device_id, raw).answers


def row(central: Central, table: str, row_id: str) -> dict[str, Any]:
    with central.store.reading() as db:
        return dict(get_row(db, table, row_id) or {})


def operation(central: Central, op_id: str) -> dict[str, Any]:
    with central.store.reading() as db:
        found = db.execute("SELECT status, code, flags, body FROM op WHERE op_id = ?", (op_id,)).fetchone()
    return dict(zip(("status", "code", "flags", "body"), found, strict=True)) if found else {}


def test_report_pushed_once_makes_one_case_with_its_body_as_sent(
    central: Central, maker: RecordMaker
) -> None:
    report = maker.report()
    item = maker.item(report)
    answer = push(central, maker.device_id, item)[0]
    assert answer.status is PushStatus.DONE
    assert answer.receipt is not None
    assert (answer.receipt.id, answer.receipt.sha256) == (report.report_id, item.body_sha256)
    case = row(central, "city_case", report.report_id)
    assert case["state"] == "reported"
    assert case["record"] == item.body


def test_report_pushed_again_after_lost_answer_gets_the_same_receipt(
    central: Central, maker: RecordMaker
) -> None:
    item = maker.item(maker.report())
    first = push(central, maker.device_id, item)[0]
    again = push(central, maker.device_id, item, item)
    assert [answer.status for answer in again] == [PushStatus.ALREADY_DONE] * 2
    assert [answer.receipt for answer in again] == [first.receipt] * 2
    assert len(central.ledger.page(None, 10, "").cases) == 1


def test_same_record_under_a_new_operation_gets_the_same_receipt(
    central: Central, maker: RecordMaker
) -> None:
    report = maker.report()
    first = push(central, maker.device_id, maker.item(report))[0]
    again = push(central, maker.device_id, maker.item(report))[0]
    assert again.status is PushStatus.ALREADY_DONE
    assert again.receipt == first.receipt


def test_same_operation_with_another_body_is_a_conflict_and_changes_nothing(
    central: Central, maker: RecordMaker
) -> None:
    report = maker.report()
    item = maker.item(report)
    push(central, maker.device_id, item)
    other = maker.item(msgspec.structs.replace(report, note="anders"), op_id=item.op_id)
    answer = push(central, maker.device_id, other)[0]
    assert (answer.status, answer.code, answer.receipt) == (PushStatus.CONFLICT, "op_conflict", None)
    assert row(central, "city_case", report.report_id)["record"] == item.body


def test_same_record_with_another_body_is_a_conflict(central: Central, maker: RecordMaker) -> None:
    report = maker.report()
    push(central, maker.device_id, maker.item(report))
    answer = push(central, maker.device_id, maker.item(msgspec.structs.replace(report, note="x")))[0]
    assert (answer.status, answer.code) == (PushStatus.CONFLICT, "record_conflict")


def test_operation_of_another_device_is_a_conflict_without_its_receipt(
    central: Central, maker: RecordMaker
) -> None:
    item = maker.item(maker.report())
    push(central, maker.device_id, item)
    stranger = admit(central, "ef" * 32)
    answer = push(central, stranger.device_id, item)[0]
    assert (answer.status, answer.receipt) == (PushStatus.CONFLICT, None)


def test_record_of_another_device_is_refused(central: Central, maker: RecordMaker) -> None:
    stranger = admit(central, "ef" * 32)
    answer = push(central, stranger.device_id, maker.item(maker.report()))[0]
    assert (answer.status, answer.code) == (PushStatus.REFUSED, "device_mismatch")


def test_body_garbled_on_the_way_is_refused_and_the_right_one_still_welcome(
    central: Central, maker: RecordMaker
) -> None:
    item = maker.item(maker.report())
    garbled = msgspec.structs.replace(item, body=item.body.replace("未", "已"))
    assert push(central, maker.device_id, garbled)[0].code == "hash_mismatch"
    assert push(central, maker.device_id, item)[0].status is PushStatus.DONE


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"class_code": "99-99"}, "class_unknown"),
        ({"class_code": "nonsense"}, "class_invalid"),
        ({"grid_cell": "12"}, "grid_cell_invalid"),
        ({"officer_id": "X9999"}, "officer_unknown"),
        ({"officer_id": "g1001"}, "officer_id_invalid"),
        ({"note": "nul \x00"}, "text_nul"),
        ({"note": "x" * 10_001}, "note_too_long"),
        ({"address": "x" * 501}, "text_too_long"),
        ({"place": Place(PlaceSource.PIN, 200.0, 22.0)}, "position_invalid"),
        ({"place": Place(PlaceSource.GNSS)}, "position_invalid"),
        ({"photos": (photo_of(b"a", 1), photo_of(b"b", 1))}, "photo_slot_invalid"),
        ({"photos": (photo_of(b"", 1),)}, "file_size_invalid"),
        ({"report_id": "01a20004-3076-74ad-ae11-989a13a8c357"}, "record_id_mismatch"),
    ],
)
def test_invalid_report_is_refused_with_its_reason_and_kept(
    central: Central, maker: RecordMaker, change: dict[str, Any], code: str
) -> None:
    report = maker.report(**change)
    record_id = "01a20004-3076-74ad-ae11-000000000000" if code == "record_id_mismatch" else report.report_id
    item = maker.item(report, record_id=record_id)
    first, again = (push(central, maker.device_id, item)[0] for _ in range(2))
    assert (first.status, first.code, first.receipt) == (PushStatus.REFUSED, code, None)
    assert (again, first.seen) == (first, "")
    assert operation(central, item.op_id)["body"] == item.body
    assert row(central, "city_case", report.report_id) == {}


def test_longest_note_with_emoji_is_kept_byte_for_byte(central: Central, maker: RecordMaker) -> None:
    note = "𠮷👩‍🚒" * 2_500
    report = maker.report(note=note[:10_000])
    item = maker.item(report)
    assert push(central, maker.device_id, item)[0].status is PushStatus.DONE
    assert json.loads(row(central, "city_case", report.report_id)["record"])["note"] == note[:10_000]


def test_unknown_fields_of_a_newer_tablet_are_kept(central: Central, maker: RecordMaker) -> None:
    report = maker.report()
    plain = maker.item(report)
    newer = maker.item(report, body=plain.body[:-1] + ',"mood":{"of":["the","day"]}}')
    assert push(central, maker.device_id, newer)[0].status is PushStatus.DONE
    assert row(central, "city_case", report.report_id)["record"] == newer.body


@pytest.mark.parametrize(
    "wall", ["1970-01-01T00:00:00Z", "2046-01-01T00:00:00+08:00", "9999-12-31T23:59:59Z"]
)
def test_report_of_a_tablet_with_a_wrong_clock_is_taken(
    central: Central, maker: RecordMaker, wall: str
) -> None:
    report = maker.report()
    body = json.loads(maker.item(report).body)
    body["stamp"]["wall"] = wall
    item = maker.item(report, body=json.dumps(body))
    assert push(central, maker.device_id, item)[0].status is PushStatus.DONE


@pytest.mark.parametrize("wall", ["2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00"])
def test_time_that_is_none_is_refused(central: Central, maker: RecordMaker, wall: str) -> None:
    report = maker.report()
    body = json.loads(maker.item(report).body)
    body["stamp"]["wall"] = wall
    item = maker.item(report, body=json.dumps(body))
    assert push(central, maker.device_id, item)[0].code == "time_invalid"


@pytest.mark.parametrize(
    "body", ["", "[]", "null", "<html>", "{}", "[" * 5000, '{"report_id": 5}', '{"note": 1e999}']
)
def test_body_that_is_no_record_is_refused_and_kept(central: Central, maker: RecordMaker, body: str) -> None:
    item = maker.item(maker.report(), body=body)
    answer = push(central, maker.device_id, item)[0]
    assert (answer.status, answer.code) == (PushStatus.REFUSED, "record_malformed")
    assert operation(central, item.op_id)["body"] == body


def test_bad_items_of_a_batch_block_none_of_the_others(central: Central, maker: RecordMaker) -> None:
    good = maker.item(maker.report())
    batch = [
        {"op_id": "01a20004-3076-74ad-ae11-989a13a8c357", "record_type": "poem"},
        {"nothing": 1},
        17,
        maker.item(maker.report(), op_id="../../etc"),
        maker.item(maker.report(), device_seq=0),
        maker.item(maker.report(), device_seq=1 << 70),
        good,
    ]
    answers = push(central, maker.device_id, *batch)
    codes = [answer.code for answer in answers]
    assert codes[:3] == ["item_malformed"] * 3
    assert codes[3:] == ["id_invalid", "device_seq_invalid", "device_seq_invalid", ""]
    assert answers[0].op_id == "01a20004-3076-74ad-ae11-989a13a8c357"
    assert answers[-1].status is PushStatus.DONE


def test_report_of_an_officer_who_left_is_kept_with_a_flag(central: Central, maker: RecordMaker) -> None:
    with central.store.writing() as db:
        officer = get_row(db, "officer", "G1001")
        assert officer is not None
        put_row(db, "officer", {**officer, "active": 0})
    item = maker.item(maker.report())
    assert push(central, maker.device_id, item)[0].status is PushStatus.DONE
    assert operation(central, item.op_id)["flags"] == "officer_inactive"


def test_running_number_used_twice_is_flagged_but_lost_neither(central: Central, maker: RecordMaker) -> None:
    first, second = maker.item(maker.report()), maker.item(maker.report(), device_seq=1)
    answers = push(central, maker.device_id, first, second)
    assert [answer.status for answer in answers] == [PushStatus.DONE] * 2
    assert operation(central, second.op_id)["flags"] == "device_seq_reused"


def test_refused_record_sent_anew_is_judged_anew(central: Central, maker: RecordMaker) -> None:
    report = maker.report(class_code="07-01")
    assert push(central, maker.device_id, maker.item(report))[0].code == "class_unknown"
    with central.store.writing() as db:
        known = get_row(db, "case_class", "03-11")
        assert known is not None
        put_row(db, "case_class", {**known, "class_code": "07-01"})
    assert push(central, maker.device_id, maker.item(report))[0].status is PushStatus.DONE


def test_refused_operation_tried_again_keeps_one_row_and_its_number_counts_as_used_once(
    central: Central, maker: RecordMaker
) -> None:
    report = maker.report()
    item = maker.item(maker.act(report.report_id, ActKind.OPEN, "C4001"))
    assert push(central, maker.device_id, item)[0].code == "case_unknown"
    assert push(central, maker.device_id, maker.item(report), item)[1].status is PushStatus.DONE
    kept = operation(central, item.op_id)
    assert (kept["status"], kept["code"], kept["flags"], kept["body"]) == ("done", "", "", item.body)


def test_acts_move_the_case_and_both_are_in_the_feed(central: Central, maker: RecordMaker) -> None:
    report = maker.report()
    case = report.report_id
    records = [
        report,
        maker.act(case, ActKind.OPEN, "C4001"),
        maker.act(case, ActKind.DISPATCH, "D5001", to_officer="I2001"),
        maker.act(case, ActKind.ACCEPT, "I2001"),
        maker.act(case, ActKind.ARRIVE, "I2001"),
        maker.act(case, ActKind.HANDLE, "I2001", photos=(photo_of(b"after"),)),
        maker.act(case, ActKind.FEED_BACK, "I2001"),
    ]
    answers = push(central, maker.device_id, *(maker.item(record) for record in records))
    assert [answer.status for answer in answers] == [PushStatus.DONE] * len(records)
    assert row(central, "city_case", case)["state"] == "fed_back"
    assert row(central, "city_case", case)["assignee"] == "I2001"
    orders = [row(central, "case_act", id_of(act))["act_order"] for act in records[1:]]
    assert orders == sorted(orders)
    assert orders == [answer.receipt.sequence for answer in answers[1:] if answer.receipt]


def test_act_that_clashes_stays_beside_the_case_refused_and_its_photos_are_welcome(
    central: Central, maker: RecordMaker, device: Device
) -> None:
    report = maker.report()
    clash = maker.act(report.report_id, ActKind.HANDLE, "I2001", photos=(photo_of(b"after"),))
    answers = push(central, maker.device_id, maker.item(report), maker.item(clash))
    assert (answers[1].status, answers[1].code) == (PushStatus.REFUSED, "act_not_allowed")
    assert answers[1].facts["state"] == "reported"
    kept = row(central, "case_act", clash.act_id)
    assert (kept["standing"], kept["code"]) == ("refused", "act_not_allowed")
    assert row(central, "city_case", report.report_id)["state"] == "reported"
    offered = central.objects.offer(device.device_id, [offer_of(clash)])
    assert offered[0].status is OfferStatus.NEEDED


@pytest.mark.parametrize(
    ("kind", "officer", "other", "code"),
    [
        (ActKind.OPEN, "G1001", {}, "act_not_your_role"),
        (ActKind.VOID, "C4001", {"note": "  "}, "act_needs_note"),
        (ActKind.SELF_HANDLE, "G1001", {}, "act_needs_photo"),
        (ActKind.REPORT, "G1001", {}, "act_not_allowed"),
        (
            ActKind.WITHDRAW,
            "G1001",
            {"withdraws": "01a20004-3076-74ad-ae11-989a13a8c357"},
            "withdraw_unknown",
        ),
        (ActKind.WITHDRAW, "G1001", {}, "withdraw_unknown"),
    ],
)
def test_act_against_the_life_cycle_is_refused(
    central: Central, maker: RecordMaker, kind: ActKind, officer: str, other: dict[str, Any], code: str
) -> None:
    report = maker.report()
    act = maker.act(report.report_id, kind, officer, **other)
    answers = push(central, maker.device_id, maker.item(report), maker.item(act))
    assert (answers[1].status, answers[1].code) == (PushStatus.REFUSED, code)


def test_act_on_a_case_nobody_knows_is_refused_and_kept(central: Central, maker: RecordMaker) -> None:
    item = maker.item(maker.act("01a20004-3076-74ad-ae11-989a13a8c357", ActKind.SUPPLEMENT))
    assert push(central, maker.device_id, item)[0].code == "case_unknown"
    assert operation(central, item.op_id)["status"] == "refused"


def test_dispatch_to_nobody_is_refused(central: Central, maker: RecordMaker) -> None:
    report = maker.report()
    case = report.report_id
    acts = [
        maker.act(case, ActKind.OPEN, "C4001"),
        maker.act(case, ActKind.DISPATCH, "D5001", to_officer="X0000"),
    ]
    answers = push(central, maker.device_id, maker.item(report), *map(maker.item, acts))
    assert answers[2].code == "officer_unknown"


def test_report_taken_back_by_its_reporter_is_withdrawn_once(central: Central, maker: RecordMaker) -> None:
    report = maker.report()
    case = report.report_id
    other = maker.act(case, ActKind.WITHDRAW, "G1002", withdraws=case)
    own, again = (maker.act(case, ActKind.WITHDRAW, withdraws=case) for _ in range(2))
    answers = push(central, maker.device_id, maker.item(report), *map(maker.item, (other, own, again)))
    assert [a.code for a in answers] == ["", "withdraw_not_yours", "", "withdraw_too_late"]
    assert row(central, "city_case", case)["state"] == "withdrawn"


def test_act_taken_back_gives_the_case_its_former_state(central: Central, maker: RecordMaker) -> None:
    report = maker.report()
    case = report.report_id
    opened = maker.act(case, ActKind.OPEN, "C4001")
    records = [report, opened, maker.act(case, ActKind.WITHDRAW, "C4001", withdraws=opened.act_id)]
    push(central, maker.device_id, *map(maker.item, records))
    assert row(central, "city_case", case)["state"] == "reported"


def test_unexpected_failure_in_a_batch_leaves_nothing_of_it(
    central: Central, maker: RecordMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("gone")

    items = [maker.item(maker.report()) for _ in range(2)]
    with monkeypatch.context() as patched:
        patched.setattr("sync.central.store.intake.keep_operation", fail)
        with pytest.raises(OSError, match="gone"):
            push(central, maker.device_id, *items)
    assert central.ledger.page(None, 10, "").cases == []
    assert [a.status for a in push(central, maker.device_id, *items)] == [PushStatus.DONE] * 2


def test_record_type_that_does_not_fit_the_body_is_refused(central: Central, maker: RecordMaker) -> None:
    item = maker.item(maker.report(), record_type=RecordType.ACT)
    assert push(central, maker.device_id, item)[0].code == "record_malformed"


def test_case_id_that_is_a_path_is_not_found(central: Central) -> None:
    with pytest.raises(FieldError, match="case_not_found"):
        central.ledger.case("../../etc/passwd")
