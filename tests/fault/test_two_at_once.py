"""Two of everything started together: one daemon wins, one store stays whole under two writers and kills."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fault.ledger_plugin import Teller
from tests.fault.process_ground import PROJECT, ProcessGround, Program, command

WRITER = """
import sys
from pathlib import Path
from sync.contract.errors import RetryLater
from tests.contract.tablet import Tablet
def at_last(work):
    while True:
        try:
            return work()
        except RetryLater:  # the others held the store too long: nothing was saved, again
            continue
tablet = at_last(lambda: Tablet(Path(sys.argv[1]), key=bytes.fromhex(sys.argv[2])))
print("ready", flush=True)
while True:
    print(at_last(lambda: tablet.report(b"x" * 2000, note="n" * 3000)).report_id, flush=True)
"""


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[ProcessGround]:
    with ProcessGround(tmp_path) as ground:
        yield ground


@pytest.mark.faults(6)
def test_of_daemons_started_together_one_serves_and_the_others_say_so_and_end_well(
    ground: ProcessGround, tally: Teller
) -> None:
    line = command("sync", "run", "--data", str(ground.tablet_folder), "--json")
    daemons = [Program(line) for _ in range(3)]
    ground.wait_until(lambda: sum(daemon.is_running for daemon in daemons) == 1)
    winner = next(daemon for daemon in daemons if daemon.is_running)
    losers = [daemon for daemon in daemons if daemon is not winner]
    assert [loser.end() for loser in losers] == [0, 0]
    assert all(json.loads(loser.said[-1])["already_running"] for loser in losers)
    winner.wait_for(lambda said: said == "ready")
    ground.daemon = winner
    ground.unlock()
    ground.report(b"photo")
    ground.sync_until_sent()
    ground.check()
    tally(runs=3, note="daemons started together")


@pytest.mark.faults(6)
def test_store_stays_whole_under_two_writers_a_checkpointing_daemon_and_kills(
    ground: ProcessGround, tally: Teller, long_form: bool
) -> None:
    """The stress that broke SQLite before 3.51.3: two processes write, a third one checkpoints."""
    chance = random.Random(6)
    seconds = 600.0 if long_form else 4.0
    ground.start_daemon()
    began = time.monotonic()
    saved = kills = 0
    while time.monotonic() - began < seconds:
        line = [sys.executable, "-c", WRITER, str(ground.tablet_folder), ground.key.hex()]
        writers = [
            subprocess.Popen(line, cwd=PROJECT, stdout=subprocess.PIPE, text=True, bufsize=1)
            for _ in range(2)
        ]
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        for _ in range(6):
            ground.ask("nudge")
            for writer in writers:
                assert writer.stdout is not None
                ground.history.acknowledged(writer.stdout.readline().strip())
                saved += 1
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            assert writer.stdout is not None
            for record_id in writer.stdout.read().split("\n")[:-1]:  # a whole line was acknowledged
                ground.history.acknowledged(record_id)
                saved += 1
            writer.wait(60)
            writer.stdout.close()
            kills += 1
        if chance.random() < 0.5:
            ground.end_daemon(signal.SIGKILL)
            ground.start_daemon()
            kills += 1
    ground.sync_until_sent(80)
    found = ground.check()
    assert len(found["central"]["cases"]) >= saved
    tally(runs=kills, seeds="6", note=f"{saved} records by two writers in {seconds:.0f} s, {kills} kills")
