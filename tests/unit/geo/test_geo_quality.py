"""How far a fix is believed."""

from __future__ import annotations

import pytest

from fieldapp.geo.quality import FixQuality, QualityLimits, fix_quality, judged
from sync.contract.records import NOWHERE, Place, PlaceSource

LIMITS = QualityLimits(good_m=15, fair_m=50, stale_after_s=10)


def fix(accuracy_m: float | None, *, stale: bool = False) -> Place:
    return Place(source=PlaceSource.GNSS, lon=114.0, lat=22.5, accuracy_m=accuracy_m, stale=stale)


@pytest.mark.parametrize(
    ("accuracy_m", "quality"),
    [
        (0.4, FixQuality.GOOD),
        (15.0, FixQuality.GOOD),
        (15.1, FixQuality.FAIR),
        (50.0, FixQuality.FAIR),
        (50.1, FixQuality.POOR),
        (None, FixQuality.POOR),
        (0.0, FixQuality.POOR),
    ],
)
def test_accuracy_decides_for_a_live_fix(accuracy_m: float | None, quality: FixQuality) -> None:
    assert fix_quality(fix(accuracy_m), LIMITS) is quality


def test_no_position_is_missing() -> None:
    assert fix_quality(None, LIMITS) is fix_quality(NOWHERE, LIMITS) is FixQuality.MISSING


def test_fix_turns_stale_only_past_the_limit_and_stays_so() -> None:
    assert not judged(fix(3.0), 10.0, LIMITS).stale
    old = judged(fix(3.0), 10.1, LIMITS)
    assert fix_quality(old, LIMITS) is FixQuality.STALE
    assert judged(old, 0.0, LIMITS).stale
