"""Where a position lies to a line or an area given as "lon,lat;lon,lat;…": plane geometry in metres.

The plane is laid at the position itself: short distances are right to a thousandth, long ones good enough
to know that they are long.
"""

from __future__ import annotations

from itertools import pairwise
from math import cos, hypot, inf, isfinite, radians

Point = tuple[float, float]
_METRES_PER_DEGREE = 111_195.0
MOST_POINTS = 500


def points_of(value: object) -> tuple[Point, ...] | None:
    """The points of a polyline, () of an empty one, None where it cannot be read."""
    if value is None:
        return ()
    found = []
    for part in str(value).split(";") if str(value).strip() else ():
        pair = part.split(",")
        try:
            lon, lat = (float(number) for number in pair)
        except ValueError:
            return None
        if not is_on_earth(lon, lat):
            return None
        found.append((lon, lat))
        if len(found) > MOST_POINTS:
            return None
    return tuple(found)


def is_on_earth(lon: float, lat: float) -> bool:
    """Whether the numbers can be a position in WGS-84 degrees."""
    return isfinite(lon) and isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90


def metres_to(place: Point, point: Point) -> float:
    """Metres from a position to a point."""
    return hypot(*_plane(place, point))


def metres_to_line(place: Point, line: tuple[Point, ...]) -> float:
    """Metres from a position to the nearest part of a polyline; endless for one without points."""
    if len(line) == 1:
        return metres_to(place, line[0])
    flat = [_plane(place, point) for point in line]
    return min((_to_piece(a, b) for a, b in pairwise(flat)), default=inf)


def metres_inside(place: Point, ring: tuple[Point, ...]) -> float:
    """How deep a position lies inside a closed ring; negative outside, by the metres to its side."""
    side = metres_to_line(place, ring)
    flat = [_plane(place, point) for point in ring]
    inside = False
    for (ax, ay), (bx, by) in pairwise(flat):
        if (ay > 0) != (by > 0) and ax + (bx - ax) * -ay / (by - ay) > 0:
            inside = not inside
    return side if inside else -side


def crosses_itself(line: tuple[Point, ...]) -> bool:
    """Whether two parts of a line that are not neighbours cross or touch; a ring's closing is no crossing."""
    pieces = [(a, b) for a, b in pairwise(line) if a != b]
    closed = len(pieces) > 2 and line[0] == line[-1]
    for i, (a, b) in enumerate(pieces):
        for j in range(i + 2, len(pieces)):
            if closed and i == 0 and j == len(pieces) - 1:
                continue
            if _meet(a, b, *pieces[j]):
                return True
    return False


def _plane(place: Point, point: Point) -> Point:
    east = (point[0] - place[0] + 180.0) % 360.0 - 180.0
    middle = cos(radians((point[1] + place[1]) / 2))
    return east * middle * _METRES_PER_DEGREE, (point[1] - place[1]) * _METRES_PER_DEGREE


def _to_piece(a: Point, b: Point) -> float:
    """Metres from the plane's origin to a straight piece."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else max(0.0, min(1.0, -(a[0] * dx + a[1] * dy) / length))
    return hypot(a[0] + share * dx, a[1] + share * dy)


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    turns = [_turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)]
    if turns[0] * turns[1] < 0 and turns[2] * turns[3] < 0:
        return True
    ends = ((a, b, c), (a, b, d), (c, d, a), (c, d, b))
    return any(turn == 0 and _between(*end) for turn, end in zip(turns, ends, strict=True))


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _between(a: Point, b: Point, c: Point) -> bool:
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])
