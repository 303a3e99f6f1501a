"""The patrol track's use cases: begin, keep points, end a segment, go on after a kill, end with the duty.

    running ⇄ paused → ended          each change ends the segment under way, and says how

A track runs only for the officer who began it, and never beyond their being signed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.report import store_record
from fieldapp.geo.track import Coverage, cells_along, coverage, length_m
from sync.contract.errors import InputRefused
from sync.contract.records import PlaceSource, TrackSegment
from sync.contract.track import Begins, Ends, TrackPoint
from sync.replica.tracks import ENDED, PAUSED, RUNNING, StoredTrack

GRID_DIGITS = 12
"""Where no grid is known, one is the cells of one community: these leading digits are the same."""
SAME_DUTY = timedelta(hours=12)
"""A track cut off by a kill goes on within this time; after it, it has ended."""


class Seen(msgspec.Struct, frozen=True):
    """A track as it is shown: finished segments, and the points of the one under way among ``lines``."""

    track: StoredTrack
    lines: list[list[tuple[float, float]]]
    coverage: Coverage
    cells: int
    resumed: bool = False
    """It was cut off, and goes on after a gap."""


def start_patrol(desk: Desk) -> Seen:
    """Begin a track; ``patrol_running`` where one of this officer has not ended."""
    track_id, now = desk.new_id(), desk.clock.now()
    _end_those_of_others(desk)
    if any(one.officer_id == desk.officer.officer_id for one in desk.work.tracks.open_tracks()):
        raise InputRefused("patrol_running")
    track = StoredTrack(track_id, desk.officer.officer_id, RUNNING, now, 0, Begins.STARTED, now)
    with desk.work.act():
        desk.work.tracks.save(track)
        desk.work.tracks.forget_old()
    return seen(desk, track)


def begin_segment(desk: Desk, track_id: str, segment: int) -> None:
    """The first position of a segment is there: its time counts from now on."""
    track = desk.work.tracks.track(track_id)
    if track is not None and track.state == RUNNING and track.segment == segment:
        with desk.work.noting():
            desk.work.tracks.save(msgspec.structs.replace(track, segment_begun_at=desk.clock.now()))


def keep_points(
    desk: Desk,
    track_id: str,
    segment: int,
    points: Sequence[TrackPoint],
    stand_s: float,
    source: PlaceSource = PlaceSource.GNSS,
    via: str = "",
) -> None:
    """Write down how far the segment under way has come; a power cut may take the last of it back."""
    with desk.work.noting():
        track = desk.work.tracks.track(track_id)
        if track is None or track.state != RUNNING or track.segment != segment:
            return
        if (track.source, track.via) != (source, via):
            desk.work.tracks.save(msgspec.structs.replace(track, source=source, via=via))
        desk.work.tracks.put_points(track_id, segment, points, stand_s)


def end_segment(desk: Desk, track_id: str, ends: Ends, after_s: float, begins: Begins | None = None) -> Seen:
    """Make a record of the segment under way; ``begins`` says how the next one does, None ends the track.

    One that only goes on and holds no point yet makes no record.
    """
    track = _running(desk, track_id)
    tracks = desk.work.tracks
    with desk.work.act():
        points = tracks.points(track_id, track.segment)
        if points or ends is not Ends.CONTINUES:
            after_s = max([after_s, *(point.after_s for point in points[-1:])])
            ended_at = track.segment_begun_at + timedelta(seconds=after_s)
            track = _write(desk, track, points, ends, ended_at)
        state = ENDED if begins is None else PAUSED if ends is Ends.PAUSED else RUNNING
        now = desk.clock.now()
        track = msgspec.structs.replace(
            track,
            state=state,
            begins=begins or track.begins,
            segment_begun_at=now,
            ended_at=now if begins is None else None,
        )
        tracks.save(track)
        if begins is Begins.CONTINUED and points:
            last = points[-1]
            start = TrackPoint(0.0, last.lon, last.lat, last.accuracy_m)
            tracks.put_points(track_id, track.segment, [start], -1.0)
    return seen(desk, track)


def resume_patrol(desk: Desk, track_id: str) -> Seen:
    """Go on after a pause."""
    track = _running(desk, track_id)
    now = desk.clock.now()
    track = msgspec.structs.replace(track, state=RUNNING, begins=Begins.RESUMED, segment_begun_at=now)
    with desk.work.act():
        desk.work.tracks.save(track)
    return seen(desk, track)


def take_up(desk: Desk) -> Seen | None:
    """What an officer finds who sits down: the own track, cut off by a kill, goes on after a gap.

    Tracks of others, and an own one of another duty, have ended by then: they are closed where they were cut.
    """
    _end_those_of_others(desk)
    own = [one for one in desk.work.tracks.open_tracks() if one.officer_id == desk.officer.officer_id]
    if not own:
        return None
    track = own[-1]
    if abs(desk.clock.now() - _last_sign(desk, track)) > SAME_DUTY:  # a clock may have been set back a little
        _cut_off(desk, track, None)
        return None
    if track.state == PAUSED:
        return seen(desk, track)
    found = _cut_off(desk, track, Begins.AFTER_RESTART)
    return msgspec.structs.replace(found, resumed=True)


def newest_patrol(desk: Desk) -> Seen | None:
    """The officer's newest track, ended or not, to look at."""
    found = desk.work.tracks.tracks_of(desk.officer.officer_id, 1)
    return seen(desk, found[0]) if found else None


