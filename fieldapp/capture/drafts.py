"""Drafts: what a person is working on, kept from the first keystroke.

A draft may have two sides: a form that shows it, and somebody else who writes it meanwhile (the command line,
a database made anew). Whoever keeps one says what was last seen of it: see ``sync.merge_fields``.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.finishing import finishing
from sync.contract.errors import InputRefused
from sync.contract.records import NOWHERE, Lane, Place
from sync.merge_fields import PutAside, merge_drafts
from sync.replica.drafts import Draft, SavedPhoto
from sync.replica.files import remove_quietly, sync_folder

REPORT = "report"
COMMAND = "command"
"""Who writes drafts besides the window: the command line."""


class DraftBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is filled in so far. Nothing here is checked before submitting, so nothing typed is lost.

    ``place`` and ``grid_cell`` are only what the person chose; otherwise the photos say where it is.
    ``recovered`` marks a draft made of photos that were found again after the app was killed. ``facts`` is
    the verdict the report rests on, as JSON text. ``unit``: None for the one suggested, "" for none;
    ``unit_suggested``: it is what was suggested when the report was submitted, and nobody chose it.
    ``joins``: the case that is to get all this as a supplement, instead of a report of its own. ``corrects``:
    the refused report it was made of. ``aside``: other versions of these fields, which no report takes along.
    ``by``: who wrote it last, "" for the window.
    """

    class_code: str = ""
    note: str = ""
    place: Place = NOWHERE
    grid_cell: str = ""
    address: str = ""
    plate: str = ""
    recovered: bool = False
    facts: str = ""
    unit: str | None = None
    unit_suggested: bool = False
    joins: str = ""
    corrects: str = ""
    aside: tuple[PutAside, ...] = ()
    by: str = ""


def chosen_unit(body: DraftBody) -> str | None:
    """The unit a person chose, "" for none; None where nobody chose."""
    return None if body.unit_suggested else body.unit


class OpenDraft(msgspec.Struct, frozen=True):
    """A draft with its photos."""

    draft: Draft
    body: DraftBody
    photos: tuple[SavedPhoto, ...]


def start_draft(desk: Desk, *, kind: str = REPORT, case_id: str = "", body: DraftBody | None = None) -> str:
    """Begin a draft; its id becomes the record's id. Returns the id once it is durable."""
    draft_id = desk.new_id()
    text = draft_text(body or DraftBody())
    with desk.work.act():
        desk.work.drafts.save(
            Draft(draft_id, desk.officer.officer_id, kind, case_id, text, desk.clock.now(), "", "open")
        )
    return draft_id


@finishing
def keep_draft(
    desk: Desk, draft_id: str, officer_id: str, body: DraftBody, seen: DraftBody | None = None
) -> OpenDraft:
    """Keep what is filled in so far under an id the caller made; the first call begins the draft.

    ``seen`` is the body the caller knew; where another stands, the two are merged. None for one who has just
    looked. What is typed into a draft that was filed meanwhile goes into a new one, as a supplement to that
    report. Answers the draft as it stands now.
    """
    with desk.work.act():
        draft = desk.work.drafts.get(draft_id)
        if draft is None:
            draft = Draft(draft_id, officer_id, REPORT, "", "", desk.clock.now(), "", "open")
        if draft.state == "open":
            if seen is not None and draft.body:
                body = merge_bodies(seen, body, body_of(draft), draft.changed_at)
        elif seen is not None and body not in (seen, body_of(draft)):
            entry = desk.work.outbox.entry(draft.record_id)
            body = msgspec.structs.replace(body, joins=entry.record.case_id if entry else "", corrects="")
            draft = Draft(
                desk.new_id(), officer_id, draft.kind, draft.case_id, "", desk.clock.now(), "", "open"
            )
        else:
            return open_draft(desk, draft_id)
        changed = msgspec.structs.replace(draft, body=draft_text(body), changed_at=desk.clock.now())
        desk.work.drafts.save(changed)
    return open_draft(desk, changed.draft_id)


