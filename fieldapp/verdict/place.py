"""Where the truck is: near the permit's construction site, its disposal site, or in its route's corridor.

A position is as good as its accuracy: near is certain only when the whole circle of doubt lies near, and not
near only when none of it does. What lies between must be looked at by eye. No accuracy is believed that is
better than the city's least, and one of nothing is none: a receiver that does not know it says 0.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from fieldapp.verdict.cells import finite, key, ref, text
from fieldapp.verdict.ground import Point, crosses_itself, is_on_earth, metres_to, metres_to_line, points_of
from fieldapp.verdict.model import Answer, Fact, Facts, Limits, Question, Reason, RowRef
from sync.contract.records import Place
from sync.contract.tables import Row

MOST_ACCURACY_M = 1e7
OF_ROUTE = frozenset({"verdict_route_missing", "verdict_route_unreadable", "verdict_route_crosses"})
"""At one of its sites a truck needs no route, but a permit whose route is broken is looked at by a person."""
PLACES = ("permit", "site", "disposal_site")


class Circle(msgspec.Struct, frozen=True):
    """A position with the metres within which the tablet nearly certainly is."""

    point: Point
    doubt_m: float


class _Reach(msgspec.Struct, frozen=True):
    """Metres to one thing that the permit names, and from how near it counts."""

    metres: float
    within: float
    row: RowRef


def circle_of(place: Place, limits: Limits) -> Circle | None:
    """The position of a place, None where there is none that could be on the earth."""
    lon, lat = finite(place.lon), finite(place.lat)
    if lon is None or lat is None or not is_on_earth(lon, lat):
        return None
    told = finite(place.known_accuracy_m)
    accuracy = limits.unknown_accuracy_m if told is None else max(told, limits.least_accuracy_m)
    return Circle((lon, lat), min(accuracy, MOST_ACCURACY_M) * limits.sigmas)


def position_reasons(question: Question, limits: Limits) -> Iterator[Reason]:
    """What is wrong with the position itself, whatever the permits say."""
    place = question.place
    if place.lon is None or place.lat is None:
        yield Reason("verdict_place_missing", Answer.CHECK, advice_code="advice_position")
    elif circle_of(place, limits) is None:
        facts = {"lon": str(place.lon)[:24], "lat": str(place.lat)[:24]}
        yield Reason("verdict_place_impossible", Answer.UNKNOWN, (), facts, "advice_position")
    elif place.stale:
        yield Reason("verdict_place_stale", Answer.CHECK, advice_code="advice_position")


def place_reasons(permit: Row, question: Question, facts: Facts) -> Iterator[Reason]:
    """Why the permit does not cover this place."""
    limits = facts.limits
    circle = circle_of(question.place, limits)
    if circle is None:
        return
    reaches, trouble = _reaches(permit, circle.point, facts)
    if any(reach.metres + circle.doubt_m <= reach.within for reach in reaches):
        yield from (
            msgspec.structs.replace(reason, says=Answer.CHECK)
            for reason in trouble
            if reason.code in OF_ROUTE
        )
        return
    nearest = min(reaches, key=lambda reach: reach.metres - reach.within, default=None)
    told: dict[str, Fact] = {
        "permit_id": text(permit, "permit_id"),
        "distance_m": round(nearest.metres) if nearest is not None else "—",
        "doubt_m": round(circle.doubt_m),
    }
    rows = (ref("permit", permit), *(reach.row for reach in reaches if reach.row.table != "permit"))
    if nearest is None:
        yield from trouble
        return
    if nearest.metres > limits.far_m:
        yield Reason("verdict_place_far", Answer.UNKNOWN, rows, told, "advice_position", PLACES)
        return
    if any(reach.metres - circle.doubt_m <= reach.within for reach in reaches):
        yield Reason("verdict_place_doubtful", Answer.CHECK, rows, told, "advice_look_around", PLACES)
    elif trouble:
        yield from trouble
    else:
        yield Reason("verdict_off_route", Answer.NOT_ALLOWED, rows, told, "advice_record", PLACES)


def _reaches(permit: Row, point: Point, facts: Facts) -> tuple[list[_Reach], list[Reason]]:
    """How far everything is that the permit names, and why what cannot be measured cannot."""
    limits, reaches, trouble = facts.limits, [], []
    ends = (
        ("site", facts.sites, limits.site_m),
        ("disposal_site", facts.disposal_sites, limits.disposal_m),
    )
    for table, rows, within in ends:
        named = key(permit, f"{table}_id")
        where = _point(rows.get(named))
        if where is not None:
            reaches.append(_Reach(metres_to(point, where), within, RowRef(table, named[:60])))
        else:
            trouble.append(_trouble(permit, f"verdict_{table}_unreadable", (table,)))
    line = points_of(permit.get("route"))
    if line is None or len(line) == 1:
        trouble.append(_trouble(permit, "verdict_route_unreadable"))
    elif not line:
        trouble.append(_trouble(permit, "verdict_route_missing"))
    elif crosses_itself(line):
        trouble.append(_trouble(permit, "verdict_route_crosses"))
    else:
        metres = metres_to_line(point, line)
        reaches.append(_Reach(metres, limits.route_m, ref("permit", permit)))
    return reaches, trouble


def _point(row: Row | None) -> Point | None:
    lon, lat = (None, None) if row is None else (finite(row.get("lon")), finite(row.get("lat")))
    return (lon, lat) if lon is not None and lat is not None and is_on_earth(lon, lat) else None


def _trouble(permit: Row, code: str, tables: tuple[str, ...] = ()) -> Reason:
    facts = {"permit_id": text(permit, "permit_id")}
    rows = (ref("permit", permit),)
    return Reason(code, Answer.UNKNOWN, rows, facts, "advice_papers", ("permit", *tables))
