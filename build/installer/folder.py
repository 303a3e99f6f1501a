"""What a finished folder holds: its files with hashes, its size by part, and its links made plain."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

PARTS = (
    ("Qt", ("inside/PySide6", "inside/shiboken6")),
    ("fonts", ("inside/resources/fonts",)),
    ("ours", ("inside/resources", "inside/fieldapp")),
    ("Python", ("",)),
)
"""Parts by where they lie, the first that fits; our own modules lie packed in the executable."""


def files_of(folder: Path) -> list[Path]:
    """Every file and link below a folder, by name."""
    return sorted(path for path in folder.rglob("*") if path.is_symlink() or path.is_file())


def manifest(folder: Path) -> dict[str, str]:
    """Name → SHA-256; of a link where it leads."""
    return {
        str(path.relative_to(folder)): f"-> {path.readlink()}" if path.is_symlink() else _sha256(path)
        for path in files_of(folder)
    }


def write_manifest(folder: Path, target: Path) -> str:
    """Write the list as JSON; answers the hash of the list."""
    text = json.dumps(manifest(folder), indent=0, sort_keys=True, ensure_ascii=False) + "\n"
    target.write_text(text, encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()


def sizes(folder: Path) -> dict[str, int]:
    """Bytes by part and in all."""
    found = dict.fromkeys((name for name, _ in PARTS), 0)
    for path in files_of(folder):
        if not path.is_symlink():
            found[_part(str(path.relative_to(folder)))] += path.stat().st_size
    return {**found, "all": sum(found.values())}


def _part(name: str) -> str:
    return next(part for part, places in PARTS if name.startswith(places))


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
