"""The check at the start of a shift: is the tablet fit for the day, thing by thing, and what to do if not."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import msgspec

from sync.contract.errors import InputRefused

FINDINGS_MAX = 32
FACTS_MAX = 16
WORD_MAX = 120

Facts = dict[str, str | int | float | bool | None]


class Fitness(Enum):
    """How a thing was found, best first; ``unknown`` where it could not be looked at."""

    OK = "ok"
    UNKNOWN = "unknown"
    WARN = "warn"
    FAIL = "fail"


_BADNESS = {fitness: number for number, fitness in enumerate(Fitness)}


class ShiftFinding(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing looked at. ``code`` names the sentence that says so; texts are made where they are shown."""

    name: str
    fitness: Fitness
    code: str
    facts: Facts = {}


def worst(findings: Iterable[ShiftFinding]) -> Fitness:
    """The worst of all; ``ok`` of none."""
    return max((one.fitness for one in findings), key=_BADNESS.__getitem__, default=Fitness.OK)


def check_findings(findings: tuple[ShiftFinding, ...]) -> None:
    """Refuse none, too many, the same thing twice, or words that are none (``shift_check_invalid``)."""
    names = [one.name for one in findings]
    if not 0 < len(names) <= FINDINGS_MAX or len(set(names)) != len(names):
        raise InputRefused("shift_check_invalid", count=len(names), limit=FINDINGS_MAX)
    for one in findings:
        words = [one.name, one.code, *one.facts, *(v for v in one.facts.values() if isinstance(v, str))]
        if len(one.facts) > FACTS_MAX or not one.name or any(len(word) > WORD_MAX for word in words):
            raise InputRefused("shift_check_invalid", count=len(one.facts), limit=FACTS_MAX)
