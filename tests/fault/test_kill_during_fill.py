"""The daemon killed in the middle of a fill: a replica that works is left, and the next fill succeeds."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sync.remote.memory import MemoryRemote
from tests.contract.tablet import DEVICE, Tablet
from tests.fault.fill_then_stop import central_with

PROJECT = Path(__file__).resolve().parents[2]
OLD, NEW = "粤B00001", "粤B00002"


def kill_in_fill(folder: Path, moment: str) -> None:
    """Run a fill in a process of its own and kill it at that moment."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fault.fill_then_stop", str(folder), moment],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "stopped\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait(60)
    process.stdout.close()


@pytest.mark.parametrize(
    ("moment", "plate"),
    [
        ("before_first_frame", OLD),
        ("within_a_frame", OLD),
        ("after_a_frame", OLD),
        ("before_unpacked", OLD),
        ("before_swap", OLD),
        ("after_pointer", NEW),
    ],
)
def test_fill_killed_leaves_a_replica_that_works_and_can_be_filled_again(
    data_dir: Path, moment: str, plate: str
) -> None:
    old = central_with(3, OLD)
    with Tablet(data_dir) as tablet:
        tablet.engine(MemoryRemote(old, DEVICE)).round()
    kill_in_fill(data_dir, moment)

    with Tablet(data_dir) as tablet:
        assert tablet.work.integrity() == []
        assert tablet.reference.permits(plate)
        tablet.engine(MemoryRemote(old, DEVICE)).refill()
        assert tablet.reference.counts()["permit"] == 3
        left = {path.name.split(".db")[0] for path in tablet.folder.reference.glob("*.db*")}
        assert left == {tablet.reference.name.removesuffix(".db")}
        assert not list(tablet.folder.reference.glob("*.new"))
