"""``fieldapp base-map``: taken, looked at and taken away with no key and nobody signed in."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from fieldapp.cli import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    code = main(["base-map", *arguments, "--json"])
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return code, told


def test_base_map_is_taken_looked_at_and_taken_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, data = tmp_path / "城市.mbtiles", ("--data", str(tmp_path / "data"))
    with closing(driver.connect(str(source))) as db:
        db.execute("CREATE TABLE metadata (name text, value text)")
        db.executemany("INSERT INTO metadata VALUES (?, ?)", [("name", "城市"), ("format", "png")])
        db.execute("CREATE TABLE tiles (zoom_level int, tile_column int, tile_row int, tile_data blob)")
        db.execute("INSERT INTO tiles VALUES (4, 1, 1, ?)", [b"\x89PNG\r\n\x1a\n"])
        db.commit()

    assert run(capsys, *data) == (0, {"ok": True, "base_map": None})
    code, told = run(capsys, str(source), *data)
    assert code == 3
    assert told["error"]["code"] == "base_map_datum"  # type: ignore[index]
    code, told = run(capsys, str(source), "--datum", "gcj02", *data)
    assert code == 0
    assert told["base_map"]["name"] == "城市"  # type: ignore[index]
    assert told["base_map"]["datum"] == "gcj02"  # type: ignore[index]
    assert run(capsys, "--remove", *data) == (0, {"ok": True, "base_map": None})
