"""What the verdict needs besides permits: prohibited zones, kinds of days, approvals, initials."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from shapely import Polygon

from sync.central.city.initials import initials
from sync.contract.tables import Row

CityRows = dict[str, list[Row]]
KINDS = {"working", "weekend", "holiday", "makeup"}


def test_zones_are_simple_rings_with_hours_days_and_dates(city: CityRows) -> None:
    assert len(city["prohibited_zone"]) == 12
    for row in city["prohibited_zone"]:
        ring = [tuple(map(float, point.split(","))) for point in str(row["ring"]).split(";")]
        assert ring[0] == ring[-1]
        assert Polygon(ring).is_valid
        assert row["reason"]
        assert row["valid_to"] == "" or str(row["valid_from"]) < str(row["valid_to"])
        kinds = {k for part in str(row["day_kinds"]).split(";") for k in part.split(",") if k}
        assert kinds <= KINDS
    assert {row["windows"] == "" for row in city["prohibited_zone"]} == {True, False}


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        ("2026-11-20", "working", ""),
        ("2026-11-21", "weekend", ""),
        ("2026-10-01", "holiday", "国庆节"),
        ("2026-10-10", "makeup", "国庆节"),
        ("2025-01-26", "makeup", "春节"),
    ],
)
def test_day_is_of_the_kind_that_the_notice_says(city: CityRows, day: str, kind: str, name: str) -> None:
    assert {"day": day, "kind": kind, "name": name} in city["day_kind"]


def test_every_day_of_a_known_year_is_there_once_and_no_other(city: CityRows) -> None:
    days = Counter(date.fromisoformat(str(row["day"])) for row in city["day_kind"])
    assert set(days.values()) == {1}
    assert Counter(day.year for day in days) == {2025: 365, 2026: 365}


def test_most_permits_state_load_and_dimensions_and_some_do_not(city: CityRows) -> None:
    stated = Counter(float(str(row["max_load_t"])) > 0 for row in city["permit"])
    assert stated[True] > 5 * stated[False] > 0
    for row in city["permit"]:
        limits = [row[f"max_{name}"] for name in ("load_t", "length_m", "width_m", "height_m")]
        assert len({float(str(limit)) > 0 for limit in limits}) == 1


def test_permits_windows_begin_on_every_day_or_on_named_kinds(city: CityRows) -> None:
    days = Counter(str(row["window_days"]) for row in city["permit"])
    assert days.most_common(1)[0][0] == ""
    assert {kind for text in days for kind in text.split(",") if kind} == KINDS


def test_company_has_the_initials_of_its_name(city: CityRows) -> None:
    assert all(row["initials"] == initials(str(row["name"])) for row in city["company"])
    assert all(len(str(row["initials"])) > 4 for row in city["company"])


@pytest.mark.parametrize(
    ("name", "letters"),
    [("深圳宏达２号", "SZHD2H"), ("东莞100%清运_有限公司", "DG100QYYXGS"), ("", ""), ("（·）", "")],
)
def test_initials_are_letters_and_digits_alone(name: str, letters: str) -> None:
    assert initials(name) == letters
