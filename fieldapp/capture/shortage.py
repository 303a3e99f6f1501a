"""What is running short, told before it hurts: room for photos, battery, a clock that can be trusted. Pure.

room      below 50 photos it is said, below 10 it is urgent, at 0 new photos cannot be saved
battery   below 20 % off mains it is said, below 10 % it is urgent
clock     doubtful since it was last compared with central's: said, and nothing is held up by it
"""

from __future__ import annotations

from enum import IntEnum

import msgspec

from fieldapp.capture.room import Room
from sync.contract.records import ClockState
from sync.sending import Battery

PHOTOS_LOW, PHOTOS_URGENT = 50, 10
BATTERY_LOW, BATTERY_URGENT = 20, 10


class Urgency(IntEnum):
    """How soon it hurts."""

    SOON = 1
    NOW = 2
    TOO_LATE = 3


class Shortage(msgspec.Struct, frozen=True):
    """One thing that runs short: ``code`` and ``facts`` make its sentence."""

    code: str
    urgency: Urgency
    facts: dict[str, int] = {}


def shortages(room: Room | None, battery: Battery, clock: ClockState) -> tuple[Shortage, ...]:
    """Everything that runs short, the most urgent first. ``room`` is None while nobody has looked."""
    found = [*_room(room), *_battery(battery), *_clock(clock)]
    return tuple(sorted(found, key=lambda one: -one.urgency))


def _room(room: Room | None) -> list[Shortage]:
    if room is None or room.photos >= PHOTOS_LOW:
        return []
    facts = {"photos": room.photos, "free_mb": room.free_bytes // 1_000_000}
    if room.photos == 0:
        return [Shortage("shortage_room_none", Urgency.TOO_LATE, facts)]
    urgency = Urgency.NOW if room.photos < PHOTOS_URGENT else Urgency.SOON
    return [Shortage("shortage_room", urgency, facts)]


def _battery(battery: Battery) -> list[Shortage]:
    percent = battery.percent
    if not battery.present or battery.on_mains or percent is None or percent >= BATTERY_LOW:
        return []
    urgency = Urgency.NOW if percent < BATTERY_URGENT else Urgency.SOON
    return [Shortage("shortage_battery", urgency, {"percent": percent})]


def _clock(clock: ClockState) -> list[Shortage]:
    return [Shortage("shortage_clock", Urgency.SOON)] if clock is ClockState.DOUBTFUL else []
