"""The EXIF block of a derived picture: upright, and where and when the photo was taken.

The position keeps its hemispheres, accuracy and origin; its satellite time is written only where there
was one, never the tablet's clock in its stead.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from fieldapp.capture.images import exif_place as names
from fieldapp.capture.images.exif_place import CITY_ZONE, to_dms
from fieldapp.capture.images.exif_read import EXIF_IFD, GPS_IFD, ORIENTATION
from sync.contract.records import Place, PlaceSource

_GPS_VERSION, _PROCESSING_METHOD = 0, 0x1B
_OFFSET_TIME, _OFFSET_TIME_DIGITIZED, _DATE_TIME_DIGITIZED = 0x9010, 0x9012, 0x9004
_METHODS = {
    PlaceSource.GNSS: "GPS",
    PlaceSource.REPLAY: "REPLAY",
    PlaceSource.EXIF: "EXIF",
    PlaceSource.PIN: "MANUAL",
}


def derivative_exif(place: Place, taken_at: datetime | None, zone: tzinfo = CITY_ZONE) -> bytes:
    """The block, ready for a JPEG: orientation 1, position and local time with offset where known."""
    exif = Image.Exif()
    exif[ORIENTATION] = 1
    if taken_at is not None:
        _write_time(exif, taken_at.astimezone(zone))
    if place.lon is not None and place.lat is not None:
        _write_place(exif, place, place.lon, place.lat)
    return exif.tobytes()


def _write_time(exif: Image.Exif, local: datetime) -> None:
    text = local.strftime("%Y:%m:%d %H:%M:%S")
    offset = _offset_text(local.utcoffset() or timedelta())
    camera = exif.get_ifd(EXIF_IFD)
    camera[names.DATE_TIME_ORIGINAL] = text
    camera[_DATE_TIME_DIGITIZED] = text
    for tag in (_OFFSET_TIME, names.OFFSET_TIME_ORIGINAL, _OFFSET_TIME_DIGITIZED):
        camera[tag] = offset


def _offset_text(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _write_place(exif: Image.Exif, place: Place, lon: float, lat: float) -> None:
    gps = exif.get_ifd(GPS_IFD)
    gps[_GPS_VERSION] = b"\x02\x03\x00\x00"
    gps[names.LAT_REF] = "S" if lat < 0 else "N"
    gps[names.LAT] = tuple(IFDRational(part) for part in to_dms(lat))
    gps[names.LON_REF] = "W" if lon < 0 else "E"
    gps[names.LON] = tuple(IFDRational(part) for part in to_dms(lon))
    gps[names.MAP_DATUM] = "WGS-84"
    gps[_PROCESSING_METHOD] = b"ASCII\x00\x00\x00" + _METHODS.get(place.source, "").encode()
    if (accuracy := place.known_accuracy_m) is not None:
        gps[names.POSITIONING_ERROR] = IFDRational(round(accuracy * 100), 100)
    if place.fixed_at is not None:
        fixed = place.fixed_at.astimezone(UTC)
        seconds = IFDRational(fixed.second * 1000 + fixed.microsecond // 1000, 1000)
        gps[names.TIME_STAMP] = (IFDRational(fixed.hour), IFDRational(fixed.minute), seconds)
        gps[names.DATE_STAMP] = fixed.strftime("%Y:%m:%d")
