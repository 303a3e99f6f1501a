"""The stamped derivative: a scaled picture that says where, when, by whom and to which record it belongs."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.images.derivatives import make_stamped
from fieldapp.capture.photos import add_thumbnail, adopt_derivative
from sync.contract.errors import FieldError
from sync.contract.ids import short_id
from sync.contract.records import Lane, Origin, Photo, Place, PlaceSource
from sync.replica.drafts import SavedPhoto

SOURCE_WORDS = {
    PlaceSource.GNSS: "GNSS",
    PlaceSource.REPLAY: "REPLAY",
    PlaceSource.EXIF: "EXIF",
    PlaceSource.PIN: "PIN",
}


def with_derivatives(
    desk: Desk, record_id: str, saved: tuple[SavedPhoto, ...], place: Place
) -> tuple[Photo, ...]:
    """The record's photos with thumbnail and stamped picture beside each original, where possible."""
    return tuple(_stamped(desk, record_id, add_thumbnail(desk, s), place).photo for s in saved)


def _stamped(desk: Desk, record_id: str, saved: SavedPhoto, record_place: Place) -> SavedPhoto:
    photo = saved.photo
    if photo.file(Lane.STAMPED) is not None:
        return saved
    place = photo.place if photo.place.lon is not None else record_place
    source = desk.folder.file(photo.original.sha256, photo.original.media_type)
    unnamed = desk.folder.derived / f"{saved.photo_id}-stamped.jpg"
    lines = stamp_lines(desk, record_id, photo, place)
    try:
        make_stamped(source, unnamed, lines, place, photo.taken_at, font_path=desk.font)
    except FieldError:
        return saved
    ref = adopt_derivative(desk, unnamed, Lane.STAMPED)
    changed = msgspec.structs.replace(saved, photo=msgspec.structs.replace(photo, files=(*photo.files, ref)))
    with desk.work.act():
        desk.work.drafts.replace_photo(changed)
    return changed


def stamp_lines(desk: Desk, record_id: str, photo: Photo, place: Place) -> list[str]:
    """The words of a stamp: number and officer, time, place with accuracy and source."""
    identity = desk.work.meta.identity()
    zone = ZoneInfo(identity.city.zone if identity else "UTC")
    origin = "现场拍摄" if photo.origin is Origin.CAPTURED else "导入照片"
    return [
        f"{short_id(record_id)}  {origin}  {desk.officer.officer_id} {desk.officer.name}",
        _time_line(photo.taken_at, zone),
        _place_line(place),
    ]


def _time_line(taken_at: datetime | None, zone: ZoneInfo) -> str:
    return "时间未知" if taken_at is None else f"{taken_at.astimezone(zone):%Y-%m-%d %H:%M:%S %z}"


def _place_line(place: Place) -> str:
    if place.lon is None or place.lat is None:
        return "无定位"
    accuracy = "" if place.accuracy_m is None else f" ±{place.accuracy_m:.0f} m"
    stale = "  位置已过时" if place.stale else ""
    return f"{place.lat:.6f}, {place.lon:.6f}{accuracy}  {SOURCE_WORDS.get(place.source, '')}{stale}"
