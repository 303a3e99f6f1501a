"""Filling a central with the demo city, and bringing it up to date."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from sync.central.city import OFFICERS_PIN
from sync.central.composition import Central
from sync.central.seeding import seed_city
from sync.central.settings import Settings
from sync.central.store.devices import Device
from sync.central.store.filling import CityData, fill
from sync.central.world import World
from sync.contract.errors import FieldError
from sync.contract.lifecycle import ActKind, CaseState, Step, fold
from sync.contract.tables import Row, Stream
from tests.contract.central_records import RecordMaker
from tests.contract.central_server import CITY, OFFICERS, class_row, permit_row
from tests.unit.central.conftest import admit


def data(*permits: Row) -> CityData:
    officers = [
        {"officer_id": name, "name": name, "role": role, "squad": "", "active": 1}
        for name, role in OFFICERS.items()
    ]
    tables = [
        ("permit", iter(permits)),
        ("case_class", iter([class_row("03-11")])),
        ("officer", iter(officers)),
        ("city_case", iter([])),
    ]
    return CityData(CITY, tables, {})


@pytest.fixture
def empty(tmp_path: Path, world: World) -> Iterator[Central]:
    central = Central(Settings(data=tmp_path / "empty"), world)
    yield central
    central.close()


def test_filling_gives_every_row_a_change(empty: Central) -> None:
    counts = fill(empty.store, data(permit_row(1), permit_row(2)), again=False)
    assert counts["permit"] == 2
    page = empty.feed.page(admit(empty), Stream.REFERENCE, "")
    assert [change.id for change in page.changes] == ["P000001", "P000002", "03-11"]


def test_filling_twice_is_refused_unless_asked_for(empty: Central) -> None:
    fill(empty.store, data(permit_row(1)), again=False)
    with pytest.raises(FieldError, match="already_seeded"):
        fill(empty.store, data(permit_row(1)), again=False)


def test_filling_again_changes_only_what_differs_and_removes_what_is_gone(empty: Central) -> None:
    fill(empty.store, data(permit_row(1), permit_row(2), permit_row(3)), again=False)
    device = admit(empty)
    cursor = empty.feed.page(device, Stream.REFERENCE, "").cursor
    fill(empty.store, data(permit_row(1), {**permit_row(2), "used_m3": 99}, permit_row(4)), again=True)
    changes = empty.feed.page(device, Stream.REFERENCE, cursor).changes
    assert [(change.id, change.row is None) for change in changes] == [
        ("P000002", False),
        ("P000004", False),
        ("P000003", True),
    ]


def test_filling_again_never_touches_the_work_of_people(empty: Central) -> None:
    fill(empty.store, data(), again=False)
    maker = RecordMaker(admit(empty).device_id)
    item = msgspec.Raw(msgspec.json.encode(maker.item(maker.report())))
    assert empty.intake.push(maker.device_id, [item]).answers[0].receipt is not None
    fill(empty.store, data(), again=True)
    assert len(empty.ledger.page(None, 10, "").cases) == 1


def test_filling_that_fails_half_way_leaves_nothing(empty: Central) -> None:
    broken = CityData(CITY, [("permit", iter([permit_row(1), permit_row(1)]))], {})
    with pytest.raises(Exception, match="UNIQUE"):
        fill(empty.store, broken, again=False)
    assert fill(empty.store, data(permit_row(1)), again=False)["permit"] == 1


def test_demo_city_can_be_signed_into_and_its_cases_stand_where_their_acts_say(empty: Central) -> None:
    counts = seed_city(empty, 200, 7, again=False)
    assert counts["permit"] == 200
    assert empty.officers.sign_in("G1001", OFFICERS_PIN["G1001"]).officer_id == "G1001"
    for case in empty.ledger.page(None, 1000, "").cases:
        file = empty.ledger.case(str(case["case_id"]))
        steps = [
            Step(str(a["act_id"]), ActKind(a["kind"]), str(a["withdraws"]), str(a["to_officer"]))
            for a in file.acts
        ]
        assert fold(str(case["case_id"]), steps).state is CaseState(case["state"])
    assert empty.snapshots.current().rows["permit"] == 200


def test_device_sees_the_demo_citys_officers_without_their_pins(central: Central, device: Device) -> None:
    changes = central.feed.page(device, Stream.WORK, "").changes
    assert {tuple(change.row or {}) for change in changes} == {
        ("officer_id", "name", "role", "squad", "active")
    }
