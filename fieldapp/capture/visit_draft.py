"""A visit in hand: everything filled in is kept as it is typed, and back after a kill.

Signatures stand for what was on the sheet when they were given: whoever changes a word of it afterwards
takes them away again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import remove_photo
from fieldapp.capture.finishing import finishing
from fieldapp.capture.images.signature import Stroke, draw_signature
from fieldapp.capture.photos import add_photo
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.records import NOWHERE, FileRef, Lane, Origin, Photo, PhotoRole, Place
from sync.contract.visit import VISITORS, Signer
from sync.contract.wire import sha256_hex
from sync.replica.drafts import Draft, SavedPhoto
from sync.replica.files import durable_write, holds_durably

VISIT = "visit"
PNG = "image/png"


class DraftAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question as answered so far; ``finding`` is a ``Finding`` in words, or ""."""

    finding: str = ""
    note: str = ""


class VisitDraft(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is filled in so far, unchecked. ``signed`` names the photo of each signature, by signer;
    ``asked`` the question a photo belongs to, by photo, where it belongs to one."""

    item_code: str = ""
    party_kind: str = "other"
    party_ref: str = ""
    party_name: str = ""
    credit_code: str = ""
    address: str = ""
    present: str = ""
    position: str = ""
    phone: str = ""
    second_id: str = ""
    answers: tuple[DraftAnswer, ...] = ()
    result: str = ""
    note: str = ""
    demand: str = ""
    correct_by: str = ""
    statement: str = ""
    place: Place = NOWHERE
    begun_at: datetime | None = None
    credential_at: datetime | None = None
    english: bool = False
    asked: dict[str, int] = {}
    signed: dict[str, str] = {}
    signed_at: dict[str, datetime] = {}
    refusal: str = ""


class OpenVisit(msgspec.Struct, frozen=True):
    """A visit in hand with its photos and signatures."""

    draft: Draft
    body: VisitDraft
    photos: tuple[SavedPhoto, ...]

    @property
    def scenes(self) -> tuple[SavedPhoto, ...]:
        """Photos of what was found."""
        return tuple(saved for saved in self.photos if saved.photo.role is not PhotoRole.SIGNATURE)

    def scenes_of(self, question: int | None) -> tuple[SavedPhoto, ...]:
        """Photos of one question; with None those of none."""
        return tuple(saved for saved in self.scenes if self.body.asked.get(saved.photo_id) == question)

    def signature(self, signer: Signer) -> SavedPhoto | None:
        """The signature that stands, None where there is none."""
        wanted = self.body.signed.get(signer.value)
        return next((saved for saved in self.photos if saved.photo_id == wanted), None)


def require_visitor(desk: Desk) -> None:
    """``visit_role`` for officers who may not visit."""
    if desk.role not in VISITORS:
        raise NeedsPerson("visit_role", role=desk.role.value)


def begin_visit(desk: Desk, *, english: bool = False) -> OpenVisit:
    """Go on with the officer's open visit, or begin one."""
    require_visitor(desk)
    for draft in desk.work.drafts.open_drafts(desk.officer.officer_id):
        if draft.kind == VISIT:
            return open_visit(desk, draft.draft_id)
    now = desk.clock.now()
    body = VisitDraft(begun_at=now, english=english)
    draft = Draft(desk.new_id(), desk.officer.officer_id, VISIT, "", _text(body), now, "", "open")
    with desk.work.act():
        desk.work.drafts.save(draft)
    return OpenVisit(draft, body, ())


def open_visit(desk: Desk, draft_id: str) -> OpenVisit:
    """Read a visit back; ``draft_unknown`` when there is none."""
    draft = desk.work.drafts.get(draft_id)
    if draft is None or draft.kind != VISIT:
        raise InputRefused("draft_unknown", draft=draft_id)
    body = msgspec.convert(json.loads(draft.body), VisitDraft)
    return OpenVisit(draft, body, tuple(desk.work.drafts.photos(draft_id)))


@finishing
def keep_visit(desk: Desk, draft_id: str, body: VisitDraft) -> OpenVisit:
    """Keep what is filled in so far; signatures go when anything but they has changed."""
    opened = open_visit(desk, draft_id)
    if opened.draft.state != "open":
        return opened
    held = opened.body
    shown = held.credential_at or body.credential_at
    asked = held.asked if held.item_code == body.item_code else {}
    body = msgspec.structs.replace(
        body, signed=held.signed, signed_at=held.signed_at, credential_at=shown, asked=asked
    )
    gone: tuple[str, ...] = ()
    if held.signed and _content(body) != _content(held):
        gone = tuple(held.signed.values())
        body = msgspec.structs.replace(body, signed={}, signed_at={})
    _save(desk, opened.draft, body)
    for saved in opened.photos:
        if saved.photo_id in gone:
            remove_photo(desk, saved)
    return open_visit(desk, draft_id)


def assign_photo(desk: Desk, draft_id: str, photo_id: str, question: int) -> OpenVisit:
    """Let a photo belong to a question of the check list; signatures given before go."""
    opened = clear_signatures(desk, draft_id)
    if opened.draft.state == "open" and any(saved.photo_id == photo_id for saved in opened.scenes):
        asked = {**opened.body.asked, photo_id: question}
        _save(desk, opened.draft, msgspec.structs.replace(opened.body, asked=asked))
    return open_visit(desk, draft_id)


def drop_photo(desk: Desk, draft_id: str, photo_id: str) -> OpenVisit:
    """Take a photo out, file and all; signatures given before go."""
    opened = clear_signatures(desk, draft_id)
    found = next((saved for saved in opened.scenes if saved.photo_id == photo_id), None)
    if opened.draft.state == "open" and found is not None:
        asked = {name: at for name, at in opened.body.asked.items() if name != photo_id}
        _save(desk, opened.draft, msgspec.structs.replace(opened.body, asked=asked))
        remove_photo(desk, found)
    return open_visit(desk, draft_id)


def clear_signatures(desk: Desk, draft_id: str) -> OpenVisit:
    """Take the signatures away: a photo came or went."""
    opened = open_visit(desk, draft_id)
    gone = set(opened.body.signed.values()) if opened.draft.state == "open" else set()
    if gone:
        _save(desk, opened.draft, msgspec.structs.replace(opened.body, signed={}, signed_at={}))
    for saved in opened.photos:
        if saved.photo_id in gone:
            remove_photo(desk, saved)
    return open_visit(desk, draft_id)


@finishing
def sign_visit(desk: Desk, draft_id: str, signer: Signer, strokes: Sequence[Stroke]) -> OpenVisit:
    """Keep a signature, durable when this returns; a second one by the same person replaces the first."""
    data = draw_signature(strokes)
    opened = open_visit(desk, draft_id)
    before = opened.signature(signer)
    sha256 = sha256_hex(data)
    path = desk.folder.file(sha256, PNG)
    if not holds_durably(path, sha256):
        durable_write(path, data)
    now = desk.clock.now()
    file = FileRef(Lane.ORIGINAL, sha256, len(data), PNG)
    photo = Photo(0, PhotoRole.SIGNATURE, Origin.CAPTURED, (file,), signer.value, taken_at=now)
    saved = add_photo(desk, draft_id, photo)
    body = msgspec.structs.replace(
        opened.body,
        signed={**opened.body.signed, signer.value: saved.photo_id},
        signed_at={**opened.body.signed_at, signer.value: now},
        refusal="" if signer is Signer.PARTY else opened.body.refusal,
    )
    _save(desk, opened.draft, body)
    if before is not None:
        remove_photo(desk, before)
    return open_visit(desk, draft_id)


def show_credential(desk: Desk, draft_id: str) -> OpenVisit:
    """Note that the credential was shown now, the first time; signatures are given after it."""
    opened = open_visit(desk, draft_id)
    if opened.body.credential_at is None:
        _save(desk, opened.draft, msgspec.structs.replace(opened.body, credential_at=desk.clock.now()))
    return open_visit(desk, draft_id)


def _save(desk: Desk, draft: Draft, body: VisitDraft) -> None:
    with desk.work.act():
        kept = msgspec.structs.replace(draft, body=_text(body), changed_at=desk.clock.now())
        desk.work.drafts.save(kept)


def _content(body: VisitDraft) -> VisitDraft:
    return msgspec.structs.replace(body, signed={}, signed_at={}, refusal="", credential_at=None)


def _text(body: VisitDraft) -> str:
    return json.dumps(msgspec.to_builtins(body))
