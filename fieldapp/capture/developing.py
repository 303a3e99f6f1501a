"""Making the pictures beside an original: a thumbnail, and one that carries its stamp.

    plan (at the desk) → develop (no desk, any thread, seconds for large photos) → attach (at the desk)

What an imported photo's stamp says comes from its own file alone. A captured photo without a position of
its own is stamped with the record's, once that is known.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.images.derivatives import Derivative, stamped, thumbnail
from fieldapp.capture.images.look import look_of_thumbnail
from fieldapp.capture.stamping import has_own_place, stamp_lines, stamp_place
from sync.contract.errors import FieldError
from sync.contract.masks import Mask
from sync.contract.records import FileRef, Lane, Photo, PhotoRole, Place
from sync.replica.drafts import SavedPhoto
from sync.replica.files import durable_write
from sync.replica.folder import DataFolder

JPEG = "image/jpeg"


class DevelopPlan(msgspec.Struct, frozen=True):
    """All it takes to make a photo's derivatives; ``lanes`` are those still to be made."""

    folder: DataFolder
    photo_id: str
    owner_id: str
    source: Path
    lanes: tuple[Lane, ...]
    lines: tuple[str, ...]
    place: Place
    taken_at: datetime | None
    font: Path
    masks: tuple[Mask, ...] = ()


class Developed(msgspec.Struct, frozen=True):
    """Derivatives that lie in their places by hash, not named by any row yet."""

    photo_id: str
    owner_id: str
    files: tuple[FileRef, ...]
    look: str = ""
    masks: tuple[Mask, ...] = ()


def plan_photo(desk: Desk, saved: SavedPhoto, record_place: Place | None = None) -> DevelopPlan:
    """What is still to be made. A stamp that rests on the record's place is left for when that is known,
    and made anew each time it is told.
    """
    photo = saved.photo
    place = stamp_place(photo, record_place)
    if photo.role is PhotoRole.VOICE:
        return _nothing(desk, saved)
    wanted = [Lane.THUMBNAIL] if photo.file(Lane.THUMBNAIL) is None else []
    if has_own_place(photo):
        wanted += [Lane.STAMPED] if photo.file(Lane.STAMPED) is None else []
    elif record_place is not None:
        wanted.append(Lane.STAMPED)
    return DevelopPlan(
        folder=desk.folder,
        photo_id=saved.photo_id,
        owner_id=saved.owner_id,
        source=desk.folder.file(photo.original.sha256, photo.original.media_type),
        lanes=tuple(wanted),
        lines=tuple(stamp_lines(desk, saved.owner_id, photo, place)),
        place=place,
        taken_at=photo.taken_at,
        font=desk.font,
        masks=photo.masks,
    )


def _nothing(desk: Desk, saved: SavedPhoto) -> DevelopPlan:
    original = saved.photo.original
    source = desk.folder.file(original.sha256, original.media_type)
    place, taken_at = saved.photo.place, saved.photo.taken_at
    return DevelopPlan(
        desk.folder, saved.photo_id, saved.owner_id, source, (), (), place, taken_at, desk.font
    )


def develop(plan: DevelopPlan) -> Developed:
    """Make the pictures and put them durably in their places; one that cannot be made is left out."""
    made = []
    look = ""
    for lane in plan.lanes:
        try:
            picture = _picture(plan, lane)
            ref = FileRef(lane, picture.sha256, len(picture.data), JPEG)
            durable_write(plan.folder.file(ref.sha256, JPEG, lane), picture.data)
        except FieldError:
            continue
        made.append(ref)
        if lane is Lane.THUMBNAIL:
            look = look_of_thumbnail(picture.data)
    return Developed(plan.photo_id, plan.owner_id, tuple(made), look, plan.masks)


def _picture(plan: DevelopPlan, lane: Lane) -> Derivative:
    if lane is Lane.THUMBNAIL:
        return thumbnail(plan.source, place=plan.place, taken_at=plan.taken_at, masks=plan.masks)
    return stamped(plan.source, plan.lines, plan.place, plan.taken_at, font_path=plan.font, masks=plan.masks)


def attach(desk: Desk, developed: Developed) -> SavedPhoto | None:
    """Let the photo's row name its derivatives; None when the photo is gone meanwhile.

    A record that has left the desk keeps the pictures it was sent with.
    """
    with desk.work.act():
        saved = next(
            (s for s in desk.work.drafts.photos(developed.owner_id) if s.photo_id == developed.photo_id), None
        )
        draft = desk.work.drafts.get(developed.owner_id)
        if saved is None or draft is None or draft.state != "open" or not developed.files:
            return saved
        if saved.photo.masks != developed.masks:  # made before the masks were set: must not be shown any more
            return saved
        changed = msgspec.structs.replace(saved, photo=_with_files(saved.photo, developed))
        desk.work.drafts.replace_photo(changed)
    return changed


def _with_files(photo: Photo, developed: Developed) -> Photo:
    by_lane = {file.lane: file for file in (*photo.files, *developed.files)}
    order = (Lane.THUMBNAIL, Lane.ORIGINAL, Lane.STAMPED)
    files = tuple(by_lane[lane] for lane in order if lane in by_lane)
    return msgspec.structs.replace(photo, files=files, look=photo.look or developed.look)


def with_derivatives(desk: Desk, saved: tuple[SavedPhoto, ...], record_place: Place) -> tuple[Photo, ...]:
    """The photos of a record that is about to be made, with every derivative that can be made."""
    done = []
    for one in saved:
        plan = plan_photo(desk, one, record_place)
        ready = attach(desk, develop(plan)) if plan.lanes else one
        done.append((ready or one).photo)
    return tuple(done)
