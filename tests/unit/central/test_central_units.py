"""Responsible units at central: listed with their officers, told of a case, and dispatched to."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sync.central.cli import command
from sync.central.composition import Central
from sync.central.desk import Desk
from sync.central.shown import show_case, show_units
from sync.central.store.devices import Device
from sync.central.store.store import put_row
from sync.clock import SystemClock
from sync.contract.errors import FieldError
from sync.contract.ids import new_id
from sync.contract.lifecycle import ActKind
from sync.contract.tables import Row
from sync.contract.wire import PushStatus
from tests.contract.central_records import RecordMaker, photo_of
from tests.unit.central.test_central_intake import push

WATER: Row = {"unit_id": "U04", "name_zh": "供排水单位", "name_en": "Water", "areas": "", "classes": "05-04",
              "contact": "0755-1", "initials": "GPSDW"}  # fmt: skip
ROADS: Row = {**WATER, "unit_id": "U02", "name_zh": "道路养护单位", "name_en": "Roads", "initials": "DLYHDW"}
CREWS = {"U3001": "供排水单位", "U3002": "供排水单位", "I2001": "夜间小队"}


@pytest.fixture
def desk(central: Central) -> Desk:
    with central.store.writing() as db:
        for row in (WATER, ROADS):
            put_row(db, "unit", row)
        for officer_id, squad in CREWS.items():
            role = "unit" if officer_id.startswith("U") else "inspector"
            put_row(db, "officer", {"officer_id": officer_id, "name": f"名{officer_id}", "role": role,
                                    "squad": squad, "active": 1})  # fmt: skip
    return Desk(central.store, central.world, SystemClock())


@pytest.fixture
def maker(device: Device) -> RecordMaker:
    return RecordMaker(device.device_id)


def reported(central: Central, maker: RecordMaker, **other: Any) -> str:
    report = maker.report(photo_of(b"scene"), **other)
    assert push(central, maker.device_id, maker.item(report))[0].status is PushStatus.DONE
    return report.report_id


def test_units_are_listed_with_officers_and_squads_the_table_does_not_know(
    central: Central, desk: Desk
) -> None:
    cards = central.ledger.units()
    assert [(card.unit_id, card.name_zh, len(card.officers)) for card in cards] == [
        ("U02", "道路养护单位", 0),
        ("U04", "供排水单位", 2),
        ("", "夜间小队", 1),
    ]


def test_case_tells_the_unit_its_reporter_chose_and_whom_it_can_go_to(
    central: Central, desk: Desk, maker: RecordMaker
) -> None:
    case_id = reported(central, maker, unit="供排水单位", unit_id="U04", unit_chosen=True)
    wish = central.ledger.case(case_id).unit
    assert wish is not None
    assert (wish.name, wish.unit_id, wish.chosen, wish.contact) == ("供排水单位", "U04", True, "0755-1")
    assert [one.officer_id for one in wish.officers] == ["U3001", "U3002"]


def test_unit_renamed_since_is_found_by_its_number(central: Central, desk: Desk, maker: RecordMaker) -> None:
    case_id = reported(central, maker, unit="供排水所", unit_id="U04")
    wish = central.ledger.case(case_id).unit
    assert wish is not None
    assert (wish.name, wish.chosen) == ("供排水单位", False)


@pytest.mark.parametrize(
    ("said", "told"),
    [({}, None), ({"unit_chosen": True}, ("", True)), ({"unit": "没有的单位"}, ("没有的单位", False))],
)
def test_nothing_is_made_up_of_what_a_report_does_not_say(
    central: Central, desk: Desk, maker: RecordMaker, said: dict[str, Any], told: tuple[str, bool] | None
) -> None:
    wish = central.ledger.case(reported(central, maker, **said)).unit
    assert (wish and (wish.name, wish.chosen)) == told


def test_dispatch_without_a_name_goes_to_the_unit_named_and_whoever_has_less(
    central: Central, desk: Desk, maker: RecordMaker
) -> None:
    first, second = (reported(central, maker, unit="供排水单位") for _ in range(2))
    assert desk.dispatch(first)[1][-1].assignee == "U3001"
    assert desk.dispatch(second)[1][-1].assignee == "U3002"
    third = reported(central, maker, unit="供排水单位")
    assert desk.dispatch(third, to_unit="夜间小队")[1][-1].assignee == "I2001"
    assert desk.dispatch(reported(central, maker), to_unit="U04")[1][-1].assignee == "U3001"


def test_dispatch_to_a_unit_asked_twice_means_the_same_officer(
    central: Central, desk: Desk, maker: RecordMaker
) -> None:
    case_id, act_id = reported(central, maker, unit="供排水单位"), new_id()
    desk.act(case_id, ActKind.OPEN)
    once = desk.act(case_id, ActKind.DISPATCH, act_id=act_id)
    assert desk.act(case_id, ActKind.DISPATCH, act_id=act_id) == once


@pytest.mark.parametrize(
    ("unit", "code"),
    [("", "dispatch_to_nobody"), ("谁", "unit_unknown"), ("U02", "unit_without_officers")],
)
def test_dispatch_to_nobody_is_refused_and_does_not_open_the_case(
    central: Central, desk: Desk, maker: RecordMaker, unit: str, code: str
) -> None:
    case_id = reported(central, maker)
    with pytest.raises(FieldError) as refused:
        desk.dispatch(case_id, to_unit=unit)
    assert refused.value.code == code
    assert central.ledger.case(case_id).case["state"] == "reported"


def test_commands_list_units_tell_the_case_and_dispatch_it(
    central: Central, desk: Desk, maker: RecordMaker, capsys: pytest.CaptureFixture[str]
) -> None:
    case_id = reported(central, maker, unit="供排水单位", unit_chosen=True)
    told: dict[str, Any] = {}
    for words in (("units",), ("case", case_id), ("dispatch", case_id)):
        assert command(["--data", str(central.settings.data), "--json", *words]) == 0
        told[words[0]] = json.loads(capsys.readouterr().out)
    assert "U04 供排水单位 Water 0755-1\n  05-04 in the whole city\n  U3001" in show_units(told["units"])
    assert "unit: U04 供排水单位 0755-1, chosen by the reporter\n  U3001" in show_case(told["case"])
    assert told["dispatch"]["assignee"] == "U3001"
