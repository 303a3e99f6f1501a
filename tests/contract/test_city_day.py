"""A day of a city in small, by the code of ``build/run --city-day``: central, tablets, gaps, the desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.demo.city_day.day import play_day
from fieldapp.demo.city_day.options import DayOptions
from fieldapp.demo.city_day.result import told

CASES = 16


@pytest.mark.timeout(900)  # five tablets and a central wait for the disk all day
@pytest.mark.parametrize("seed", [3])
def test_both_ends_agree_on_every_case_and_every_clock_at_the_end_of_a_day(tmp_path: Path, seed: int) -> None:
    heard: list[str] = []
    options = DayOptions(tmp_path, seed, tablets=5, cases=CASES, ticks=14, permits=60)
    result = play_day(options, heard.append)

    print("\n".join([*heard, *told(result)]))
    assert result.problems == []
    assert result.ok
    assert sum(result.cases.values()) >= CASES
    assert sum(sum(stands.values()) for stands in result.acts.values()) > 60
    assert result.files_at_central > 30
    assert result.histories_compared > 5 * CASES
    assert len(result.lights["3 h later"]) > 1
    assert "unknown" in result.lights["after the calendar's end"]
