"""Where the QML module lies on disk, in a checkout and in a frozen folder alike."""

from __future__ import annotations

from pathlib import Path

from sync.resources import resources_root


def bundle_root() -> Path:
    """The folder that holds both `fieldapp/` and `resources/`: the QML import path."""
    return resources_root().parent


def resources() -> Path:
    return resources_root()
