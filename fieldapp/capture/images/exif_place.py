"""Position and time out of EXIF tags, and a position written as EXIF numbers.

Position: degrees, minutes and seconds with their hemisphere letters, never without them. 0/0, values out
of range and 0°N 0°E (what cameras write before their first fix) count as no position.
Time: the satellite time of the position first, then the camera's clock with its offset, then the camera's
clock in the city's zone, marked as an assumption.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import Enum
from fractions import Fraction

import msgspec

from fieldapp.capture.images.exif_read import Tags
from fieldapp.geo.gcj02 import to_wgs84
from sync.contract.records import NOWHERE, Place, PlaceSource

CITY_ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China keeps one zone without summer time; naming it here needs no zone database on Windows."""

LAT_REF, LAT, LON_REF, LON = 1, 2, 3, 4
TIME_STAMP, MAP_DATUM, DATE_STAMP, POSITIONING_ERROR = 7, 0x12, 0x1D, 0x1F
DATE_TIME_ORIGINAL, OFFSET_TIME_ORIGINAL = 0x9003, 0x9011

_SECOND_PARTS = 100_000
"""Seconds are written in hundred-thousandths: 0.3 mm on the ground."""

_YEARS = range(1990, 2100)


class TimeSource(Enum):
    """What a photo's time rests on."""

    GNSS = "gnss"
    CAMERA = "camera"
    ASSUMED_ZONE = "assumed_zone"
    NONE = "none"


class TakenAt(msgspec.Struct, frozen=True):
    """When a photo was taken, UTC, and how that is known; ``camera_text`` is the camera's own writing."""

    at: datetime | None = None
    source: TimeSource = TimeSource.NONE
    camera_text: str = ""


def to_dms(degrees: float) -> tuple[Fraction, Fraction, Fraction]:
    """Absolute degrees as (degrees, minutes, seconds); rounding never yields 60 seconds."""
    parts = round(abs(Fraction(degrees)) * 3600 * _SECOND_PARTS)
    minutes, second_parts = divmod(parts, 60 * _SECOND_PARTS)
    whole, minutes = divmod(minutes, 60)
    return Fraction(whole), Fraction(minutes), Fraction(second_parts, _SECOND_PARTS)


def from_dms(parts: tuple[Fraction, ...] | None, ref: str, *, positive: str, negative: str) -> float | None:
    """Signed degrees, or None where a part or the hemisphere is missing or senseless."""
    letter = ref[:1].upper()
    if not parts or len(parts) > 3 or letter not in (positive, negative) or not letter:
        return None
    if any(part < 0 for part in parts) or any(part > 60 for part in parts[1:]):
        return None
    total = float(sum(part / 60**power for power, part in enumerate(parts)))
    return -total if letter == negative else total


def place_of(gps: Tags) -> Place:
    """The position in a photo's GPS tags, or none."""
    lat = from_dms(gps.rationals(LAT), gps.text(LAT_REF), positive="N", negative="S")
    lon = from_dms(gps.rationals(LON), gps.text(LON_REF), positive="E", negative="W")
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180 or (lat == 0 and lon == 0):
        return NOWHERE
    datum = "".join(c for c in gps.text(MAP_DATUM).upper() if c.isalnum())
    if datum.startswith("GCJ"):
        lon, lat = to_wgs84(lon, lat)
    elif datum.startswith("TOKYO"):
        return NOWHERE
    return Place(
        source=PlaceSource.EXIF, lon=lon, lat=lat, accuracy_m=_accuracy(gps), fixed_at=satellite_time(gps)
    )


def _accuracy(gps: Tags) -> float | None:
    values = gps.rationals(POSITIONING_ERROR)
    return float(values[0]) if values and values[0] > 0 else None


def satellite_time(gps: Tags) -> datetime | None:
    """The UTC time of the fix, where date and time are both there and make sense."""
    day = _date(gps.text(DATE_STAMP))
    clock = gps.rationals(TIME_STAMP)
    if day is None or clock is None or len(clock) != 3:
        return None
    hours, minutes, seconds = clock
    if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= seconds < 61):
        return None
    since = timedelta(hours=float(hours), minutes=float(minutes), seconds=float(seconds))
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + since


def taken_at(camera: Tags, gps: Tags, zone: tzinfo = CITY_ZONE) -> TakenAt:
    """When the photo was taken, by the best of its clocks."""
    written = camera.text(DATE_TIME_ORIGINAL)
    offset_text = camera.text(OFFSET_TIME_ORIGINAL)
    text = f"{written} {offset_text}".strip()
    by_satellite = satellite_time(gps)
    if by_satellite is not None:
        return TakenAt(by_satellite, TimeSource.GNSS, text)
    local = _local(written)
    if local is None:
        return TakenAt(camera_text=text)
    offset = _offset(offset_text)
    if offset is not None:
        return TakenAt(local.replace(tzinfo=offset).astimezone(UTC), TimeSource.CAMERA, text)
    return TakenAt(local.replace(tzinfo=zone).astimezone(UTC), TimeSource.ASSUMED_ZONE, text)


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text[:10].replace(":", "-"))
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _local(text: str) -> datetime | None:
    day = _date(text)
    if day is None:
        return None
    try:
        clock = datetime.strptime(text[10:].strip()[:8], "%H:%M:%S")  # noqa: DTZ007 - the zone comes later
    except ValueError:
        return None
    return datetime.combine(day, clock.time())


def _offset(text: str) -> timezone | None:
    try:
        parsed = datetime.strptime(text, "%z")
    except ValueError:
        return None
    offset = parsed.utcoffset()
    return None if offset is None else timezone(offset)
