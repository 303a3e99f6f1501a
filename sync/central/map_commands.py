"""``fieldapp-central base-map``: the demo city drawn as a base map, for tablets to import."""

from __future__ import annotations

import argparse
from pathlib import Path

from sync.central.city.basemap import make_base_map
from sync.cli.frame import Result
from sync.replica.files import plain_errors, remove_quietly


def do_base_map(arguments: argparse.Namespace) -> Result:
    """Draw it beside its place, then put it there: a file of that name is always whole."""
    target: Path = arguments.file
    part = target.with_name(f".{target.name}.part")
    with plain_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        remove_quietly(part)
        try:
            tiles = make_base_map(part, arguments.seed)
            part.replace(target)
        finally:
            remove_quietly(part)
    return {"file": str(target), "tiles": tiles, "bytes": target.stat().st_size}
