"""``fieldapp-central base-map``: what tablets are offered; ``draw-base-map``: the demo city's own."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from sync.central.city.basemap import make_base_map
from sync.central.commands import opened
from sync.central.seeding import DEMO_SEED
from sync.cli.frame import Result
from sync.contract.map_offer import MapOffer
from sync.replica.basemap import Datum
from sync.replica.files import plain_errors, remove_quietly


def add_commands(add: Callable[..., Any]) -> None:
    """Both, with their arguments."""
    put = add("base-map", help="offer an MBTiles base map to the tablets, or say which is offered")
    put.add_argument("file", type=Path, nargs="?", metavar="FILE")
    put.add_argument(
        "--datum",
        choices=[datum.value for datum in Datum],
        default="",
        help="what the tiles are drawn in, for a file that does not say",
    )
    put.add_argument("--remove", action="store_true", help="offer none any more; tablets keep what they have")
    drawn = add("draw-base-map", help="draw the demo city as a base map (MBTiles)")
    drawn.add_argument("file", type=Path, metavar="FILE")
    drawn.add_argument("--seed", type=int, default=DEMO_SEED)


def do_base_map(arguments: argparse.Namespace) -> Result:
    """Put a file where tablets fetch it, say which is there, or take it away; also while central serves."""
    with opened(arguments) as central:
        if arguments.remove:
            central.maps.remove()
        elif arguments.file is not None:
            central.maps.put(arguments.file, arguments.datum)
        return {"base_map": _told(central.maps.current())}


def _told(offer: MapOffer | None) -> Result | None:
    if offer is None:
        return None
    plain: Result = msgspec.to_builtins(offer)
    return {name: value for name, value in plain.items() if name not in ("pieces", "signature")}


def do_draw_base_map(arguments: argparse.Namespace) -> Result:
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
