"""What a walk orders to be written: segments, pauses, gaps, and nothing of poor fixes and leaps."""

from __future__ import annotations

import pytest

from fieldapp.capture.patrol_walk import SEGMENT_S, SEGMENT_STILL_S, Begin, End, Keep, Order, Walk
from sync.contract.records import Place, PlaceSource
from sync.contract.track import Begins, Ends

EAST = 1.2e-5  # about 1.2 m


def at(steps: float, accuracy: float | None = 5.0, **other: object) -> Place:
    return Place(PlaceSource.GNSS, 113.9 + steps * EAST, 22.6, accuracy, via="serial", **other)  # type: ignore[arg-type]


def walked(walk: Walk, seconds: range, *, still: bool = False) -> list[Order]:
    return [order for n in seconds for order in walk.take(at(0 if still else n), 1000.0 + n)]


def kinds(orders: list[Order]) -> list[str]:
    return [type(one).__name__ for one in orders]


def test_walk_begins_with_the_first_fix_and_keeps_points_every_few_seconds() -> None:
    walk = Walk(0)
    assert walk.tick(900.0) == []
    assert walk.waiting
    orders = walked(walk, range(12))
    assert orders[0] == Begin(0)
    assert kinds(orders[1:]) == ["Keep", "Keep"]
    assert not walk.waiting
    keep = orders[1]
    assert isinstance(keep, Keep)
    assert (keep.source, keep.via, keep.stand_s) == (PlaceSource.GNSS, "serial", -1.0)


def test_segment_goes_off_in_time_and_the_next_goes_on_where_it_ended() -> None:
    walk = Walk(3)
    orders = walked(walk, range(int(SEGMENT_S) + 1))
    end = orders[-1]
    assert end == End(Ends.CONTINUES, SEGMENT_S, Begins.CONTINUED)
    last = walk.line[0]
    assert (last.after_s, walk.seconds(1000.0 + SEGMENT_S + 5)) == (0.0, 5.0)
    more = walk.take(at(SEGMENT_S + 20), 1000.0 + SEGMENT_S + 6)
    assert kinds(more) == ["Keep"]
    assert isinstance(more[0], Keep)
    assert more[0].segment == 4


def test_standing_still_makes_longer_segments_with_few_points_and_no_metre() -> None:
    walk = Walk(0)
    orders = walked(walk, range(int(SEGMENT_STILL_S) + 1), still=True)
    ends = [one for one in orders if isinstance(one, End)]
    assert ends == [End(Ends.CONTINUES, SEGMENT_STILL_S, Begins.CONTINUED)]
    assert walk.still(1000.0 + SEGMENT_STILL_S)
    points = {point for one in orders if isinstance(one, Keep) for point in one.points}
    assert len(points) <= 7
    assert walk.length_m == 0


def test_silence_ends_the_segment_at_the_last_fix_and_the_next_begins_after_the_gap() -> None:
    walk = Walk(0)
    walked(walk, range(30))
    assert kinds(walk.tick(1029.0 + 60)) == ["Keep"]
    orders = walk.tick(1029.0 + 61)
    assert orders[-1] == End(Ends.GAP, 29.0, Begins.AFTER_GAP)
    assert walk.waiting
    assert walk.tick(1500.0) == []
    assert walk.take(at(400), 2000.0)[0] == Begin(1)
    assert walk.seconds(2000.0) == 0


def test_gap_that_only_the_next_fix_tells_of_is_not_bridged() -> None:
    walk = Walk(0)
    walked(walk, range(30))
    orders = walk.take(at(500), 1400.0)  # as after a sleep: no tick came in between
    assert kinds(orders) == ["Keep", "End", "Begin"]
    assert orders[1] == End(Ends.GAP, 29.0, Begins.AFTER_GAP)
    assert walk.length_m == 0


@pytest.mark.parametrize(
    "place",
    [
        at(2, 51.0),
        at(2, None),
        at(2, 0.0),
        at(2, stale=True),
        Place(PlaceSource.NONE),
        Place(PlaceSource.GNSS, 114.9, 22.6, 5.0),
    ],
    ids=["poor", "unknown", "says 0", "stale", "nowhere", "leap"],
)
def test_fix_that_does_not_count_changes_nothing(place: Place) -> None:
    walk = Walk(0)
    walked(walk, range(3))
    before = (walk.newest, walk.length_m, list(walk.line))
    assert walk.take(place, 1003.0) == []
    assert (walk.newest, walk.length_m, list(walk.line)) == before


def test_pause_and_sign_out_end_with_all_points_and_nothing_goes_on_by_itself() -> None:
    walk = Walk(0)
    walked(walk, range(4))
    orders = walk.end(Ends.PAUSED, 1010.0, Begins.RESUMED)
    assert kinds(orders) == ["Keep", "End"]
    assert orders[1] == End(Ends.PAUSED, 10.0, Begins.RESUMED)
    assert walk.end(Ends.SIGNED_OUT, 1020.0) == [End(Ends.SIGNED_OUT, 0.0, None)]


def test_all_points_that_were_ordered_to_be_written_make_the_line_that_stands() -> None:
    walk = Walk(0)
    written: dict[float, object] = {}
    for n in range(100):
        place = Place(PlaceSource.GNSS, 113.9 + n * EAST, 22.6 + (n % 25) * EAST, 5.0)
        for order in walk.take(place, 1000.0 + n):
            if isinstance(order, Keep):
                written = {s: p for s, p in written.items() if s <= order.stand_s}
                written |= {point.after_s: point for point in order.points}
    for order in walk.keep(1100.0):
        assert isinstance(order, Keep)
        written = {s: p for s, p in written.items() if s <= order.stand_s}
        written |= {point.after_s: point for point in order.points}
    newest = walk.newest
    assert newest is not None
    line = [*walk.line, *([newest] if newest not in walk.line else [])]
    assert [written[s] for s in sorted(written)] == line
