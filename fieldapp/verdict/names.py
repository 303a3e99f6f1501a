"""People's names as they are typed: full width or half, with or without spaces, one dot or another."""

from __future__ import annotations

import re
import unicodedata

_PARTING = re.compile(r"[\s·•.・‧∙⋅_\-‐-―]+")


def same_name(one: str, other: str) -> bool:
    """Whether two texts write one name; an empty one is nobody's."""
    plain = _plain(one)
    return plain != "" and plain == _plain(other)


def _plain(name: str) -> str:
    return _PARTING.sub("", unicodedata.normalize("NFKC", name)).casefold()
