"""What every scene stands on: an album, and an officer at work with a street before the camera."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from album import FEW, MATRIX, Album
from pytestqt.qtbot import QtBot
from shell_fakes import Bench, OpenBench

OpenDesk = Callable[..., Bench]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the pictures go, and how many of each."""
    parser.addoption("--looks", type=Path, help="folder for the pictures (default: a new temporary one)")
    parser.addoption("--few", action="store_true", help="four looks of each instead of the matrix")


def pytest_report_header(config: pytest.Config) -> str:
    """Tell where they are."""
    if config.option.looks is None:
        config.option.looks = Path(tempfile.mkdtemp(prefix="fieldapp-looks-"))
    return f"pictures: {config.option.looks}"


@pytest.fixture
def album(request: pytest.FixtureRequest, qtbot: QtBot) -> Album:
    """Takes the pictures."""
    return Album(request.config.option.looks, FEW if request.config.option.few else MATRIX, qtbot)


@pytest.fixture
def at_work(open_bench: OpenBench) -> OpenDesk:
    """An officer at the page that is asked for; scenes may have several one after the other."""

    def open_one(officer: str = "G1001", page: str = "lookup", **options: object) -> Bench:
        bench = open_bench(camera="none", **options) if "camera" not in options else open_bench(**options)
        bench.sign_in(officer)
        bench.wait(lambda: bench.stage() == "open")
        bench.shell.app.navigate(page)
        return bench

    return open_one
