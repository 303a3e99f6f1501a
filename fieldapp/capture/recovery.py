"""After a kill: what lies in the data folder and no row names is found again, cleaned up, or reported.

    unfinished files  → swept: nobody was ever told that they were saved
    whole originals   → back to the draft their sidecar names; without one, into a draft that says so
    derivatives       → swept: they can be made again from their originals; so are sidecars of no photo
    rows of drafts whose original is missing, originals that are not what their name says → reported

An adopted photo counts as imported, the weaker claim: nobody can say any more who took it, where and when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import REPORT, DraftBody, draft_text
from fieldapp.capture.images.facts import read_facts
from sync.contract.errors import FieldError
from sync.contract.records import FileRef, Lane, Origin, Photo, PhotoRole
from sync.replica.drafts import Draft, SavedPhoto
from sync.replica.files import PART_SUFFIX, holds_durably

_NAMED_BY_HASH = re.compile(r"([0-9a-f]{64})\.[a-z]+")
PART_AGE_S = 60.0
"""What is to be swept and is younger than this may just be being made by somebody else."""


class Recovered(msgspec.Struct, frozen=True):
    """What was found. ``draft_id`` is "" when there was nothing to adopt."""

    draft_id: str = ""
    photos: int = 0
    swept: int = 0
    missing: tuple[SavedPhoto, ...] = ()
    damaged: tuple[Path, ...] = ()
    returned: int = 0
    """Photos that went back into their own drafts."""


def recover(desk: Desk, *, part_age_s: float = PART_AGE_S) -> Recovered:
    """Look once, when an officer sits down. Finding nothing changes nothing."""
    named = desk.work.drafts.named_files()
    parts = (part for top in _tops(desk) for part in top.glob(f"**/.*{PART_SUFFIX}"))
    unnamed = (path for path, sha256 in _by_hash(desk.folder.derived) if sha256 not in named)
    swept = sum(_sweep(desk, path, part_age_s) for path in (*parts, *unnamed))
    found: list[Photo] = []
    damaged: list[Path] = []
    returned = 0
    for path, sha256 in _by_hash(desk.folder.files):
        if sha256 in named:
            continue
        photo = _photo(path, sha256)
        if photo is None:
            damaged.append(path)
        elif _give_back(desk, sha256):
            returned += 1
        else:
            found.append(photo)
    missing = tuple(s for s in desk.work.drafts.open_photos() if not _original(desk, s).is_file())
    draft_id = _adopt(desk, found) if found else ""
    beside = desk.work.sidecars.unnamed(desk.work.drafts.photo_ids())
    swept += sum(_sweep(desk, path, part_age_s) for path in beside)
    return Recovered(draft_id, len(found), swept, missing, tuple(damaged), returned)


def _give_back(desk: Desk, sha256: str) -> bool:
    """Put a photo back into the open draft that its sidecar names; a kill came right before its row."""
    sidecar = next(iter(desk.work.sidecars.of_file(sha256)), None)
    draft = None if sidecar is None else desk.work.drafts.get(sidecar.owner_id)
    if sidecar is None or draft is None or draft.state != "open":
        return False
    with desk.work.act():
        slot = desk.work.drafts.next_slot(draft.draft_id)
        photo = msgspec.structs.replace(sidecar.photo, slot=slot)
        desk.work.drafts.add_photo(SavedPhoto(sidecar.photo_id, draft.draft_id, photo))
    return True


def _adopt(desk: Desk, photos: list[Photo]) -> str:
    draft_id = desk.new_id()
    body = draft_text(DraftBody(recovered=True))
    with desk.work.act():
        desk.work.drafts.save(
            Draft(draft_id, desk.officer.officer_id, REPORT, "", body, desk.clock.now(), "", "open")
        )
        for slot, photo in enumerate(photos):
            kept = msgspec.structs.replace(photo, slot=slot)
            desk.work.drafts.add_photo(SavedPhoto(desk.new_id(), draft_id, kept))
    return draft_id


def _photo(path: Path, sha256: str) -> Photo | None:
    try:
        if not holds_durably(path, sha256):
            return None
        facts = read_facts(path)
    except FieldError:
        return None
    return Photo(
        slot=0,
        role=PhotoRole.SCENE,
        origin=Origin.IMPORTED,
        files=(FileRef(Lane.ORIGINAL, sha256, facts.bytes, facts.media_type.value),),
        name=path.name,
        place=facts.place,
        taken_at=facts.taken_at,
    )


def _original(desk: Desk, saved: SavedPhoto) -> Path:
    original = saved.photo.original
    return desk.folder.file(original.sha256, original.media_type)


def _by_hash(top: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(top.glob("??/*")):
        name = _NAMED_BY_HASH.fullmatch(path.name)
        if name is not None:
            yield path, name[1]


def _tops(desk: Desk) -> tuple[Path, Path]:
    return desk.folder.files, desk.folder.derived


def _sweep(desk: Desk, path: Path, age_s: float) -> int:
    with suppress(OSError):
        if desk.clock.now().timestamp() - path.stat().st_mtime >= age_s:
            path.unlink()
            return 1
    return 0
