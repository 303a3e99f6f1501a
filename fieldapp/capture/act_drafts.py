"""Drafts of acts: note and photos of what is being done on a case, one open draft per case and kind of act.

A draft begins with the first thing that is kept, so that looking at an empty form leaves nothing behind.
"""

from __future__ import annotations

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import (
    DraftBody,
    OpenDraft,
    body_of,
    discard_draft,
    draft_text,
    merge_bodies,
    open_draft,
)
from sync.contract.lifecycle import ActKind
from sync.merge_fields import PutAside
from sync.replica.drafts import Draft, SavedPhoto


class ActDraft(msgspec.Struct, frozen=True):
    """What is there to go on with. Until something was kept, ``draft_id`` is only reserved."""

    draft_id: str
    case_id: str
    kind: ActKind
    note: str = ""
    photos: tuple[SavedPhoto, ...] = ()
    aside: tuple[PutAside, ...] = ()

    @property
    def body(self) -> DraftBody:
        """What a form of it shows."""
        return DraftBody(note=self.note, aside=self.aside)


def begin_act(desk: Desk, case_id: str, kind: ActKind) -> ActDraft:
    """Go on with the officer's open draft of this act, or reserve a new one."""
    for draft in desk.work.drafts.open_drafts(desk.officer.officer_id):
        if draft.case_id == case_id and draft.kind == kind.value:
            return _shown(open_draft(desk, draft.draft_id), kind)
    return ActDraft(desk.new_id(), case_id, kind)


def find_act_draft(desk: Desk, draft_id: str) -> ActDraft | None:
    """An act's draft by its id; None when it is gone, was submitted, or is none of an act."""
    draft = desk.work.drafts.get(draft_id)
    if draft is None or draft.state != "open" or draft.kind not in {kind.value for kind in ActKind}:
        return None
    if draft.kind == ActKind.REPORT.value:
        return None
    return _shown(open_draft(desk, draft_id), ActKind(draft.kind))


def keep_act(
    desk: Desk, begun: ActDraft, note: str, *, aside: tuple[PutAside, ...] = (), seen: DraftBody | None = None
) -> OpenDraft | None:
    """Keep the note; the first call makes the draft. A draft submitted meanwhile is left as it is: None.

    ``seen`` is what the caller knew of it (``ActDraft.body``); where another stands, the two are merged. None
    for one who has just looked. Answers the draft as it stands now.
    """
    with desk.work.act():
        draft = desk.work.drafts.get(begun.draft_id)
        if draft is not None and draft.state != "open":
            return None
        officer_id, now = desk.officer.officer_id, desk.clock.now()
        if draft is None:
            draft = Draft(begun.draft_id, officer_id, begun.kind.value, begun.case_id, "", now, "", "open")
        stands = body_of(draft)
        body = msgspec.structs.replace(stands, note=note, aside=aside or stands.aside)
        if seen is not None and draft.body:
            body = merge_bodies(seen, DraftBody(note=note, aside=aside), stands, draft.changed_at)
        desk.work.drafts.save(msgspec.structs.replace(draft, body=draft_text(body), changed_at=now))
    return open_draft(desk, begun.draft_id)


def ensure_act(desk: Desk, begun: ActDraft) -> None:
    """See to it that there is a draft for a photo to belong to; one that is there is left as it is."""
    if desk.work.drafts.get(begun.draft_id) is None:
        keep_act(desk, begun, begun.note)


def drop_if_empty(desk: Desk, draft_id: str) -> bool:
    """Forget a draft that holds neither photo nor note; True when it did."""
    draft = desk.work.drafts.get(draft_id)
    if draft is None or draft.state != "open":
        return False
    opened = open_draft(desk, draft_id)
    if opened.photos or opened.body.note.strip() or opened.body.aside:
        return False
    discard_draft(desk, draft_id)
    return True


def _shown(opened: OpenDraft, kind: ActKind) -> ActDraft:
    draft, body = opened.draft, opened.body
    return ActDraft(draft.draft_id, draft.case_id, kind, body.note, opened.photos, body.aside)
