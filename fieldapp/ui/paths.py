"""Where the shipped look of the app lives on disk: QML module, icons, fonts. Works from a checkout and from a frozen folder."""

from __future__ import annotations

import sys
from pathlib import Path


def bundle_root() -> Path:
    """The folder that holds both `fieldapp/` and `resources/`."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parents[2]


def resources() -> Path:
    return bundle_root() / "resources"
