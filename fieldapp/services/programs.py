"""How to start the product's other programs from this one: frozen, installed, or from a checkout."""

from __future__ import annotations

import sys
from pathlib import Path


def command_of(name: str, module: str) -> list[str]:
    """The words that start a program: its executable beside ours, else its module in our Python."""
    ours = Path(sys.executable)
    beside = ours.with_name(name + ours.suffix)
    if getattr(sys, "frozen", False) or beside.is_file():
        return [str(beside)]
    return [str(ours), "-m", module]
