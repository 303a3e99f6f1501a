"""Positions from a serial port, which here is a pseudo-terminal, fed with recordings of real receivers."""

from __future__ import annotations

import os
import sys
import tty
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nmea_makers import gga
from pytestqt.qtbot import QtBot

from fieldapp.services.position import PositionSource
from sync.clock import SystemClock
from sync.contract.records import PlaceSource

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
HERE = (114.0579, 22.5431)
WAIT_MS = 30_000


class Plug:
    """A receiver at a port whose name stays the same when it is pulled out and put back."""

    def __init__(self, name: Path) -> None:
        self.name = name
        self._ends: tuple[int, int] | None = None
        self.put_in()

    def put_in(self) -> None:
        self._ends = os.openpty()
        tty.setraw(self._ends[1])
        self.name.symlink_to(os.ttyname(self._ends[1]))

    def pull_out(self) -> None:
        self.name.unlink()
        for end in self._ends or ():
            os.close(end)
        self._ends = None

    def send(self, data: bytes) -> None:
        assert self._ends is not None
        os.write(self._ends[0], data)


@pytest.fixture
def source(qapp: object) -> Iterator[PositionSource]:
    made = PositionSource(SystemClock())
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[Plug]:
    made = Plug(tmp_path / "ttyGNSS")
    yield made
    if made.name.is_symlink():
        made.pull_out()


def told(qtbot: QtBot, source: PositionSource, plug: Plug, data: bytes, then: Callable[[], bool]) -> None:
    """Send again and again, as a receiver does, until it has the wanted effect."""

    def said() -> bool:
        plug.send(data)
        return then()

    qtbot.waitUntil(said, timeout=WAIT_MS)


def longitude(source: PositionSource) -> float | None:
    found = source.current()
    return None if found is None else found.lon


@pytest.mark.parametrize("name", ["walk.txt", "trimble_r1.txt"])
def test_recording_fed_into_a_serial_port_gives_live_places_that_name_it(
    qtbot: QtBot, source: PositionSource, plug: Plug, field_data: Path, name: str
) -> None:
    with qtbot.waitSignal(source.placeChanged, timeout=WAIT_MS):
        source.use(f"serial:{plug.name}@115200")
        plug.send((field_data / "nmea" / name).read_bytes()[:3000])
    found = source.current()
    assert found is not None
    assert (found.source, found.via, source.kind) == (PlaceSource.GNSS, "serial", "serial")


def test_receiver_that_is_unplugged_is_said_and_found_again_when_it_is_back(
    qtbot: QtBot, source: PositionSource, plug: Plug
) -> None:
    source.use(f"serial:{plug.name}")
    plug.send(gga("120000", *HERE))
    qtbot.waitUntil(lambda: source.current() is not None, timeout=WAIT_MS)
    plug.pull_out()
    qtbot.waitUntil(lambda: source.problem == "position_serial_missing", timeout=WAIT_MS)
    assert source.current() is not None  # the last place is kept, and grows stale
    plug.put_in()
    east = HERE[0] + 0.001
    told(qtbot, source, plug, gga("120005", east, HERE[1]), lambda: longitude(source) == pytest.approx(east))
    assert source.problem == ""


def test_port_that_is_not_there_yet_is_opened_when_it_comes(
    qtbot: QtBot, source: PositionSource, plug: Plug
) -> None:
    plug.pull_out()
    source.use(f"serial:{plug.name}")
    assert source.problem == "position_serial_missing"
    plug.put_in()
    told(qtbot, source, plug, gga("120000", *HERE), lambda: source.current() is not None)
    assert source.problem == ""


def test_bytes_of_another_speed_are_said_to_be_that_until_sentences_come(
    qtbot: QtBot, source: PositionSource, plug: Plug
) -> None:
    source.use(f"serial:{plug.name}@4800")
    plug.send(bytes((n * 37 + 128) % 256 for n in range(3000)))
    qtbot.waitUntil(lambda: source.problem == "position_serial_garbage", timeout=WAIT_MS)
    plug.send(b"\n" + gga("120000", *HERE, quality=0))  # readable, though it has no position yet
    qtbot.waitUntil(lambda: source.problem == "", timeout=WAIT_MS)
    assert source.current() is None


def test_stopped_source_lets_go_of_the_port_and_says_nothing_more(
    qtbot: QtBot, source: PositionSource, plug: Plug
) -> None:
    source.use(f"serial:{plug.name}")
    source.use("none")
    plug.send(gga("120000", *HERE))
    plug.pull_out()
    qtbot.wait(50)
    assert (source.current(), source.problem) == (None, "")
