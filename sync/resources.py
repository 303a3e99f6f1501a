"""Where the product's shipped data lies: code tables, the demo city, messages, fonts, icons.

One place knows it, for a source checkout and for a frozen program alike (PyInstaller unpacks its data below
``sys._MEIPASS``, in the same ``resources`` folder).
"""

from __future__ import annotations

import sys
from pathlib import Path


def resources_root() -> Path:
    """The ``resources`` folder of this program."""
    frozen = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return base / "resources"


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, e.g. ``resource("tables", "classes.json")``."""
    return resources_root().joinpath(*parts)
