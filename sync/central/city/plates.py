"""Plates by truck number: any truck's plate can be told without making the others, and none comes twice.

Every hundred trucks hold the same mix of kinds in another order of serials. Some trucks carry a look-alike
of the truck before (粤BK3058 beside 粤BK3D58): people at the roadside confuse them, so the demo must too.
"""

from __future__ import annotations

from sync.central.city.draw import Shuffle, stream
from sync.contract.plate import PROVINCES

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
SERIAL = "0123456789" + LETTERS
LOOK_ALIKE = {"8": "B", "0": "D", "1": "L", "2": "Z", "5": "S"}
LOOK_ALIKE_EVERY = 28

MIX = {"home": 50, "new_energy": 30, "province": 7, "elsewhere": 7, "trailer": 3, "small": 2, "border": 1}
"""Of every hundred trucks: 粤B, new energy 粤B…D/F, other Guangdong, other provinces, 挂, small, 港/澳."""

_GUANGDONG = "SLATERCGHJ"
_PROVINCES = "赣湘桂鄂豫闽川贵皖琼"
_LARGE_PER_LETTER = 180_000


def _check_mix() -> None:
    if sum(MIX.values()) != 100 or not set(_PROVINCES) <= set(PROVINCES):
        raise ValueError("the mix of plates must add up to a hundred")


_check_mix()


class Plates:
    """The plate of any truck of the city with this seed."""

    def __init__(self, seed: int) -> None:
        rng = stream(seed, "plates")
        kinds = [kind for kind, count in MIX.items() for _ in range(count)]
        rng.shuffle(kinds)
        self._kinds = kinds
        self._ranks = [kinds[:at].count(kind) for at, kind in enumerate(kinds)]
        self._five = Shuffle(len(LETTERS) * len(SERIAL) * 1000, rng)
        self._four = Shuffle(len(SERIAL) * 1000, rng)
        self._large = Shuffle(200_000, rng)

    def at(self, truck: int) -> str:
        """The plate of this truck in normal form."""
        if truck % LOOK_ALIKE_EVERY == LOOK_ALIKE_EVERY - 1 and self._kind(truck - 1) == "home":
            own = self._own(truck - 1)
            alike = look_alike(own)
            if alike:
                return alike
        return self._own(truck)

    def _kind(self, truck: int) -> str:
        return self._kinds[truck % 100]

    def _own(self, truck: int) -> str:
        kind = self._kind(truck)
        at = truck // 100 * MIX[kind] + self._ranks[truck % 100]
        if kind == "new_energy":
            letter = "B" + _GUANGDONG
            serial, tail = divmod(self._large.at(at % _LARGE_PER_LETTER), 2)
            return f"粤{letter[at // _LARGE_PER_LETTER]}{serial:05d}{'DF'[tail]}"
        if kind == "home":
            return "粤B" + self._serial(at)
        if kind == "province":
            return f"粤{_GUANGDONG[at % len(_GUANGDONG)]}" + self._serial(at)
        if kind == "elsewhere":
            province, letter = _PROVINCES[at % len(_PROVINCES)], LETTERS[at // len(_PROVINCES) % 8]
            return province + letter + self._serial(at)
        four, turn = self._four_characters(at), at // self._four.size
        if kind == "trailer":
            return f"粤{('B' + _GUANGDONG)[turn]}{four}挂"
        if kind == "border":
            return f"粤Z{four}{'港澳'[at % 5 == 4]}"
        return f"粤{('B' + _GUANGDONG)[turn]}{'DF'[at % 2]}{four[0]}{at * 37 % 10}{four[1:]}"

    def _serial(self, at: int) -> str:
        left, digits = divmod(self._five.at(at), 1000)
        first, second = divmod(left, len(SERIAL))
        return f"{LETTERS[first]}{SERIAL[second]}{digits:03d}"

    def _four_characters(self, at: int) -> str:
        first, digits = divmod(self._four.at(at), 1000)
        return f"{SERIAL[first]}{digits:03d}"


def look_alike(plate: str) -> str:
    """The plate with one of its last three digits read as the letter it resembles, "" if none does.

    The city's own serials end in three digits, so no truck carries such a plate by itself.
    """
    for at, character in enumerate(plate):
        if at >= len(plate) - 3 and character in LOOK_ALIKE:
            return plate[:at] + LOOK_ALIKE[character] + plate[at + 1 :]
    return ""
