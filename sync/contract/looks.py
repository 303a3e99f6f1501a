"""What a picture looks like in 64 bits: alike pictures differ in few of them, whatever their size or file.

A look is 16 hexadecimal digits: of an eight by eight raster, whether each field is brighter than the next
(a difference hash). It is made from pixels on the tablet; here is only what both ends say and compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sync.contract.records import Photo

BITS = 64
MOST = 8
"""So many looks of one record are kept beside its case."""

_LOOK = re.compile(r"[0-9a-f]{16}")


def looks_of(photos: Iterable[Photo]) -> str:
    """The looks of a record's photos in order, each once; what is none is passed over."""
    found: dict[str, None] = {}
    for photo in photos:
        if _LOOK.fullmatch(photo.look):
            found[photo.look] = None
    return " ".join(list(found)[:MOST])


def parse_looks(text: str) -> tuple[str, ...]:
    """The looks in a row's text; what is none is passed over."""
    return tuple(part for part in text.split() if _LOOK.fullmatch(part))


def nearest_look(one: Iterable[str], other: Iterable[str]) -> int | None:
    """In how many bits the two most alike of them differ; None where either side has none."""
    others = [int(look, 16) for look in other]
    distances = [(int(look, 16) ^ number).bit_count() for look in one for number in others]
    return min(distances, default=None)
