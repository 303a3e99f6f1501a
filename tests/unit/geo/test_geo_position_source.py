"""The tablet's position from a recording, from a receiver over TCP, and from the system."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nmea_makers import gga, gst, rmc
from PySide6.QtCore import QDateTime, QObject, QTimeZone
from PySide6.QtNetwork import QHostAddress, QTcpServer, QTcpSocket
from PySide6.QtPositioning import QGeoCoordinate, QGeoPositionInfo
from pytestqt.qtbot import QtBot

from fieldapp.geo.quality import FixQuality, QualityLimits
from fieldapp.services.position import FeedChoice, PositionSource, parse_setting
from fieldapp.services.position_feeds import place_of_info
from fieldapp.services.position_gpsd import GPSD_WATCH
from sync.contract.records import Place, PlaceSource

HERE = (114.0579, 22.5431)


class HandClock:
    """A clock moved by hand."""

    boot_id = "boot"

    def __init__(self) -> None:
        self.seconds = 1000.0

    def now(self) -> datetime:
        return datetime.fromtimestamp(1_714_500_000 + self.seconds, UTC)

    def monotonic(self) -> float:
        return self.seconds


class Receiver(QObject):
    """A receiver that speaks NMEA over TCP on loopback."""

    def __init__(self) -> None:
        super().__init__()
        self.server = QTcpServer(self)
        self.server.newConnection.connect(self._accept)
        self.heard = b""
        self.callers: list[QTcpSocket] = []
        assert self.server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost), 0)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server.serverPort()}"

    def _accept(self) -> None:
        caller = self.server.nextPendingConnection()
        caller.readyRead.connect(lambda: self._hear(caller))
        self.callers.append(caller)

    def _hear(self, caller: QTcpSocket) -> None:
        self.heard += caller.readAll().data()

    def say(self, data: bytes) -> None:
        self.callers[-1].write(data)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def source(qapp: object, clock: HandClock) -> Iterator[PositionSource]:
    made = PositionSource(clock, QualityLimits(stale_after_s=10))
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def receiver(qapp: object) -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.server.close()
    made.deleteLater()


def place(source: PositionSource) -> Place:
    found = source.current()
    assert found is not None
    return found


def connect(qtbot: QtBot, source: PositionSource, receiver: Receiver) -> None:
    source.use(f"tcp://{receiver.address}")
    qtbot.waitUntil(lambda: len(receiver.callers) == 1)


def say(qtbot: QtBot, source: PositionSource, receiver: Receiver, data: bytes) -> None:
    with qtbot.waitSignal(source.placeChanged):
        receiver.say(data)


def test_without_a_source_there_is_no_place(source: PositionSource) -> None:
    source.use("none")
    assert source.current() is None
    assert (source.kind, source.problem, source.quality()) == ("none", "", FixQuality.MISSING)


def test_receiver_over_tcp_gives_live_places(
    qtbot: QtBot, source: PositionSource, receiver: Receiver
) -> None:
    connect(qtbot, source, receiver)
    say(qtbot, source, receiver, rmc("120000", *HERE, "010524") + gst("120000", 3.0, 4.0))
    qtbot.waitUntil(lambda: place(source).accuracy_m == 5.0)
    found = place(source)
    assert (found.source, found.stale) == (PlaceSource.GNSS, False)
    assert (found.lon, found.lat) == pytest.approx(HERE, abs=2e-7)
    assert found.fixed_at == datetime(2024, 5, 1, 12, tzinfo=UTC)
    assert source.kind == "tcp"
    assert source.quality() is FixQuality.GOOD


def test_gpsd_is_told_to_send_nmea(qtbot: QtBot, source: PositionSource, receiver: Receiver) -> None:
    source.use(f"gpsd://{receiver.address}")
    qtbot.waitUntil(lambda: receiver.heard == GPSD_WATCH)
    say(qtbot, source, receiver, b'{"class":"VERSION"}\r\n' + gga("120000", *HERE))
    assert place(source).source is PlaceSource.GNSS


def test_receiver_that_says_it_simulates_is_never_called_live(
    qtbot: QtBot, source: PositionSource, receiver: Receiver
) -> None:
    connect(qtbot, source, receiver)
    say(qtbot, source, receiver, gga("120000", *HERE, quality=8))
    assert place(source).source is PlaceSource.REPLAY


def test_fix_turns_stale_when_no_other_comes(
    qtbot: QtBot, source: PositionSource, receiver: Receiver, clock: HandClock
) -> None:
    connect(qtbot, source, receiver)
    say(qtbot, source, receiver, gga("120000", *HERE))
    clock.seconds += 10
    assert not place(source).stale
    clock.seconds += 0.1
    assert place(source).stale
    assert source.quality() is FixQuality.STALE
    with qtbot.waitSignal(source.placeChanged):
        source.reassess()
    with qtbot.assertNotEmitted(source.placeChanged):
        source.reassess()
    say(qtbot, source, receiver, gga("120020", *HERE))
    assert not place(source).stale


def test_staleness_is_told_without_being_asked(
    qtbot: QtBot, source: PositionSource, receiver: Receiver, clock: HandClock
) -> None:
    connect(qtbot, source, receiver)
    say(qtbot, source, receiver, gga("120000", *HERE))
    clock.seconds += 11
    with qtbot.waitSignal(source.placeChanged):
        pass


def test_repeated_satellite_time_does_not_make_a_fix_younger(
    qtbot: QtBot, source: PositionSource, receiver: Receiver, clock: HandClock
) -> None:
    connect(qtbot, source, receiver)
    say(qtbot, source, receiver, rmc("120000", *HERE, "010524"))
    clock.seconds += 11
    say(qtbot, source, receiver, gga("120000", HERE[0] + 0.001, HERE[1]))
    assert place(source).stale


def test_lost_receiver_keeps_the_place_and_names_the_problem(
    qtbot: QtBot, source: PositionSource, receiver: Receiver, clock: HandClock
) -> None:
    connect(qtbot, source, receiver)
    say(qtbot, source, receiver, gga("120000", *HERE))
    with qtbot.waitSignal(source.problemChanged):
        receiver.callers[0].close()
    assert source.problem == "position_unreachable"
    clock.seconds += 60
    assert place(source).stale


def test_receiver_that_comes_back_is_found_again(
    qtbot: QtBot, source: PositionSource, receiver: Receiver
) -> None:
    connect(qtbot, source, receiver)
    receiver.callers[0].close()
    qtbot.waitUntil(lambda: len(receiver.callers) == 2)
    say(qtbot, source, receiver, gga("120000", *HERE))
    assert source.problem == ""


def test_receiver_that_is_not_there_is_named_as_the_problem(
    qtbot: QtBot, source: PositionSource, receiver: Receiver
) -> None:
    receiver.server.close()
    with qtbot.waitSignal(source.problemChanged):
        source.use(f"tcp://{receiver.address if receiver.server.serverPort() else '127.0.0.1:1'}")
    assert source.problem == "position_unreachable"


def test_changing_the_source_forgets_the_old_ones_place(
    qtbot: QtBot, source: PositionSource, receiver: Receiver
) -> None:
    connect(qtbot, source, receiver)
    say(qtbot, source, receiver, gga("120000", *HERE))
    with qtbot.waitSignal(source.placeChanged):
        source.use("none")
    assert source.current() is None


def recording(folder: Path) -> Path:
    path = folder / "walk.nmea"
    lines = [gga(f"12000{n // 10}.{n % 10}0", HERE[0] + n / 10_000, HERE[1]) for n in range(4)]
    path.write_bytes(rmc("120000.00", *HERE, "010524") + b"".join(lines))
    return path


def test_recording_is_played_in_its_order_again_and_again_marked_as_replayed(
    qtbot: QtBot, source: PositionSource, tmp_path: Path
) -> None:
    seen: list[Place] = []
    source.placeChanged.connect(lambda: seen.extend(filter(None, [source.current()])))
    source.use(f"replay:{recording(tmp_path)}")
    qtbot.waitUntil(lambda: len(seen) >= 10)
    steps = [round(((p.lon or 0.0) - HERE[0]) * 10_000) for p in seen[:10]]
    assert steps == [0, 1, 2, 3, 0, 1, 2, 3, 0, 1]
    assert {p.source for p in seen} == {PlaceSource.REPLAY}
    assert not any(p.stale for p in seen)


def test_recording_without_a_fix_and_without_a_file_are_named_as_the_problem(
    qtbot: QtBot, source: PositionSource, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("nothing\n" * 2000)
    source.use(str(tmp_path / "note.txt"))
    qtbot.waitUntil(lambda: source.problem == "nmea_no_fix")
    source.use(str(tmp_path / "absent"))
    qtbot.waitUntil(lambda: source.problem == "nmea_unreadable")


@pytest.mark.parametrize("name", ["walk.txt", "trimble_r1.txt"])
def test_real_recording_is_played(qtbot: QtBot, source: PositionSource, field_data: Path, name: str) -> None:
    with qtbot.waitSignal(source.placeChanged):
        source.use(str(field_data / "nmea" / name))
    found = place(source)
    assert found.source is PlaceSource.REPLAY
    assert found.accuracy_m is not None
    assert (found.lon or 0.0) < 0 if name == "trimble_r1.txt" else (found.lon or 0.0) > 9


@pytest.mark.parametrize(
    ("setting", "choice"),
    [
        ("", FeedChoice("system")),
        ("none", FeedChoice("none")),
        ("gpsd", FeedChoice("gpsd", "localhost", 2947)),
        ("gpsd://tablet", FeedChoice("gpsd", "tablet", 2947)),
        ("tcp://127.0.0.1:4001", FeedChoice("tcp", "127.0.0.1", 4001)),
        ("tcp://[::1]:4001", FeedChoice("tcp", "::1", 4001)),
        ("/data/walk.nmea", FeedChoice("replay", path="/data/walk.nmea")),
        ("replay:walk.nmea", FeedChoice("replay", path="walk.nmea")),
        ("serial:/dev/ttyUSB0", FeedChoice("serial", path="/dev/ttyUSB0", baud=9600)),
        (
            "serial:/dev/serial/by-id/u@blox@115200",
            FeedChoice("serial", path="/dev/serial/by-id/u@blox", baud=115200),
        ),
        ("serial:COM3@4800", FeedChoice("serial", path="COM3", baud=4800)),
        ("serial:", None),
        ("serial:/dev/ttyUSB0@12", None),
        ("serial:/dev/ttyUSB0@fast", None),
        ("tcp://127.0.0.1", None),
        ("tcp://127.0.0.1:99999", None),
        ("http://example.org:80", None),
    ],
)
def test_setting_names_a_source(setting: str, choice: FeedChoice | None) -> None:
    assert parse_setting(setting) == choice


def test_senseless_setting_is_named_as_the_problem(source: PositionSource) -> None:
    source.use("http://example.org:80")
    assert source.problem == "position_setting_invalid"


def test_what_the_system_says_becomes_a_place() -> None:
    moment = QDateTime.fromMSecsSinceEpoch(1_714_564_800_250, QTimeZone(QTimeZone.Initialization.UTC))
    info = QGeoPositionInfo(QGeoCoordinate(-33.4489, -70.6693), moment)
    assert place_of_info(info).accuracy_m is None
    info.setAttribute(QGeoPositionInfo.Attribute.HorizontalAccuracy, 12.5)
    assert place_of_info(info) == Place(
        source=PlaceSource.GNSS,
        lon=-70.6693,
        lat=-33.4489,
        accuracy_m=12.5,
        fixed_at=datetime(2024, 5, 1, 12, 0, 0, 250_000, UTC),
    )


@pytest.mark.qt_log_ignore(r".*")
def test_machine_without_a_location_service_goes_on(qtbot: QtBot, source: PositionSource) -> None:
    source.use("")
    assert source.kind == "system"
    assert source.current() is None
