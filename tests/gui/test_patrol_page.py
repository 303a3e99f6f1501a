"""A patrol through the window: begun, walked, paused, seen on the map, ended; and ended by signing out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from field_app import run_job
from shell_fakes import PINS, Bench, OpenBench

from fieldapp.capture.desk import Desk
from fieldapp.capture.patrol import Seen, end_segment, keep_points, start_patrol
from fieldapp.viewmodels import patrol as patrol_room
from sync.central.city import CITY
from sync.clock import Clock
from sync.contract.errors import NeedsPerson
from sync.contract.records import Place, PlaceSource, RecordType, TrackSegment
from sync.contract.track import Begins, Ends, TrackPoint
from sync.contract.wire import decode_record


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """G1001 at work, at the patrol's page."""
    opened = open_bench()
    opened.sign_in()
    opened.wait(lambda: opened.stage() == "open")
    opened.wait(lambda: bool(opened.shell.pages.patrol.ready))
    opened.shell.app.navigate("patrol")
    return opened


def be_at(bench: Bench, step: int, accuracy: float = 5.0) -> None:
    """The receiver says where; a step is about 30 m east."""
    place = Place(PlaceSource.GNSS, CITY.lon + step * 3e-4, CITY.lat, accuracy, datetime.now(UTC))
    bench.shell.pages.position._take(place)


def walk(bench: Bench, steps: range) -> None:
    """Step by step, each as soon as it counts."""
    patrol = bench.shell.pages.patrol
    for step in steps:

        def there(step: int = step) -> bool:
            be_at(bench, step)
            lines = patrol.lines()
            return bool(lines) and abs(lines[-1][-1][0] - (CITY.lon + step * 3e-4)) < 1e-6

        bench.wait(there)


def kept(bench: Bench) -> list[TrackSegment]:
    """The segments in the outbox, in their order."""

    def read(desk: Desk) -> list[TrackSegment]:
        found = []
        for entry in desk.work.outbox.unreceipted():
            if entry.record.record_type is RecordType.TRACK:
                record = decode_record(RecordType.TRACK, entry.record.body)
                assert isinstance(record, TrackSegment)
                found.append(record)
        return sorted(found, key=lambda one: one.number)

    return run_job(bench.qtbot, bench.shell.writer, read)  # type: ignore[no-any-return]


def state(bench: Bench) -> str:
    return str(bench.shell.pages.patrol.state)


def test_patrol_is_begun_walked_paused_and_ended_by_its_buttons(bench: Bench) -> None:
    toasts: list[str] = []
    bench.shell.app.toastAsked.connect(lambda text, *_: toasts.append(text))
    bench.click("patrol.start")
    bench.wait(lambda: state(bench) == "running")
    assert bench.item("patrol.waiting").isVisible()
    walk(bench, range(5))
    assert not bench.item("patrol.waiting").isVisible()
    bench.wait(lambda: bench.shell.pages.patrol.kilometres == "0.12")
    patrol = bench.shell.pages.patrol
    shown: set[tuple[str, bool]] = set()
    patrol.changed.connect(lambda: shown.add((patrol.kilometres, patrol.waiting)))
    bench.click("patrol.pause")
    bench.wait(lambda: state(bench) == "paused")
    assert shown == {("0.12", False)}  # neither nothing nor "no position" while the stretch is being written
    be_at(bench, 50)
    bench.click("patrol.resume")
    bench.wait(lambda: state(bench) == "running")
    walk(bench, range(60, 62))
    bench.click("patrol.stop")
    bench.click("patrol.confirm.accept")
    bench.wait(lambda: state(bench) == "off")
    assert toasts == ["巡查已结束，轨迹已保存"]
    told = [(one.begins.value, one.ends.value, len(one.points) > 1) for one in kept(bench)]
    assert told == [("started", "paused", True), ("resumed", "stopped", True)]
    assert sum(one.length_m for one in kept(bench)) < 500  # nothing of the way during the pause
    assert bench.shell.pages.patrol.earlier.rowCount() == 1


def test_patrol_under_way_is_drawn_on_the_map_and_goes_from_it_at_its_end(bench: Bench) -> None:
    shown: list[int] = []
    bench.shell.pages.map.trackChanged.connect(lambda: shown.append(len(bench.shell.pages.map._track)))
    bench.click("patrol.start")
    bench.wait(lambda: state(bench) == "running")
    walk(bench, range(3))
    bench.click("patrol.map")
    assert bench.shell.app.page == "map"
    bench.wait(lambda: bool(bench.shell.pages.map.tracked))
    bench.shell.pages.patrol.stop()
    bench.wait(lambda: state(bench) == "off")
    assert (max(shown), shown[-1]) == (1, 0)


