"""MBTiles files of one colour over the demo city."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QColor, QImage

from sync.contract.tiles import Tile, tile_at, tms_row

WEST, SOUTH, EAST, NORTH = 113.80, 22.48, 113.97, 22.64


def solid_base_map(
    path: Path,
    colour: str,
    zooms: tuple[int, int] = (12, 15),
    datum: str | None = "wgs84",
    only: tuple[float, float] | None = None,
    streets: Sequence[tuple[str, str, str]] = (),
) -> Path:
    """Tiles of one colour; ``only`` one of them, the one that holds a position."""
    picture = _png(colour)
    with closing(driver.connect(str(path))) as db:
        db.execute("CREATE TABLE metadata (name text, value text)")
        told = {"name": path.stem, "format": "png", **({"datum": datum} if datum else {})}
        db.executemany("INSERT INTO metadata VALUES (?, ?)", list(told.items()))
        db.execute(
            "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)"
        )
        for zoom in range(zooms[0], zooms[1] + 1):
            first, last = tile_at(WEST, NORTH, zoom), tile_at(EAST, SOUTH, zoom)
            found = [
                Tile(zoom, column, row)
                for column in range(first.column, last.column + 1)
                for row in range(first.row, last.row + 1)
            ]
            for tile in [tile_at(*only, zoom)] if only else found:
                at = (tile.zoom, tile.column, tms_row(tile.zoom, tile.row))
                db.execute("INSERT INTO tiles VALUES (?, ?, ?, ?)", [*at, picture])
        if streets:
            db.execute("CREATE TABLE street (name text, kind text, line text)")
            db.executemany("INSERT INTO street VALUES (?, ?, ?)", streets)
        db.execute("CREATE UNIQUE INDEX at ON tiles (zoom_level, tile_column, tile_row)")
        db.commit()
    return path


def _png(colour: str) -> bytes:
    image = QImage(256, 256, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())
