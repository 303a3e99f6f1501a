"""Officers and the cases they have in hand when the demo opens."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime

from sync.central.city import DEMO_DAY, OFFICERS_PIN
from sync.contract.ids import check_id, check_officer_id
from sync.contract.lifecycle import LIVE, ActKind, CaseState, Role, Step, fold
from sync.contract.records import Act, RecordType, Report, check_place
from sync.contract.tables import Row
from sync.contract.wire import decode_record, encode_record

CityRows = dict[str, list[Row]]


def test_every_role_is_held_and_numbers_are_valid(city: CityRows) -> None:
    assert {row["role"] for row in city["officer"]} == {role.value for role in Role}
    assert all(check_officer_id(str(row["officer_id"])) == row["officer_id"] for row in city["officer"])


def test_names_have_rare_characters_and_one_has_four(city: CityRows) -> None:
    names = [str(row["name"]) for row in city["officer"]]
    assert set("镕喆堃昇珺玥") <= set("".join(names))
    assert any(len(name) == 4 for name in names)
    assert len(set(names)) == len(names)


def test_every_officer_has_a_pin_of_six_digits(city: CityRows) -> None:
    assert set(OFFICERS_PIN) == {row["officer_id"] for row in city["officer"]}
    assert all(len(pin) == 6 and pin.isdecimal() for pin in OFFICERS_PIN.values())
    assert OFFICERS_PIN["G1001"] == "246810"


def test_open_cases_stand_in_several_states_and_some_are_dispatched(city: CityRows) -> None:
    states = [CaseState(row["state"]) for row in city["city_case"]]
    live = Counter(state for state in states if state in LIVE)
    assert 12 <= live.total() <= 20
    assert len(live) >= 8
    assert live[CaseState.DISPATCHED] >= 3
    assert any(row["assignee"] == "G1001" for row in city["city_case"])


def test_case_stands_where_its_acts_have_brought_it(city: CityRows) -> None:
    steps: dict[object, list[Step]] = defaultdict(list)
    for row in city["case_act"]:
        kind, to = ActKind(row["kind"]), str(row["to_officer"])
        steps[row["case_id"]].append(Step(str(row["act_id"]), kind, to_officer=to))
    for row in city["city_case"]:
        standing = fold(str(row["case_id"]), steps[row["case_id"]])
        assert standing.state.value == row["state"]
        assert standing.assignee == row["assignee"]
        assert standing.last_act == row["last_act"]
        assert (standing.delayed, standing.supervised) == (bool(row["delayed"]), bool(row["supervised"]))
        runs = standing.state not in {CaseState.CLOSED, CaseState.VOID, CaseState.SUSPENDED}
        assert (row["due_at"] != "") == runs, row


def test_records_are_whole_reports_and_acts_with_valid_ids(city: CityRows) -> None:
    for row in city["city_case"]:
        report = decode_record(RecordType.REPORT, str(row["record"]))
        assert isinstance(report, Report)
        assert check_id(report.report_id) == row["case_id"]
        assert (report.place.lon, report.place.lat) == (row["lon"], row["lat"])
        assert check_place(report.place).accuracy_m == 4.5
        assert report.device_id == "demo-central"
        assert encode_record(report) == row["record"]
    for row in city["case_act"]:
        act = decode_record(RecordType.ACT, str(row["record"]))
        assert isinstance(act, Act)
        assert check_id(act.act_id) == row["act_id"]
        assert act.case_id == row["case_id"]


def test_cases_happened_before_the_demos_day_and_acts_are_numbered_in_order(city: CityRows) -> None:
    opening = datetime(DEMO_DAY.year, DEMO_DAY.month, DEMO_DAY.day, tzinfo=UTC)
    moments = [datetime.fromisoformat(str(row["reported_at"])) for row in city["city_case"]]
    assert max(moments) < opening
    assert [row["act_order"] for row in city["case_act"]] == list(range(1, len(city["case_act"]) + 1))
    received = [row["received_at"] for row in city["case_act"]]
    assert received == sorted(received)  # type: ignore[type-var]


def test_cases_name_known_classes_and_officers(city: CityRows) -> None:
    classes = {row["class_code"] for row in city["case_class"]}
    officers = {row["officer_id"] for row in city["officer"]}
    assert {row["class_code"] for row in city["city_case"]} <= classes
    assert {row["reporter"] for row in city["city_case"]} <= officers | {""}
    assert {row["officer_id"] for row in city["case_act"]} <= officers
