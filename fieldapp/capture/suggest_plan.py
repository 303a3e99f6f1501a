"""In which order suggestions come, and which of several ways to a plate is the one it is listed by. Pure.

A plan is a list of sources, best first. A plate that several sources would give belongs to the first of them,
which can be told from the plate alone: so every kind can be read on from anywhere, and nothing comes twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import cached_property
from itertools import chain

import msgspec


class SuggestionKind(Enum):
    """Why something is suggested, best first."""

    EXACT = "exact"
    PREFIX = "prefix"
    ELSEWHERE = "elsewhere"
    LOOK_ALIKE = "look_alike"
    ONE_ERROR = "one_error"
    PART = "part"
    COMPANY = "company"


class How(Enum):
    """How a source finds plates by its text."""

    WHOLE = "whole"
    START = "start"
    PART_HOME = "part_home"
    PART_ELSEWHERE = "part_elsewhere"


class Source(msgspec.Struct, frozen=True):
    """Plates that are, begin with, or contain ``text``; ``meant`` is what was typed, "" if it is that."""

    kind: SuggestionKind
    how: How
    text: str
    meant: str = ""


class Plan(msgspec.Struct, frozen=True, dict=True):
    """Sources in order."""

    sources: tuple[Source, ...]

    @cached_property
    def _first(self) -> dict[tuple[How, str], int]:
        first: dict[tuple[How, str], int] = {}
        for at, source in enumerate(self.sources):
            first.setdefault((source.how, source.text), at)
        return first

    def of_kind(self, kind: SuggestionKind) -> list[int]:
        """The places of one kind's sources."""
        return [at for at, source in enumerate(self.sources) if source.kind is kind]

    def owner(self, plate: str) -> int | None:
        """The place of the source a plate is listed by; sources by part come after all others."""
        places = [self._first.get((How.WHOLE, plate))]
        places += [self._first.get((How.START, plate[:end])) for end in range(len(plate) + 1)]
        return min((at for at in places if at is not None), default=None)

    def passed_over(self, plate: str, at: int) -> str | None:
        """What the plates around this one begin with that all belong to sources before ``at``."""
        starts = (plate[:end] for end in range(len(plate) + 1))
        return next((start for start in starts if self._first.get((How.START, start), at) < at), None)


class Place(msgspec.Struct, frozen=True):
    """Where to read on within a kind: the source, and what of it was read last ("" or 0: nothing yet)."""

    source: int
    after: str | int = ""


def make_plan(groups: Iterable[Iterable[Source]]) -> Plan:
    """A plan of groups of sources, each of which may be empty; a source that comes again is left out."""
    return Plan(tuple(dict.fromkeys(chain.from_iterable(groups))))


def departing(plate: str, meant: str) -> tuple[int, ...]:
    """The places of a plate that are not what was typed, one character too many or missing counted in.

    A plate that lacks a typed character is marked where that would be.
    """
    wrong = tuple(at for at, (a, b) in enumerate(zip(plate, meant, strict=False)) if a != b)
    if not wrong:
        return ()
    first = wrong[0]
    one_more = plate[first + 1 :].startswith(meant[first:])
    one_less = plate[first:].startswith(meant[first + 1 :])
    return (first,) if one_more or one_less else wrong
