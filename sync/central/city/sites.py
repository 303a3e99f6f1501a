"""Construction and disposal sites, each in a cell of its own; some disposal sites lie outside the city."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from sync.central.city.draw import read_json, stream
from sync.central.city.ground import Cell
from sync.contract.codes import OUTSIDE
from sync.contract.tables import Row

OUTSIDE_EVERY = 5
"""One disposal site in so many lies beyond the city's cells."""


class Site(msgspec.Struct, frozen=True):
    """A place that trucks drive from or to; ``project`` is empty for a disposal site."""

    key: str
    name: str
    project: str
    lon: float
    lat: float
    grid_cell: str
    address: str


def street_address(cell: Cell, rng: random.Random, words: Mapping[str, Any]) -> str:
    """An address in the cell's community on an invented road."""
    road = rng.choice(words["roads"]) + rng.choice(words["road_kinds"])
    return f"{cell.street}{cell.community}{road}{1 + int(rng.random() * 320)}号"


def make_sites(seed: int, count: int, ground: tuple[Cell, ...]) -> tuple[Site, ...]:
    """Construction sites in different cells, named after their projects."""
    rng, words = stream(seed, "site"), read_json("city", "words.json")
    kinds = words["project"]
    taken: dict[str, int] = {}
    sites = []
    for index, cell in enumerate(rng.sample(ground, count)):
        place = cell.community.removesuffix("社区").removesuffix("村")
        base = place + rng.choice(kinds["kinds"]) + rng.choice(kinds["phases"])
        taken[base] = taken.get(base, 0) + 1
        name = base if taken[base] == 1 else f"{base}{taken[base]}号地块"
        project = name + rng.choice(kinds["works"])
        address = street_address(cell, rng, words)
        sites.append(
            Site(f"GD{index + 1:05d}", f"{name}工地", project, cell.lon, cell.lat, cell.code, address)
        )
    return tuple(sites)


def make_disposal_sites(seed: int, count: int, ground: tuple[Cell, ...]) -> tuple[Site, ...]:
    """Disposal sites; every fifth lies in a neighbouring city and so in grid cell ``outside``."""
    rng, words = stream(seed, "disposal"), read_json("city", "words.json")
    kinds, towns = words["disposal"]["inside"], words["disposal"]["outside"]
    cells = rng.sample(ground, count)
    sites = []
    for index, cell in enumerate(cells):
        key, kind = f"XN{index + 1:04d}", rng.choice(kinds)
        if index % OUTSIDE_EVERY == OUTSIDE_EVERY - 1:
            town, lon, lat = towns[index // OUTSIDE_EVERY % len(towns)]
            lon, lat = round(lon + rng.uniform(-0.01, 0.01), 6), round(lat + rng.uniform(-0.01, 0.01), 6)
            road = f"{rng.choice(words['roads'])}路{1 + index}号"
            sites.append(Site(key, f"{town}{index + 1}号{kind}", "", lon, lat, OUTSIDE, town + road))
        else:
            name = f"{cell.community.removesuffix('社区')}{index + 1}号{kind}"
            address = street_address(cell, rng, words)
            sites.append(Site(key, name, "", cell.lon, cell.lat, cell.code, address))
    return tuple(sites)


def site_rows(sites: tuple[Site, ...], key: str) -> Iterator[Row]:
    """The rows of table ``site`` or ``disposal_site``, whose key column is ``key``."""
    for site in sites:
        yield {
            key: site.key,
            "name": site.name,
            "lon": site.lon,
            "lat": site.lat,
            "grid_cell": site.grid_cell,
            "address": site.address,
        }
