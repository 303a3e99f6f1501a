"""How it stands with the base map that central offers, as a person should see it. Pure."""

from __future__ import annotations

import msgspec

from sync.contract.map_offer import MapOffer
from sync.link_state import Facts
from sync.sending import BATTERY, PAUSED, LinkKind, Sending

NONE, READY, WAITING, FETCHING, HERE, FAILED = "none", "ready", "waiting", "fetching", "here", "failed"
WAITS_PAUSED, WAITS_BATTERY = "map_waits_paused", "map_waits_battery"
WAITS_UNMETERED, WAITS_SENDING = "map_waits_unmetered", "map_waits_sending"


class MapState(msgspec.Struct, frozen=True):
    """``state``: none, ready (not asked for), waiting (for ``code``), fetching, here, failed (``code``).

    ``done`` of ``bytes`` have come; ``name`` and ``datum`` are the offered map's.
    """

    state: str = NONE
    code: str = ""
    facts: Facts = {}
    sha256: str = ""
    name: str = ""
    datum: str = ""
    bytes: int = 0
    done: int = 0


def waits_for(sending: Sending, *, any_link: bool) -> str:
    """What the person's rules and the link keep a base map from; "" for nothing.

    It is large and can wait: on a link that costs, or by a battery that is spared, it comes only if asked for
    all the same.
    """
    held = set(sending.held.values())
    if PAUSED in held:
        return WAITS_PAUSED
    if any_link:
        return ""
    if BATTERY in held:
        return WAITS_BATTERY
    metered = sending.network.metered
    mobile = metered is None and sending.network.kind is LinkKind.MOBILE
    return WAITS_UNMETERED if metered or mobile else ""


def state_of(
    offer: MapOffer | None, state: str, done: int, code: str = "", facts: Facts | None = None
) -> MapState:
    """A state of what is offered."""
    if offer is None:
        return MapState(NONE, code, facts or {})
    return MapState(state, code, facts or {}, offer.sha256, offer.name[:200], offer.datum, offer.bytes, done)