def seen(desk: Desk, track: StoredTrack) -> Seen:
    """A track with its lines and its coverage."""
    walked = desk.work.tracks.cells(track.track_id)
    grid = own_grid(desk) or desk.reference.cells_of(responsibility_of(walked))
    lines = [[(point.lon, point.lat) for point in line] for line in desk.work.tracks.lines(track.track_id)]
    return Seen(track, lines, coverage(walked, grid), len(walked))


def own_grid(desk: Desk) -> list[str]:
    """The cells the officer's team answers for; none where the city names none.

    A team that handles no cases stands among the units without a class: its areas are its grid.
    """
    team = desk.reference.unit_named(desk.officer.squad) if desk.officer.squad else None
    if team is None or str(team["classes"] or "").strip():
        return []
    areas = str(team["areas"] or "").split()
    return sorted({cell for area in areas for cell in desk.reference.cells_of(area)})


def responsibility_of(walked: Sequence[str]) -> str:
    """The community most of the walked cells lie in, by its leading digits; "" of none."""
    counts: dict[str, int] = {}
    for cell in walked:
        counts[cell[:GRID_DIGITS]] = counts.get(cell[:GRID_DIGITS], 0) + 1
    return max(sorted(counts), key=counts.__getitem__, default="")


def _write(
    desk: Desk,
    track: StoredTrack,
    points: tuple[TrackPoint, ...],
    ends: Ends,
    ended_at: datetime,
) -> StoredTrack:
    """The record of a segment; answers the track with it added."""
    segment_id = desk.new_id()
    far = length_m(points)
    cells = cells_along(points, desk.locate)
    segment = TrackSegment(
        segment_id=segment_id,
        track_id=track.track_id,
        number=track.segment,
        officer_id=track.officer_id,
        device_id=desk.device_id,
        stamp=desk.work.meta.stamp(desk.clock),
        begins=track.begins,
        ends=ends,
        begun_at=track.segment_begun_at,
        ended_at=ended_at,
        points=points,
        length_m=round(far, 1),
        cells=tuple(cells),
        source=track.source,
        via=track.via,
    )
    store_record(desk, segment, segment_id, "")
    desk.work.tracks.add_cells(track.track_id, cells)
    return msgspec.structs.replace(
        track,
        segment=track.segment + 1,
        seconds=track.seconds + max(0.0, (ended_at - track.segment_begun_at).total_seconds()),
        length_m=track.length_m + far,
        gaps=track.gaps + (ends in (Ends.GAP, Ends.CUT)),
    )


def _cut_off(desk: Desk, track: StoredTrack, begins: Begins | None) -> Seen:
    """Close what a kill left open at its last point; it goes on where ``begins`` says how."""
    if track.state == PAUSED:
        ended = msgspec.structs.replace(track, state=ENDED, ended_at=track.segment_begun_at)
        with desk.work.act():
            desk.work.tracks.save(ended)
        return seen(desk, ended)
    points = desk.work.tracks.points(track.track_id, track.segment)
    last_s = points[-1].after_s if points else 0.0
    return end_segment(desk, track.track_id, Ends.CUT, last_s, begins)


def _end_those_of_others(desk: Desk) -> None:
    for track in desk.work.tracks.open_tracks():
        if track.officer_id != desk.officer.officer_id:
            _cut_off(desk, track, None)


def _last_sign(desk: Desk, track: StoredTrack) -> datetime:
    points = desk.work.tracks.points(track.track_id, track.segment)
    return track.segment_begun_at + timedelta(seconds=points[-1].after_s if points else 0.0)


def _running(desk: Desk, track_id: str) -> StoredTrack:
    track = desk.work.tracks.track(track_id)
    if track is None or track.state == ENDED:
        raise InputRefused("patrol_over")
    return track
