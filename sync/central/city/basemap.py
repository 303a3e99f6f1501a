"""The demo city's base map as an MBTiles file (1.3), its streets beside the tiles. Made, not shipped."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from sync.central.city.demo import CITY, DEMO_SEED
from sync.central.city.ground import Cell, build_ground
from sync.central.city.picture import CityPicture
from sync.central.city.streets import Street, build_streets
from sync.contract.tiles import tms_row

ZOOMS = range(11, 17)
"""From the whole city on one tile to about two metres a pixel."""


def make_base_map(path: Path, seed: int = DEMO_SEED) -> int:
    """Write the file (which must not exist); answers how many tiles it holds."""
    ground = build_ground(seed)
    return write_base_map(path, seed, ground, build_streets(seed, ground), ZOOMS)


def write_base_map(
    path: Path, seed: int, ground: tuple[Cell, ...], streets: tuple[Street, ...], zooms: range
) -> int:
    """The same for a ground and streets that are there already."""
    picture = CityPicture(seed, ground, streets)
    lons, lats = [cell.lon for cell in ground], [cell.lat for cell in ground]
    told = {
        "name": CITY.name_zh,
        "format": "png",
        "datum": "wgs84",
        "type": "baselayer",
        "version": "1",
        "bounds": f"{min(lons):.4f},{min(lats):.4f},{max(lons):.4f},{max(lats):.4f}",
        "center": f"{CITY.lon},{CITY.lat},13",
        "minzoom": str(zooms[0]),
        "maxzoom": str(zooms[-1]),
        "attribution": "虚构的演示城市，不是真实地图 · An invented city, no real map",
    }
    with closing(driver.connect(str(path), isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        db.execute("CREATE TABLE metadata (name text, value text)")
        db.executemany("INSERT INTO metadata VALUES (?, ?)", list(told.items()))
        db.execute(
            "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob,"
            " PRIMARY KEY (zoom_level, tile_column, tile_row)) WITHOUT ROWID"
        )
        count = 0
        for tile, image in picture.tiles(zooms):
            data = BytesIO()
            image.save(data, "PNG", compress_level=9)
            row = tms_row(tile.zoom, tile.row)
            db.execute(
                "INSERT INTO tiles VALUES (?, ?, ?, ?)", [tile.zoom, tile.column, row, data.getvalue()]
            )
            count += 1
        db.execute("CREATE TABLE street (name text, kind text, line text)")
        db.executemany("INSERT INTO street VALUES (?, ?, ?)", [_row(street) for street in streets])
        db.execute("COMMIT")
    return count


def _row(street: Street) -> list[str]:
    return [street.name, street.kind, ";".join(f"{lon:.5f},{lat:.5f}" for lon, lat in street.points)]
