"""``fieldapp base-map``: a base map taken from a file, looked at, or taken away, without the window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import msgspec

from sync.cli.frame import Handler, Result
from sync.replica.basemap import Datum, base_map_facts, import_base_map, remove_base_map
from sync.replica.folder import DataFolder

COMMANDS = ("base-map",)


def add_commands(commands: Any) -> None:
    """Put it beside the others."""
    taken = commands.add_parser("base-map", help="take an MBTiles base map, or say which is there")
    taken.add_argument("file", type=Path, nargs="?", metavar="FILE")
    taken.add_argument(
        "--datum",
        choices=[datum.value for datum in Datum],
        default="",
        help="what the tiles are drawn in, for a file that does not say",
    )
    taken.add_argument("--remove", action="store_true", help="go back to the map's own drawing")


def handlers() -> dict[str, Handler]:
    """Its handler: it needs the folder alone, no key and nobody signed in."""
    return {"base-map": _base_map}


def _base_map(arguments: argparse.Namespace) -> Result:
    folder = DataFolder(arguments.data)
    if arguments.remove:
        remove_base_map(folder)
    elif arguments.file is not None:
        import_base_map(folder, arguments.file, arguments.datum)
    facts = base_map_facts(folder)
    return {"base_map": None if facts is None else msgspec.to_builtins(facts)}
