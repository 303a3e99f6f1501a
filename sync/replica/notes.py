"""What the rooms of the work store tell of their changes; the journal listens, everybody else need not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sync.replica.drafts import Draft, SavedPhoto
    from sync.replica.outbox import StoredRecord


class Notes:
    """Hears of changes and does nothing about them."""

    def record_kept(self, record: StoredRecord) -> None:
        """A record was saved."""

    def record_removed(self, record_id: str) -> None:
        """A record was taken back before its first send."""

    def record_withdrawn(self, record_id: str, by_act: str) -> None:
        """A record was taken back by an act."""

    def draft_kept(self, draft: Draft) -> None:
        """A draft as it is now."""

    def draft_gone(self, draft_id: str) -> None:
        """A draft was thrown away."""

    def photo_kept(self, photo: SavedPhoto) -> None:
        """A photo as it is now."""

    def photo_gone(self, photo_id: str) -> None:
        """A photo was taken out of its draft."""

    def identity_kept(self, identity: str) -> None:
        """Who this device is, as it is kept."""


UNHEARD = Notes()
