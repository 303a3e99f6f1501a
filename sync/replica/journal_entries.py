"""The entries of the journal: one per thing that changed, whole, so that each can be applied by itself."""

from __future__ import annotations

import msgspec

from sync.replica.drafts import Draft, SavedPhoto
from sync.replica.outbox import StoredRecord


class RecordKept(msgspec.Struct, frozen=True, tag="record"):
    """A record was saved."""

    record: StoredRecord


class RecordRemoved(msgspec.Struct, frozen=True, tag="record_removed"):
    """A record was taken back before its first send."""

    record_id: str


class RecordWithdrawn(msgspec.Struct, frozen=True, tag="withdrawn"):
    """A record was taken back by an act."""

    record_id: str
    by_act: str


class DraftKept(msgspec.Struct, frozen=True, tag="draft"):
    """A draft as it is now."""

    draft: Draft


class DraftGone(msgspec.Struct, frozen=True, tag="draft_gone"):
    """A draft was thrown away."""

    draft_id: str


class PhotoKept(msgspec.Struct, frozen=True, tag="photo"):
    """A photo as it is now."""

    photo: SavedPhoto


class PhotoGone(msgspec.Struct, frozen=True, tag="photo_gone"):
    """A photo was taken out of its draft."""

    photo_id: str


class IdentityKept(msgspec.Struct, frozen=True, tag="identity"):
    """Who this device is, as it is kept."""

    identity: str


Entry = (
    RecordKept
    | RecordRemoved
    | RecordWithdrawn
    | DraftKept
    | DraftGone
    | PhotoKept
    | PhotoGone
    | IdentityKept
)
