"""What every remote promises of the records that travel quietly: look-ups, patrol tracks, shift checks."""

from __future__ import annotations

from itertools import count

from sync.contract.lifecycle import ActKind
from sync.contract.wire import PushStatus
from tests.contract.central_records import RecordMaker
from tests.contract.remote_side import WORK, Side, all_changes

NUMBERS = count(10_000)
"""Plates that no other test looks up at the same central."""


class QuietRecordsContract:
    """They are kept once, make no case and reach no tablet."""

    def test_look_up_is_logged_once_and_travels_to_no_tablet(self, side: Side, maker: RecordMaker) -> None:
        plate = f"粤B{next(NUMBERS)}"
        look_up = maker.look_up(plate)
        item = maker.item(look_up)
        before = all_changes(side.remote, WORK)[1]
        first, again = (side.remote.push([item]).answers[0] for _ in range(2))
        assert (again.status, again.receipt) == (PushStatus.ALREADY_DONE, first.receipt)
        assert side.look_ups(plate) == [(look_up.lookup_id, "not_allowed")]
        assert all_changes(side.remote, WORK, before)[0] == []

    def test_look_up_cannot_be_taken_back(self, side: Side, maker: RecordMaker) -> None:
        plate = f"粤C{next(NUMBERS)}"
        look_up = maker.look_up(plate)
        side.remote.push([maker.item(look_up)])
        act = maker.act(look_up.lookup_id, ActKind.WITHDRAW, "I2001", withdraws=look_up.lookup_id)
        assert side.remote.push([maker.item(act)]).answers[0].status is PushStatus.REFUSED
        assert [one for one, _ in side.look_ups(plate)] == [look_up.lookup_id]

    def test_track_and_shift_check_are_taken_once_and_travel_to_no_tablet(
        self, side: Side, maker: RecordMaker
    ) -> None:
        before = all_changes(side.remote, WORK)[1]
        for record in (maker.track((0.0, 113.88, 22.56)), maker.shift_check()):
            item = maker.item(record)
            first, again = (side.remote.push([item]).answers[0] for _ in range(2))
            assert first.receipt is not None
            assert (again.status, again.receipt) == (PushStatus.ALREADY_DONE, first.receipt)
        bad = maker.track((5.0, 113.88, 22.56), (4.0, 113.88, 22.56))
        refused = side.remote.push([maker.item(bad)]).answers[0]
        assert (refused.status, refused.code) == (PushStatus.REFUSED, "track_invalid")
        assert all_changes(side.remote, WORK, before)[0] == []
