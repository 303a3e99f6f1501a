"""What the look at a city day's end expects on the tablet of an officer whose case went to another."""

from __future__ import annotations

import pytest

from fieldapp.demo.city_day.audit import seen_by_former
from sync.contract.tables import Row


def act(order: int, kind: str, officer: str, to: str = "", standing: str = "accepted") -> Row:
    return {
        "act_order": order, "kind": kind, "officer_id": officer, "to_officer": to, "standing": standing,
    }  # fmt: skip


OPENED = [act(1, "report", "G1"), act(2, "open", "D1"), act(3, "dispatch", "D1", "U1")]


def orders(acts: list[Row]) -> list[int]:
    return [int(row["act_order"] or 0) for row in seen_by_former(acts, "U1")]


@pytest.mark.parametrize("kind", ["dispatch", "uphold"])
def test_former_officer_sees_a_case_up_to_when_it_went_to_another(kind: str) -> None:
    given = [*OPENED, act(4, kind, "D1", "U2"), act(5, "handle", "U2"), act(6, "message", "U1")]
    assert orders(given) == [1, 2, 3, 4, 6]


def test_who_never_had_a_case_sees_nothing_of_it() -> None:
    assert orders([*OPENED[:2], act(3, "dispatch", "D1", "U2"), act(4, "uphold", "D1", "U3")]) == []


def test_case_that_came_back_and_went_again_is_seen_up_to_the_second_time() -> None:
    twice = [*OPENED, act(4, "dispatch", "D1", "U2"), act(5, "dispatch", "D1", "U1"), act(6, "accept", "U1")]
    assert orders([*twice, act(7, "dispatch", "D1", "U2", "refused"), act(8, "dispatch", "D1", "U3")]) == [
        1, 2, 3, 4, 5, 6, 7, 8,
    ]  # fmt: skip
