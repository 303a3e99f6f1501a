"""Where central served last, noted in its data folder, so that an invitation's QR can name it."""

from __future__ import annotations

from pathlib import Path

from sync.central.files import write_durably

_NOTE = "address.txt"


def note_address(folder: Path, url: str) -> None:
    """Central serves here now."""
    write_durably(folder / _NOTE, url.encode(), mode=0o644)


def noted_address(folder: Path) -> str:
    """Where central served last, or ""."""
    try:
        return (folder / _NOTE).read_text(encoding="utf-8").strip()
    except OSError:
        return ""
