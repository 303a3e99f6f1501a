"""Is this a whole photo, and what does it say of itself? Asked of every picture brought in from outside."""

from __future__ import annotations

from datetime import tzinfo

from fieldapp.capture.images.exif_place import CITY_ZONE
from fieldapp.capture.images.facts import PhotoFacts, read_facts
from fieldapp.capture.images.scaled import load_scaled
from fieldapp.capture.images.source import PhotoSource

_PROBE_SIDE = 64


def inspect_photo(source: PhotoSource, zone: tzinfo = CITY_ZONE) -> PhotoFacts:
    """Facts of a photo that is known to be whole: its structure ends well and it decodes to the end.

    The decoding is the cheapest there is (a JPEG at an eighth) and is left out where even that would not
    fit in memory. Refuses with ``photo_empty``, ``photo_truncated``, ``photo_not_image``,
    ``photo_unreadable``, ``photo_too_large`` or ``photo_too_many_pixels``.
    """
    facts = read_facts(source, zone)
    if facts.derivable:
        load_scaled(source, _PROBE_SIDE)
    return facts
