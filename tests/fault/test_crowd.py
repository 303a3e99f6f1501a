"""Two hundred tablets that were offline for thirty days and come back in the same moment."""

from unittest.mock import patch

import pytest

import sync.schedule
from sync.central.composition import Central
from tests.fault.ledger_plugin import Teller
from tests.fault.simulation.crowd import Crowded, run_crowd

SERVES = 50
"""Requests that central serves in a second; the others are turned away."""


def in_step(crowd: Crowded) -> bool:
    """Whether a large part of the tablets came back in the same second again."""
    return crowd.peak > crowd.tablets / 4


@pytest.mark.timeout(1_800)
@pytest.mark.faults(21)
def test_two_hundred_tablets_back_at_once_all_converge_and_none_starves(
    tally: Teller, long_form: bool
) -> None:
    crowd = run_crowd(1, tablets=200, reports=9 if long_form else 2, serves=SERVES)
    print(crowd.figures())
    assert len(crowd.done_after) == crowd.tablets
    assert crowd.turned_away > 50, "nobody was turned away: that is no crowd"
    assert not in_step(crowd)
    assert max(crowd.done_after) < 10 * sorted(crowd.done_after)[crowd.tablets // 2]
    tally(runs=crowd.tablets, seeds="1", note=crowd.figures())


def test_tablets_without_jitter_are_seen_to_come_back_in_step() -> None:
    with (
        patch.object(sync.schedule, "back_off", lambda _failures, wished, _chance: wished or 5.0),
        patch.object(Central, "chance", lambda _central: 0.5),
    ):
        crowd = run_crowd(1, tablets=60, reports=1, serves=8)
    assert in_step(crowd)
