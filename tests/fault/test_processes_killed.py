"""Daemon and central killed at every named step of the protocol: each report arrives once, and by itself."""

from __future__ import annotations

import random
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.contract.records import Lane
from tests.fault.ledger_plugin import Teller
from tests.fault.named_steps import CENTRAL, DAEMON
from tests.fault.process_ground import ProcessGround

CHUNKED = 700_000
"""Bytes of a photo that goes in several pieces."""
STOPPED_S = 3.0
"""Longer than central waits here for a silent upload, as ten minutes are for the real one."""
LANES = (Lane.ORIGINAL, Lane.THUMBNAIL)

pytestmark = pytest.mark.timeout(1_800)
"""A score of programs are started one after the other, each as slow as the machine lets it be."""


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[ProcessGround]:
    with ProcessGround(tmp_path, impatient=True) as ground:
        yield ground


def a_report(ground: ProcessGround, chance: random.Random) -> None:
    ground.report(chance.randbytes(CHUNKED), chance.randbytes(900), lanes=LANES)


def kill_daemon_at(ground: ProcessGround, step: str, nth: int = 1) -> None:
    """Start a daemon that halts there, and kill it where it stands."""
    daemon = ground.start_daemon(step=step, nth=nth)
    daemon.wait_for(lambda said: said == f"stopped {step}")
    ground.end_daemon(signal.SIGKILL)


@pytest.mark.faults(4)
def test_daemon_killed_at_one_step_after_another_loses_and_doubles_nothing(
    ground: ProcessGround, tally: Teller
) -> None:
    chance = random.Random(4)
    for step in DAEMON:
        a_report(ground, chance)
        kill_daemon_at(ground, step)
        ground.check(all_sent=False)
    ground.start_daemon()
    ground.wait_until(ground.is_all_sent)
    found = ground.check()
    assert len(found["central"]["cases"]) == len(DAEMON)
    tally(runs=len(DAEMON), note=f"daemon killed at {len(DAEMON)} steps, each on top of the one before")


@pytest.mark.faults(4, 25)
def test_central_killed_at_every_step_gives_no_receipt_for_what_is_not_durable(
    ground: ProcessGround, tally: Teller
) -> None:
    chance = random.Random(5)
    for step in CENTRAL:
        ground.end_daemon()  # a new one asks at once, where the old keeps away from what failed
        ground.end_central()
        ground.start_central(step=step)
        a_report(ground, chance)
        ground.start_daemon()
        assert ground.central is not None
        ground.central.wait_for(lambda said, at=step: said == f"stopped {at}")  # type: ignore[misc]
        ground.end_central(signal.SIGKILL)
        ground.check(all_sent=False)
    ground.start_central()
    ground.end_daemon()
    ground.start_daemon()
    ground.wait_until(ground.is_all_sent)
    found = ground.check()
    assert len(found["central"]["cases"]) == len(CENTRAL)
    tally(runs=len(CENTRAL), note=f"central killed at {len(CENTRAL)} steps")


@pytest.mark.faults(4)
def test_killed_again_and_again_at_any_step_in_the_long_form(
    ground: ProcessGround, tally: Teller, long_form: bool, seed_count: int | None
) -> None:
    runs = seed_count or (200 if long_form else 2)
    chance = random.Random(runs)
    for _ in range(runs):
        a_report(ground, chance)
        kill_daemon_at(ground, chance.choice(list(DAEMON)))
        before = len(ground.failed_rounds())
        ground.start_daemon()
        ground.wait_until(ground.is_all_sent)
        failed = ground.failed_rounds()[before:]
        assert len(failed) <= 1, f"more than one retry cycle: {failed}"
        ground.end_daemon(chance.choice([signal.SIGKILL, signal.SIGTERM]))
        ground.check()
    tally(runs=runs, note="killed at a step drawn by chance; sent by itself in the next daemon's first round")


@pytest.mark.faults(5)
@pytest.mark.parametrize("who", ["daemon", "central"])
def test_process_stopped_in_the_middle_of_an_upload_goes_on_where_it_was(
    ground: ProcessGround, tally: Teller, who: str
) -> None:
    chance = random.Random(6)
    ground.report(chance.randbytes(3_000_000))
    if who == "daemon":
        daemon = ground.start_daemon(step="a piece of a chunk left", nth=40)
        halted = daemon
    else:
        ground.end_central()
        ground.start_central(step="some bytes of an upload written", nth=2)
        assert ground.central is not None
        halted = ground.central
        ground.start_daemon()
    halted.wait_for(lambda said: said.startswith("stopped"))
    if who == "daemon":  # central lets go of the silent upload meanwhile
        threading.Event().wait(STOPPED_S)
        assert len(ground.read_both()["central"]["parts"]) == 1
    else:  # the daemon gives up waiting, and says so
        ground.wait_until(lambda: ground.ask("status")["state"]["link"] == "offline")
    halted.send(signal.SIGCONT)
    ground.wait_until(ground.is_all_sent)
    ground.check()
    assert ground.link.up < 1.3 * 3_000_000, f"{ground.link.up} bytes for 3,000,000: begun anew, not resumed"
    tally(
        runs=1,
        note=f"{who} stopped and continued in the middle of an upload: {ground.link.up / 3e6:.2f} × payload",
    )
