"""The tablet's position: one source at a time, and never an old fix shown as live.

    setting → feed → newest Place with the moment it arrived → judged by its age whenever somebody asks

A fix's age counts on the monotonic clock from its arrival; a receiver that repeats one satellite time does
not make it younger. Losing the receiver keeps the last place, marked stale.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from fieldapp.geo.quality import FixQuality, QualityLimits, fix_quality, judged
from fieldapp.services.position_feeds import PositionFeed, ReplayFeed, SocketFeed, SystemFeed
from fieldapp.services.position_gpsd import GpsdFeed
from fieldapp.services.position_serial import SerialFeed
from sync.clock import Clock
from sync.contract.records import Place, PlaceSource

GPSD_PORT = 2947
BAUDS = (4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800)
BAUD = 9600
"""What receivers speak where nobody has told them otherwise."""
_REASSESS_MS = 1_000


class FeedChoice(msgspec.Struct, frozen=True):
    """Which feed a setting means. ``kind`` also goes into the record as the equipment's position source."""

    kind: str
    host: str = ""
    port: int = 0
    path: str = ""
    baud: int = 0


def parse_setting(setting: str) -> FeedChoice | None:
    """Read a setting; None where it makes no sense.

    ``""`` or ``system``: the device's own service; ``none``; ``gpsd`` or ``gpsd://HOST[:PORT]``;
    ``tcp://HOST:PORT``; ``serial:DEVICE`` or ``serial:DEVICE@BAUD``; anything else is the path of an NMEA
    recording, with or without ``replay:`` before.
    """
    text = setting.strip()
    if text in ("", "system"):
        return FeedChoice("system")
    if text == "none":
        return FeedChoice("none")
    if text == "gpsd":
        return FeedChoice("gpsd", "localhost", GPSD_PORT)
    if text.startswith("serial:"):
        return _parse_serial(text.removeprefix("serial:"))
    if "://" in text:
        return _parse_address(text)
    return FeedChoice("replay", path=text.removeprefix("replay:"))


def _parse_serial(text: str) -> FeedChoice | None:
    device, mark, speed = text.rpartition("@") if "@" in text else (text, "", "")
    baud = int(speed) if speed.isascii() and speed.isdigit() else 0 if mark else BAUD
    return FeedChoice("serial", path=device, baud=baud) if device and baud in BAUDS else None


def _parse_address(text: str) -> FeedChoice | None:
    try:
        address = urlsplit(text)
        port = address.port or (GPSD_PORT if address.scheme == "gpsd" else 0)
    except ValueError:
        return None
    if address.scheme not in ("tcp", "gpsd") or not address.hostname or not port:
        return None
    return FeedChoice(address.scheme, address.hostname, port)


class PositionSource(QObject):
    """Gives the current place. ``placeChanged`` also fires when a fix turns stale."""

    placeChanged = Signal()
    problemChanged = Signal()

    def __init__(
        self, clock: Clock, limits: QualityLimits | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._limits = limits or QualityLimits()
        self._feed: PositionFeed | None = None
        self._place: Place | None = None
        self._arrived = 0.0
        self._said_stale = False
        self._resting = False
        self._timer = QTimer(self)
        self._timer.setInterval(_REASSESS_MS)
        self._timer.timeout.connect(self.reassess)
        self.kind = "none"
        """The kind of source in use: none, system, replay, serial, tcp or gpsd."""
        self.problem = ""
        """Code of what keeps positions from coming, or empty."""

    @Slot(str)
    def use(self, setting: str) -> None:
        """Change over to the source a setting names; the old source's place is forgotten."""
        self.stop()
        choice = parse_setting(setting)
        if choice is None:
            self._say_problem("position_setting_invalid")
            return
        self.kind = choice.kind
        self._feed = self._make_feed(choice)
        if self._feed is not None:
            self._feed.fixed.connect(self._take)
            self._feed.failed.connect(self._say_problem)
            self._timer.start()
            self._feed.start()
            if self._resting:
                self._feed.rest(True)

    def stop(self) -> None:
        """Stop the source and forget its place."""
        self._timer.stop()
        if self._feed is not None:
            self._feed.fixed.disconnect(self._take)
            self._feed.failed.disconnect(self._say_problem)
            self._feed.stop()
            self._feed.deleteLater()
            self._feed = None
        self.kind = "none"
        self._say_problem("")
        if self._place is not None:
            self._place = None
            self.placeChanged.emit()

    def current(self) -> Place | None:
        """The newest place, judged by its age at this moment."""
        if self._place is None:
            return None
        return judged(self._place, self._age(), self._limits)

    def quality(self) -> FixQuality:
        """How far the current place is to be believed."""
        return fix_quality(self.current(), self._limits)

    def rest(self, resting: bool) -> None:
        """Somebody stands still: places may come more seldom, which spares the battery."""
        if resting != self._resting:
            self._resting = resting
            if self._feed is not None:
                self._feed.rest(resting)

    @Slot()
    def reassess(self) -> None:
        """Tell when the place has turned stale since it was last spoken of."""
        place = self.current()
        if place is not None and place.stale and not self._said_stale:
            self._said_stale = True
            self.placeChanged.emit()

    def _make_feed(self, choice: FeedChoice) -> PositionFeed | None:
        if choice.kind == "system":
            return SystemFeed(self)
        if choice.kind == "replay":
            return ReplayFeed(Path(choice.path).expanduser(), self)
        if choice.kind == "serial":
            return SerialFeed(choice.path, choice.baud, self)
        if choice.kind == "gpsd":
            return GpsdFeed(choice.host, choice.port, self)
        if choice.kind == "tcp":
            return SocketFeed(choice.host, choice.port, self)
        return None

    @Slot(object)
    def _take(self, place: Place) -> None:
        if self._is_new(place):
            self._arrived = self._clock.monotonic()
        self._place = place = msgspec.structs.replace(place, via=self.kind)
        self._said_stale = judged(place, self._age(), self._limits).stale
        self._say_problem("")
        self.placeChanged.emit()

    def _age(self) -> float:
        return self._clock.monotonic() - self._arrived

    def _is_new(self, place: Place) -> bool:
        if self._place is None or place.fixed_at is None or place.source is PlaceSource.REPLAY:
            return True
        return place.fixed_at != self._place.fixed_at

    @Slot(str)
    def _say_problem(self, code: str) -> None:
        if code != self.problem:
            self.problem = code
            self.problemChanged.emit()
