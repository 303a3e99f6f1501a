"""Drafts that came in a rescue file: kept as they were, for people to finish; none makes a case by itself."""

from __future__ import annotations

import msgspec

from sync.central.store.store import Store
from sync.central.world import World, iso
from sync.contract.ids import check_id
from sync.contract.tables import Row
from sync.rescue.parts import About, RescuedDraft

_COLUMNS = ("draft_id", "device_id", "officer_id", "kind", "case_id", "body", "photos", "changed_at")


def keep_draft(store: Store, world: World, about: About, draft: RescuedDraft) -> bool:
    """Keep a draft; False when it was here before, the same or newer."""
    changed_at = iso(draft.changed_at)
    with store.writing() as db:
        written = db.execute(
            "INSERT INTO rescued_draft (draft_id, device_id, officer_id, kind, case_id, body, photos,"
            " changed_at, imported_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (device_id, draft_id)"
            " DO UPDATE SET body = excluded.body, photos = excluded.photos,"
            " changed_at = excluded.changed_at, imported_at = excluded.imported_at"
            " WHERE excluded.changed_at > rescued_draft.changed_at RETURNING draft_id",
            (
                check_id(draft.draft_id),
                about.device_id,
                draft.officer_id,
                draft.kind,
                draft.case_id,
                draft.body,
                msgspec.json.encode(draft.photos).decode(),
                changed_at,
                iso(world.now()),
            ),
        ).fetchall()
    return bool(written)


def rescued_drafts(store: Store, limit: int) -> list[Row]:
    """Drafts as they came, newest first, each with its photos' files."""
    with store.reading() as db:
        rows = db.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM rescued_draft ORDER BY changed_at DESC LIMIT ?", (limit,)
        ).fetchall()
    return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
