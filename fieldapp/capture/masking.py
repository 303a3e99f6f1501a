"""Masking a photo: boxes are set on what is shown of it and what goes beside it, never on the original.

A photo of a draft gets its pictures anew. One that was filed is not touched any more: masking it is an act of
its own (``supplement``), which brings the same original once more with masked pictures, and from then on
every place of that original is shown by those.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from fieldapp.capture.act import submit_act
from fieldapp.capture.act_drafts import ActDraft, ensure_act
from fieldapp.capture.case_history import read_history
from fieldapp.capture.case_rows import case_row
from fieldapp.capture.describing import sidecar_of
from fieldapp.capture.desk import Desk
from fieldapp.capture.developing import attach, develop, plan_photo
from fieldapp.capture.images.masking import Frame, frame_of
from fieldapp.capture.messages import read_messages
from fieldapp.capture.photos import add_photo
from fieldapp.capture.report import SavedRecord
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.lifecycle import ActKind
from sync.contract.masks import Mask, check_masks, settled, to_stored, to_upright
from sync.contract.records import Lane, Photo, PhotoRole
from sync.replica.drafts import SavedPhoto
from sync.replica.fetched import fetched_whole
from sync.replica.files import durable_copy, holds_durably, remove_quietly
from sync.replica.folder import DataFolder

EVERY = 1_000_000


class ToMask(msgspec.Struct, frozen=True):
    """What the masking page shows: the original, how large it stands upright, and its masks on it."""

    path: str
    frame: Frame
    boxes: tuple[Mask, ...]


def open_photo(folder: DataFolder, photo: Photo) -> ToMask:
    """A photo as it is masked; ``mask_without_files`` where its original is not here."""
    path = original_of(folder, photo)
    frame = frame_of(path)
    boxes = tuple(to_upright(mask, frame.orientation, frame.stored) for mask in photo.masks)
    return ToMask(str(path), frame, boxes)


def original_of(folder: DataFolder, photo: Photo) -> Path:
    """Where a photo's original lies, own or fetched; ``fetch_damaged`` for a fetched one that has rotted."""
    file = photo.original
    own = folder.file(file.sha256, file.media_type)
    path = own if own.is_file() else fetched_whole(folder, file.sha256)
    if path is None:
        raise NeedsPerson("mask_without_files")
    return path


def photo_of_case(desk: Desk, case_id: str, sha256: str) -> Photo:
    """A photo of a case by its original, with the masks it has by now; ``record_unknown`` for none."""
    case = case_row(desk, case_id)
    if case is None:
        raise InputRefused("case_unknown", case=case_id)
    shown = [photo.photo for entry in read_history(desk, case) for photo in entry.photos]
    if desk.work.city.case(case_id) is not None:
        said = read_messages(desk, case_id, EVERY)
        shown += [photo.photo for message in said for photo in message.photos]
    found = next((photo for photo in shown if photo.original.sha256 == sha256), None)
    if found is None:
        raise InputRefused("record_unknown", record=case_id)
    return found


def masks_of(frame: Frame, boxes: tuple[Mask, ...]) -> tuple[Mask, ...]:
    """Boxes on the upright picture as they are kept: in the original's own pixels, settled."""
    stored = (to_stored(box, frame.orientation, frame.stored) for box in boxes)
    return check_masks(settled(stored, frame.stored))


def mask_draft_photo(desk: Desk, draft_id: str, photo_id: str, boxes: tuple[Mask, ...]) -> SavedPhoto:
    """Set the masks of a photo that is still at the desk; none takes them away again.

    Its pictures are made anew before this returns. ``mask_undrawable`` where none can be: nothing changed.
    """
    saved = next((one for one in desk.work.drafts.photos(draft_id) if one.photo_id == photo_id), None)
    if saved is None:
        raise InputRefused("draft_unknown", draft=draft_id)
    masks = masks_of(open_photo(desk.folder, saved.photo).frame, boxes)
    if masks == saved.photo.masks:
        return saved
    before = [file for file in saved.photo.files if file.lane is not Lane.ORIGINAL]
    bare = msgspec.structs.replace(saved.photo, files=(saved.photo.original,), masks=masks)
    changed = msgspec.structs.replace(saved, photo=bare)
    made = develop(plan_photo(desk, changed, saved.photo.place))
    if masks and not any(file.lane is Lane.THUMBNAIL for file in made.files):
        raise InputRefused("mask_undrawable")
    with desk.work.act():
        draft = desk.work.drafts.get(draft_id)
        if draft is None or draft.state != "open":
            raise InputRefused("draft_unknown", draft=draft_id)
        desk.work.drafts.replace_photo(changed)
        desk.work.sidecars.write(sidecar_of(desk, changed))
    ready = attach(desk, made) or changed
    for file in before:
        if not desk.work.drafts.uses_file(file.sha256):
            remove_quietly(desk.folder.file(file.sha256, file.media_type, file.lane))
    return ready


def mask_filed_photo(desk: Desk, case_id: str, photo: Photo, boxes: tuple[Mask, ...]) -> SavedRecord:
    """Mask a photo that was filed, as an act of its own; durable when it returns."""
    opened = open_photo(desk.folder, photo)
    masks = masks_of(opened.frame, boxes)
    if masks == photo.masks or not masks:
        raise InputRefused("mask_invalid", count=len(masks), limit=0)
    original = photo.original
    own = desk.folder.file(original.sha256, original.media_type)
    if not holds_durably(own, original.sha256):
        desk.folder.require_room(original.bytes)
        durable_copy(Path(opened.path), own)
    role = PhotoRole.SCENE if photo.role in (PhotoRole.SIGNATURE, PhotoRole.SHEET) else photo.role
    again = msgspec.structs.replace(photo, slot=0, role=role, files=(original,), masks=masks)
    begun = ActDraft(desk.new_id(), case_id, ActKind.SUPPLEMENT)
    ensure_act(desk, begun)
    saved = add_photo(desk, begun.draft_id, again)
    made = develop(plan_photo(desk, saved, photo.place))
    if not any(file.lane is Lane.THUMBNAIL for file in made.files):
        raise InputRefused("mask_undrawable")
    attach(desk, made)
    return submit_act(desk, case_id, ActKind.SUPPLEMENT, draft_id=begun.draft_id)
