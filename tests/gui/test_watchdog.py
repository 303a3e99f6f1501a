"""A window that stands still is noticed: for how long, how often, and what held it up."""

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shell_fakes import OpenBench

from fieldapp.services.watchdog import LIMIT_MS, Stall, Watchdog
from tests.fault.stalls import SeenStall, stalls_of


class Hands:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def dog(qapp: object, hands: Hands) -> Watchdog:
    made = Watchdog(elapsed=hands, computed=lambda: 0.0)
    made.reset()
    return made


def test_longest_gap_is_kept_and_only_those_over_the_limit_are_told(dog: Watchdog, hands: Hands) -> None:
    told: list[Stall] = []
    dog.stalled.connect(told.append)
    for gap in (0.05, 0.2, 0.25, 0.05):
        hands.now += gap
        dog.beat()

    assert dog.longest.ms == 250.0
    assert [stall.ms for stall in told] == [250.0]
    assert dog.stalls == told


def test_what_ran_is_named_by_the_innermost_line_of_ours(dog: Watchdog, hands: Hands) -> None:
    def held_up_here() -> None:
        hands.now += 0.3
        dog.look()

    held_up_here()
    dog.beat()

    assert dog.stalls[0].where.split(" < ")[0].endswith("held_up_here") or "look" in dog.stalls[0].where
    assert "held_up_here" in dog.stalls[0].where


def test_what_ran_before_is_not_blamed_for_a_later_gap(dog: Watchdog, hands: Hands) -> None:
    hands.now += 0.3
    dog.look()
    dog.beat()
    hands.now += 0.3
    dog.beat()

    assert [bool(stall.where) for stall in dog.stalls] == [True, False]


def test_look_in_time_takes_nothing_down(dog: Watchdog, hands: Hands) -> None:
    hands.now += 0.05
    dog.look()
    hands.now += 0.3
    dog.beat()

    assert dog.stalls[0].where == ""


def test_real_window_that_is_held_up_says_by_what(open_bench: OpenBench, qtbot: QtBot) -> None:
    bench = open_bench()
    bench.wait(lambda: bench.shell.watchdog.beats > 1)
    bench.shell.watchdog.reset()

    dog = bench.shell.watchdog
    held_up_until_it_is_seen(dog)

    bench.wait(lambda: any("test_watchdog.py" in stall.where for stall in dog.stalls))


def held_up_until_it_is_seen(dog: Watchdog) -> None:
    """The window's thread does nothing else, for longer than may be and until the other thread has looked."""
    began = time.monotonic()
    while time.monotonic() - began < 2 * LIMIT_MS / 1000 or dog._seen[0] != dog._last:
        time.sleep(0.02)  # what is to be noticed


def test_watching_ends_with_the_window(open_bench: OpenBench) -> None:
    bench = open_bench()
    dog = bench.shell.watchdog
    bench.close()
    beats = dog.beats

    dog.stop()

    assert dog.beats == beats


def test_stalls_are_read_from_the_log_of_another_process(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "app.log").write_text(
        "2026-11-22 00:00:01,000 INFO event='event_loop_stalled' ms=250.5 where='a.py:3 f' level='info'\n"
        "2026-11-22 00:00:02,000 INFO event='something' ms=900.0 level='info'\n"
        "2026-11-22 00:00:03,000 INFO event='event_loop_stalled' ms=612.0 where=\"b.py:1 it's\"\n"
    )

    assert stalls_of(tmp_path) == [SeenStall(612.0, "b.py:1 it's"), SeenStall(250.5, "a.py:3 f")]
    assert stalls_of(tmp_path / "elsewhere") == []
