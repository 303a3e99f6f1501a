"""The locked requirements: hashed line by line, free of addresses, pinned where a version breaks."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
REQUIREMENTS = PROJECT / "build" / "requirements"
LOCKS = sorted(path for path in REQUIREMENTS.glob("*.txt") if path.name != "debian.txt")


def _requirements(lock: Path) -> list[str]:
    """One joined text for each requirement, its hashes included."""
    text = re.sub(r"^\s*#.*$", "", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    joined = text.replace("\\\n", " ")
    return [line.strip() for line in joined.splitlines() if line.strip()]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_requirement_is_pinned_and_hashed(lock: Path) -> None:
    requirements = _requirements(lock)
    assert requirements
    pinned = re.compile(r"^[a-z0-9][a-z0-9._-]*==\S+( ; [^-]+?)?(\s+--hash=sha256:[0-9a-f]{64})+$")
    assert [line[:60] for line in requirements if not pinned.match(line)] == []


@pytest.mark.parametrize("path", sorted(REQUIREMENTS.iterdir()), ids=lambda path: path.name)
def test_no_requirements_file_names_an_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text


def test_one_version_of_a_package_in_all_locks() -> None:
    pins = {
        lock.name: set(re.findall(r"^([a-z0-9._-]+==\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))
        for lock in LOCKS
    }
    assert pins["run.txt"] <= pins["central.txt"] <= pins["dev.txt"]


def test_qt_is_pinned_to_the_release_that_keeps_its_references() -> None:
    for lock in LOCKS:
        if lock.name == "plates.txt":  # an extra, put on top of the others
            continue
        pins = set(re.findall(r"^pyside6(?:-\w+)?==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))
        assert pins == {"6.11.3"}, lock.name


def test_third_party_notices_are_in_step_with_the_locks() -> None:
    tool = PROJECT / "build" / "tools" / "third_party.py"
    answer = subprocess.run([sys.executable, tool, "--check"], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
