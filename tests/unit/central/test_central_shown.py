"""What ``fieldapp-central case`` says to a person: doubtful clocks and limits that cannot be told."""

from __future__ import annotations

import json

import pytest

from sync.central.shown import show_case
from sync.cli.frame import Result


def shown(record: object = "", **limit: object) -> str:
    case: Result = {"case_id": "c", "reported_at": "2026-11-22T11:20:22Z", "record": record}
    return show_case(
        {"case": case, "limits": [limit] if limit else [], "acts": [], "facts": None, "photos": []}
    )


def test_report_by_a_clock_nobody_vouches_for_is_said_to_be_so() -> None:
    assert "clock, which was doubtful" in shown(json.dumps({"stamp": {"clock": "doubtful"}}))


@pytest.mark.parametrize(
    "record", ["", "{}", "no json", "[1]", '{"stamp": 1}', '{"stamp": {"clock": "trusted"}}']
)
def test_nothing_is_said_of_a_clock_that_is_trusted_or_not_known(record: str) -> None:
    assert "clock" not in shown(record)


def test_limit_beyond_the_known_calendar_says_why_it_is_unknown() -> None:
    assert "calendar does not reach" in shown(level="unknown", left_s=None)
    assert "limit: red, -5 min left" in shown(level="red", left_s=-300)
