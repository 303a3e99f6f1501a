"""Scope: a tablet holds the cases of its area, and a change of area takes away what no longer belongs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.central.store import calls
from sync.central.store.scope import set_scope
from sync.central.store.store import put_row
from sync.contract.calls import CallActKind
from sync.contract.errors import InputRefused
from sync.contract.lifecycle import Role
from sync.contract.tables import Row
from sync.remote.http import HttpRemote
from sync.replica.meta import Identity
from tests.contract.central_device import DeviceUnderTest
from tests.contract.central_records import RecordMaker, alert_row
from tests.contract.central_server import CentralUnderTest
from tests.contract.tablet import Tablet, full_row

ALERT = "01900000-0000-7000-8000-00000000a1e9"
NORTH, SOUTH = "440306001", "440306002"


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralUnderTest]:
    with CentralUnderTest(tmp_path / "central") as running:
        yield running


class Device:
    """An enrolled tablet whose rounds go to a real central."""

    def __init__(self, central: CentralUnderTest, root: Path, officer_id: str = "") -> None:
        device = DeviceUnderTest(central.url, central.authority_pem, central.enrol_code(officer_id))
        device.close()
        given = device.enrolled
        key = device.key.private_bytes_raw().hex()
        identity = Identity(
            central.url, given.device_id, key, given.token, given.epoch, given.city, given.signing_key
        )
        self.device_id = given.device_id
        self.tablet = Tablet(root, device_id=given.device_id)
        with self.tablet.work.act():
            self.tablet.work.meta.set_identity(identity)
        self.remote = HttpRemote(identity, central.authority_pem)

    def pull(self) -> list[str]:
        """Do a round; the cases then held."""
        self.tablet.engine(self.remote).round()
        return sorted(str(row["case_id"]) for row in self.tablet.work.city.cases())

    def acts(self) -> int:
        return self.tablet.work.city.counts()["case_act"]

    def close(self) -> None:
        self.remote.close()
        self.tablet.close()


@pytest.fixture
def device(central: CentralUnderTest, data_dir: Path) -> Iterator[Device]:
    device = Device(central, data_dir)
    yield device
    device.close()


def put_case(central: CentralUnderTest, case_id: str, street: str, **cells: str) -> None:
    case: Row = full_row(
        "city_case", case_id=case_id, state="opened", grid_cell=f"{street}001001" if street else "", **cells
    )
    act = full_row("case_act", act_id=f"act-{case_id}", case_id=case_id, act_order=1, kind="open")
    with central.central.store.writing() as db:
        put_row(db, "case_act", act)
        put_row(db, "city_case", case)


def test_device_without_an_area_sees_the_whole_city(central: CentralUnderTest, device: Device) -> None:
    put_case(central, "n", NORTH)
    put_case(central, "s", SOUTH)
    assert device.pull() == ["n", "s"]


def test_change_of_area_takes_away_what_no_longer_belongs_and_brings_what_does(
    central: CentralUnderTest, device: Device
) -> None:
    for number in range(20):
        put_case(central, f"n{number:02}", NORTH)
    put_case(central, "s", SOUTH)
    put_case(central, "nowhere", "")
    assert len(device.pull()) == 22

    set_scope(central.central.store, device.device_id, SOUTH)
    assert device.pull() == ["nowhere", "s"]
    assert device.acts() == 2

    set_scope(central.central.store, device.device_id, NORTH)
    assert len(device.pull()) == 21
    assert device.acts() == 21


def test_case_that_moves_into_the_area_or_out_of_it_takes_its_acts_along(
    central: CentralUnderTest, device: Device
) -> None:
    set_scope(central.central.store, device.device_id, SOUTH)
    put_case(central, "c", NORTH)
    assert device.pull() == []
    assert device.acts() == 0
    with central.central.store.writing() as db:
        put_row(db, "city_case", full_row("city_case", case_id="c", grid_cell=f"{SOUTH}001001"))
    assert device.pull() == ["c"]
    assert device.acts() == 1
    with central.central.store.writing() as db:
        put_row(db, "city_case", full_row("city_case", case_id="c", grid_cell=f"{NORTH}001001"))
    assert device.pull() == []
    assert device.acts() == 0


def test_tablet_of_a_responsible_unit_sees_the_tasks_of_its_officer(
    central: CentralUnderTest, tmp_path: Path
) -> None:
    put_case(central, "mine", NORTH, assignee="U3001")
    put_case(central, "reported", NORTH, reporter="U3001")
    put_case(central, "other", NORTH, assignee="G1001")
    device = Device(central, tmp_path / "unit", "U3001")
    assert device.pull() == ["mine", "reported"]
    device.close()


def dispatched(central: CentralUnderTest, case_id: str, to: str, order: int, **cells: str) -> None:
    """The case goes to an officer, who does something on it."""
    store = central.central.store
    with store.writing() as db:
        for kind, officer, whom, number in (("dispatch", "D5001", to, order), ("accept", to, "", order + 1)):
            act = full_row(
                "case_act", act_id=f"{kind}-{order}", case_id=case_id, act_order=number, kind=kind,
                officer_id=officer, to_officer=whom, standing="accepted",
            )  # fmt: skip
            put_row(db, "case_act", act)
        put_row(
            db,
            "city_case",
            full_row("city_case", **{"case_id": case_id, "state": "accepted", "assignee": to, **cells}),
        )


def test_case_given_to_another_stays_with_its_former_owner_up_to_then_and_goes_when_it_is_over(
    central: CentralUnderTest, tmp_path: Path
) -> None:
    device = Device(central, tmp_path / "unit", "U3001")
    dispatched(central, "c", "U3001", 1)
    assert (device.pull(), device.acts()) == (["c"], 2)
    dispatched(central, "c", "U3002", 3)
    assert (device.pull(), device.acts()) == (["c"], 3)  # nothing of what the other did on it
    fresh = Device(central, tmp_path / "fresh", "U3001")
    assert (fresh.pull(), fresh.acts()) == (["c"], 3)
    with central.central.store.writing() as db:
        put_row(db, "officer", full_row("officer", officer_id="U3003", name="丙", role="unit", active=1))
    stranger = Device(central, tmp_path / "stranger", "U3003")
    assert (stranger.pull(), stranger.acts()) == ([], 0)
    dispatched(central, "c", "U3002", 5, state="closed")
    assert (device.pull(), device.acts()) == ([], 0)
    for one in (device, fresh, stranger):
        one.close()


def test_who_is_asked_for_help_from_outside_sees_what_it_is_about_until_the_call_is_over(
    central: CentralUnderTest, tmp_path: Path
) -> None:
    store = central.central.store
    with store.writing() as db:
        for number, squad in (("I2001", "一队"), ("I2002", "二队")):
            put_row(db, "officer", full_row("officer", officer_id=number, name=number, role="inspector",
                                            squad=squad, active=1))  # fmt: skip
        alert = alert_row(ALERT, grid_cell=f"{NORTH}001001")
        put_row(db, "alert", alert)
    put_case(central, "n", NORTH)
    helper = Device(central, tmp_path / "helper", "I2002")
    set_scope(store, helper.device_id, SOUTH)
    maker = RecordMaker(helper.device_id)

    def does(kind: CallActKind, officer: str, call_id: str = "", **about: str) -> str:
        act = maker.call_act(call_id, kind, officer, **about)
        with store.writing() as db:
            now = central.central.world.now()
            calls.accept(db, act, calls.judge(db, act, Role.INSPECTOR), now)
        return act.call_id

    def known() -> tuple[bool, list[str]]:
        held = helper.pull()
        return helper.tablet.work.alerts.alert(ALERT) is not None, held

    assert known() == (False, [])
    about_alert = does(CallActKind.CALL, "I2001", alert_id=ALERT)
    about_case = does(CallActKind.CALL, "I2001", case_id="n")
    assert known() == (True, ["n"])
    assert helper.acts() == 1
    does(CallActKind.DECLINE, "I2002", about_case)
    assert known() == (True, [])
    assert helper.acts() == 0
    does(CallActKind.END, "I2001", about_alert)
    assert known() == (False, [])
    helper.close()


def test_blacklist_and_public_tables_come_whatever_the_area(
    central: CentralUnderTest, device: Device
) -> None:
    with central.central.store.writing() as db:
        put_row(db, "blacklist", full_row("blacklist", entry_id="b", subject="粤B1"))
    set_scope(central.central.store, device.device_id, NORTH)
    device.pull()
    assert device.tablet.work.city.counts()["blacklist"] == 1
    assert device.tablet.reference.counts()["permit"] == 3


@pytest.mark.parametrize("area", ["4403", "44030600x", "' OR 1", "4403060010"])
def test_area_that_is_none_is_refused(central: CentralUnderTest, device: Device, area: str) -> None:
    with pytest.raises(InputRefused, match="area_invalid"):
        set_scope(central.central.store, device.device_id, area)


def test_unknown_device_gets_no_area(central: CentralUnderTest) -> None:
    with pytest.raises(InputRefused, match="device_unknown"):
        set_scope(central.central.store, "0190a0a0-0000-7000-8000-00000000ffff", NORTH)
