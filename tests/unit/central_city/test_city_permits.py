"""Permits, companies and the blacklist are what a roadside look-up meets: real forms, awkward cases."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, time

from sync.contract.codes import is_credit_code
from sync.contract.plate import PlateKind, parse_plate
from sync.contract.tables import Row

CityRows = dict[str, list[Row]]
STATUSES = {"issued", "active", "used", "expired", "revoked", "void"}


def test_every_plate_is_a_whole_plate_in_normal_form(city: CityRows) -> None:
    for row in city["permit"]:
        assert parse_plate(str(row["plate"])).text == row["plate"]


def test_plates_are_mixed_as_on_the_road(city: CityRows) -> None:
    plates = {str(row["plate"]) for row in city["permit"]}
    kinds = Counter(parse_plate(plate).kind for plate in plates)
    assert 0.25 < kinds[PlateKind.NEW_ENERGY_LARGE] / len(plates) < 0.35
    assert kinds[PlateKind.ORDINARY] > len(plates) / 2
    assert kinds[PlateKind.TRAILER] > 0
    home = sum(plate.startswith("粤B") for plate in plates)
    assert 0.75 < home / len(plates) < 0.95
    assert any(not plate.startswith("粤") for plate in plates)


def test_look_alike_plates_stand_side_by_side(city: CityRows) -> None:
    plates = {str(row["plate"]) for row in city["permit"]}
    folded = Counter(plate.translate(str.maketrans("BDLZS", "80125")) for plate in plates)
    assert sum(count > 1 for count in folded.values()) >= 30


def test_one_truck_may_hold_several_permits_and_some_have_used_all_up(city: CityRows) -> None:
    statuses: dict[object, list[object]] = {}
    companies: dict[object, set[object]] = {}
    for row in city["permit"]:
        statuses.setdefault(row["plate"], []).append(row["status"])
        companies.setdefault(row["plate"], set()).add(row["company_id"])
    several = [held for held in statuses.values() if len(held) > 1]
    assert several
    assert any(set(held) == {"used"} for held in several)
    assert all(len(owners) == 1 for owners in companies.values())


def test_statuses_agree_with_volume_and_reason(city: CityRows) -> None:
    counts = Counter(row["status"] for row in city["permit"])
    assert set(counts) == STATUSES
    assert counts.most_common(1)[0][0] == "active"
    for row in city["permit"]:
        approved, used = row["approved_m3"], row["used_m3"]
        assert isinstance(approved, int)
        assert isinstance(used, int)
        assert 0 <= used <= approved
        assert (used == approved) == (row["status"] == "used")
        assert bool(row["reason"]) == (row["status"] in {"revoked", "void"})


def test_windows_are_times_of_day_and_most_pass_midnight(city: CityRows) -> None:
    over_midnight = 0
    for row in city["permit"]:
        for window in str(row["windows"]).split(";"):
            begin, end = (time.fromisoformat(part) for part in window.split("-"))
            assert begin != end
            over_midnight += begin > end
    assert over_midnight > len(city["permit"]) / 2


def test_route_leads_from_the_site_to_the_disposal_site(city: CityRows) -> None:
    sites = {row["site_id"]: (row["lon"], row["lat"]) for row in city["site"]}
    goals = {row["disposal_site_id"]: (row["lon"], row["lat"]) for row in city["disposal_site"]}
    for row in city["permit"]:
        points = [tuple(map(float, point.split(","))) for point in str(row["route"]).split(";")]
        assert 4 <= len(points) <= 12
        assert points[0] == sites[row["site_id"]]
        assert points[-1] == goals[row["disposal_site_id"]]


def test_every_company_has_its_own_name_and_a_valid_credit_code(city: CityRows) -> None:
    companies = city["company"]
    assert all(is_credit_code(str(row["credit_code"])) for row in companies)
    assert len({row["credit_code"] for row in companies}) == len(companies)
    assert len({row["name"] for row in companies}) == len(companies)
    assert max(len(str(row["name"])) for row in companies) >= 40


def test_blacklist_names_trucks_with_and_without_permits_companies_and_drivers(city: CityRows) -> None:
    plates = {row["plate"] for row in city["permit"]}
    companies = {row["company_id"] for row in city["company"]}
    known = unknown = 0
    for row in city["blacklist"]:
        assert row["level"] in {1, 2, 3}
        assert row["reason"]
        begins = date.fromisoformat(str(row["valid_from"]))
        assert row["valid_to"] == "" or date.fromisoformat(str(row["valid_to"])) > begins
        if row["kind"] == "vehicle":
            assert parse_plate(str(row["subject"])).text == row["subject"]
            known, unknown = known + (row["subject"] in plates), unknown + (row["subject"] not in plates)
        elif row["kind"] == "company":
            assert row["subject"] in companies
        else:
            assert re.fullmatch(r"[一-鿿]{2,4}", str(row["subject"]))
    assert known > 50
    assert unknown > 10
    assert {row["kind"] for row in city["blacklist"]} == {"vehicle", "company", "driver"}
    assert any(row["valid_to"] == "" for row in city["blacklist"])
