"""``fieldapp lookup``: the verdict by command line, on a filled tablet with the server gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.programs import Programs

PERMITS = 3_000
"""From here on the trucks of the demo's document are there."""


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programs]:
    """A tablet that was enrolled and filled once; nobody serves any more."""
    made = Programs(tmp_path_factory.mktemp("verdict"))
    assert made.run("fieldapp-central", "seed", "--permits", str(PERMITS)).exit == 0
    with made.serving() as url:
        made.server = url
        code = made.run("fieldapp-central", "enrol-code", "--officer", "G1001").body["code"]
        assert made.run("fieldapp-sync", "enrol", "--server", url, "--code", code).exit == 0
        assert made.run("fieldapp-sync", "once").exit == 0
    yield made
    made.close()


def verdict(programs: Programs, plate: str, *options: str) -> dict[str, Any]:
    """The verdict on a plate, whose command must not fail."""
    answer = programs.run("fieldapp", "lookup", plate, *options)
    assert answer.exit == 0, answer.body
    told: dict[str, Any] = answer.body["verdict"]
    assert told["answer"] in {"allowed", "not_allowed", "check", "unknown"}
    assert all(reason["message"].strip() for reason in told["reasons"])
    assert told["data_age_s"] >= 0
    return told


def codes(told: dict[str, Any]) -> list[str]:
    return [reason["code"] for reason in told["reasons"]]


def good_truck(programs: Programs) -> dict[str, Any]:
    """The document's ordinary truck: its active permit as the replica holds it."""
    permits = programs.run("fieldapp", "lookup", "粤BWK516").body["permits"]
    return next(permit for permit in permits if permit["status"] == "active")


def test_truck_at_its_site_within_its_hours_is_allowed_and_its_permit_named(programs: Programs) -> None:
    permit = good_truck(programs)
    begins = permit["windows"].split("-")[0]
    where = ("--at", permit["route"].split(";")[0], "--accuracy", "8", "--load-t", "1")
    first = date.fromisoformat(permit["valid_from"])
    week = [(first + timedelta(days=n)).isoformat() for n in range(7)]  # some day is one of its days
    asked = [verdict(programs, "粤BWK516", *where, "--when", f"{day}T{begins}") for day in week]
    told = next(one for one in asked if one["answer"] == "allowed")
    assert told["permit_id"] == permit["permit_id"]


def test_truck_off_its_route_overloaded_is_not_allowed(programs: Programs) -> None:
    told = verdict(programs, "粤BWK516", "--at", "113.60,22.90", "--accuracy", "8", "--load-t", "60")
    assert told["answer"] == "not_allowed"
    assert {"verdict_off_route", "verdict_load_over"} <= set(codes(told))


def test_truck_nobody_knows_has_no_permit(programs: Programs) -> None:
    told = verdict(programs, "粤B99999")
    assert (told["answer"], told["permit_id"]) == ("not_allowed", "")
    assert codes(told)[0] == "verdict_permit_missing"
    assert told["reasons"][0]["advice"]


def test_revoked_truck_says_why_and_what_to_do(programs: Programs) -> None:
    told = verdict(programs, "粤BY0108")
    assert told["answer"] == "not_allowed"
    assert "verdict_permit_revoked" in codes(told)


def test_look_up_by_command_is_logged_and_told_to_central(programs: Programs) -> None:
    where = ("--at", "113.91,22.54", "--accuracy", "8")
    logged = programs.run("fieldapp", "lookup", "粤BY0108", *where).body["lookup_id"]
    with programs.serving():
        assert programs.run("fieldapp-sync", "once").exit == 0
    told = programs.run("fieldapp-central", "lookups", "--plate", "粤BY0108").body["lookups"]
    entry = next(one for one in told if one["lookup_id"] == logged)
    assert (entry["officer_id"], entry["answer"]) == ("G1001", "not_allowed")
    assert (entry["lon"], entry["lat"], entry["accuracy_m"]) == (113.91, 22.54, 8.0)


@pytest.mark.parametrize("load", ["-3", "10000", "nan"])
def test_load_no_truck_can_carry_is_refused_in_plain_words(programs: Programs, load: str) -> None:
    answer = programs.run("fieldapp", "lookup", "粤BWK516", "--load-t", load)
    assert (answer.exit, answer.code) == (3, "measure_invalid")
    assert load in answer.body["error"]["message"]


def test_position_in_the_sea_is_not_believed(programs: Programs) -> None:
    assert "verdict_place_far" in codes(verdict(programs, "粤BWK516", "--at", "116.0,20.0"))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("\x01\x02\x03",), "plate_impossible"),
        (("粤BWK516", "--at", "200,95"), "position_invalid"),
        (("粤BWK516", "--at", "here"), "position_malformed"),
        (("粤BWK516", "--at", "113.9,22.6", "--accuracy", "-1"), "accuracy_invalid"),
        (("粤BWK516", "--when", "yesterday"), "time_invalid"),
        (("粤BWK516", "--when", "0001-01-01T00:00+14:00"), "time_invalid"),
    ],
)
def test_bad_input_gets_its_sentence(programs: Programs, arguments: tuple[str, ...], code: str) -> None:
    answer = programs.run("fieldapp", "lookup", *arguments)
    assert (answer.exit, answer.code) == (3, code)
    assert answer.body["error"]["message"].strip()


@pytest.mark.parametrize("typed", ["粤BWK5I6", "BWK516", "粤BWK51"])
def test_what_is_no_plate_is_refused_and_the_trucks_it_may_mean_are_offered(
    programs: Programs, typed: str
) -> None:
    answer = programs.run("fieldapp", "lookup", typed)
    assert (answer.exit, answer.code) == (3, "plate_impossible")
    assert "粤BWK516" in answer.body["suggestions"]
    assert "verdict" not in answer.body


def test_what_no_truck_is_like_is_refused_with_nothing_offered(programs: Programs) -> None:
    assert programs.run("fieldapp", "lookup", "\x01\x02\x03").body["suggestions"] == []


def test_thresholds_of_the_city_are_used_and_broken_ones_refused(programs: Programs) -> None:
    file = Path(programs.tablet) / "verdict_limits.json"
    file.write_text('{"max_age_h": {}, "default_age_h": 0.0}')
    try:
        told = verdict(programs, "粤B99999")
        assert told["answer"] == "unknown"
        assert "verdict_reference_too_old" in codes(told)
        file.write_text('{"nonsense": 1}')
        answer = programs.run("fieldapp", "lookup", "粤B99999")
        assert (answer.exit, answer.code) == (3, "verdict_limits_unreadable")
    finally:
        file.unlink()
