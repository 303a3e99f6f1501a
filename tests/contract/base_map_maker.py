"""Small MBTiles files for tests."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import sqlcipher3.dbapi2 as driver

PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M/wHwAEBgIApD5fRAAAAABJRU5ErkJggg=="
)
TILES = [(2, 3, 1, PNG), (3, 6, 3, PNG)]


def make_base_map(
    path: Path,
    metadata: dict[str, str | None] | None = None,
    *,
    tiles: Sequence[tuple[int, int, int, bytes]] = TILES,
    streets: Sequence[tuple[str, str, str]] = (),
    view: bool = False,
    index: bool = True,
) -> Path:
    """A file with these tiles (zoom, column, row from the south, picture); None leaves a key out."""
    told = {"name": "测试底图", "format": "png", "datum": "wgs84", **(metadata or {})}
    table = "pieces" if view else "tiles"
    with closing(driver.connect(str(path))) as db:
        db.execute("CREATE TABLE metadata (name text, value text)")
        db.executemany("INSERT INTO metadata VALUES (?, ?)", [kv for kv in told.items() if kv[1] is not None])
        db.execute(
            f"CREATE TABLE {table}"
            " (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)"
        )
        if index:
            db.execute(f"CREATE UNIQUE INDEX tile_index ON {table} (zoom_level, tile_column, tile_row)")
        db.executemany(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", tiles)
        if view:
            db.execute("CREATE VIEW tiles AS SELECT * FROM pieces")
        if streets:
            db.execute("CREATE TABLE street (name text, kind text, line text)")
            db.executemany("INSERT INTO street VALUES (?, ?, ?)", streets)
        db.commit()
    return path
