"""When a push begins, as every remote promises it: a part of ``remote_contract``."""

from __future__ import annotations

import pytest

from sync.contract.errors import NeedsPerson
from tests.contract.central_records import RecordMaker
from tests.contract.remote_side import WORK, Side, all_changes


class BeginningContract:
    """Nothing leaves before ``begins`` was called, nor after it said no."""

    def test_nothing_is_sent_until_the_tablet_has_said_so_and_what_it_says_no_to_never(
        self, side: Side, maker: RecordMaker
    ) -> None:
        item = maker.item(maker.report())
        told: list[str] = []

        def no() -> None:
            told.append("no")
            raise NeedsPerson("disk_full")

        with pytest.raises(NeedsPerson, match="disk_full"):
            side.remote.push([item], no)
        assert item.record_id not in {change.id for change in all_changes(side.remote, WORK)[0]}
        assert side.remote.push([item], lambda: told.append("yes")).answers[0].receipt is not None
        assert told[0] == "no"
        assert set(told[1:]) == {"yes"}
