"""What a verdict is given: the rows a permit names, the ages of tables, the city's time and thresholds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fieldapp.capture.desk import Desk
from fieldapp.capture.lookup import age_of_data
from fieldapp.capture.verdict_facts import LIMITS_FILE, ask, city_limits, data_ages, gather
from fieldapp.verdict.model import Answer, Limits
from fieldapp.verdict.verdict import judge
from sync.contract.errors import InputRefused
from sync.contract.records import ClockState, Place, PlaceSource
from sync.contract.tables import TABLES, Row
from sync.contract.wire import Change
from sync.replica.meta import CursorAt
from tests.gui.field_app import open_desk
from tests.unit.verdict.verdict_makers import entry, permit, zone

PLATE = "粤BTST01"  # no truck of the demo city
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)  # 23:00 in the city


class SetClock:
    """A clock that stands where it is put."""

    boot_id = "boot"
    time = NOW
    passed = 0.0

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.passed


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Iterator[Desk]:
    made = open_desk(tmp_path, clock=clock)
    rows: list[tuple[str, Row]] = [
        ("permit", permit(plate=PLATE)),
        ("company", {"company_id": "C1", "name": "某公司", "credit_code": "91350100M000100Y43"}),
        ("site", {"site_id": "S1", "lon": 113.88, "lat": 22.56}),
        ("disposal_site", {"disposal_site_id": "D1", "lon": 113.92, "lat": 22.56}),
        ("prohibited_zone", zone(zone_id="Z1", valid_to="2026-01-02")),
    ]
    made.reference.apply(
        [Change(1, name, str(row[TABLES[name].key]), row) for name, row in rows], CursorAt("c", "e", NOW)
    )
    yield made
    made.work.close()
    made.reference.close()


HERE = Place(PlaceSource.GNSS, 113.88, 22.56, 5.0)


def answer(desk: Desk) -> Answer:
    question = ask(desk, PLATE, HERE)
    return judge(question, gather(desk, PLATE, HERE, question.at, question.load)).answer


def test_good_truck_at_its_site_is_allowed(desk: Desk) -> None:
    facts = gather(desk, PLATE, HERE)
    assert [row["permit_id"] for row in facts.permits] == ["P1"]
    assert (set(facts.companies), set(facts.sites), set(facts.disposal_sites)) == ({"C1"}, {"S1"}, {"D1"})
    assert facts.day_kinds == {"2026-11-20": "working", "2026-11-19": "working"}
    assert answer(desk) is Answer.ALLOWED


def test_blacklist_names_vehicle_company_and_driver(desk: Desk) -> None:
    listed = [
        entry(entry_id="X1", subject=PLATE),
        entry(entry_id="X2", kind="company", subject="C1"),
        entry(entry_id="X3", kind="driver", subject="某人"),
    ]
    with desk.work.act():
        desk.work.city.apply([Change(1, "blacklist", str(row["entry_id"]), row) for row in listed])
    assert {row["entry_id"] for row in gather(desk, PLATE).blacklist} == {"X1", "X2"}
    for name in ("某人", " 某 人", "某·人"):
        assert {row["entry_id"] for row in gather(desk, PLATE, driver=name).blacklist} == {"X1", "X2", "X3"}
    assert answer(desk) is Answer.NOT_ALLOWED


def test_vehicle_is_found_on_the_blacklist_however_its_plate_is_written(desk: Desk) -> None:
    listed = entry(entry_id="X1", subject=f"{PLATE[:2].lower()}·{PLATE[2:].lower()}")
    with desk.work.act():
        desk.work.city.apply([Change(1, "blacklist", "X1", listed)])
    assert answer(desk) is Answer.NOT_ALLOWED


def test_question_is_asked_in_the_citys_time(desk: Desk) -> None:
    assert f"{ask(desk, PLATE).at:%Y-%m-%d %H:%M %z}" == "2026-11-20 23:00 +0800"
    assert ask(desk, PLATE, when=datetime(2026, 1, 1, 8)).at.isoformat() == "2026-01-01T08:00:00+08:00"  # noqa: DTZ001
    assert ask(desk, PLATE, when=datetime(2026, 1, 1, tzinfo=UTC)).at.hour == 8


def test_clock_that_is_off_is_said_and_centrals_time_is_asked_for(desk: Desk, clock: SetClock) -> None:
    with desk.work.act():
        desk.work.meta.note_server_time(NOW + timedelta(minutes=40), clock)
    asked = ask(desk, PLATE)
    assert (asked.clock, asked.clock_offset_s) == (ClockState.DOUBTFUL, 2_400.0)
    assert f"{asked.at:%H:%M}" == "23:40"


def test_clock_that_is_off_is_said_for_another_time_too(desk: Desk, clock: SetClock) -> None:
    with desk.work.act():
        desk.work.meta.note_server_time(NOW + timedelta(minutes=40), clock)
    assert ask(desk, PLATE, when=datetime(2026, 11, 20, 23, tzinfo=UTC)).clock is ClockState.DOUBTFUL


def test_data_does_not_grow_young_when_the_clock_is_set_back(desk: Desk, clock: SetClock) -> None:
    with desk.work.act():
        desk.work.meta.note_server_time(NOW, clock)
    clock.time, clock.passed = NOW + timedelta(hours=2), 100 * 3_600.0
    ages, ahead = data_ages(desk)
    assert (ages["permit"], ahead) == (360_000.0, False)
    assert age_of_data(desk).seconds == 360_000.0
    assert answer(desk) is Answer.UNKNOWN


@pytest.mark.parametrize("when", ["0001-01-01T00:00", "9999-12-31T23:59"])
@pytest.mark.parametrize("offset", ["-14:00", "+14:00"])
def test_time_beyond_the_calendar_is_answered_or_refused(desk: Desk, when: str, offset: str) -> None:
    moment = datetime.fromisoformat(when + offset)
    with suppress(InputRefused):
        judge(ask(desk, PLATE, when=moment), gather(desk, PLATE, when=moment))


def test_ages_grow_with_the_clock_and_old_data_is_not_certain(desk: Desk, clock: SetClock) -> None:
    clock.time = NOW + timedelta(hours=30)
    ages, ahead = data_ages(desk)
    assert (ages["permit"], ages["blacklist"], ahead) == (108_000.0, 108_000.0, False)
    assert answer(desk) is Answer.UNKNOWN


def test_data_from_the_future_has_no_age(desk: Desk, clock: SetClock) -> None:
    clock.time = NOW - timedelta(hours=1)
    ages, ahead = data_ages(desk)
    assert ages == {}
    assert ahead
    assert answer(desk) is Answer.UNKNOWN


def test_citys_thresholds_replace_the_shipped_ones(desk: Desk) -> None:
    assert city_limits(desk) == Limits()
    (desk.folder.root / LIMITS_FILE).write_text('{"route_m": 5.0}')
    assert city_limits(desk).route_m == 5.0


@pytest.mark.parametrize(
    "text", ["", "[]", '{"route": 1}', '{"route_m": "x"}', '{"sigmas": -1}', '{"max_age_h": {"permit": -1}}']
)
def test_broken_thresholds_are_refused_not_passed_over(desk: Desk, text: str) -> None:
    (desk.folder.root / LIMITS_FILE).write_text(text)
    with pytest.raises(InputRefused, match="verdict_limits_unreadable"):
        city_limits(desk)


@pytest.mark.parametrize("plate", ["", "\0", "粤", "𠮷" * 50])
def test_facts_of_any_text_are_gathered(desk: Desk, plate: str) -> None:
    assert judge(ask(desk, plate), gather(desk, plate)).answer is Answer.UNKNOWN
