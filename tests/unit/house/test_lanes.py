"""Runs that share their files: each is run once, by one of them; a stopped run takes down what it set up."""

import signal
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
COUNTED = """
from pathlib import Path

def test_one():
    with (Path(__file__).parent / "ran").open("a") as ran:
        ran.write(Path(__file__).name + " one\\n")

def test_other():
    with (Path(__file__).parent / "ran").open("a") as ran:
        ran.write(Path(__file__).name + " other\\n")
"""
STOPPED = """
import sys
import time
from pathlib import Path
import pytest

@pytest.fixture(scope="session")
def program():
    yield
    (Path(__file__).parent / "taken down").touch()

def test_waits(program):
    print("started", file=sys.__stdout__, flush=True)
    time.sleep(120)
"""


def run(folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "tests.lanes", "-p", "no:cacheprovider"]
    return subprocess.Popen(
        [*command, f"--rootdir={folder}", "-c", "/dev/null", *options, str(folder)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_runs_share_the_files_and_each_test_runs_once(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"test_{number}.py").write_text(COUNTED, encoding="utf-8")
    taken = tmp_path / "taken"
    taken.mkdir()
    runs = [run(tmp_path, "--share", str(taken), *more) for more in ([], ["--begin", "end"])]
    said = [one.communicate()[0] for one in runs]

    assert [one.returncode for one in runs] == [0, 0], said
    ran = (tmp_path / "ran").read_text(encoding="utf-8").splitlines()
    assert sorted(ran) == sorted(
        f"test_{number}.py {name}" for number in range(9) for name in ("one", "other")
    )


def test_a_run_that_is_told_to_stop_takes_down_what_it_set_up(tmp_path: Path) -> None:
    (tmp_path / "test_slow.py").write_text(STOPPED, encoding="utf-8")
    slow = run(tmp_path)
    assert slow.stdout is not None
    assert any("started" in line for line in slow.stdout)
    slow.send_signal(signal.SIGTERM)
    slow.communicate()

    assert slow.returncode == 2
    assert (tmp_path / "taken down").exists()
