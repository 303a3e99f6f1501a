"""Fixes out of NMEA 0183 sentences, as their bytes arrive.

    bytes → lines → checksum → GGA, GNS, RMC (position), GST (accuracy), RMC, ZDA (date) → epochs → fixes

Sentences with the same time of day make one epoch, in whatever order a receiver sends them. A fix is given
out with the first position of its epoch and again when a later sentence betters it. Positions come from GGA
before GNS before RMC. Accuracy is one sigma: from GST where a recent one is there, else from HDOP.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from math import hypot
from operator import xor
from typing import Any

import msgspec
from pynmeagps.exceptions import NMEAMessageError, NMEAParseError, NMEAStreamError, NMEATypeError
from pynmeagps.nmeareader import NMEAReader

USER_RANGE_ERROR_M = 5.0
"""One sigma of a single range to a satellite; times HDOP it is the accuracy where no GST is sent."""

_SENTENCE = re.compile(rb"[$!]([^$!*]{3,200})\*([0-9A-Fa-f]{2})")
_POSITION_RANK = {"RMC": 1, "GNS": 2, "GGA": 3}
_WANTED = frozenset({*_POSITION_RANK, "GST", "ZDA"})
_LINE_MAX = 1024
_GST_HOLDS_S = 5.0
_HALF_DAY_S = 43_200.0
_PARSE_ERRORS = (NMEAMessageError, NMEAParseError, NMEAStreamError, NMEATypeError, ValueError, IndexError)


class Fix(msgspec.Struct, frozen=True):
    """One position. ``epoch`` counts up; fixes with the same one replace each other."""

    epoch: int
    lon: float
    lat: float
    accuracy_m: float | None
    second_of_day: float
    at: datetime | None
    """Satellite time, UTC; None until the receiver has told the date."""
    simulated: bool = False
    """The receiver itself says that this is simulated or typed in."""


class _Position(msgspec.Struct, frozen=True):
    rank: int
    lon: float
    lat: float
    hdop: float | None
    simulated: bool


class NmeaReader:
    """Reads a stream of NMEA bytes, in pieces of any size.

    pynmeagps makes a message's attributes while it runs, hence ``Any``; each is checked where it is used.
    """

    def __init__(self) -> None:
        self.skipped = 0
        """Lines that were no sentence or failed their checksum."""
        self.understood = 0
        """Sentences whose checksum is right, of any kind."""
        self._rest = b""
        self._epoch = 0
        self._second: float | None = None
        self._position: _Position | None = None
        self._given: Fix | None = None
        self._gst: tuple[float, float] | None = None
        self._dated: tuple[date, float] | None = None

    def feed(self, data: bytes) -> list[Fix]:
        """The fixes that these bytes complete or better."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > _LINE_MAX:
            self.skipped += 1
            self._rest = b""
        return [fix for line in lines for fix in self._line(line)]

    def finish(self) -> list[Fix]:
        """The fixes in a last line that lacks its end."""
        line, self._rest = self._rest, b""
        return self._line(line)

    def _line(self, line: bytes) -> list[Fix]:
        if not line.strip():
            return []
        found = _SENTENCE.search(line)
        if found is None or reduce(xor, found[1]) != int(found[2], 16):
            self.skipped += 1
            return []
        self.understood += 1
        if found[1][2:5].decode("latin-1") not in _WANTED or found[1][5:6] != b",":
            return []
        try:
            message = NMEAReader.parse(found[0])
        except _PARSE_ERRORS:
            self.skipped += 1
            return []
        return [] if message is None else self._message(message)

    def _message(self, message: Any) -> list[Fix]:
        second = _second_of_day(message.time)
        if second is None:
            return []
        kind = message.identity[2:]
        if kind == "ZDA":
            self._date(_day(message.year, message.month, message.day), second)
            return []
        if second != self._second:
            self._epoch += 1
            self._second, self._position = second, None
        if kind == "GST":
            self._accuracy(message, second)
        else:
            if kind == "RMC":
                self._date(message.date if isinstance(message.date, date) else None, second)
            position = _position(message, kind)
            if position is not None and (self._position is None or position.rank >= self._position.rank):
                self._position = position
        return self._fix(second)

    def _date(self, day: date | None, second: float) -> None:
        if day is not None:
            self._dated = (day, second)

    def _accuracy(self, message: Any, second: float) -> None:
        if isinstance(message.stdLat, float) and isinstance(message.stdLong, float):
            self._gst = (second, hypot(message.stdLat, message.stdLong))

    def _fix(self, second: float) -> list[Fix]:
        position = self._position
        if position is None:
            return []
        fix = Fix(
            epoch=self._epoch,
            lon=position.lon,
            lat=position.lat,
            accuracy_m=self._accuracy_of(position, second),
            second_of_day=second,
            at=self._time_of(second),
            simulated=position.simulated,
        )
        if fix == self._given:
            return []
        self._given = fix
        return [fix]

    def _accuracy_of(self, position: _Position, second: float) -> float | None:
        if self._gst is not None and 0 <= second - self._gst[0] <= _GST_HOLDS_S and self._gst[1] > 0:
            return round(self._gst[1], 2)
        return None if position.hdop is None else round(position.hdop * USER_RANGE_ERROR_M, 2)

    def _time_of(self, second: float) -> datetime | None:
        if self._dated is None:
            return None
        day = near_midnight(*self._dated, second)
        self._dated = (day, second)
        return at_second(day, second)


def near_midnight(day: date, known_second: float, second: float) -> date:
    """The date at a time of day, given the date at another time shortly before or after."""
    if second < known_second - _HALF_DAY_S:
        return day + timedelta(days=1)
    if second > known_second + _HALF_DAY_S:
        return day - timedelta(days=1)
    return day


def at_second(day: date, second: float) -> datetime:
    """The moment of a second of a UTC day."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=second)


def _second_of_day(value: object) -> float | None:
    if not isinstance(value, time):
        return None
    return value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6


def _day(year: object, month: object, day: object) -> date | None:
    if not (isinstance(year, int) and isinstance(month, int) and isinstance(day, int)):
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _position(message: Any, kind: str) -> _Position | None:
    """The position in a sentence, where its receiver vouches for one."""
    lon, lat = message.lon, message.lat
    if not (isinstance(lon, float) and isinstance(lat, float)) or abs(lat) > 90 or abs(lon) > 180:
        return None
    if lon == 0 and lat == 0:
        return None
    hdop = None if kind == "RMC" else message.HDOP
    simulated = False
    if kind == "GGA":
        if not message.quality:
            return None
        simulated = message.quality in (7, 8)
    elif kind == "GNS":
        if not message.posMode.strip("N"):
            return None
        simulated = not message.posMode.strip("NMS")
    elif message.status != "A":
        return None
    usable = isinstance(hdop, float) and 0 < hdop < 99
    return _Position(_POSITION_RANK[kind], lon, lat, hdop if usable else None, simulated)
