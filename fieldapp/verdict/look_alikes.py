"""Plates that people mis-key for one another: 0/O/D/Q, 1/I/L, 8/B, 2/Z, 5/S.

A look-alike is only ever offered, never taken in place of what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from sync.contract.plate import PROVINCES, SERIAL

GROUPS = ("0ODQ", "1IL", "8B", "2Z", "5S")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What may follow the province: I and O are not used."""

_GROUP_OF = {character: group for group in GROUPS for character in group}


def look_alikes(text: str, *, changes: int = 2, limit: int = 200) -> Iterator[str]:
    """Plates, or beginnings of plates, that read like ``text``; fewest changed characters first.

    ``text`` is in normal form and begins with its province. A character that no plate has at its place
    (I or O in the serial) is always changed, beyond ``changes`` if need be.
    """
    choices = {at: others for at, character in enumerate(text) if (others := _others(at, character))}
    wrong = [at for at in range(len(text)) if not _may_stand(at, text[at])]
    if any(at not in choices for at in wrong):
        return
    free = [at for at in choices if at not in wrong]
    given = 0
    for count in range(max(changes - len(wrong), 0) + 1):
        for more in combinations(free, count):
            places = sorted([*wrong, *more])
            if not places:
                continue
            for letters in product(*(choices[at] for at in places)):
                if given == limit:
                    return
                given += 1
                yield _with(text, dict(zip(places, letters, strict=True)))


def differing(one: str, other: str) -> tuple[int, ...]:
    """The places at which two texts differ, within the shorter one's length."""
    return tuple(at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)


def _others(at: int, character: str) -> str:
    group = _GROUP_OF.get(character, "")
    return "".join(other for other in group if other != character and _may_stand(at, other))


def _may_stand(at: int, character: str) -> bool:
    if at == 0:
        return character in PROVINCES
    if at == 1:
        return character in LETTERS
    return character in SERIAL or not character.isascii()


def _with(text: str, changed: dict[int, str]) -> str:
    return "".join(changed.get(at, character) for at, character in enumerate(text))
