"""What central takes from outside: the time, fresh ids and randomness, so that tests can give their own."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from sync.contract.ids import NewId, new_id


class World(msgspec.Struct, frozen=True):
    """``now`` answers in UTC; ``random`` gives that many unguessable bytes."""

    now: Callable[[], datetime]
    new_id: NewId
    random: Callable[[int], bytes]


def utc_now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def real_world() -> World:
    """The machine's clock, UUIDv7 ids and the system's randomness."""
    return World(now=utc_now, new_id=new_id, random=secrets.token_bytes)


def world_ahead(file: Path) -> World:
    """The real world, its time ahead by the seconds written in a file: a day that is played in a minute."""

    def now() -> datetime:
        try:
            seconds = float(file.read_text(encoding="ascii"))
        except (OSError, ValueError):
            seconds = 0.0
        return utc_now() + timedelta(seconds=seconds)

    return msgspec.structs.replace(real_world(), now=now)


def iso(moment: datetime) -> str:
    """A time as central stores it: ISO 8601 in UTC with six decimals, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_iso(text: str) -> datetime:
    """A time as stored by :func:`iso`."""
    return datetime.fromisoformat(text)
