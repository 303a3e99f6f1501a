"""Fixtures every test of the window may ask for; see field_app.py and shell_fakes.py for what they are."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from field_app import Tablet, desk, make_tablet, tablet, workers
from PySide6.QtCore import QTimer
from PySide6.QtQuickControls2 import QQuickStyle
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shell_fakes import Bench, FakeGate, OpenBench

from fieldapp.services.options import Options
from fieldapp.ui.kit import STYLE
from fieldapp.viewmodels import capture_removal
from sync.replica.folder import DataFolder

QQuickStyle.setStyle(STYLE)  # before any page is loaded: whichever file of tests comes first

PATIENCE_MS = 60_000
"""How long a test waits for what normally comes at once: how fast a machine is decides nothing here."""

ROOM_BYTES = 64 * 2**30
HOUR_MS = 3_600_000

__all__ = ["desk", "open_bench", "tablet", "workers"]


COLLECT_MS = 1_000


@pytest.fixture(scope="session", autouse=True)
def _collect_in_this_thread(qapp: QApplication) -> Iterator[None]:
    """Stages are rings of objects without a parent: a thread of a worker that collected one took it down."""
    gc.disable()
    timer = QTimer(qapp)
    timer.timeout.connect(lambda: gc.collect(1))
    timer.start(COLLECT_MS)
    yield
    timer.stop()
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """The same after each file, all of it."""
    if nextitem is None or nextitem.path != item.path:
        gc.collect()


class PatientBot(QtBot):
    """pytest-qt's bot, whose waits end by what is waited for and not by a busy machine."""

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **options: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **options)

    def waitSignals(self, signals: Any, *, timeout: int = PATIENCE_MS, **options: Any) -> Any:
        return super().waitSignals(signals, timeout=timeout, **options)


@pytest.fixture(autouse=True)
def _any_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """How full this machine's disk is decides nothing, nor how long it takes to the next press."""
    monkeypatch.setattr(DataFolder, "free_bytes", lambda _folder: ROOM_BYTES)
    monkeypatch.setattr(capture_removal, "REMOVE_MS", HOUR_MS)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture
def open_bench(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenBench]:
    """Opens the real window on a tablet; takes it apart at the end as the program does."""
    opened: list[Bench] = []

    def open_one(*, enrolled: bool = True, filled: bool = True, **options: object) -> Bench:
        root = tmp_path / "tablet"
        tablet: Tablet | None = make_tablet(root, filled=filled) if enrolled else None
        gate = FakeGate(root, tablet, filled=filled)
        asked = {"language": "zh", "size": (1280, 800), **options}
        opened.append(Bench(qtbot, root, gate, Options(data=root, **asked)))  # type: ignore[arg-type]
        return opened[-1]

    yield open_one
    for bench in opened:
        bench.close()
