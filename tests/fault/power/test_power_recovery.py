"""Recoveries are cut as well, three deep, after cuts and after kills: what was shown at any time stays."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor

import pytest

from tests.fault.ledger_plugin import Teller
from tests.fault.power.conftest import Recorded
from tests.fault.power.nested import dive, kill_then_cut, places
from tests.fault.power.recording import Kind
from tests.fault.power.workers import each

pytestmark = pytest.mark.timeout(3600)
SEED = 7
DIVES, DIVES_LONG = 24, 400


@pytest.mark.faults(2)
def test_whatever_was_shown_survives_cuts_within_recoveries_three_deep(
    day: Recorded, pool: ProcessPoolExecutor, tally: Teller, long_form: bool
) -> None:
    deep = places(day.recording.ops, DIVES_LONG if long_form else DIVES, SEED)
    parts = [(day.path, deep[start : start + 4]) for start in range(0, len(deep), 4)]
    done = each(pool, dive, parts)
    depths = [sum(runs) for runs in zip(*(runs for runs, _ in done), strict=True)]
    wrong = [line for _, lines in done for line in lines]
    tally(runs=sum(depths), seeds=str(SEED), note=f"cuts in recoveries by depth: {depths}")
    assert all(depths)
    assert not wrong, "\n".join(wrong[:10])


@pytest.mark.faults(2)
def test_whatever_a_killed_app_left_and_the_next_one_showed_survives_a_cut(
    day: Recorded, pool: ProcessPoolExecutor, tally: Teller, long_form: bool
) -> None:
    syncs = [at for at, op in enumerate(day.recording.ops) if op.kind is Kind.SYNC]
    at = range(day.calls + 1) if long_form else syncs[::2]
    done = each(
        pool, kill_then_cut, [(day.path, at[start : start + 12], SEED) for start in range(0, len(at), 12)]
    )
    tally(runs=sum(runs for runs, _ in done), seeds=str(SEED), note=f"killed at {len(at)} places, then cut")
    wrong = [line for _, lines in done for line in lines]
    assert not wrong, "\n".join(wrong[:10])
