"""The whole demo city: the same from the same seed, in the contract's tables, with nothing left dangling."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta

import pytest

from sync.central.city import CITY, DEMO_DAY, build
from sync.contract.codes import OUTSIDE, check_grid_cell
from sync.contract.tables import TABLES, Row

CityRows = dict[str, list[Row]]


def fingerprint(permits: int, seed: int, today: date = DEMO_DAY) -> str:
    whole = hashlib.sha256()
    for name, rows in build(permits, seed, today=today):
        whole.update(name.encode())
        for row in rows:
            whole.update(json.dumps(row, ensure_ascii=False).encode())
    return whole.hexdigest()


def test_same_seed_gives_the_same_city_and_another_seed_another() -> None:
    assert fingerprint(400, 7) == fingerprint(400, 7)
    assert fingerprint(400, 7) != fingerprint(400, 8)


def test_table_read_alone_has_the_rows_it_has_when_all_are_read(city: CityRows) -> None:
    alone = next(rows for name, rows in build(3_000) if name == "blacklist")
    assert list(alone) == city["blacklist"]


def test_city_has_every_table_of_the_contract_with_its_columns(city: CityRows) -> None:
    of_work = {"visit", "credential", "alert", "alert_act", "reinforcement", "call_act"}  # comes with the day
    assert set(city) == set(TABLES) - of_work
    for name, rows in city.items():
        assert rows, name
        assert {tuple(row) for row in rows} == {TABLES[name].column_names}, name


def test_keys_are_unique_in_every_table(city: CityRows) -> None:
    for name, rows in city.items():
        assert len({row[TABLES[name].key] for row in rows}) == len(rows), name


def test_text_columns_hold_text_and_number_columns_numbers(city: CityRows) -> None:
    python_type = {"TEXT": str, "INTEGER": int, "REAL": float}
    for name, rows in city.items():
        for column, kind in TABLES[name].columns:
            assert {type(row[column]) for row in rows} == {python_type[kind]}, f"{name}.{column}"


def test_city_is_as_large_as_promised(city: CityRows) -> None:
    least = {
        "permit": 3_000,
        "company": 2_000,
        "site": 300,
        "disposal_site": 60,
        "blacklist": 150,
        "officer": 30,
    }
    for name, count in least.items():
        assert len(city[name]) >= count, name
    assert 12_000 <= len(city["grid_cell"]) <= 15_000


@pytest.mark.parametrize("permits", [0, 1, 199, 201])
def test_odd_number_of_permits_is_met_exactly(permits: int) -> None:
    assert sum(1 for name, rows in build(permits) if name == "permit" for _ in rows) == permits


def test_every_permit_refers_to_existing_rows(city: CityRows) -> None:
    for column, table in (
        ("company_id", "company"),
        ("site_id", "site"),
        ("disposal_site_id", "disposal_site"),
    ):
        known = {row[column] for row in city[table]}
        assert {row[column] for row in city["permit"]} <= known


def test_every_place_lies_in_a_cell_of_the_city_or_outside(city: CityRows) -> None:
    known = {row["grid_cell"] for row in city["grid_cell"]}
    assert {row["grid_cell"] for row in city["site"]} <= known
    assert {row["grid_cell"] for row in city["city_case"]} <= known
    disposal = {row["grid_cell"] for row in city["disposal_site"]}
    assert OUTSIDE in disposal
    assert disposal - {OUTSIDE} <= known
    assert all(check_grid_cell(str(code)) for code in known)


def test_dates_hang_on_the_given_day() -> None:
    today = date(2031, 5, 17)
    permits = next(list(rows) for name, rows in build(1_000, today=today) if name == "permit")
    for row in permits:
        begins, ends = date.fromisoformat(str(row["valid_from"])), date.fromisoformat(str(row["valid_to"]))
        assert begins < ends
        if row["status"] == "active":
            assert begins < today < ends
        if row["status"] == "expired":
            assert ends < today
        if row["status"] == "issued":
            assert begins > today
        assert abs(begins - today) < timedelta(days=1200)


def test_city_says_that_it_is_a_demo() -> None:
    assert "演示" in CITY.name_zh
    assert "demo" in CITY.name_en
    assert (CITY.division, CITY.home_plate) == ("440306", "粤B")
