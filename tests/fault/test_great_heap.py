"""Very many records that wait: the daemon starts all the same, keeps its memory, and sends every one once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fault.great_heap import pile_up, resident_peak_mb
from tests.fault.ledger_plugin import Teller
from tests.fault.process_ground import ProcessGround

MEMORY_MB = 300


@pytest.mark.faults(40)
def test_heap_of_records_that_wait_is_sent_within_the_memory_a_tablet_has(
    tmp_path: Path, tally: Teller, long_form: bool
) -> None:
    count = 100_000 if long_form else 2_000
    with ProcessGround(tmp_path) as ground:
        pile_up(ground.tablet, count)
        daemon = ground.start_daemon()
        ground.wait_until(ground.is_all_sent, 3000)
        peak = resident_peak_mb(daemon.pid)
        found = ground.check()
    assert len(found["central"]["cases"]) == count
    assert peak <= MEMORY_MB
    tally(runs=1, note=f"{count:,} records pending on one tablet, memory {peak:.0f} MB")
