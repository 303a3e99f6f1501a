"""Positions from gpsd, played by a small one: its greeting, its devices, its sentences, and its bad days."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from nmea_makers import gga
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QHostAddress, QTcpServer, QTcpSocket
from pytestqt.qtbot import QtBot

from fieldapp.services import position_gpsd
from fieldapp.services.position import PositionSource
from fieldapp.services.position_gpsd import GPSD_ASK, GPSD_SLEEP, GPSD_WATCH, GpsdFeed
from sync.clock import SystemClock
from sync.contract.records import NOWHERE

HERE = (114.0579, 22.5431)
WAIT_MS = 30_000
VERSION = b'{"class":"VERSION","release":"3.25","rev":"3.25","proto_major":3,"proto_minor":15}\r\n'
DEVICES = b'{"class":"DEVICES","devices":[{"class":"DEVICE","path":"/dev/ttyACM0","driver":"u-blox"}]}\r\n'
NO_DEVICES = b'{"class":"DEVICES","devices":[]}\r\n'
WATCHING = b'{"class":"WATCH","enable":true,"json":false,"nmea":true,"raw":0}\r\n'


class SmallGpsd(QObject):
    """Greets, answers ``?WATCH`` and ``?DEVICES;``, and sends what it is given."""

    def __init__(self, greeting: bytes = VERSION, devices: bytes = DEVICES) -> None:
        super().__init__()
        self.greeting, self.devices = greeting, devices
        self.asked: list[bytes] = []
        self.calls: list[QTcpSocket] = []
        self.server = QTcpServer(self)
        self.server.newConnection.connect(self._accept)
        assert self.server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost), 0)

    @property
    def address(self) -> str:
        return f"gpsd://127.0.0.1:{self.server.serverPort()}"

    def send(self, data: bytes) -> None:
        self.calls[-1].write(data)

    def _accept(self) -> None:
        call = self.server.nextPendingConnection()
        call.readyRead.connect(lambda: self._hear(call))
        self.calls.append(call)
        call.write(self.greeting)

    def _hear(self, call: QTcpSocket) -> None:
        for line in call.readAll().data().splitlines(keepends=True):
            self.asked.append(line)
            call.write(self.devices + (WATCHING if line == GPSD_WATCH else b""))


@pytest.fixture
def source(qapp: object) -> Iterator[PositionSource]:
    made = PositionSource(SystemClock())
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def gpsd(qapp: object) -> Iterator[SmallGpsd]:
    made = SmallGpsd()
    yield made
    made.server.close()
    made.deleteLater()


def watched(qtbot: QtBot, source: PositionSource, gpsd: SmallGpsd) -> None:
    source.use(gpsd.address)
    qtbot.waitUntil(lambda: gpsd.asked == [GPSD_WATCH], timeout=WAIT_MS)


def test_gpsd_is_asked_for_nmea_and_its_own_words_are_no_sentences(
    qtbot: QtBot, source: PositionSource, gpsd: SmallGpsd
) -> None:
    watched(qtbot, source, gpsd)
    half = gga("120000", *HERE)
    gpsd.send(half[:20])
    gpsd.send(half[20:] + WATCHING)
    qtbot.waitUntil(lambda: source.current() is not None, timeout=WAIT_MS)
    found = source.current()
    assert found is not None
    assert (found.via, source.problem) == ("gpsd", "")


def test_gpsd_without_a_receiver_is_said_until_it_has_one(
    qtbot: QtBot, source: PositionSource, gpsd: SmallGpsd
) -> None:
    gpsd.devices = NO_DEVICES
    watched(qtbot, source, gpsd)
    qtbot.waitUntil(lambda: source.problem == "gpsd_no_device", timeout=WAIT_MS)
    gpsd.send(DEVICES)
    qtbot.waitUntil(lambda: source.problem == "", timeout=WAIT_MS)


def test_who_answers_and_is_no_gpsd_is_said_and_not_believed(
    qtbot: QtBot, source: PositionSource, gpsd: SmallGpsd
) -> None:
    gpsd.greeting, gpsd.devices = b"SSH-2.0-OpenSSH_9.6\r\n", b""
    source.use(gpsd.address)
    qtbot.waitUntil(lambda: source.problem == "gpsd_foreign", timeout=WAIT_MS)
    assert source.current() is None


@pytest.mark.parametrize(
    "greeting",
    [b'{"class":"VERSION","proto_major":4}\r\n', VERSION + b'{"class":"ERROR","message":"bad request"}\r\n'],
)
def test_gpsd_of_another_protocol_is_said(
    qtbot: QtBot, source: PositionSource, gpsd: SmallGpsd, greeting: bytes
) -> None:
    gpsd.greeting, gpsd.devices = greeting, b""
    source.use(gpsd.address)
    qtbot.waitUntil(lambda: source.problem == "gpsd_version", timeout=WAIT_MS)


def test_broken_words_and_endless_lines_do_no_harm(
    qtbot: QtBot, source: PositionSource, gpsd: SmallGpsd
) -> None:
    watched(qtbot, source, gpsd)
    gpsd.send(b'{"class":\r\n{\xff\xfe}\r\n[1]\r\n' + b"x" * 50_000 + b"\r\n" + gga("120000", *HERE))
    qtbot.waitUntil(lambda: source.current() is not None, timeout=WAIT_MS)


def test_lost_gpsd_is_called_again(qtbot: QtBot, source: PositionSource, gpsd: SmallGpsd) -> None:
    watched(qtbot, source, gpsd)
    gpsd.calls[0].close()
    qtbot.waitUntil(lambda: len(gpsd.calls) == 2, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: gpsd.asked == [GPSD_WATCH] * 2, timeout=WAIT_MS)
    gpsd.send(gga("120000", *HERE))
    qtbot.waitUntil(lambda: source.current() is not None, timeout=WAIT_MS)
    assert source.problem == ""


def test_gpsd_is_watched_now_and_then_only_while_somebody_stands_still(
    qtbot: QtBot, source: PositionSource, gpsd: SmallGpsd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(position_gpsd, "REST_MS", 100)
    watched(qtbot, source, gpsd)
    source.rest(True)
    gpsd.send(gga("120000", *HERE))
    qtbot.waitUntil(lambda: gpsd.asked == [GPSD_WATCH, GPSD_SLEEP, GPSD_WATCH], timeout=WAIT_MS)
    gpsd.send(gga("120005", *HERE))
    qtbot.waitUntil(lambda: gpsd.asked[3:4] == [GPSD_SLEEP], timeout=WAIT_MS)
    source.rest(False)
    qtbot.waitUntil(lambda: gpsd.asked[4:] == [GPSD_WATCH], timeout=WAIT_MS)
    gpsd.send(gga("120006", *HERE) + gga("120007", HERE[0] + 0.001, HERE[1]))
    qtbot.waitUntil(lambda: (source.current() or NOWHERE).lon != pytest.approx(HERE[0]), timeout=WAIT_MS)
    assert len(gpsd.asked) == 5


def test_gpsd_with_nothing_to_tell_is_asked_before_it_is_hung_up_on(
    qtbot: QtBot, source: PositionSource, gpsd: SmallGpsd
) -> None:
    watched(qtbot, source, gpsd)
    feed = source.findChild(GpsdFeed)
    assert feed is not None
    for asked in (1, 2):
        qtbot.waitUntil(lambda: feed._is_gpsd and not feed._asked)  # it has answered what was said before
        feed.silent()  # as after a while without a word
        qtbot.waitUntil(lambda times=asked: gpsd.asked.count(GPSD_ASK) == times)
    assert len(gpsd.calls) == 1
