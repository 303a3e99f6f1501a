"""The words of a stamp: where, when, by whom, and to which record the photo belongs."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from fieldapp.capture.desk import Desk
from sync.contract.ids import short_id
from sync.contract.records import Origin, Photo, Place, PlaceSource

SOURCE_WORDS = {
    PlaceSource.GNSS: "GNSS",
    PlaceSource.REPLAY: "REPLAY",
    PlaceSource.EXIF: "EXIF",
    PlaceSource.PIN: "PIN",
}


def has_own_place(photo: Photo) -> bool:
    """Whether the stamp tells what the photo itself knows: an imported one never gets any other place."""
    return photo.place.lon is not None or photo.origin is Origin.IMPORTED


def stamp_place(photo: Photo, record_place: Place | None) -> Place:
    """The place a photo's stamp tells: its own; where a captured one has none, the record's."""
    return photo.place if has_own_place(photo) or record_place is None else record_place


def stamp_lines(desk: Desk, record_id: str, photo: Photo, place: Place) -> list[str]:
    """The words of a stamp: number and officer, masks where there are any, time, place with its accuracy."""
    identity = desk.work.meta.identity()
    zone = ZoneInfo(identity.city.zone if identity else "UTC")
    origin = "现场拍摄" if photo.origin is Origin.CAPTURED else "导入照片"
    masked = f"  已遮盖 {len(photo.masks)} 处" if photo.masks else ""
    return [
        f"{short_id(record_id)}  {origin}{masked}  {desk.officer.officer_id} {desk.officer.name}",
        _time_line(photo.taken_at, zone),
        _place_line(place),
    ]


def _time_line(taken_at: datetime | None, zone: ZoneInfo) -> str:
    return "时间未知" if taken_at is None else f"{taken_at.astimezone(zone):%Y-%m-%d %H:%M:%S %z}"


def _place_line(place: Place) -> str:
    if place.lon is None or place.lat is None:
        return "无定位"
    known = place.known_accuracy_m
    accuracy = "" if known is None else f" ±{max(1, round(known))} m"
    stale = "  位置已过时" if place.stale else ""
    return f"{place.lat:.6f}, {place.lon:.6f}{accuracy}  {SOURCE_WORDS.get(place.source, '')}{stale}"
