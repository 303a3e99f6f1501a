"""The officer's tasks as a list: which cases are in it, what it says of them, in which order."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from case_makers import accept, put, put_act, put_case, refuse
from use_case_desk import close_desk, make_desk

from fieldapp.capture.act import submit_act
from fieldapp.capture.act_drafts import begin_act, keep_act
from fieldapp.capture.desk import Desk
from fieldapp.capture.task_sheet import read_task
from fieldapp.capture.tasks import (
    bring_back,
    cases_of_records,
    list_some,
    list_tasks,
    moment,
    put_away,
)
from fieldapp.services.due import due_state
from sync.contract.lifecycle import ActKind, CaseState


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "tablet")
    yield made
    close_desk(made)


def give_to(desk: Desk, case_id: str, officer: str, **columns: str) -> None:
    row = desk.work.city.case(case_id)
    assert row is not None
    put(desk, "city_case", row | {"assignee": officer} | columns)


def test_line_says_what_and_where_and_what_comes_next(desk: Desk) -> None:
    case_id = put_case(desk, address="创业一路", plate="粤B12345")

    (line,) = list_tasks(desk)

    assert (line.case_id, line.class_zh, line.class_en) == (case_id, "渣土车", "Truck")
    assert (line.address, line.plate, line.lon, line.lat) == ("创业一路", "粤B12345", 113.9, 22.57)
    assert (line.state, line.next_act, line.mine, line.open) == (
        CaseState.DISPATCHED,
        ActKind.ACCEPT,
        True,
        True,
    )
    assert line.started_at == datetime(2026, 11, 20, 1, 2, tzinfo=UTC)


def test_unsent_acts_are_counted(desk: Desk) -> None:
    case_id = put_case(desk)
    submit_act(desk, case_id, ActKind.ACCEPT)
    submit_act(desk, case_id, ActKind.ARRIVE)

    (line,) = list_tasks(desk)

    assert (line.state, line.waiting, line.refused) == (CaseState.ARRIVED, 2, 0)


def test_settled_acts_are_not_counted(desk: Desk) -> None:
    case_id = put_case(desk)
    accept(desk, submit_act(desk, case_id, ActKind.ACCEPT).record_id, "accepted")

    (line,) = list_tasks(desk)

    assert (line.state, line.waiting, line.unsettled) == (CaseState.ACCEPTED, 0, False)


def test_refused_act_marks_its_task(desk: Desk) -> None:
    case_id = put_case(desk)
    refuse(desk, submit_act(desk, case_id, ActKind.ACCEPT).record_id, "act_not_allowed")

    (line,) = list_tasks(desk)

    assert (line.state, line.waiting, line.refused) == (CaseState.DISPATCHED, 0, 1)


def test_case_given_to_another_is_seen_while_that_one_works_on_it_and_asks_for_nothing(desk: Desk) -> None:
    case_id = put_case(desk)
    give_to(desk, case_id, "G1002")

    (line,) = list_tasks(desk)
    assert (line.mine, line.open, line.reassigned, line.next_act) == (False, False, True, None)
    assert list_some(desk, [case_id])[case_id] == line
    give_to(desk, case_id, "G1002", state="fed_back")
    assert not any(line.reassigned for line in list_tasks(desk))


def given_on(desk: Desk, state: str = "dispatched") -> str:
    """A case that central dispatched to this officer, then to U3001."""
    put(desk, "officer", {"officer_id": "U3001", "name": "周建军", "role": "unit", "squad": "", "active": 1})
    case_id = put_case(desk, "accepted")
    put_act(desk, case_id, ActKind.DISPATCH, "D5001", to_officer="U3001", order=5)
    give_to(desk, case_id, "U3001", state=state)
    return case_id


@pytest.mark.parametrize("state", ["dispatched", "handled", "returned", "verified", "suspended"])
def test_case_given_to_another_tells_to_whom_and_when_until_it_is_over(desk: Desk, state: str) -> None:
    case_id = given_on(desk, state)

    (line,) = list_tasks(desk)
    assert line.given is not None
    assert (line.given.name, line.given.at) == ("周建军", datetime(2026, 11, 20, 1, 5, tzinfo=UTC))
    assert (line.reassigned, line.open, line.next_act) == (True, False, None)
    assert read_task(desk, case_id).side == ()
    assert list_some(desk, [case_id])[case_id] == line
    give_to(desk, case_id, "U3001", state="closed")
    assert list_tasks(desk) == []


def test_case_put_away_is_gone_from_the_list_and_back_when_it_is_wanted_or_given_again(desk: Desk) -> None:
    case_id = given_on(desk)
    other = given_on(desk)
    put_away(desk, case_id)
    assert [line.case_id for line in list_tasks(desk)] == [other]
    assert list_some(desk, [case_id]) == {case_id: None}
    bring_back(desk, case_id)
    assert len(list_tasks(desk)) == 2

    put_away(desk, case_id)
    put_act(desk, case_id, ActKind.DISPATCH, "D5001", to_officer="G1001", order=6)
    give_to(desk, case_id, "G1001")
    assert {line.case_id for line in list_tasks(desk) if line.mine} == {case_id}
    put_act(desk, case_id, ActKind.DISPATCH, "D5001", to_officer="U3001", order=7)
    give_to(desk, case_id, "U3001")
    assert {line.case_id for line in list_tasks(desk)} == {case_id, other}


def test_case_given_to_another_stays_while_an_act_of_mine_waits(desk: Desk) -> None:
    case_id = put_case(desk)
    submit_act(desk, case_id, ActKind.ACCEPT)
    give_to(desk, case_id, "G1002")

    (line,) = list_tasks(desk)

    assert (line.mine, line.open, line.next_act) == (False, True, None)
    assert list_some(desk, [case_id])[case_id] == line


def test_case_given_to_another_stays_while_a_draft_of_mine_lies_on_it(desk: Desk) -> None:
    case_id = put_case(desk, "handled")
    keep_act(desk, begin_act(desk, case_id, ActKind.FEED_BACK), "do")
    give_to(desk, case_id, "G1002")

    (line,) = list_tasks(desk)

    assert (line.mine, line.drafts) == (False, 1)


def test_act_of_the_officer_before_me_does_not_make_his_case_mine(desk: Desk) -> None:
    case_id = put_case(desk)
    submit_act(desk, case_id, ActKind.ACCEPT)
    give_to(desk, case_id, "G1009")
    other = msgspec.structs.replace(
        desk, officer=msgspec.structs.replace(desk.officer, officer_id="G1002", name="李 玥")
    )

    assert list_tasks(other) == []


def test_some_lines_are_the_same_as_in_the_whole_list(desk: Desk) -> None:
    ids = [put_case(desk, state) for state in ("dispatched", "accepted", "closed", "suspended")]
    submit_act(desk, ids[0], ActKind.ACCEPT)

    whole = {line.case_id: line for line in list_tasks(desk)}

    assert list_some(desk, ids) == whole
    assert [whole[case_id].open for case_id in ids] == [True, True, False, True]


def test_class_that_is_not_in_the_table_is_named_by_its_code(desk: Desk) -> None:
    put_case(desk, class_code="77-01")

    (line,) = list_tasks(desk)

    assert (line.class_zh, line.class_en) == ("77-01", "77-01")


def test_records_and_drafts_lead_to_their_cases(desk: Desk) -> None:
    one, two = put_case(desk), put_case(desk, "handled")
    record = submit_act(desk, one, ActKind.ACCEPT).record_id
    begun = begin_act(desk, two, ActKind.FEED_BACK)
    keep_act(desk, begun, "x")

    assert cases_of_records(desk, [record, begun.draft_id, "unknown"]) == {one, two}


def test_last_dispatch_starts_the_clock(desk: Desk) -> None:
    case_id = put_case(desk)
    put_act(desk, case_id, ActKind.DISPATCH, "D5001", order=7, to_officer="G1001")

    (line,) = list_tasks(desk)

    assert line.started_at == datetime(2026, 11, 20, 1, 7, tzinfo=UTC)
    assert list_some(desk, [case_id])[case_id] == line


@pytest.mark.parametrize(
    ("share", "level"), [(0.0, "green"), (0.8, "green"), (0.81, "yellow"), (1.0, "yellow"), (1.01, "red")]
)
def test_light_turns_at_four_fifths_and_at_the_end(desk: Desk, share: float, level: str) -> None:
    put_case(desk)
    (line,) = list_tasks(desk)
    assert line.started_at is not None
    assert line.due_at is not None

    now = line.started_at + share * (line.due_at - line.started_at)

    assert due_state(line, now)[0] == level
    assert due_state(line, now)[1] == (line.due_at - now) / timedelta(minutes=1)


@pytest.mark.parametrize("state", ["suspended", "fed_back", "closed"])
def test_no_light_where_no_time_runs(desk: Desk, state: str) -> None:
    put_case(desk, state)
    (line,) = list_tasks(desk)

    assert due_state(line, datetime(2027, 1, 1, tzinfo=UTC)) == ("", 0.0)


def test_time_that_cannot_be_read_is_none(desk: Desk) -> None:
    put_case(desk, due_at="soon", reported_at="")
    (line,) = list_tasks(desk)

    assert (line.due_at, line.reported_at) == (None, None)
    assert moment(None) is None
