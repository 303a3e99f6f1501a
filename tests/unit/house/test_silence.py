"""Silence is tested: an unexpected warning fails the test that let it out, an expected one does not.

One small run of pytest under this project's own settings holds every case, each a test of its own.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]

CASES = """
import logging
import warnings

import pytest
import structlog
from PySide6.QtCore import qWarning


@pytest.fixture
def loud_when_left():
    yield
    qWarning("left behind")


def test_logs():
    logging.getLogger("x").warning("disk nearly full")

def test_logs_by_structlog():
    structlog.get_logger().warning("clock_jumped")

def test_warns():
    warnings.warn("the old way")

def test_qt_warns():
    qWarning("binding loop")

def test_qt_warns_when_taken_down(loud_when_left):
    pass

@pytest.mark.expects_log("disk", "jumped")
def test_logs_as_expected():
    logging.getLogger("x").warning("disk nearly full")
    structlog.get_logger().warning("clock_jumped")

@pytest.mark.qt_log_ignore("binding", "left")
def test_qt_warns_as_expected(loud_when_left):
    qWarning("binding loop")
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """For each case, what pytest says became of it."""
    folder = tmp_path_factory.mktemp("noise")
    (folder / "conftest.py").write_text((PROJECT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    (folder / "test_noise.py").write_text(CASES)
    settings = ["-c", str(PROJECT / "pyproject.toml"), "--rootdir", str(folder), "-q", "-rA"]
    command = [sys.executable, "-m", "pytest", *settings, str(folder)]
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}  # the settings name a plugin of ours
    answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environment)
    said: dict[str, set[str]] = {}
    for outcome, name in re.findall(r"^(PASSED|FAILED|ERROR) \S*::(\w+)", answer.stdout, re.MULTILINE):
        said.setdefault(name, set()).add(outcome)
    return said


@pytest.mark.parametrize("name", ["test_warns", "test_qt_warns"])
def test_unexpected_warning_fails_the_test_that_made_it(outcomes: dict[str, set[str]], name: str) -> None:
    assert outcomes[name] == {"FAILED"}


@pytest.mark.parametrize("name", ["test_logs", "test_logs_by_structlog", "test_qt_warns_when_taken_down"])
def test_warning_found_afterwards_is_an_error_of_that_test(outcomes: dict[str, set[str]], name: str) -> None:
    assert "ERROR" in outcomes[name]


@pytest.mark.parametrize("name", ["test_logs_as_expected", "test_qt_warns_as_expected"])
def test_expected_warning_passes(outcomes: dict[str, set[str]], name: str) -> None:
    assert outcomes[name] == {"PASSED"}
