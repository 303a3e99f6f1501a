"""Acting on a case: accept, arrive, handle, feed back … each one appended, never overwriting anything."""

from __future__ import annotations

import msgspec

from fieldapp.capture.correcting import replace_refused
from fieldapp.capture.desk import Desk
from fieldapp.capture.developing import with_derivatives
from fieldapp.capture.drafts import body_of, draft_text, open_draft, same_work
from fieldapp.capture.finishing import finishing
from fieldapp.capture.own_reports import own_case
from fieldapp.capture.report import SavedRecord, store_record
from fieldapp.capture.standing import merged_standing
from sync.contract.errors import InputRefused
from sync.contract.lifecycle import ActKind, Standing, Step, acts_offered, check_act
from sync.contract.records import NOWHERE, Act, Place, check_place
from sync.contract.tables import Row
from sync.contract.text import check_note
from sync.replica.drafts import SavedPhoto


class CaseView(msgspec.Struct, frozen=True):
    """A case as the person should see it now: central's row, own unsent acts on top, what may be done."""

    row: Row
    standing: Standing
    pending: tuple[str, ...]
    offered: tuple[ActKind, ...]


def view_case(desk: Desk, case_id: str) -> CaseView:
    """One case with this device's unsent acts on top; ``case_unknown`` when the replica has none such."""
    row = desk.work.city.case(case_id) or own_case(desk, case_id)
    if row is None:
        raise InputRefused("case_unknown", case=case_id)
    merged = merged_standing(desk, row, desk.work.tasks.unsettled_acts_of(case_id))
    reporter = str(row["reporter"] or "")
    offered = acts_offered(merged.standing, desk.role, desk.officer.officer_id, reporter=reporter)
    return CaseView(row, merged.standing, merged.pending, offered)


def find_case(desk: Desk, part: str) -> str:
    """The one case an id, its beginning or its short end names; refuses none and several."""
    found = desk.work.city.cases_matching(part)
    if not found:
        raise InputRefused("case_unknown", case=part[:40])
    if len(found) > 1:
        raise InputRefused("case_ambiguous", case=part[:40], matches=len(found))
    return str(found[0]["case_id"])


@finishing
def submit_act(
    desk: Desk,
    case_id: str,
    kind: ActKind,
    *,
    note: str = "",
    place: Place = NOWHERE,
    draft_id: str = "",
    keep_body: bool = False,
    minutes: int = 0,
) -> SavedRecord:
    """Append one act. ``draft_id`` names a draft with the act's photos and note, when there is one;
    ``minutes`` is how much more time is asked for.

    Raises ``NeedsPerson`` with the life cycle's code when the act may not be done; nothing is written then.
    A draft is submitted once however often it is asked. ``keep_body``: it is a report's draft, and is to come
    back as it is when the act is undone.
    """
    while True:  # until nobody has written the draft while its pictures were made
        saved = _append(desk, case_id, kind, note, place, draft_id, keep_body, minutes)
        if saved is not None:
            return saved


def _append(
    desk: Desk,
    case_id: str,
    kind: ActKind,
    note: str,
    place: Place,
    draft_id: str,
    keep_body: bool,
    minutes: int,
) -> SavedRecord | None:
    """Append it as its draft is now; None, and nothing written, where that is another by the end."""
    photos: tuple[SavedPhoto, ...] = ()
    act_id = draft_id or desk.new_id()
    if draft_id:
        opened = open_draft(desk, draft_id)
        if opened.draft.state == "submitted":
            return SavedRecord(act_id, case_id, "", tuple(s.photo for s in opened.photos))
        photos = opened.photos
        note = note or opened.body.note
        place = place if place.lon is not None else opened.body.place
    check_note(note)
    check_place(place)
    has_note, has_photo = bool(note.strip()), bool(photos)
    _require_allowed(desk, case_id, Step(act_id, kind), has_note, has_photo)
    ready = with_derivatives(desk, photos, place)
    with desk.work.act():
        # Again inside the transaction: the pictures took a while, and the daemon may have pulled since.
        if draft_id and not same_work(opened, open_draft(desk, draft_id)):
            return None
        view = _require_allowed(desk, case_id, Step(act_id, kind), has_note, has_photo)
        stamp = desk.work.meta.stamp(desk.clock)
        act = Act(
            act_id=act_id,
            case_id=case_id,
            kind=kind,
            officer_id=desk.officer.officer_id,
            device_id=desk.device_id,
            stamp=stamp,
            note=note,
            place=place,
            photos=ready,
            seen_seq=desk.work.city.last_order(case_id),
            minutes=minutes,
        )
        store_record(desk, act, act_id, case_id)
        if draft_id:
            draft = open_draft(desk, draft_id).draft
            if keep_body and (refused := body_of(draft).corrects):
                replace_refused(desk, refused, act_id)
            filed = msgspec.structs.replace(body_of(draft), note=note, place=place)
            body = draft.body if keep_body else draft_text(filed)
            submitted = msgspec.structs.replace(
                draft, body=body, record_id=act_id, state="submitted", changed_at=stamp.wall
            )
            desk.work.drafts.save(submitted)
    return SavedRecord(act_id, case_id, str(view.row.get("grid_cell") or ""), ready)


def _require_allowed(desk: Desk, case_id: str, step: Step, has_note: bool, has_photo: bool) -> CaseView:
    view = view_case(desk, case_id)
    check_act(
        view.standing,
        step,
        desk.role,
        officer_id=desk.officer.officer_id,
        reporter=str(view.row["reporter"] or ""),
        has_note=has_note,
        has_photo=has_photo,
    )
    return view
