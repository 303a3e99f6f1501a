"""Alerts at central: raised once, filled in from the city's tables, seen by area, answered by the first."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from sync.central.alert_desk import AlertDesk
from sync.central.cli import command
from sync.central.composition import Central
from sync.central.store.alerts import NewAlert
from sync.central.store.devices import Device
from sync.central.store.scope import set_scope
from sync.central.store.store import put_row
from sync.clock import SystemClock
from sync.contract.alerts import AlertActKind, AlertKind, AlertState, Severity
from sync.contract.calls import CallActKind
from sync.contract.errors import FieldError
from sync.contract.ids import new_id
from sync.contract.records import Place, PlaceSource, Record
from sync.contract.tables import Row, Stream
from sync.contract.wire import PushAnswer, PushStatus
from tests.contract.central_records import RecordMaker
from tests.unit.central.conftest import ToldClock, admit

CELL = "440306001001001"
RING = "113.87,22.55;113.89,22.55;113.89,22.57;113.87,22.57;113.87,22.55"
HERE = Place(PlaceSource.GNSS, 113.88, 22.56, 5.0)


@pytest.fixture(autouse=True)
def city(central: Central) -> None:
    with central.store.writing() as db:
        put_row(
            db, "grid_cell", {"grid_cell": CELL, "street": "新安街道", "community": "上合社区", "ring": RING}
        )


@pytest.fixture
def maker(device: Device) -> RecordMaker:
    return RecordMaker(device.device_id)


def new_alert(**other: Any) -> NewAlert:
    fields: dict[str, Any] = {
        "alert_id": new_id(),
        "kind": AlertKind.OFF_ROUTE,
        "severity": Severity.SERIOUS,
        "plate": "粤b00001",
        "lon": 113.88,
        "lat": 22.56,
        "facts": {"off_m": 430, "minutes": 6},
    }
    return NewAlert(**{**fields, **other})


def push(central: Central, device: Device, maker: RecordMaker, *records: Record) -> list[PushAnswer]:
    raw = [msgspec.Raw(msgspec.json.encode(maker.item(record))) for record in records]
    return central.intake.push(device.device_id, raw).answers


def told(central: Central, device: Device, table: str) -> list[Row]:
    changes = central.feed.page(device, Stream.WORK, "").changes
    return [change.row for change in changes if change.table == table and change.row is not None]


def squads(central: Central, *named: tuple[str, str]) -> None:
    with central.store.writing() as db:
        for officer_id, squad in named:
            put_row(
                db,
                "officer",
                {
                    "officer_id": officer_id,
                    "name": officer_id,
                    "role": "inspector",
                    "squad": squad,
                    "active": 1,
                },
            )


def test_alert_is_raised_once_and_filled_in_from_the_citys_tables(central: Central, device: Device) -> None:
    alert = new_alert()
    row = central.alerts.add(alert)
    assert central.alerts.add(alert) == row
    assert (row["grid_cell"], row["address"]) == (CELL, "新安街道上合社区")
    assert (row["plate"], row["company"]) == ("粤B00001", "试验渣土公司")
    assert row["permit_id"]
    assert told(central, device, "alert") == [row]
    with pytest.raises(FieldError, match="record_conflict"):
        central.alerts.add(msgspec.structs.replace(alert, severity=Severity.MILD))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"lon": None, "lat": None, "plate": ""}, "alert_without_subject"),
        ({"lon": 500.0}, "position_invalid"),
        ({"lat": None}, "position_invalid"),
        ({"lon": 0.0, "lat": 0.0}, "position_zero"),
        ({"picture": "zz"}, "sha256_invalid"),
        ({"alert_id": "x"}, "id_invalid"),
        ({"facts": {f"n{number}": 1 for number in range(40)}}, "text_too_long"),
        ({"note": "\0"}, "text_nul"),
    ],
)
def test_alert_that_cannot_be_is_refused_with_the_reason(
    central: Central, changed: dict[str, Any], code: str
) -> None:
    with pytest.raises(FieldError, match=code):
        central.alerts.add(new_alert(**changed))
    assert central.alerts.page().alerts == []


def test_alert_outside_a_tablets_area_is_not_shown_until_its_officer_is_given_it(central: Central) -> None:
    officers_own = central.devices.issue_code(b"authority", "I2001", timedelta(hours=1))
    assert officers_own
    far = admit(central, "cd" * 32)
    set_scope(central.store, far.device_id, "440307")
    row = central.alerts.add(new_alert())
    assert told(central, far, "alert") == []
    set_scope(central.store, far.device_id, "440306")
    assert told(central, far, "alert") == [row]


def test_answers_from_the_field_and_from_command_are_judged_by_the_same_table(
    central: Central, device: Device, maker: RecordMaker
) -> None:
    alert_id = str(central.alerts.add(new_alert())["alert_id"])
    desk = AlertDesk(central.store, central.world, SystemClock())
    act_id = new_id()
    given = desk.act(
        alert_id[:13], AlertActKind.PASS_ON, officer_id="D5001", to_officer="I2001", act_id=act_id
    )
    again = desk.act(alert_id, AlertActKind.PASS_ON, officer_id="D5001", to_officer="I2001", act_id=act_id)
    assert given == again
    assert (given.state, given.holder) == ("passed", "I2001")
    with pytest.raises(FieldError, match="alert_to_unfit"):
        desk.act(alert_id, AlertActKind.PASS_ON, to_officer="G1001")
    other, taken, bare, dismissed, late = push(
        central,
        device,
        maker,
        maker.alert_act(alert_id, AlertActKind.TAKE, "I2002"),
        maker.alert_act(alert_id, AlertActKind.TAKE, "I2001"),
        maker.alert_act(alert_id, AlertActKind.DISMISS, "I2001"),
        maker.alert_act(alert_id, AlertActKind.DISMISS, "I2001", note="车已回到路线"),
        maker.alert_act(alert_id, AlertActKind.TAKE, "I2002"),
    )
    assert [other.code, taken.code, bare.code, dismissed.code, late.code] == [
        "alert_taken",
        "",
        "alert_needs_reason",
        "",
        "alert_over",
    ]
    assert other.seen, "kept beside its alert, so a central that is set back knows that it lost it"
    acts = central.alerts.acts(alert_id)
    assert [act["standing"] for act in acts] == ["accepted", "refused"] * 3
    assert [row["state"] for row in central.alerts.page(AlertState.DISMISSED).alerts] == ["dismissed"]
    reopened = desk.act(alert_id, AlertActKind.REOPEN)
    assert (reopened.state, reopened.holder) == ("open", "")


def test_grid_worker_may_pass_a_serious_alert_on_but_not_take_it(
    central: Central, device: Device, maker: RecordMaker
) -> None:
    alert_id = str(central.alerts.add(new_alert())["alert_id"])
    taken, passed = push(
        central,
        device,
        maker,
        maker.alert_act(alert_id, AlertActKind.TAKE, "G1001"),
        maker.alert_act(alert_id, AlertActKind.PASS_ON, "G1001", to_officer="I2001"),
    )
    assert (taken.code, passed.status) == ("alert_not_your_role", PushStatus.DONE)


def test_place_older_than_two_hours_is_unknown_and_a_busy_squad_is_not_asked(
    central: Central, device: Device, maker: RecordMaker, clock: ToldClock
) -> None:
    squads(central, ("I2001", "一队"), ("I2002", "二队"), ("I2003", "三队"))
    push(central, device, maker, maker.look_up(officer_id="I2002", place=HERE))
    assert [one.distance_m for one in central.calls.squads(113.88, 22.56) if one.squad == "二队"] == [0]
    clock.go_on(hours=2, minutes=1)
    assert [one.distance_m for one in central.calls.squads(113.88, 22.56)] == [None] * 3
    alert_id = str(central.alerts.add(new_alert())["alert_id"])
    push(central, device, maker, maker.alert_act(alert_id, AlertActKind.TAKE, "I2003", place=HERE))
    asked = {one.squad: (one.asked, one.busy) for one in central.calls.squads(113.88, 22.56)}
    assert asked == {"一队": (True, False), "二队": (True, False), "三队": (False, True)}


def test_call_names_what_it_is_about_and_is_ended_by_who_called(
    central: Central, device: Device, maker: RecordMaker
) -> None:
    squads(central, ("I2001", "一队"), ("I2002", "二队"))
    unknown = maker.call_act("", CallActKind.CALL, "I2001", alert_id=new_id())
    alert_id = str(central.alerts.add(new_alert())["alert_id"])
    call = maker.call_act("", CallActKind.CALL, "I2001", alert_id=alert_id, note="有人围堵")
    no, yes = push(central, device, maker, unknown, call)
    assert (no.code, yes.status) == ("alert_unknown", PushStatus.DONE)
    row = central.calls.calls()[0]
    assert (row["lon"], row["grid_cell"], row["asked"]) == (113.88, CELL, "I2002")
    declined, not_mine, ended, late = push(
        central,
        device,
        maker,
        maker.call_act(call.call_id, CallActKind.DECLINE, "I2002", note="路上堵"),
        maker.call_act(call.call_id, CallActKind.END, "I2002"),
        maker.call_act(call.call_id, CallActKind.END, "I2001"),
        maker.call_act(call.call_id, CallActKind.ACCEPT, "I2002"),
    )
    assert [declined.code, not_mine.code, ended.code, late.code] == ["", "call_not_yours", "", "call_over"]
    assert central.calls.calls() == []
    assert len(told(central, device, "call_act")) == 5


def test_commands_raise_list_and_act(central: Central, capsys: pytest.CaptureFixture[str]) -> None:
    central.store.close()
    data = ["--data", str(central.settings.data)]

    def run(*words: str) -> dict[str, Any]:
        assert command([*words, *data, "--json"]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    alert_id = new_id()
    words = (
        "--severity",
        "grave",
        "--plate",
        "粤B00001",
        "--lon",
        "113.88",
        "--lat",
        "22.56",
        "--id",
        alert_id,
    )
    facts = ("--fact", "km_h=83", "--fact", "limit=60", "--fact", "road=创业路")
    raised = run("alert", "speeding", *words, *facts)
    assert json.loads(raised["facts"]) == {"km_h": 83, "limit": 60, "road": "创业路"}
    assert [one["alert_id"] for one in run("alerts")["alerts"]] == [alert_id]
    assert run("alert-act", alert_id[-6:], "dismiss", "--note", "误报")["state"] == "dismissed"
    assert run("squads")["squads"] == []
    assert run("calls", "--all")["calls"] == []
    assert command(["alerts", *data]) == 0
    assert "grave" in capsys.readouterr().out
    assert command(["alert-act", alert_id, "release", *data]) == 4
