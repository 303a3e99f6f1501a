"""Which squads are asked to a call for reinforcement: the nearest that are free. Pure.

Where a squad is, is where any of its officers was last known to be. One of which nothing is known, or nothing
recent, is not left out: it comes after those whose distance is known, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

Distance = Callable[[float, float, float, float], float]
"""Metres between two places: longitude and latitude of one, then of the other (WGS-84)."""

ASKED_AT_ONCE = 3
"""How many squads are asked by one call."""
FARTHEST_M = 20_000.0
"""A squad farther away is no help."""


class SquadStand(msgspec.Struct, frozen=True):
    """A squad with its active officers, where it was last known to be, and whether it has its hands full."""

    squad: str
    officers: tuple[str, ...]
    lon: float | None = None
    lat: float | None = None
    seen_at: str = ""
    busy: bool = False


class RankedSquad(msgspec.Struct, frozen=True, omit_defaults=True):
    """A squad as seen from a call. ``distance_m`` is None where nothing recent is known of its place."""

    squad: str
    officers: tuple[str, ...]
    distance_m: int | None = None
    seen_at: str = ""
    busy: bool = False
    asked: bool = False


def rank_squads(
    place: tuple[float, float] | None,
    stands: Iterable[SquadStand],
    distance: Distance,
    *,
    own_squad: str = "",
    asked_at_once: int = ASKED_AT_ONCE,
) -> tuple[RankedSquad, ...]:
    """Every squad but the caller's own: the ones to ask first (nearest first), then the rest.

    A squad is asked when it is free and near, or when it is free, its place unknown, and fewer than
    ``asked_at_once`` are known to be near. Without a place of the call all distances are unknown.
    """
    found = [_seen_from(place, one, distance) for one in stands if one.squad and one.squad != own_squad]
    found.sort(key=_order)
    asked = 0
    ranked = []
    for one in found:
        near = one.distance_m is None or one.distance_m <= FARTHEST_M
        is_asked = asked < asked_at_once and not one.busy and near and bool(one.officers)
        asked += is_asked
        ranked.append(msgspec.structs.replace(one, asked=is_asked))
    ranked.sort(key=lambda one: not one.asked)
    return tuple(ranked)


def _seen_from(place: tuple[float, float] | None, stand: SquadStand, distance: Distance) -> RankedSquad:
    metres = None
    if place is not None and stand.lon is not None and stand.lat is not None:
        metres = round(distance(*place, stand.lon, stand.lat))
    return RankedSquad(stand.squad, stand.officers, metres, stand.seen_at, stand.busy)


def _order(one: RankedSquad) -> tuple[bool, bool, int, str]:
    return one.busy, one.distance_m is None, one.distance_m or 0, one.squad


def asked_officers(ranked: Iterable[RankedSquad]) -> frozenset[str]:
    """Everybody who is asked."""
    return frozenset(officer for one in ranked if one.asked for officer in one.officers)
