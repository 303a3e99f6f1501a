"""Receipts of central and migrations outlive power cuts; receipts outlive every failing call too."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from tests.fault.ledger_plugin import Teller
from tests.fault.power.keeping import cut_intake, cut_migration, fail_intake
from tests.fault.power.workers import each
from tests.fault.test_migrations import WORK_EVIDENCE, WORK_FILES

pytestmark = pytest.mark.timeout(3600)
SEEDS = (1, 2)
CUTS = 200
"""For each seed, or every place of the recording where that has more."""


@pytest.mark.faults(25)
def test_a_receipt_of_central_outlives_a_cut_at_every_call(
    pool: ProcessPoolExecutor, tally: Teller, long_form: bool
) -> None:
    done = each(pool, cut_intake, [(None if long_form else CUTS, seed) for seed in SEEDS])
    tally(runs=sum(runs for runs, _ in done), seeds="1..2", note="power cuts of central's intake")
    wrong = [line for _, lines in done for line in lines]
    assert not wrong, "\n".join(wrong[:10])


def test_central_that_does_not_sync_its_folders_is_found_out(pool: ProcessPoolExecutor) -> None:
    _, wrong = pool.submit(cut_intake, CUTS, SEEDS[0], True).result()
    assert any("photo" in line for line in wrong)


@pytest.mark.faults(7)
@pytest.mark.parametrize("packed", WORK_FILES, ids=lambda path: path.name)
def test_a_migration_cut_at_every_call_loses_nothing(
    packed: Path, pool: ProcessPoolExecutor, tally: Teller, long_form: bool
) -> None:
    done = each(
        pool, cut_migration, [(packed, WORK_EVIDENCE, None if long_form else CUTS // 2, s) for s in SEEDS]
    )
    tally(
        runs=sum(runs for runs, _ in done),
        seeds="1..2",
        note=f"power cuts of bringing {packed.name} up to date",
    )
    wrong = [line for _, lines in done for line in lines]
    assert not wrong, "\n".join(wrong[:10])


@pytest.mark.faults(9, 25)
def test_a_receipt_of_central_outlives_every_failing_call(
    pool: ProcessPoolExecutor, tally: Teller, long_form: bool
) -> None:
    done = each(pool, fail_intake, [(half, long_form) for half in range(2)])
    runs, met = sum(one[0] for one in done), sum(one[1] for one in done)
    tally(runs=runs, note=f"central's intake: {met} of {runs} failures met a call")
    wrong = [line for one in done for line in one[2]]
    assert not wrong, "\n".join(wrong[:10])
    assert met >= runs * 9 // 10
