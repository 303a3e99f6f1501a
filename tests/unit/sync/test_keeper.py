"""The daemon over a store that cannot be read for a moment: a round mends it, and nothing ends."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from sync.keeper import Keeper
from sync.link import Link
from sync.listener import Silence
from sync.replica.database import DatabaseError
from sync.replica.folder import DataFolder
from tests.contract.tablet import SetClock


class Unreadable:
    """A link whose store does not answer."""

    def work_cursor(self) -> str:
        raise DatabaseError("database disk image is malformed")


def test_change_seen_over_a_store_that_cannot_be_read_counts_as_not_applied(tmp_path: Path) -> None:
    keeper = Keeper(
        DataFolder(tmp_path),
        SetClock(),
        Silence(),
        lambda *_: cast(Link, None),
        saw=lambda _cursor: None,
        lost=lambda: None,
    )
    assert not keeper.has_applied("c1")
    keeper.link = cast(Link, Unreadable())
    assert not keeper.has_applied("c1")
    keeper.watch()
