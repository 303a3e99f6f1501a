"""A patrol track on the tablet: begun, kept, paused, cut off by a kill, ended with the duty."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from use_case_desk import CELL, ToldClock, close_desk, make_desk

from fieldapp.capture.desk import Desk
from fieldapp.capture.patrol import (
    Seen,
    end_segment,
    keep_points,
    newest_patrol,
    resume_patrol,
    seen,
    start_patrol,
    take_up,
)
from fieldapp.capture.undo import undo
from sync.contract.errors import InputRefused
from sync.contract.records import PlaceSource, RecordType, TrackSegment
from sync.contract.track import Begins, Ends, TrackPoint
from sync.contract.wire import Change, OfficerCard, decode_record

KEY = secrets.token_bytes(32)
WALK = tuple(TrackPoint(10.0 * n, 113.905 + n * 1e-4, 22.605, 5.0) for n in range(4))


@pytest.fixture
def clock() -> ToldClock:
    return ToldClock()


@pytest.fixture
def desk(tmp_path: Path, clock: ToldClock) -> Iterator[Desk]:
    made = make_desk(tmp_path / "tablet", key=KEY, clock=clock)
    yield made
    close_desk(made)


def of(desk: Desk, officer: str) -> Desk:
    card = OfficerCard(officer, officer, "grid_worker", "新湖")
    return msgspec.structs.replace(desk, officer=card)


def segments(desk: Desk) -> list[TrackSegment]:
    found = []
    for entry in reversed(desk.work.outbox.unreceipted()):
        record = decode_record(entry.record.record_type, entry.record.body)
        assert isinstance(record, TrackSegment)
        found.append(record)
    return sorted(found, key=lambda one: one.number)


def walk(desk: Desk, seen: Seen, clock: ToldClock) -> None:
    keep_points(desk, seen.track.track_id, seen.track.segment, WALK, -1.0, PlaceSource.REPLAY, "replay")
    clock.move(30)


def test_segments_tell_how_they_begin_and_end_and_are_sent_quietly(desk: Desk, clock: ToldClock) -> None:
    track_id = start_patrol(desk).track.track_id
    for ends, begins in (
        (Ends.CONTINUES, Begins.CONTINUED),
        (Ends.PAUSED, Begins.RESUMED),
        (Ends.GAP, Begins.AFTER_GAP),
        (Ends.STOPPED, None),
    ):
        found = desk.work.tracks.track(track_id)
        assert found is not None
        if found.state == "paused":
            clock.move(600)
            resume_patrol(desk, track_id)
        walk(desk, Seen(found, [], None, 0), clock)  # type: ignore[arg-type]
        last = end_segment(desk, track_id, ends, 30.0, begins)
    told = [(one.number, one.begins.value, one.ends.value) for one in segments(desk)]
    assert told == [
        (0, "started", "continues"),
        (1, "continued", "paused"),
        (2, "resumed", "gap"),
        (3, "after_gap", "stopped"),
    ]
    first = segments(desk)[0]
    assert (first.points, first.cells, first.source, first.via) == (
        WALK,
        (CELL,),
        PlaceSource.REPLAY,
        "replay",
    )
    assert 30 < first.length_m < 32
    assert (last.track.seconds, last.track.gaps, last.track.state) == (120.0, 1, "ended")
    assert (last.coverage.walked, last.coverage.cells) == (1, 1)
    assert desk.work.outbox.entries() == []
    assert (desk.work.outbox.pending()[0], desk.work.outbox.quietly_pending()) == (0, 4)


def test_continued_segment_begins_with_the_last_point_so_that_no_metre_is_lost(
    desk: Desk, clock: ToldClock
) -> None:
    begun = start_patrol(desk)
    walk(desk, begun, clock)
    seen = end_segment(desk, begun.track.track_id, Ends.CONTINUES, 30.0, Begins.CONTINUED)
    assert seen.lines == [[(p.lon, p.lat) for p in WALK], [(WALK[-1].lon, WALK[-1].lat)]]


def test_points_that_did_not_stand_give_way_to_those_that_do(desk: Desk) -> None:
    track = start_patrol(desk).track
    keep_points(desk, track.track_id, 0, WALK[:2], -1.0)
    keep_points(desk, track.track_id, 0, WALK[2:3], WALK[0].after_s)
    assert desk.work.tracks.points(track.track_id, 0) == (WALK[0], WALK[2])


def test_kill_loses_nothing_that_was_kept_and_the_gap_is_told_not_bridged(
    tmp_path: Path, desk: Desk, clock: ToldClock
) -> None:
    begun = start_patrol(desk)
    walk(desk, begun, clock)
    clock.move(300)
    again = make_desk(tmp_path / "tablet", key=KEY, clock=clock)  # as after a kill: nobody closed anything
    seen = take_up(again)
    assert seen is not None
    assert (seen.resumed, seen.track.state, seen.track.gaps) == (True, "running", 1)
    (cut,) = segments(again)
    assert (cut.ends, cut.points, (cut.ended_at - cut.begun_at).total_seconds()) == (Ends.CUT, WALK, 30.0)
    walk(again, seen, clock)
    end_segment(again, seen.track.track_id, Ends.STOPPED, 30.0)
    assert segments(again)[1].begins is Begins.AFTER_RESTART
    found = newest_patrol(again)
    assert found is not None
    assert [len(line) for line in found.lines] == [4, 4]
    assert found.track.seconds == 60.0  # the five minutes in between count for nothing
    close_desk(again)


def test_clock_set_back_a_little_meanwhile_does_not_end_the_duty(desk: Desk, clock: ToldClock) -> None:
    begun = start_patrol(desk)
    walk(desk, begun, clock)
    clock.at -= timedelta(minutes=5)
    seen = take_up(desk)
    assert seen is not None
    assert seen.track.state == "running"


def test_track_cut_off_in_another_duty_has_ended_where_it_was_cut(desk: Desk, clock: ToldClock) -> None:
    begun = start_patrol(desk)
    walk(desk, begun, clock)
    clock.move(13 * 3600)
    assert take_up(desk) is None
    assert [one.ends for one in segments(desk)] == [Ends.CUT]
    assert start_patrol(desk).track.track_id != begun.track.track_id


def test_track_of_another_officer_ends_when_somebody_else_sits_down_and_stays_theirs(
    desk: Desk, clock: ToldClock
) -> None:
    begun = start_patrol(desk)
    walk(desk, begun, clock)
    other = of(desk, "G1002")
    assert take_up(other) is None
    assert newest_patrol(other) is None
    (cut,) = segments(desk)
    assert (cut.officer_id, cut.ends) == ("G1001", Ends.CUT)
    assert take_up(desk) is None


def test_paused_track_stays_paused_over_a_restart(tmp_path: Path, desk: Desk, clock: ToldClock) -> None:
    begun = start_patrol(desk)
    end_segment(desk, begun.track.track_id, Ends.PAUSED, 5.0, Begins.RESUMED)
    again = make_desk(tmp_path / "tablet", key=KEY, clock=clock)
    seen = take_up(again)
    assert seen is not None
    assert (seen.track.state, seen.resumed) == ("paused", False)
    close_desk(again)


def test_second_track_is_refused_and_an_ended_one_takes_no_more(desk: Desk) -> None:
    begun = start_patrol(desk)
    with pytest.raises(InputRefused, match="patrol_running"):
        start_patrol(desk)
    end_segment(desk, begun.track.track_id, Ends.SIGNED_OUT, 0.0)
    for late in (
        lambda: end_segment(desk, begun.track.track_id, Ends.STOPPED, 0.0),
        lambda: resume_patrol(desk, begun.track.track_id),
    ):
        with pytest.raises(InputRefused, match="patrol_over"):
            late()
    keep_points(desk, begun.track.track_id, 1, WALK, -1.0)
    assert desk.work.tracks.points(begun.track.track_id, 1) == ()
    assert [one.ends for one in segments(desk)] == [Ends.SIGNED_OUT]


def test_segment_of_a_track_cannot_be_taken_back(desk: Desk) -> None:
    begun = start_patrol(desk)
    end_segment(desk, begun.track.track_id, Ends.STOPPED, 0.0)
    (entry,) = desk.work.outbox.unreceipted()
    assert entry.record.record_type is RecordType.TRACK
    with pytest.raises(InputRefused, match="lookup_stays"):
        undo(desk, entry.record.record_id)


def test_points_of_tracks_long_over_are_let_go_and_their_records_stay(desk: Desk) -> None:
    for _ in range(23):
        begun = start_patrol(desk)
        keep_points(desk, begun.track.track_id, 0, WALK, -1.0)
        end_segment(desk, begun.track.track_id, Ends.STOPPED, 30.0)
    assert len(desk.work.tracks.tracks_of("G1001", 100)) == 21
    assert desk.work.outbox.quietly_pending() == 23


def test_coverage_is_of_the_grid_of_ones_own_team_where_the_city_names_it(
    desk: Desk, clock: ToldClock
) -> None:
    cells = [
        {"grid_cell": f"{CELL[:12]}{n}", "street": "", "community": "", "ring": ""} for n in (801, 802, 901)
    ]
    team = {"unit_id": "G01", "name_zh": desk.officer.squad, "areas": f"{CELL} {CELL[:12]}8", "classes": ""}
    rows = [*(("grid_cell", cell) for cell in cells), ("unit", team)]
    cursor = desk.reference.cursor()
    assert cursor is not None
    desk.reference.apply(
        [Change(2, table, str(next(iter(row.values()))), row) for table, row in rows], cursor
    )
    begun = start_patrol(desk)
    assert (begun.coverage.walked, begun.coverage.cells) == (0, 3)
    walk(desk, begun, clock)
    last = end_segment(desk, begun.track.track_id, Ends.STOPPED, 30.0)
    assert (last.coverage.walked, last.coverage.cells) == (1, 3)
    other = msgspec.structs.replace(desk, officer=msgspec.structs.replace(desk.officer, squad="别队"))
    assert seen(other, last.track).coverage.cells == 4  # the community walked most, as before


def test_squad_that_handles_cases_has_no_responsibility_grid(desk: Desk) -> None:
    squad = {"unit_id": "U1", "name_zh": desk.officer.squad, "areas": CELL, "classes": "03-11"}
    cursor = desk.reference.cursor()
    assert cursor is not None
    desk.reference.apply([Change(2, "unit", "U1", squad)], cursor)
    assert start_patrol(desk).coverage.cells == 0
