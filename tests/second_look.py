"""A test that failed is run again, three times, alone, each time in a process of its own.

    pytest --second-look tests/gui

Passes all three: it is called unsteady, with what it said first, and does not end the run. It is a defect all
the same, of the product more often than of the test, and is traced before anything else is begun. One failure
of the three, or more than two failed tests, and the run has failed. What is the same every time (properties,
simulated seeds, power cuts) fails again by its nature.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

NOTES = "FIELDAPP_UNSTEADY"
"""Names the file in which a run of several gates keeps what was unsteady, to say it at its end."""

LOOKS = 3
"""A test that fails every second time is let through once in eight; one in fifty, nearly always."""

MOST = 2
"""More tests than these do not fail by chance."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that asks for it."""
    group = parser.getgroup("second look")
    group.addoption("--second-look", action="store_true", help="run what failed again, alone, three times")


def pytest_configure(config: pytest.Config) -> None:
    """Only where it was asked for."""
    if config.getoption("--second-look") and not config.option.collectonly:
        config.pluginmanager.register(SecondLook(), "second look at work")


class SecondLook:
    """Notes what failed, and looks again at the end."""

    def __init__(self) -> None:
        self._failed: list[str] = []
        self._unsteady: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Also where setting up or taking down failed."""
        if report.failed and report.nodeid not in self._failed:
            self._failed.append(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Before the summary is written and the run's answer is given."""
        if session.exitstatus != pytest.ExitCode.TESTS_FAILED or not 0 < len(self._failed) <= MOST:
            return
        if all(self._holds(session, nodeid) for nodeid in self._failed):
            self._unsteady = self._failed
            session.exitstatus = pytest.ExitCode.OK
            if notes := os.environ.get(NOTES):
                with Path(notes).open("a") as file:
                    file.writelines(f"{nodeid}\n" for nodeid in self._unsteady)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Loud: nobody may take it for a run in which all was well."""
        for nodeid in self._unsteady:
            terminalreporter.write_line(
                f"UNSTEADY: {nodeid} failed here and passed {LOOKS} times alone: a defect to be traced",
                red=True,
            )

    def _holds(self, session: pytest.Session, nodeid: str) -> bool:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", nodeid]
        return all(
            subprocess.run(
                command,
                cwd=session.config.rootpath,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            ).returncode
            == pytest.ExitCode.OK
            for _ in range(LOOKS)
        )
