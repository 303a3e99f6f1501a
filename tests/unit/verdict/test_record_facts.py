"""What the records say: status before dates before volume, and old data never says "no record"."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fieldapp.verdict.record_facts import (
    AgeLevel,
    Headline,
    PermitFact,
    best_first,
    data_age,
    headline,
    in_force,
    permit_fact,
    shape,
)
from sync.contract.tables import Row

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PERMIT: Row = {
    "permit_id": "P1",
    "status": "active",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "approved_m3": 1000,
    "used_m3": 10,
}


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        ({}, PermitFact.VALID),
        ({"valid_to": "2026-11-20"}, PermitFact.VALID),
        ({"valid_from": "2026-11-20"}, PermitFact.VALID),
        ({"valid_to": "2026-11-19"}, PermitFact.EXPIRED),
        ({"status": "expired"}, PermitFact.EXPIRED),
        ({"valid_from": "2026-11-21"}, PermitFact.NOT_YET),
        ({"status": "issued"}, PermitFact.NOT_YET),
        ({"status": "issued", "valid_to": "2026-11-01"}, PermitFact.EXPIRED),
        ({"status": "used"}, PermitFact.USED_UP),
        ({"used_m3": 1000}, PermitFact.USED_UP),
        ({"used_m3": 5, "approved_m3": 0}, PermitFact.VALID),
        ({"used_m3": None, "approved_m3": None}, PermitFact.VALID),
        ({"status": "revoked", "valid_to": "2020-01-01"}, PermitFact.REVOKED),
        ({"status": "void"}, PermitFact.VOID),
        ({"status": "something new"}, PermitFact.UNCLEAR),
        ({"valid_to": ""}, PermitFact.UNCLEAR),
        ({"valid_to": None}, PermitFact.UNCLEAR),
        ({"valid_from": "soon"}, PermitFact.UNCLEAR),
    ],
)
def test_permit_stands_as_its_record_says(change: Row, fact: PermitFact) -> None:
    assert permit_fact({**PERMIT, **change}, TODAY) is fact


def test_valid_permit_comes_first_and_of_two_the_one_that_lasts_longer() -> None:
    rows = [
        {**PERMIT, "permit_id": "old", "valid_to": "2026-01-31"},
        {**PERMIT, "permit_id": "short", "valid_to": "2026-11-30"},
        {**PERMIT, "permit_id": "gone", "status": "revoked", "valid_to": "2030-01-01"},
        {**PERMIT, "permit_id": "long"},
    ]

    assert [row["permit_id"] for row in best_first(rows, TODAY)] == ["long", "short", "gone", "old"]


@pytest.mark.parametrize(
    ("starts", "ends", "counts"),
    [
        ("2026-01-01", "", True),
        ("2026-01-01", "2026-11-20", True),
        ("2026-01-01", "2026-11-19", False),
        ("2026-11-21", "", False),
        ("", "", True),
        ("?", "?", True),
    ],
)
def test_blacklist_entry_counts_within_its_dates(starts: str, ends: str, counts: bool) -> None:
    assert in_force({"valid_from": starts, "valid_to": ends}, TODAY) is counts


@pytest.mark.parametrize(
    ("hours", "level"),
    [
        (0, AgeLevel.FRESH),
        (23.9, AgeLevel.FRESH),
        (24, AgeLevel.AGING),
        (71.9, AgeLevel.AGING),
        (72, AgeLevel.STALE),
        (-0.05, AgeLevel.FRESH),
        (-1, AgeLevel.UNKNOWN),
    ],
)
def test_age_has_a_level(hours: float, level: AgeLevel) -> None:
    assert data_age(NOW - timedelta(hours=hours), NOW).level is level


def test_data_that_never_came_has_no_age() -> None:
    age = data_age(None, NOW)

    assert age.level is AgeLevel.UNKNOWN
    assert age.seconds is None


@pytest.mark.parametrize("level", [AgeLevel.STALE, AgeLevel.UNKNOWN])
def test_nothing_in_old_data_is_unknown_never_no_record(level: AgeLevel) -> None:
    said = headline([], blacklisted=False, level=level)

    assert said is Headline.UNKNOWN
    assert shape(said, level) == "unknown"


def test_nothing_in_fresh_data_is_no_record() -> None:
    said = headline([], blacklisted=False, level=AgeLevel.FRESH)

    assert said is Headline.NO_RECORD
    assert shape(said, AgeLevel.FRESH) == "warning"


@pytest.mark.parametrize("level", [AgeLevel.STALE, AgeLevel.UNKNOWN])
def test_valid_permit_in_old_data_is_not_shown_as_good(level: AgeLevel) -> None:
    said = headline([PermitFact.VALID], blacklisted=False, level=level)

    assert said is Headline.VALID
    assert shape(said, level) == "unknown"


@pytest.mark.parametrize("level", list(AgeLevel))
def test_blacklist_and_revocation_warn_however_old_the_data(level: AgeLevel) -> None:
    assert shape(headline([PermitFact.VALID], blacklisted=True, level=level), level) == "danger"
    assert shape(headline([PermitFact.REVOKED], blacklisted=False, level=level), level) == "danger"


def test_every_permit_fact_has_a_headline() -> None:
    assert {fact.value for fact in PermitFact} <= {said.value for said in Headline}
