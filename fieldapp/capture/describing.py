"""What a photo's sidecar says: who took it, where and when, for which record, with which words."""

from __future__ import annotations

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import REPORT, body_of
from sync.contract.records import Report
from sync.replica.drafts import SavedPhoto
from sync.replica.sidecars import Sidecar


def sidecar_of(desk: Desk, saved: SavedPhoto, report: Report | None = None) -> Sidecar:
    """The sidecar of a photo, from its draft as it is now, or from the report it has become part of."""
    draft = desk.work.drafts.get(saved.owner_id)
    body = None if draft is None else body_of(draft)
    said = report or body
    return Sidecar(
        photo_id=saved.photo_id,
        owner_id=saved.owner_id,
        photo=saved.photo,
        officer_id=draft.officer_id if draft else desk.officer.officer_id,
        device_id=desk.device_id,
        kind=draft.kind if draft else REPORT,
        written_at=desk.clock.now(),
        case_id=draft.case_id if draft else "",
        class_code=said.class_code if said else "",
        note=said.note.encode("utf-8", "backslashreplace").decode() if said else "",
    )


def describe_photos(desk: Desk, report: Report) -> None:
    """Say once more of a report's photos what they are, now that all is known; none of it must succeed."""
    for saved in desk.work.drafts.photos(report.report_id):
        desk.work.sidecars.write_if_possible(sidecar_of(desk, saved, report))
