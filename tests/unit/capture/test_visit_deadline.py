"""The day by which something is to be put right: read as people type it, refused where it is none."""

from datetime import date

import pytest

from fieldapp.capture.visit_deadline import deadline
from sync.contract.errors import InputRefused

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    "typed", ["2026-03-05", " 2026-3-5 ", "2026/03/05", "2026.3.5", "2026年3月5日", "2026年03月05"]
)
def test_day_is_read_as_people_write_it(typed: str) -> None:
    assert deadline(typed, TODAY) == "2026-03-05"


@pytest.mark.parametrize(
    "typed", ["2026-02-30", "2026-13-01", "三日内", "03-05", "2026-03-05 12:00", "0000-01-01"]
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(InputRefused, match="visit_deadline_odd"):
        deadline(typed, TODAY)


def test_day_gone_by_is_refused_unless_nobody_knows_what_day_it_is() -> None:
    with pytest.raises(InputRefused, match="visit_deadline_past"):
        deadline("2026-03-04", TODAY)
    assert deadline("2026-03-04", None) == "2026-03-04"


def test_no_day_named_is_none() -> None:
    assert deadline("  ", TODAY) == ""
