"""The base map: an MBTiles file (1.3) of picture tiles under the map's own drawing. Public, rebuildable.

Beside what the format asks for, ``metadata`` must name the ``datum`` its tiles are drawn in: ``wgs84`` or
``gcj02`` (maps of Chinese internet services are shifted by hundreds of metres). A file of ours may also hold
a table ``street`` (name, kind, line: "lon,lat;lon,lat;…" in WGS-84), along which ways are found.

The file in force is never written: a new one is checked, copied beside it and renamed over it.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from enum import StrEnum
from pathlib import Path

import msgspec
import sqlcipher3.dbapi2 as driver

from sync.contract.errors import InputRefused
from sync.replica.database import DatabaseError
from sync.replica.files import plain_errors, remove_quietly, sync_folder
from sync.replica.folder import DataFolder

FORMATS = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "webp": "webp"}
_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")
ZOOM_MOST = 22
TILE_BYTES_MOST = 4 << 20
CACHE_KIB = 1_024


class Datum(StrEnum):
    """The datum in which tiles are drawn."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"


class BaseMapFacts(msgspec.Struct, frozen=True):
    """What a base map says of itself. ``bounds`` is west, south, east, north in its own datum."""

    name: str
    format: str
    datum: Datum
    bounds: tuple[float, float, float, float]
    min_zoom: int
    max_zoom: int
    attribution: str = ""
    bytes: int = 0


class StreetLine(msgspec.Struct, frozen=True):
    """A street that came with the map: WGS-84 points as text."""

    name: str
    kind: str
    line: str


class BaseMap:
    """One file, read only, by one thread. ``tile`` counts rows from the south, as the file does."""

    def __init__(self, path: Path, datum: str = "") -> None:
        self._path = path
        try:
            self._db = _connect(path)
        except DatabaseError as error:
            raise InputRefused("base_map_unreadable", file=path.name) from error
        try:
            self.facts = _facts(self._db, path, datum)
        except DatabaseError as error:
            self._db.close()
            raise InputRefused("base_map_unreadable", file=path.name) from error
        except BaseException:  # whatever it was: the file is let go of
            self._db.close()
            raise

    def tile(self, zoom: int, column: int, tms_row: int) -> bytes | None:
        """A tile's picture, None where there is none; ``base_map_damaged`` where the file cannot be read."""
        try:
            row = self._db.execute(
                "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                [zoom, column, tms_row],
            ).fetchone()
        except DatabaseError as error:
            raise InputRefused("base_map_damaged") from error
        data = row[0] if row is not None else None
        return data if isinstance(data, bytes) and len(data) <= TILE_BYTES_MOST else None

    def streets(self) -> list[StreetLine]:
        """The streets that came with the map; none for a map from elsewhere."""
        try:
            rows = self._db.execute("SELECT name, kind, line FROM street ORDER BY rowid").fetchall()
        except DatabaseError:
            return []
        return [StreetLine(str(name or ""), str(kind or ""), str(line or "")) for name, kind, line in rows]

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()


def streets_in(path: Path) -> list[StreetLine]:
    """The streets that came with a base map; none where there is no map, or none of ours."""
    if not path.exists():
        return []
    with closing(BaseMap(path)) as found:
        return found.streets()


def import_base_map(folder: DataFolder, source: Path, datum: str = "") -> BaseMapFacts:
    """Check a file and put it in force; ``datum`` is for one that does not name its own, and goes into it."""
    facts = facts_of(source, datum)
    folder.require_room(facts.bytes)
    fresh = folder.base_map.with_name(f".{folder.base_map.name}.new")
    try:
        copy_base_map(source, fresh, facts.datum)
        adopt_base_map(folder, fresh)
    finally:
        remove_quietly(fresh)
    return facts


def facts_of(source: Path, datum: str = "") -> BaseMapFacts:
    """What a file says of itself, checked; ``datum`` as for ``import_base_map``."""
    with closing(BaseMap(source, datum)) as found:
        return found.facts


def copy_base_map(source: Path, target: Path, datum: Datum) -> None:
    """A copy of a checked file that every tablet can use as it is: whole, its datum in it, with an index."""
    _copy(source, target)
    _finish(target, datum)


