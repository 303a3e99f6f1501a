"""A patrol on a played day: a short walk kept as a track of one segment."""

from __future__ import annotations

import random

from fieldapp.capture.desk import Desk
from fieldapp.capture.patrol import begin_segment, end_segment, keep_points, start_patrol
from fieldapp.demo.city_day.ground import Ground
from sync.contract.track import Ends, TrackPoint

STEP_DEGREES, STEP_S = 2e-4, 20.0
"""About twenty metres each twenty seconds."""


def walk(desk: Desk, chance: random.Random, ground: Ground) -> None:
    """Start, walk on in one direction, stop."""
    here = ground.somewhere(chance)
    track = start_patrol(desk).track
    begin_segment(desk, track.track_id, track.segment)
    east, north = chance.uniform(-1, 1) * STEP_DEGREES, chance.uniform(-1, 1) * STEP_DEGREES
    points = [
        TrackPoint(step * STEP_S, (here.lon or 0.0) + step * east, (here.lat or 0.0) + step * north, 5.0)
        for step in range(chance.randrange(3, 12))
    ]
    keep_points(desk, track.track_id, track.segment, points, 0.0, here.source, "replay")
    end_segment(desk, track.track_id, Ends.STOPPED, len(points) * STEP_S)
