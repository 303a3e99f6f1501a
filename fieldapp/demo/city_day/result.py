"""What a day has come to: counts, what was compared in the end, and all that was not as it should be."""

from __future__ import annotations

from collections import Counter

import msgspec


class DayResult(msgspec.Struct):
    """``OUT/city-day.json``."""

    seed: int = 0
    tablets: int = 0
    ok: bool = False
    cases: dict[str, int] = {}
    """How many cases stand in each state."""
    acts: dict[str, dict[str, int]] = {}
    """Acts that central knows of, by kind, and of these how many stand how."""
    refusals: dict[str, int] = {}
    """Acts that central refused, by reason."""
    counts: dict[str, int] = {}
    """What people, the desk and the links did."""
    lights: dict[str, dict[str, int]] = {}
    """Lights of time limits that both ends read alike, by moment."""
    histories_compared: int = 0
    limits_compared: int = 0
    worst_limit_difference_s: int = 0
    files_at_central: int = 0
    files_missing: int = 0
    sent_bytes: int = 0
    hours_played: float = 0.0
    seconds: float = 0.0
    problems: list[str] = []


def told(result: DayResult) -> list[str]:
    """The result in lines for people."""
    return [
        f"seed {result.seed}, {result.tablets} tablets, {sum(result.cases.values())} cases, "
        f"{result.hours_played:.0f} hours played in {result.seconds:.0f} s, {result.sent_bytes:,} bytes sent",
        f"cases by state: {_listed(result.cases)}",
        "acts:",
        *(f"  {kind:<16} {_listed(stands)}" for kind, stands in sorted(result.acts.items())),
        f"refused by central: {_listed(result.refusals)}",
        "what was done:",
        *(f"  {count:>7,}  {what}" for what, count in sorted(result.counts.items())),
        f"histories compared: {result.histories_compared:,}, "
        f"time limits compared: {result.limits_compared:,}, "
        f"worst difference {result.worst_limit_difference_s} s",
        *(f"  lights {moment}: {_listed(lights)}" for moment, lights in result.lights.items()),
        f"files at central: {result.files_at_central:,}, missing: {result.files_missing}",
        *(f"PROBLEM: {problem}" for problem in result.problems),
        "everything agrees" if result.ok else f"NOT as it should be: {len(result.problems)} problems",
    ]


def sum_of(counts: list[Counter[str]]) -> dict[str, int]:
    """Counts added up, by name."""
    total: Counter[str] = Counter()
    for one in counts:
        total += one
    return dict(sorted(total.items()))


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items())) or "none"
