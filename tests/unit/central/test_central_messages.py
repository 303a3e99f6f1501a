"""Messages at central: said by command and read by the field, and the other way round."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from sync.central.cli import command
from sync.central.composition import Central
from sync.central.store.cases import _history
from sync.central.store.devices import Device
from sync.central.store.store import get_row
from sync.contract.lifecycle import ActKind
from sync.contract.records import Record
from sync.contract.tables import Stream
from sync.contract.wire import PushStatus
from tests.contract.central_records import RecordMaker, photo_of

LOOK = "f0f0f0f00f0f0f0f"


@pytest.fixture
def maker(device: Device) -> RecordMaker:
    return RecordMaker(device.device_id)


def pushed(central: Central, device: Device, maker: RecordMaker, record: Record) -> PushStatus:
    raw = msgspec.Raw(msgspec.json.encode(maker.item(record)))
    return central.intake.push(device.device_id, [raw]).answers[0].status


def run(central: Central, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any]]:
    code = command([*words, "--data", str(central.settings.data), "--json"])
    return code, json.loads(capsys.readouterr().out)


def case_of(central: Central, device: Device, maker: RecordMaker) -> str:
    report = maker.report(photo_of(b"scene", 1))
    assert pushed(central, device, maker, report) is PushStatus.DONE
    return report.report_id


def test_commands_message_travels_to_the_tablet_and_comes_back_read(
    central: Central, device: Device, maker: RecordMaker, capsys: pytest.CaptureFixture[str]
) -> None:
    case_id = case_of(central, device, maker)
    code, said = run(central, capsys, "message", case_id, "--note", "请补一张门牌照片")
    assert (code, said["case_id"]) == (0, case_id)
    told = [c for c in central.feed.page(device, Stream.WORK, "").changes if c.table == "case_act"]
    row = told[-1].row
    assert row is not None
    assert (row["kind"], row["note"]) == ("message", "请补一张门牌照片")
    _, before = run(central, capsys, "messages", case_id)
    assert before["messages"][0]["read_by"] == []

    seen = maker.act(case_id, ActKind.READ, seen_seq=row["act_order"])
    assert pushed(central, device, maker, seen) is PushStatus.DONE

    _, after = run(central, capsys, "messages", case_id)
    assert after["messages"][0]["read_by"] == ["G1001"]


def test_answer_of_the_field_is_read_by_command_and_the_tablet_is_told(
    central: Central, device: Device, maker: RecordMaker, capsys: pytest.CaptureFixture[str]
) -> None:
    case_id = case_of(central, device, maker)
    answer = maker.act(case_id, ActKind.MESSAGE, note="马上到")
    assert pushed(central, device, maker, answer) is PushStatus.DONE
    assert pushed(central, device, maker, answer) is PushStatus.ALREADY_DONE

    _, found = run(central, capsys, "messages", case_id, "--read", "--officer", "c4001")

    assert [(one["note"], one["read_by"]) for one in found["messages"]] == [("马上到", ["C4001"])]
    last = [c for c in central.feed.page(device, Stream.WORK, "").changes if c.table == "case_act"][-1].row
    assert last is not None
    assert last["kind"] == "read"
    assert json.loads(str(last["record"]))["seen_seq"] >= 1


def test_message_moves_no_case_whatever_its_state_and_can_be_taken_back(
    central: Central, device: Device, maker: RecordMaker, capsys: pytest.CaptureFixture[str]
) -> None:
    case_id = case_of(central, device, maker)
    run(central, capsys, "act", case_id, "void", "--note", "重复")
    message = maker.act(case_id, ActKind.MESSAGE, note="为何作废？")
    assert pushed(central, device, maker, message) is PushStatus.DONE
    with central.store.reading() as db:
        case = get_row(db, "city_case", case_id)
    assert case is not None
    assert case["state"] == "void"

    taken = maker.act(case_id, ActKind.WITHDRAW, withdraws=message.act_id)
    assert pushed(central, device, maker, taken) is PushStatus.DONE
    assert run(central, capsys, "messages", case_id)[1]["messages"] == []


def test_empty_message_and_unknown_case_are_refused_by_the_command(
    central: Central, device: Device, maker: RecordMaker, capsys: pytest.CaptureFixture[str]
) -> None:
    case_id = case_of(central, device, maker)
    assert run(central, capsys, "message", case_id, "--note", "  ")[1]["error"]["code"] == "message_empty"
    assert run(central, capsys, "message", "ffffffff", "--note", "喂")[1]["error"]["code"] == "case_not_found"


def test_looks_of_a_reports_photos_stand_beside_its_case_and_nonsense_does_not(
    central: Central, device: Device, maker: RecordMaker
) -> None:
    alike = msgspec.structs.replace(photo_of(b"one", 1), look=LOOK)
    odd = msgspec.structs.replace(photo_of(b"two", 2), look="drop table")
    report = maker.report(alike, odd, unit="环卫服务单位")
    assert pushed(central, device, maker, report) is PushStatus.DONE
    with central.store.reading() as db:
        case = get_row(db, "city_case", report.report_id)
    assert case is not None
    assert case["looks"] == LOOK
    assert json.loads(str(case["record"]))["unit"] == "环卫服务单位"


def test_what_was_said_is_not_read_again_to_judge_an_act_except_what_is_taken_back(
    central: Central, device: Device, maker: RecordMaker
) -> None:
    case_id = case_of(central, device, maker)
    said = [maker.act(case_id, ActKind.MESSAGE, note=str(number)) for number in range(3)]
    assert {pushed(central, device, maker, act) for act in said} == {PushStatus.DONE}

    with central.store.reading() as db:
        assert _history(db, case_id, "") == []
        assert [past.step.act_id for past in _history(db, case_id, said[1].act_id)] == [said[1].act_id]
    back = maker.act(case_id, ActKind.WITHDRAW, withdraws=said[1].act_id)
    assert pushed(central, device, maker, back) is PushStatus.DONE
