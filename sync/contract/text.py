"""Free text people type: kept byte-equal, within two limits and without what cannot be stored honestly."""

from __future__ import annotations

from sync.contract.errors import InputRefused

NOTE_MAX = 10_000
"""Characters (code points) a note may have."""


def check_note(text: str) -> str:
    """Return the note unchanged, or refuse NUL, lone surrogates and more than 10,000 characters."""
    if "\x00" in text:
        raise InputRefused("text_nul", position=text.index("\x00"))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputRefused("text_surrogate", position=error.start) from None
    if len(text) > NOTE_MAX:
        raise InputRefused("note_too_long", length=len(text), limit=NOTE_MAX)
    return text
