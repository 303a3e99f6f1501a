"""How far a fix is to be believed: its age first, then its accuracy."""

from __future__ import annotations

from enum import Enum

import msgspec

from sync.contract.records import Place


class FixQuality(Enum):
    """From nothing to good. Only ``MISSING`` lacks a position; none of them ever stops a capture."""

    MISSING = "missing"
    STALE = "stale"
    POOR = "poor"
    FAIR = "fair"
    GOOD = "good"


class QualityLimits(msgspec.Struct, frozen=True):
    """The city's limits. A grid cell is about 100 m wide: beyond ``fair_m`` it may be the wrong one."""

    good_m: float = 15.0
    fair_m: float = 50.0
    stale_after_s: float = 10.0


def fix_quality(place: Place | None, limits: QualityLimits) -> FixQuality:
    """The quality of a place whose staleness has been judged; unknown accuracy is at best poor."""
    if place is None or place.lon is None or place.lat is None:
        return FixQuality.MISSING
    if place.stale:
        return FixQuality.STALE
    accuracy = place.known_accuracy_m
    if accuracy is None or accuracy > limits.fair_m:
        return FixQuality.POOR
    return FixQuality.GOOD if accuracy <= limits.good_m else FixQuality.FAIR


def judged(place: Place, age_s: float, limits: QualityLimits) -> Place:
    """The place, marked stale once it is older than the limit (age on the monotonic clock)."""
    return msgspec.structs.replace(place, stale=place.stale or age_s > limits.stale_after_s)