def test_signing_out_ends_the_patrol_says_so_and_nothing_is_recorded_afterwards(bench: Bench) -> None:
    toasts: list[str] = []
    bench.shell.app.toastAsked.connect(lambda text, *_: toasts.append(text))
    bench.click("patrol.start")
    bench.wait(lambda: state(bench) == "running")
    walk(bench, range(3))
    bench.shell.session.signOut()
    bench.wait(lambda: toasts == ["已退出登录，巡查随之结束，轨迹已保存"])
    for step in range(3, 8):
        be_at(bench, step)
    bench.shell.pages.patrol.start()
    bench.wait(lambda: bench.stage() == "signin")
    bench.type("signIn.officer", "G1001")
    bench.pin("signIn.pin", PINS["G1001"])
    bench.wait(lambda: bench.stage() == "open")
    bench.wait(lambda: bench.shell.pages.patrol.earlier.rowCount() == 1)
    assert state(bench) == "off"
    (only,) = kept(bench)
    assert (only.ends, max(point.lon for point in only.points)) == (
        Ends.SIGNED_OUT,
        pytest.approx(CITY.lon + 2 * 3e-4),
    )


def test_position_that_is_too_poor_does_not_count_and_the_page_says_so(bench: Bench) -> None:
    bench.click("patrol.start")
    bench.wait(lambda: state(bench) == "running")
    be_at(bench, 1, accuracy=80.0)
    assert bench.shell.pages.patrol.lines() == []
    assert bench.item("patrol.waiting").isVisible()


def test_patrol_cut_off_by_a_kill_goes_on_after_signing_in_and_says_so(open_bench: OpenBench) -> None:
    opened = open_bench()
    tablet = opened.gate.tablet
    assert tablet is not None
    killed = tablet.desk("G1001")
    begun = start_patrol(killed).track
    points = tuple(TrackPoint(10.0 * n, CITY.lon + n * 3e-4, CITY.lat, 5.0) for n in range(3))
    keep_points(killed, begun.track_id, 0, points, -1.0)
    killed.work.close()
    killed.reference.close()
    toasts: list[str] = []
    opened.shell.app.toastAsked.connect(lambda text, *_: toasts.append(text))
    opened.sign_in()
    opened.wait(lambda: state(opened) == "running")
    assert toasts == ["巡查已接着记录，中断的时间不计入轨迹"]
    assert opened.shell.pages.patrol.gaps == 1
    walk(opened, range(9, 11))
    assert [len(line) for line in opened.shell.pages.patrol.lines()] == [3, 2]
    assert [one.ends for one in kept(opened)] == [Ends.CUT]


def test_locked_screen_goes_on_recording_for_the_officer_who_is_on_duty(bench: Bench) -> None:
    bench.click("patrol.start")
    bench.wait(lambda: state(bench) == "running")
    bench.shell.session.lock()
    walk(bench, range(3))
    assert state(bench) == "running"


class Hours:
    """A clock in the test's hand, over the tablet's own."""

    def __init__(self, own: Clock) -> None:
        self.own, self.at = own, 1_000.0

    def monotonic(self) -> float:
        return self.at

    def now(self) -> datetime:
        return self.own.now()


def test_patrol_goes_on_after_a_stretch_that_could_not_be_written(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    patrol, full = bench.shell.pages.patrol, [True]
    clock = Hours(patrol._clock)
    monkeypatch.setattr(patrol, "_clock", clock)
    told: list[str] = []
    patrol.failed.connect(lambda code, _text: told.append(code))

    def end(desk: Desk, track_id: str, ends: Ends, after_s: float, begins: Begins | None = None) -> Seen:
        if full[0]:
            raise NeedsPerson("disk_full", free_mb=0)
        return end_segment(desk, track_id, ends, after_s, begins)

    monkeypatch.setattr(patrol_room, "end_segment", end)
    patrol.start()
    bench.wait(lambda: state(bench) == "running")

    def go(step: int) -> None:
        clock.at += 10.0
        be_at(bench, step)

    for step in range(3):
        go(step)
    for step in (2, 3, 4):
        clock.at += 40.0
        go(step)
    bench.wait(lambda: told == ["disk_full"])
    bench.wait(lambda: bool(patrol.waiting))
    patrol.tick()
    bench.wait(lambda: bool(patrol.ready))
    assert told == ["disk_full"]  # said once, and tried again in silence

    full[0] = False
    patrol.tick()
    bench.wait(lambda: patrol._walk is not None)
    for step in range(10, 14):
        go(step)
    full[0] = True
    patrol.pause()
    bench.wait(lambda: told == ["disk_full"] * 2)
    assert state(bench) == "running"  # it was not paused, and is not left neither running nor paused
    full[0] = False
    patrol.tick()
    bench.wait(lambda: patrol._walk is not None)
    patrol.stop()
    bench.wait(lambda: state(bench) == "off")
    first, second, third = kept(bench)
    assert [one.begins.value for one in (first, second, third)] == ["started", "after_gap", "after_gap"]
    assert max(point.lon for point in first.points) < CITY.lon + 5 * 3e-4
    assert second.points[0].lon < CITY.lon + 5 * 3e-4  # where one stood when it could be written again
    assert second.points[-1].lon == pytest.approx(CITY.lon + 13 * 3e-4)