def begin_draft(desk: Desk, draft_id: str, officer_id: str, body: DraftBody) -> bool:
    """See to it that there is a draft under an id the caller made; one that is there is left as it is.

    True where it was begun."""
    if desk.work.drafts.get(draft_id) is None:
        keep_draft(desk, draft_id, officer_id, body)
        return True
    return False


def open_draft(desk: Desk, draft_id: str) -> OpenDraft:
    """Read a draft back; ``draft_unknown`` when there is none."""
    draft = desk.work.drafts.get(draft_id)
    if draft is None:
        raise InputRefused("draft_unknown", draft=draft_id)
    return OpenDraft(draft, body_of(draft), tuple(desk.work.drafts.photos(draft_id)))


def body_of(draft: Draft) -> DraftBody:
    """What is filled in so far, read back."""
    return msgspec.convert(json.loads(draft.body), DraftBody) if draft.body else DraftBody()


def merge_bodies(seen: DraftBody, mine: DraftBody, theirs: DraftBody, told_at: datetime) -> DraftBody:
    """Mine and theirs in one; where both changed a field, theirs is put aside."""
    if theirs == seen:
        return mine
    base, own, other = (json.loads(draft_text(body)) for body in (seen, mine, theirs))
    return msgspec.convert(merge_drafts(base, own, other, told_at), DraftBody)


def list_drafts(desk: Desk) -> list[OpenDraft]:
    """The officer's open drafts, newest first."""
    return [open_draft(desk, d.draft_id) for d in desk.work.drafts.open_drafts(desk.officer.officer_id)]


def remove_photo(desk: Desk, saved: SavedPhoto) -> None:
    """Take a photo out of a draft; files that nothing else names go, and stay gone after a power cut."""
    with desk.work.act():
        desk.work.drafts.remove_photo(saved.photo_id)
        doomed = [f for f in saved.photo.files if not desk.work.drafts.uses_file(f.sha256)]
    desk.work.sidecars.remove(saved)
    paths = [desk.folder.file(file.sha256, file.media_type, file.lane) for file in saved.photo.files]
    for file, path in zip(saved.photo.files, paths, strict=True):
        if file in doomed:
            remove_quietly(path)
    for folder in {path.parent for path in paths}:
        with suppress(OSError):
            sync_folder(folder)


def discard_draft(desk: Desk, draft_id: str) -> None:
    """Throw a draft and its photos away; the page asks twice before it comes to this."""
    for saved in desk.work.drafts.photos(draft_id):
        remove_photo(desk, saved)
    with desk.work.act():
        desk.work.drafts.delete(draft_id)


def discard_untouched(desk: Desk, draft_id: str, body: DraftBody, photo_ids: set[str]) -> bool:
    """Throw a draft away that holds no more than this; False when somebody else has put work into it."""
    if desk.work.drafts.get(draft_id) is None:
        return False
    opened = open_draft(desk, draft_id)
    added = {saved.photo_id for saved in opened.photos} - photo_ids
    if opened.body != body or added or opened.draft.state != "open":
        return False
    discard_draft(desk, draft_id)
    return True


def same_work(one: OpenDraft, other: OpenDraft) -> bool:
    """Whether nothing was typed, taken, masked or filed between these two looks at a draft."""
    photos = [[(saved.photo_id, saved.photo.masks) for saved in opened.photos] for opened in (one, other)]
    return (one.body, one.draft.state, photos[0]) == (other.body, other.draft.state, photos[1])


def thumbnail_path(desk: Desk, saved: SavedPhoto) -> str:
    """The file to show for a photo: its thumbnail, else the original; "" where that has masks."""
    file = saved.photo.file(Lane.THUMBNAIL) or saved.photo.original
    if saved.photo.masks and file.lane is Lane.ORIGINAL:
        return ""
    return str(desk.folder.file(file.sha256, file.media_type, file.lane))


def draft_text(body: DraftBody) -> str:
    """A body as it is stored: ASCII, so that even half a character that was pasted is kept until refused."""
    return json.dumps(msgspec.to_builtins(body))
