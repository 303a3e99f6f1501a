"""How likely an open case is the very thing that is about to be reported: pure, from 0 to 1.

    nearness × what it is × how long ago        what it is: class, plate, likeness of the pictures

Nothing here decides anything: what is likely enough is shown to the person, who decides.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from sync.contract.looks import nearest_look

REACH_M = 150.0
"""Beyond this, and what both positions may be off, nothing is the same thing."""

CLOSE_M = 25.0
"""Within this, positions tell nothing apart: somebody stands across the street."""

LIKELY = 0.4
"""From here on it is shown."""

ALIKE_BITS, PERHAPS_BITS = 10, 18
"""Pictures that differ in no more bits than these show the same, or perhaps the same."""

FRESH_DAYS, OLD_DAYS = 7.0, 120.0
_OLD = 0.6
_NO_PLACE = 0.7
"""In the same grid cell, but where in it is not known: about a hundred metres."""

_CLASS_OPEN, _TOP_SAME, _OTHER = 0.5, 0.5, 0.2


class Thing(msgspec.Struct, frozen=True):
    """What is known of a report or a case. Degrees are WGS-84; ``class_code`` and ``plate`` may be ""."""

    class_code: str = ""
    plate: str = ""
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float = 0.0
    at: datetime | None = None
    looks: tuple[str, ...] = ()


class Likeness(msgspec.Struct, frozen=True):
    """How alike two things are, and what of it a person is told. ``picture`` is True, False or not known."""

    score: float
    metres: float | None
    same_class: bool
    picture: bool | None


def likeness(new: Thing, known: Thing, metres: float | None) -> Likeness:
    """Of a new thing and a known one that far apart (None: in one cell, nothing more is known)."""
    bits = nearest_look(new.looks, known.looks)
    what = max(_class_part(new.class_code, known.class_code), _picture_part(bits))
    score = _nearness(metres, new.accuracy_m + known.accuracy_m) * what * _recency(new.at, known.at)
    if new.plate and known.plate and new.plate != known.plate:
        score = 0.0
    picture = None if bits is None else bits <= ALIKE_BITS
    same_class = bool(new.class_code) and new.class_code == known.class_code
    return Likeness(round(score, 4), metres, same_class, picture)


def _nearness(metres: float | None, slack_m: float) -> float:
    if metres is None:
        return _NO_PLACE
    beyond = max(0.0, metres - CLOSE_M - min(max(slack_m, 0.0), REACH_M))
    return max(0.0, 1.0 - beyond / (REACH_M - CLOSE_M))


def _class_part(new: str, known: str) -> float:
    """The same class; one within the other; of one top class; something else altogether."""
    if not new or not known:
        return _CLASS_OPEN
    if new == known:
        return 1.0
    if new.startswith(f"{known}-") or known.startswith(f"{new}-"):
        return 0.9
    ours, theirs = new.split("-"), known.split("-")
    if ours[:2] == theirs[:2] and len(ours) > 1:
        return 0.8
    return _TOP_SAME if ours[0] == theirs[0] else _OTHER


def _picture_part(bits: int | None) -> float:
    """Alike pictures speak louder than a class that one of the two may have chosen wrongly."""
    if bits is None or bits > PERHAPS_BITS:
        return 0.0
    return 1.0 if bits <= ALIKE_BITS else 0.7


def _recency(new: datetime | None, known: datetime | None) -> float:
    if new is None or known is None:
        return 1.0
    days = max(0.0, (new - known).total_seconds() / 86_400)
    if days <= FRESH_DAYS:
        return 1.0
    return max(_OLD, 1.0 - (1.0 - _OLD) * (days - FRESH_DAYS) / (OLD_DAYS - FRESH_DAYS))
