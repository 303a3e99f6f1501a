"""The language the device's owner chose in the app, for what speaks to people without a window."""

from __future__ import annotations

import msgspec

from sync.messages import LANGUAGES
from sync.replica.folder import DataFolder

FIRST = "zh"
"""Where nobody has chosen."""


class _Chosen(msgspec.Struct, frozen=True):
    language: str = FIRST


def chosen_language(folder: DataFolder) -> str:
    """``zh`` or ``en``; a file that cannot be read counts as no choice."""
    try:
        chosen = msgspec.json.decode(folder.settings.read_bytes(), type=_Chosen).language
    except (OSError, msgspec.DecodeError):
        return FIRST
    return chosen if chosen in LANGUAGES else FIRST
