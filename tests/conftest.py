"""What every test stands on: silence is tested, chance is repeatable, the machine's own data is left alone.

An unexpected log warning, Python warning or Qt/QML warning fails the test that made it. Python's own are
errors by pyproject.toml and Qt's during a test by pytest-qt (`qt_log_level_fail`); logged ones, and Qt's
while a test is torn down, are seen to here. A test that means to provoke one says so:
`@pytest.mark.expects_log("regex")`, or `@pytest.mark.qt_log_ignore("regex")` for Qt's.
"""

import logging
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from pytestqt.qtbot import QtBot

pytest_plugins = ["tests.fault.ledger_plugin", "tests.lanes", "tests.kept_sessions", "tests.second_look"]

PROJECT = Path(__file__).resolve().parents[1]
FIELD_DATA = PROJECT.parent / "shared" / "data"
SPOKEN_OF = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QV4_GC_TIMELIMIT", "0")  # as fieldapp/app.py has it
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
for told in (  # by a person's own shell or by systemd, to others than the programs under test
    "FIELDAPP_PIN",
    "FIELDAPP_OFFICER",
    "FIELDAPP_LANG",
    "FIELDAPP_KEYRING",
    "NOTIFY_SOCKET",
    "WATCHDOG_PID",
    "WATCHDOG_USEC",
):
    os.environ.pop(told, None)
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "*"  # every server that a test asks stands on this machine

# pytest-qt gives up after five seconds, which a machine with other work may need for what takes a moment.
PATIENCE_MS = 60_000
for wait in (
    QtBot.waitUntil,
    QtBot.waitSignal,
    QtBot.waitSignals,
    QtBot.waitCallback,
    QtBot.waitActive,
    QtBot.waitExposed,
):
    wait.__kwdefaults__["timeout"] = PATIENCE_MS

# What is logged through structlog is heard like any other log line, unless a test sets it up otherwise.
structlog.configure(
    processors=[structlog.stdlib.add_log_level, structlog.processors.KeyValueRenderer(key_order=["event"])],
    logger_factory=structlog.stdlib.LoggerFactory(),
)

# What is green today is green tomorrow: new examples are looked for on purpose, not by everybody.
EVERYDAY = settings(
    max_examples=60, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("same", EVERYDAY, derandomize=True, database=None)
settings.register_profile("new", EVERYDAY)
settings.register_profile("torture", EVERYDAY, max_examples=500, stateful_step_count=100)
PROFILE = os.environ.get("FIELDAPP_HYPOTHESIS", "same")
settings.load_profile(PROFILE)


@pytest.fixture(scope="session", autouse=True)
def _leave_nothing(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """What tests leave lies in the temporary folder by the gigabyte; only where one failed it is of use.

    It goes at the very end: a window that is just being taken down may still read a picture of its test's.
    """
    yield
    if not request.session.testsfailed:
        shutil.rmtree(tmp_path_factory.getbasetemp(), ignore_errors=True)


def pytest_report_header() -> str:
    """Say at the top how chance is handled in this run."""
    chance = {
        "same": "the same examples every time",
        "new": "new examples each time; a failure prints its seed and blob",
        "torture": "500 new examples each; a failure prints its seed and blob",
    }
    return f"hypothesis profile {PROFILE}: {chance[PROFILE]}"


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    expected = [re.compile(regex) for mark in request.node.iter_markers("expects_log") for regex in mark.args]
    records = [record for when in ("setup", "call") for record in caplog.get_records(when)]
    said = [record for record in records if record.levelno >= logging.WARNING]
    stray = [one for one in said if not any(regex.search(one.getMessage()) for regex in expected)]
    if stray:
        lines = "\n".join(f"{one.levelname} {one.name}: {one.getMessage()}" for one in stray)
        pytest.fail(f"unexpected log lines:\n{lines}", pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Windows and engines are taken down here: what Qt says meanwhile counts as said by the test."""
    expected = [re.compile(regex) for mark in item.iter_markers("qt_log_ignore") for regex in mark.args]
    expected += [re.compile(regex) for regex in item.config.getini("qt_log_ignore")]
    stray: list[str] = []

    def hear(kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
        text = message or ""
        if kind in SPOKEN_OF and not any(regex.search(text) for regex in expected):
            stray.append(text)

    previous = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(previous)
    if stray:
        pytest.fail("Qt complained while the test was taken down:\n" + "\n".join(stray), pytrace=False)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path_factory.mktemp("home")
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home / variable.lower()))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """An empty folder for one device's data, for its owner alone."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture(scope="session")
def field_data() -> Path:
    """Photos, NMEA recordings and divisions that lie beside the checkout; skips where they do not."""
    if not FIELD_DATA.is_dir():
        pytest.skip("no field data beside this checkout (shared/data)")
    return FIELD_DATA