def adopt_base_map(folder: DataFolder, fresh: Path) -> None:
    """Put a checked file that lies beside the one in force in its place, durably."""
    with plain_errors(fresh):
        descriptor = os.open(fresh, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        fresh.replace(folder.base_map)
        sync_folder(folder.root)


def remove_base_map(folder: DataFolder) -> None:
    """The map goes back to its own drawing alone."""
    remove_quietly(folder.base_map)


def doubt_base_map(folder: DataFolder) -> None:
    """What lies here could not be read: it is hashed again before it counts as what central offers."""
    with suppress(OSError):
        os.utime(folder.base_map)


def base_map_facts(folder: DataFolder) -> BaseMapFacts | None:
    """What lies here, None for nothing; an ``InputRefused`` for what cannot be used."""
    if not folder.base_map.exists():
        return None
    return facts_of(folder.base_map)


def _connect(path: Path) -> driver.Connection:
    if not path.is_file():
        raise InputRefused("base_map_unreadable", file=path.name)
    # immutable: nobody writes it, so that no journal is looked for and a read-only disk will do
    db = driver.connect(
        f"{path.absolute().as_uri()}?mode=ro&immutable=1",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        db.execute("PRAGMA trusted_schema = OFF")
    except DatabaseError:
        db.close()
        raise
    return db


def _facts(db: driver.Connection, path: Path, datum: str) -> BaseMapFacts:
    rows = [(str(name), str(value)) for name, value in db.execute("SELECT name, value FROM metadata")]
    told = dict(rows)
    form = told.get("format", "").lower().removeprefix("image/")
    if form not in FORMATS:
        raise InputRefused("base_map_format", format=form[:40] or "?")
    datums = {value.strip().lower() for name, value in rows if name == "datum" and value.strip()}
    if len(datums) > 1:  # it contradicts itself, and nobody guesses
        raise InputRefused("base_map_datum", datum=" ".join(sorted(datums))[:40])
    named = next(iter(datums), datum).strip().lower()
    if named not in {known.value for known in Datum}:
        raise InputRefused("base_map_datum", datum=named[:40])
    if datum and datum != named:
        raise InputRefused("base_map_datum_other", datum=_shown(named), given=_shown(datum))
    # one by one: then each is answered from the end of an index
    low, high = (db.execute(f"SELECT {end}(zoom_level) FROM tiles").fetchone()[0] for end in ("min", "max"))
    if low is None:
        raise InputRefused("base_map_empty")
    sample = db.execute("SELECT tile_data FROM tiles LIMIT 1").fetchone()[0]
    if not isinstance(sample, bytes) or not sample.startswith(_MAGIC):
        raise InputRefused("base_map_format", format="?")
    # SQLite keeps any text in a column of numbers, and infinity as a number
    if not (isinstance(low, int) and isinstance(high, int) and 0 <= low <= high <= ZOOM_MOST):
        raise InputRefused("base_map_unreadable", file=path.name)
    return BaseMapFacts(
        name=told.get("name", "")[:200] or path.stem,
        format=FORMATS[form],
        datum=Datum(named),
        bounds=_bounds(told.get("bounds", "")),
        min_zoom=low,
        max_zoom=high,
        attribution=told.get("attribution", "")[:400],
        bytes=path.stat().st_size,
    )


def _shown(datum: str) -> str:
    """A datum's name for a sentence."""
    return {"wgs84": "WGS-84", "gcj02": "GCJ-02"}.get(datum, datum[:40])


def _bounds(text: str) -> tuple[float, float, float, float]:
    """Left, bottom, right, top; the whole world for a text that is no such thing."""
    with suppress(ValueError):
        west, south, east, north = (float(part) for part in text.split(","))
        if -180 <= west < east <= 180 and -90 <= south < north <= 90:
            return west, south, east, north
    return -180.0, -85.0511, 180.0, 85.0511


def _copy(source: Path, target: Path) -> None:
    """The whole of it in SQLite's own way: tiles that still lie in a log beside the file come along."""
    try:
        with closing(driver.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as db:
            remove_quietly(target)
            db.execute("VACUUM INTO ?", [str(target)])
    except DatabaseError as error:
        raise InputRefused("base_map_unreadable", file=source.name) from error


def _finish(path: Path, datum: Datum) -> None:
    """The datum named, and an index, without which every tile would be looked for in all of the file."""
    with closing(driver.connect(str(path), isolation_level=None)) as db:
        known = db.execute("SELECT value FROM metadata WHERE name = 'datum'").fetchone()
        if known is None or str(known[0]).strip().lower() != datum.value:
            db.execute("DELETE FROM metadata WHERE name = 'datum'")
            db.execute("INSERT INTO metadata (name, value) VALUES ('datum', ?)", [datum.value])
        is_table = db.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'tiles' AND type = 'table'"
        ).fetchone()
        if is_table and not db.execute("PRAGMA index_list(tiles)").fetchall():
            db.execute("CREATE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)")
