"""How to start the product's other programs from this one: frozen, installed, or from a checkout."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def command_of(name: str, module: str) -> list[str]:
    """The words that start a program: its executable beside ours, else its module in our Python."""
    ours = Path(sys.executable)
    beside = ours.with_name(name + ours.suffix)
    if getattr(sys, "frozen", False) or beside.is_file():
        return [str(beside)]
    return [str(ours), "-m", module]


def outside_environment() -> dict[str, str]:
    """The environment for a program that is not ours: without the library path of a frozen folder."""
    environment = dict(os.environ)
    if getattr(sys, "frozen", False):
        before = environment.pop("LD_LIBRARY_PATH_ORIG", "")
        environment.pop("LD_LIBRARY_PATH", None)
        if before:
            environment["LD_LIBRARY_PATH"] = before
    return environment
