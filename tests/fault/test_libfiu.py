"""Calls that libfiu lets fail by chance: what was said to be saved is there, whole, and the work goes on.

The shim of tests/fault/power lets the n-th call fail, for every n; libfiu draws, so that several fail beside
each other, in reading too, and some carry less than they were asked to.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.fault.ledger_plugin import Teller
from tests.fault.process_ground import PROJECT, ProcessGround

pytestmark = [
    pytest.mark.timeout(1_800),
    pytest.mark.skipif(shutil.which("fiu-run") is None, reason="no fiu-run (Debian's fiu-utils)"),
]
DAEMON = (
    ("posix/io/rw/pwrite", 28, 0.3),
    ("posix/io/rw/pwrite/reduce", 0, 0.3),
    ("posix/io/sync/*", 5, 0.3),
    ("posix/io/rw/pread", 5, 0.05),
    ("posix/io/rw/ftruncate", 5, 0.5),
    ("posix/io/dir/rename", 5, 0.5),
    ("posix/io/net/send", 104, 0.1),
    ("posix/io/net/recv", 104, 0.1),
    ("posix/io/net/connect", 111, 0.3),
)
"""Points, errno and share. Not ``open``, ``read``, ``write`` and ``close`` as such: libfiu's own thread,
which hears of the next order, would meet them too and end."""


def captured(root: Path, seed: int, acts: int) -> dict[str, int]:
    """What a process capturing under libfiu told its person, by code; fails where a promise was not kept."""
    line = ["fiu-run", "-x", "-f", "", sys.executable, "-m", "tests.fault.fiu_capture"]
    done = subprocess.run(
        [*line, str(root / f"tablet-{seed}"), str(seed), str(acts)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"seed {seed}: {done.stderr[-2_000:]}"
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["wrong"] == [], f"seed {seed}: {found}"
    told: dict[str, int] = found["told"]
    return told


def order(control: Path, pid: int, text: str) -> None:
    """Tell libfiu in a running process what is to fail from now on."""
    line = ["fiu-ctrl", "-f", str(control), "-c", text, str(pid)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout


def daemon_under_faults(root: Path, tally: Teller) -> None:
    """The real daemon: one point after the other fails by chance for four rounds; then all is sent, whole."""
    chance, codes, control = random.Random(9), Counter[str](), root / "fiu"
    with ProcessGround(root) as ground:
        daemon = ground.start_daemon(
            before=["fiu-run", "-x", "-f", str(control)], environment={"FIU_PRNG_SEED": "9"}
        )
        ground.fill()
        for point, error, share in DAEMON:
            ground.report(chance.randbytes(300_000))
            order(control, daemon.pid, f"enable_random name={point},probability={share},failinfo={error}")
            for _ in range(4):
                codes[ground.round()] += 1
            order(control, daemon.pid, f"disable name={point}")
            assert daemon.is_running, daemon.said[-20:]
        ground.sync_until_sent()
        ground.check()
    tally(runs=len(DAEMON), note=f"libfiu: the daemon, four rounds at each point; {dict(codes)}")


@pytest.mark.faults(9)
def test_calls_failing_by_chance_take_nothing_that_was_said_to_be_saved(
    tmp_path: Path, tally: Teller, long_form: bool, seed_count: int | None
) -> None:
    seeds = seed_count or (20 if long_form else 1)
    told = Counter[str]()
    for seed in range(1, seeds + 1):
        told.update(captured(tmp_path, seed, 150 if long_form else 40))
    tally(runs=sum(told.values()), seeds=f"1..{seeds}", note=f"libfiu: reports captured; {dict(told)}")
    assert told["saved"] > told["disk_failed"] > 0
    if long_form:
        daemon_under_faults(tmp_path / "ground", tally)
