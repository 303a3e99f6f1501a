"""Number plates after GA 36: one normal form, the kinds, and what is impossible.

Normal form: half width, upper case, no spaces, dots or hyphens — ``粤BD12345``. The province may be left
out by people; then the rest is kept as ``partial`` and searched with the home province and others.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

import msgspec

from sync.contract.errors import InputRefused

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
SERIAL = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
"""Letters I and O are not used in the serial."""

_SEPARATORS = re.compile(r"[\s·•.\-‐-―_・]+")
_ORDINARY = re.compile(f"[{PROVINCES}][A-HJ-NP-Z][{SERIAL}]{{5}}")
_TAILED = re.compile(f"[{PROVINCES}][A-HJ-NP-Z][{SERIAL}]{{4}}[挂学警港澳]")
_NEW_ENERGY_LARGE = re.compile(f"[{PROVINCES}][A-HJ-NP-Z][0-9]{{5}}[DF]")
_NEW_ENERGY_SMALL = re.compile(f"[{PROVINCES}][A-HJ-NP-Z][A-HJ-NP-Z][{SERIAL}][0-9]{{4}}")
_PARTIAL = re.compile(f"(?=.)[{PROVINCES}]?[A-Z0-9]{{0,7}}[挂学警港澳]?|[A-Z0-9]{{8}}")


class PlateKind(Enum):
    """What a plate's own grammar says it is; colour is not decided by it (small lorries are blue)."""

    ORDINARY = "ordinary"
    TRAILER = "trailer"
    LEARNER = "learner"
    POLICE = "police"
    HONG_KONG = "hong_kong"
    MACAU = "macau"
    NEW_ENERGY_LARGE = "new_energy_large"
    NEW_ENERGY_SMALL = "new_energy_small"


_TAIL_KIND = {
    "挂": PlateKind.TRAILER,
    "学": PlateKind.LEARNER,
    "警": PlateKind.POLICE,
    "港": PlateKind.HONG_KONG,
    "澳": PlateKind.MACAU,
}


class Plate(msgspec.Struct, frozen=True):
    """A whole plate in normal form with its kind."""

    text: str
    kind: PlateKind


def normalise_plate(text: str) -> str:
    """Full width to half width, upper case, separators removed. Never fails, judges nothing.

    Repeated until nothing changes: dropping a separator can bring characters together that then combine.
    """
    while (normal := _SEPARATORS.sub("", unicodedata.normalize("NFKC", text).upper())) != text:
        text = normal
    return text


def parse_plate(text: str) -> Plate:
    """Parse a whole plate; refuse with ``plate_impossible`` what no plate can be."""
    normal = normalise_plate(text)
    if _ORDINARY.fullmatch(normal):
        return Plate(normal, PlateKind.ORDINARY)
    if _TAILED.fullmatch(normal):
        return Plate(normal, _TAIL_KIND[normal[-1]])
    if _NEW_ENERGY_LARGE.fullmatch(normal):
        return Plate(normal, PlateKind.NEW_ENERGY_LARGE)
    if _NEW_ENERGY_SMALL.fullmatch(normal):
        return Plate(normal, PlateKind.NEW_ENERGY_SMALL)
    raise InputRefused("plate_impossible", value=printable(text))


def is_possible_part(text: str) -> bool:
    """Whether the text could be a part of a plate that someone is still typing (province optional)."""
    return bool(_PARTIAL.fullmatch(normalise_plate(text)))


def printable(text: str, limit: int = 24) -> str:
    """Foreign text made fit for a message: control characters shown by their code, cut at ``limit``."""
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[:limit])
    return shown + ("…" if len(text) > limit else "")
