"""A run forgives a test that failed by chance, says so, and nothing more than that."""

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
CHANCE = """
from pathlib import Path

def test_{name}():
    note = Path(__file__).with_name("{name}")
    first = not note.exists()
    note.touch()
    assert not first, "only the first time"
"""
ALWAYS = """
def test_always():
    assert False, "every time"
"""


def run(folder: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p tests.second_look\n")
    (folder / "test_it.py").write_text(text)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *options, "test_it.py"],
        cwd=folder,
        env={"PYTHONPATH": str(PROJECT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_failed_once_and_holds_three_times_is_called_unsteady(tmp_path: Path) -> None:
    told = run(tmp_path, CHANCE.format(name="now_and_then"), "--second-look")

    assert told.returncode == 0
    assert "UNSTEADY: test_it.py::test_now_and_then failed" in told.stdout
    assert "only the first time" in told.stdout


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (CHANCE.format(name="now_and_then"), ()),
        (CHANCE.format(name="now_and_then") + ALWAYS, ("--second-look",)),
        ("".join(CHANCE.format(name=name) for name in ("one", "two", "three")), ("--second-look",)),
    ],
    ids=["nobody asked for it", "another fails every time", "three failed"],
)
def test_run_has_failed_all_the_same(tmp_path: Path, text: str, options: tuple[str, ...]) -> None:
    told = run(tmp_path, text, *options)

    assert told.returncode == 1
    assert "UNSTEADY" not in told.stdout
