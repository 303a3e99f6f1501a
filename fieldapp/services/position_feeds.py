"""Where positions come from: a recording, a receiver over TCP, or the system's own location service.

Each feed is a QObject that says ``fixed(Place)`` and ``failed(code)``; an empty code takes the last one
back. Recordings and receivers are read by the app's own NMEA reader: Qt's replay stayed silent on one of
two real recordings, and it takes no accuracy from GST.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from math import isnan
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QAbstractSocket, QTcpSocket
from PySide6.QtPositioning import QGeoPositionInfo, QGeoPositionInfoSource

from fieldapp.geo.nmea import place_of
from fieldapp.geo.sentences import Fix, NmeaReader
from sync.contract.records import Place, PlaceSource

GPSD_WATCH = b'?WATCH={"enable":true,"nmea":true};\n'
_APP_ID = "fieldapp"
_REPLAY_GAP_MAX_S = 5.0
_REPLAY_GAP_MIN_S = 0.02
_LINES_AT_ONCE = 500
_SILENCE_MS = 15_000
_RETRY_FIRST_MS, _RETRY_MAX_MS = 1_000, 30_000


class PositionFeed(QObject):
    """What all feeds have in common."""

    fixed = Signal(object)
    failed = Signal(str)

    def start(self) -> None:
        """Begin to give positions."""

    def stop(self) -> None:
        """Stop giving positions; nothing is said afterwards."""


class ReplayFeed(PositionFeed):
    """Plays an NMEA recording at its own pace, again and again."""

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._steps: Iterator[Fix | None] = iter(())
        self._fixes_this_round = 0
        self._last: Fix | None = None
        self._next: Fix | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin at the beginning. A pipe or a device is not read: opening it could wait for ever."""
        if not self._path.is_file():
            self.failed.emit("nmea_unreadable")
            return
        self._rewind()
        self._timer.start(0)

    def stop(self) -> None:
        """Stop where it is."""
        self._timer.stop()
        self._steps = iter(())

    def _rewind(self) -> None:
        self._steps = _fixes_of(self._path)
        self._fixes_this_round = 0

    def _tick(self) -> None:
        if self._next is not None:
            self._last, self._next = self._next, None
            self.fixed.emit(place_of(self._last, PlaceSource.REPLAY))
        try:
            found = next(self._steps)
        except StopIteration:
            if not self._fixes_this_round:
                self.failed.emit("nmea_no_fix")
                return
            self._rewind()
            found = None
        except OSError:
            self.failed.emit("nmea_unreadable")
            return
        if found is None:
            self._timer.start(0)
            return
        self._fixes_this_round += 1
        self._next = found
        self._timer.start(round(_gap(self._last, found) * 1000))


def _fixes_of(path: Path) -> Iterator[Fix | None]:
    """The fixes of a recording, the best of each epoch; None now and then, so that nobody waits long."""
    reader = NmeaReader()
    best: Fix | None = None
    with path.open("rb") as stream:
        for number, line in enumerate(iter(lambda: stream.readline(4096), b"")):
            for fix in reader.feed(line):
                if best is not None and fix.epoch != best.epoch:
                    yield best
                best = fix
            if number % _LINES_AT_ONCE == _LINES_AT_ONCE - 1:
                yield None
    best = next(iter(reader.finish()[-1:]), best)
    if best is not None:
        yield best


def _gap(last: Fix | None, coming: Fix) -> float:
    """Seconds between two fixes of a recording; pauses in it are cut short."""
    if last is None:
        return 0.0
    seconds = coming.second_of_day - last.second_of_day
    return min(max(seconds, _REPLAY_GAP_MIN_S), _REPLAY_GAP_MAX_S)


class SocketFeed(PositionFeed):
    """A receiver that sends NMEA over TCP, or gpsd told to; comes back by itself after a break."""

    def __init__(self, host: str, port: int, parent: QObject, greeting: bytes = b"") -> None:
        super().__init__(parent)
        self._host, self._port, self._greeting = host, port, greeting
        self._reader = NmeaReader()
        self._wanted = False
        self._retry_ms = _RETRY_FIRST_MS
        self._socket = QTcpSocket(self)
        self._socket.connected.connect(self._connected)
        self._socket.readyRead.connect(self._read)
        self._socket.stateChanged.connect(self._state_changed)
        self._retry = _single_shot(self, self._connect)
        self._silence = _single_shot(self, self._socket.abort)

    def start(self) -> None:
        """Connect, now and after every break."""
        self._wanted = True
        self._connect()

    def stop(self) -> None:
        """Hang up for good."""
        self._wanted = False
        self._retry.stop()
        self._silence.stop()
        self._socket.abort()

    def _connect(self) -> None:
        self._reader = NmeaReader()
        self._silence.start(_SILENCE_MS)
        self._socket.connectToHost(self._host, self._port)

    def _connected(self) -> None:
        if self._greeting:
            self._socket.write(self._greeting)
        self.failed.emit("")

    def _read(self) -> None:
        self._silence.start(_SILENCE_MS)
        self._retry_ms = _RETRY_FIRST_MS
        for fix in self._reader.feed(bytes(self._socket.readAll().data())):
            self.fixed.emit(place_of(fix, PlaceSource.GNSS))

    def _state_changed(self, state: QAbstractSocket.SocketState) -> None:
        if state != QAbstractSocket.SocketState.UnconnectedState or not self._wanted:
            return
        self._silence.stop()
        self.failed.emit("position_unreachable")
        self._retry.start(self._retry_ms)
        self._retry_ms = min(2 * self._retry_ms, _RETRY_MAX_MS)


class SystemFeed(PositionFeed):
    """The system's own location service (geoclue, Windows), where there is one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._source = self._best()
        if self._source is not None:
            self._source.positionUpdated.connect(self._updated)
            self._source.errorOccurred.connect(self._error)

    def start(self) -> None:
        """Ask the service for positions."""
        if self._source is None:
            self.failed.emit("position_no_service")
        else:
            self._source.startUpdates()

    def stop(self) -> None:
        """Stop asking."""
        if self._source is not None:
            self._source.stopUpdates()

    def _best(self) -> QGeoPositionInfoSource | None:
        for name in QGeoPositionInfoSource.availableSources():
            if name != "nmea":
                made = QGeoPositionInfoSource.createSource(name, {"desktopId": _APP_ID}, self)
                if made is not None:
                    return made
        return None

    def _updated(self, info: QGeoPositionInfo) -> None:
        if info.isValid():
            self.fixed.emit(place_of_info(info))

    def _error(self, error: QGeoPositionInfoSource.Error) -> None:
        codes = {
            QGeoPositionInfoSource.Error.AccessError: "position_denied",
            QGeoPositionInfoSource.Error.ClosedError: "position_no_service",
            QGeoPositionInfoSource.Error.UnknownSourceError: "position_no_service",
        }
        if error in codes:
            self.failed.emit(codes[error])


def place_of_info(info: QGeoPositionInfo) -> Place:
    """What the system's service says, as a place."""
    accuracy = info.attribute(QGeoPositionInfo.Attribute.HorizontalAccuracy)
    stamp = info.timestamp()
    return Place(
        source=PlaceSource.GNSS,
        lon=info.coordinate().longitude(),
        lat=info.coordinate().latitude(),
        accuracy_m=None if isnan(accuracy) or accuracy <= 0 else accuracy,
        fixed_at=datetime.fromtimestamp(stamp.toMSecsSinceEpoch() / 1000, UTC) if stamp.isValid() else None,
    )


def _single_shot(parent: QObject, then: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(then)
    return timer
