"""The n-th write, sync, move or open fails, once or from then on, for every n: said, and nothing is lost."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from sync.vault import kernel_keys
from tests.fault.ledger_plugin import Teller
from tests.fault.power.conftest import Recorder
from tests.fault.power.failing import CALLS, ERRORS, FLOWS, Stage, Trial, count, try_all
from tests.fault.power.promises import words
from tests.fault.power.stage import picture
from tests.fault.power.workers import each

pytestmark = pytest.mark.timeout(3600)
CHUNK = 12
needs_a_session = pytest.mark.skipif(not kernel_keys.works(), reason="this kernel keeps no keys for us")


@pytest.fixture(scope="module")
def stage(record_day: Recorder, power_folder: Path, long_form: bool) -> Stage:
    """A tablet with one saved report, and a picture to take (in the long form two): each is calls to fail."""
    report = record_day("report")
    pictures = power_folder / "more"
    pictures.mkdir()
    for number in (50, 51) if long_form else (50,):
        (pictures / f"{number}.jpg").write_bytes(picture(number))
    return Stage(report.root, tuple(sorted(pictures.iterdir())), tuple(words(report.recording.ops)))


def trials(stage: Stage, flow: str, pool: ProcessPoolExecutor, *, whole: bool) -> list[Trial]:
    """Every call of a flow, once and from then on; with every error, or with one in turn."""
    counted = pool.submit(count, stage, flow).result()
    every = [
        Trial(flow, call, number, error, from_then_on)
        for call in CALLS
        for number in range(1, counted[call] + 1)
        for from_then_on in (False, True)
        for error in ERRORS
    ]
    return every if whole else [t for t in every if ERRORS[(t.number + t.from_then_on) % 3] == t.error]


@pytest.mark.faults(9)
@pytest.mark.parametrize(
    "flow",
    [pytest.param(flow, marks=needs_a_session) if flow == "command" else flow for flow in FLOWS],
)
def test_every_call_that_fails_is_said_and_takes_nothing_that_was_acknowledged(
    flow: str, stage: Stage, pool: ProcessPoolExecutor, tally: Teller, long_form: bool
) -> None:
    all_of_them = trials(stage, flow, pool, whole=long_form)
    parts = [(stage, all_of_them[start : start + CHUNK]) for start in range(0, len(all_of_them), CHUNK)]
    done = each(pool, try_all, parts)
    struck = sum(number for number, _ in done)
    wrong = [line for _, lines in done for line in lines]
    tally(runs=len(all_of_them), note=f"{flow}: {struck} of {len(all_of_them)} failures met a call")
    assert not wrong, "\n".join(wrong[:10])
    assert struck >= len(all_of_them) * 9 // 10
