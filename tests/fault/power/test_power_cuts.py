"""Power cuts at every call of a morning's work: what was shown as saved is there, whole; nothing dangles."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from tests.fault.ledger_plugin import Teller
from tests.fault.power.conftest import Recorded, Recorder
from tests.fault.power.cutting import Cut, lying, plan, whole
from tests.fault.power.examine import findings
from tests.fault.power.plants import PLANTS
from tests.fault.power.promises import Promises, words
from tests.fault.power.stage import KEY, OFFICER
from tests.fault.power.workers import cut_all

pytestmark = pytest.mark.timeout(1800)
CUTS = 2_050
SEED = 20261122
CAUGHT_WITHIN = 200
"""A planted defect must show within so many cuts of one report."""


def look(root: Path, promises: Promises) -> list[str]:
    """What is wrong after a cut."""
    return findings(root, KEY, OFFICER, promises)


def told(wrong: list[tuple[Cut, list[str]]]) -> str:
    """The first findings in words."""
    return "\n".join(f"{cut}: {'; '.join(found[:4])}" for cut, found in wrong[:10])


def test_the_recording_holds_every_change_the_processes_made(day: Recorded) -> None:
    played, strange = whole(day.recording)
    assert strange == []
    assert played == lying(day.root)


def test_the_day_says_what_it_was_meant_to(day: Recorded) -> None:
    promises = Promises.of(words(day.recording.ops))
    assert promises.saved == 7
    assert sum(promise.sent for promise in promises.values()) == 6
    assert max(len(promise.photos) for promise in promises.values()) == 5


@pytest.mark.faults(1)
def test_whatever_was_shown_as_saved_survives_a_cut_at_every_call(
    day: Recorded, pool: ProcessPoolExecutor, tally: Teller, long_form: bool
) -> None:
    wanted = max(CUTS, day.calls + 200)  # how often a daemon writes depends on how fast the machine is
    cuts = plan(day.calls, None if long_form else wanted, SEED)
    assert len({cut.at for cut in cuts}) == day.calls + 1
    wrong = cut_all(pool, day.path, cuts, look)
    tally(runs=len(cuts), seeds=str(SEED), note=f"power cuts at all {day.calls + 1} places of a morning")
    assert not wrong, told(wrong)


@pytest.mark.parametrize("planted", PLANTS)
def test_a_planted_defect_is_found_within_200_cuts_of_one_report(
    planted: str, record_day: Recorder, pool: ProcessPoolExecutor
) -> None:
    report = record_day("report", planted=planted)
    cuts = plan(report.calls, CAUGHT_WITHIN, SEED)
    some = (cuts[start::4] for start in range(4))  # spread over the report; nearly half of all show it
    assert any(cut_all(pool, report.path, part, look) for part in some), f"{planted} went unseen"


def test_one_report_without_a_defect_passes_the_same_cuts(
    record_day: Recorder, pool: ProcessPoolExecutor
) -> None:
    report = record_day("report")
    wrong = cut_all(pool, report.path, plan(report.calls, CAUGHT_WITHIN, SEED), look)
    assert not wrong, told(wrong)
