"""Fixtures every test of the window may ask for; see field_app.py and shell_fakes.py for what they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from field_app import Tablet, desk, make_tablet, tablet, workers
from pytestqt.qtbot import QtBot
from shell_fakes import Bench, FakeGate, OpenBench

from fieldapp.services.options import Options

__all__ = ["desk", "open_bench", "tablet", "workers"]


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
