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

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QAbstractSocket, QTcpSocket
from PySide6.QtPositioning import QGeoPositionInfo, QGeoPositionInfoSource

from fieldapp.geo.nmea import place_of
from fieldapp.geo.sentences import Fix, NmeaReader
from sync.contract.records import Place, PlaceSource

_APP_ID = "fieldapp"
_REPLAY_GAP_MAX_S = 5.0
_REPLAY_GAP_MIN_S = 0.02
_LINES_AT_ONCE = 500
SILENCE_MS = 15_000
REST_MS = 5_000
"""How often positions come while somebody stands still; well below the age at which one is stale."""
RETRY_FIRST_MS, _RETRY_MAX_MS = 1_000, 30_000
SENSELESS_BYTES = 1_500
"""So much without one whole sentence is no NMEA, or NMEA at another speed."""


class PositionFeed(QObject):
    """What all feeds have in common."""

    fixed = Signal(object)
    failed = Signal(str)

    def start(self) -> None:
        """Begin to give positions."""

    def stop(self) -> None:
        """Stop giving positions; nothing is said afterwards."""

    def rest(self, resting: bool) -> None:
        """Positions are wanted every few seconds only, or as often as they come."""


class NmeaEar:
    """Reads what a receiver sends, and notices when it makes no sense, or makes sense again."""

    def __init__(self) -> None:
        self._reader = NmeaReader()
        self._senseless = 0
        self.makes_sense = True
        self.turned: bool | None = None
        """What the last bytes changed: True to sense, False to none; None where it is as before."""

    def hear(self, data: bytes) -> list[Fix]:
        """The fixes these bytes complete."""
        understood = self._reader.understood
        fixes = self._reader.feed(data)
        self._senseless = 0 if self._reader.understood > understood else self._senseless + len(data)
        now = self._senseless < SENSELESS_BYTES and (self.makes_sense or self._senseless == 0)
        self.turned = now if now != self.makes_sense else None
        self.makes_sense = now
        return fixes


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

    @Slot()
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
        self._ear = NmeaEar()
        self._wanted = False
        self._retry_ms = RETRY_FIRST_MS
        self._socket = QTcpSocket(self)
        self._socket.connected.connect(self._connected)
        self._socket.readyRead.connect(self._read)
        self._socket.stateChanged.connect(self._state_changed)
        self._retry = single_shot(self, self._connect)
        self._silence = single_shot(self, lambda: self.silent())

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

    def opened(self) -> None:
        """A connection is made."""

    def heard(self, data: bytes) -> None:
        """Bytes came."""
        fixes = self._ear.hear(data)
        if self._ear.turned is not None:
            self.failed.emit("" if self._ear.turned else "position_garbage")
        for fix in fixes:
            self.fixed.emit(place_of(fix, PlaceSource.GNSS))

    def silent(self) -> None:
        """Nothing came for a while: hang up, and call again."""
        self._socket.abort()

    def say(self, data: bytes) -> None:
        """Send something; silence after it counts anew."""
        self._silence.start(SILENCE_MS)
        self._socket.write(data)

    @Slot()
    def _connect(self) -> None:
        self._ear = NmeaEar()
        self._silence.start(SILENCE_MS)
        self._socket.connectToHost(self._host, self._port)

    @Slot()
    def _connected(self) -> None:
        self.failed.emit("")
        self.opened()
        if self._greeting:
            self.say(self._greeting)

    @Slot()
    def _read(self) -> None:
        self._silence.start(SILENCE_MS)
        self._retry_ms = RETRY_FIRST_MS
        self.heard(bytes(self._socket.readAll().data()))

    @Slot(QAbstractSocket.SocketState)
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

    def rest(self, resting: bool) -> None:
        """Ask the service less often, or as often as it can."""
        if self._source is not None:
            self._source.setUpdateInterval(REST_MS if resting else 0)

    def _best(self) -> QGeoPositionInfoSource | None:
        for name in QGeoPositionInfoSource.availableSources():
            if name != "nmea":
                made = QGeoPositionInfoSource.createSource(name, {"desktopId": _APP_ID}, self)
                if made is not None:
                    return made
        return None

    @Slot(QGeoPositionInfo)
    def _updated(self, info: QGeoPositionInfo) -> None:
        if info.isValid():
            self.fixed.emit(place_of_info(info))

    @Slot(QGeoPositionInfoSource.Error)
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


def single_shot(parent: QObject, then: object) -> QTimer:
    """A timer that calls ``then`` once, each time it is started."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.timeout.connect(then)
    return timer
