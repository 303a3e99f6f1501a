"""MBTiles base maps: read as the format says, taken from a file, and refused in plain words."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from sync.contract.errors import FieldError, InputRefused
from sync.messages import sentence
from sync.replica.basemap import BaseMap, Datum, base_map_facts, import_base_map, remove_base_map
from sync.replica.folder import DataFolder
from tests.contract.base_map_maker import PNG, make_base_map


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def refused(source: Path, folder: DataFolder, datum: str = "") -> str:
    with pytest.raises(InputRefused) as caught:
        import_base_map(folder, source, datum)
    for language in ("zh", "en"):
        assert sentence(caught.value.code, caught.value.facts, language)
    assert not folder.base_map.exists()
    assert [path.name for path in folder.root.iterdir() if "basemap" in path.name] == []
    return caught.value.code


def test_facts_and_tiles_are_read_as_the_format_says(tmp_path: Path) -> None:
    path = make_base_map(tmp_path / "a.mbtiles", {"bounds": "113.7,22.4,114.1,22.7", "attribution": "演示"})
    with closing(BaseMap(path)) as found:
        facts = found.facts
        assert (facts.name, facts.format, facts.datum) == ("测试底图", "png", Datum.WGS84)
        assert facts.bounds == (113.7, 22.4, 114.1, 22.7)
        assert (facts.min_zoom, facts.max_zoom, facts.attribution) == (2, 3, "演示")
        assert found.tile(2, 3, 1) == PNG
        assert found.tile(2, 0, 0) is None
        assert found.streets() == []


def test_tiles_may_be_a_view_over_other_tables(tmp_path: Path) -> None:
    path = make_base_map(tmp_path / "a.mbtiles", view=True)
    with closing(BaseMap(path)) as found:
        assert found.tile(2, 3, 1) == PNG


def test_imported_file_is_in_force_and_another_replaces_it(tmp_path: Path, folder: DataFolder) -> None:
    assert base_map_facts(folder) is None
    import_base_map(folder, make_base_map(tmp_path / "a.mbtiles"))
    held = base_map_facts(folder)
    assert held is not None
    assert held.datum is Datum.WGS84
    with closing(BaseMap(folder.base_map)) as old:
        import_base_map(folder, make_base_map(tmp_path / "b.mbtiles", {"datum": "gcj02"}))
        assert old.tile(2, 3, 1) == PNG  # whoever still reads the old one is not disturbed
    held = base_map_facts(folder)
    assert held is not None
    assert held.datum is Datum.GCJ02
    remove_base_map(folder)
    assert base_map_facts(folder) is None


def test_file_without_an_index_gets_one_as_it_comes_in(tmp_path: Path, folder: DataFolder) -> None:
    import_base_map(folder, make_base_map(tmp_path / "a.mbtiles", index=False))
    with closing(driver.connect(str(folder.base_map))) as db:
        plan = db.execute(
            "EXPLAIN QUERY PLAN SELECT 1 FROM tiles WHERE zoom_level = 1 AND tile_column = 1 AND tile_row = 1"
        ).fetchall()
    assert "USING" in str(plan)


def test_datum_given_for_a_file_without_one_stays_with_it(tmp_path: Path, folder: DataFolder) -> None:
    source = make_base_map(tmp_path / "a.mbtiles", {"datum": None})
    before = source.read_bytes()
    assert refused(source, folder) == "base_map_datum"
    import_base_map(folder, source, "gcj02")
    held = base_map_facts(folder)
    assert held is not None
    assert held.datum is Datum.GCJ02
    assert source.read_bytes() == before


@pytest.mark.parametrize(
    ("metadata", "code"),
    [
        ({"datum": "bd09"}, "base_map_datum"),
        ({"format": "pbf"}, "base_map_format"),
        ({"format": None}, "base_map_format"),
    ],
)
def test_what_cannot_be_shown_is_refused(
    tmp_path: Path, folder: DataFolder, metadata: dict[str, str | None], code: str
) -> None:
    assert refused(make_base_map(tmp_path / "a.mbtiles", metadata), folder) == code


def test_file_without_tiles_or_with_other_things_in_them_is_refused(
    tmp_path: Path, folder: DataFolder
) -> None:
    assert refused(make_base_map(tmp_path / "a.mbtiles", tiles=[]), folder) == "base_map_empty"
    vector = make_base_map(tmp_path / "b.mbtiles", tiles=[(2, 3, 1, b"\x1f\x8b vector")])
    assert refused(vector, folder) == "base_map_format"
    deep = make_base_map(tmp_path / "c.mbtiles", tiles=[(40, 3, 1, PNG)])
    assert refused(deep, folder) == "base_map_unreadable"


@pytest.mark.parametrize("zoom", ["abc", b"x", float("inf"), 3.5, -1])
def test_zoom_that_is_no_whole_number_is_refused(tmp_path: Path, folder: DataFolder, zoom: object) -> None:
    path = make_base_map(tmp_path / "a.mbtiles")
    with closing(driver.connect(str(path))) as db:
        db.execute("INSERT INTO tiles VALUES (?, 1, 1, ?)", [zoom, PNG])
        db.commit()
    assert refused(path, folder) == "base_map_unreadable"


def test_file_that_names_two_datums_is_refused_and_one_that_says_it_twice_is_not(
    tmp_path: Path, folder: DataFolder
) -> None:
    path = make_base_map(tmp_path / "a.mbtiles")
    with closing(driver.connect(str(path))) as db:
        db.execute("INSERT INTO metadata VALUES ('datum', 'gcj02')")
        db.commit()
        assert refused(path, folder) == refused(path, folder, "gcj02") == "base_map_datum"
        db.execute("UPDATE metadata SET value = ' WGS84 ' WHERE value = 'gcj02'")
        db.commit()
    assert import_base_map(folder, path).datum is Datum.WGS84


def test_what_is_no_database_is_refused(tmp_path: Path, folder: DataFolder) -> None:
    text = tmp_path / "a.mbtiles"
    text.write_text("not a map at all, but long enough to be looked at as one" * 40)
    assert refused(text, folder) == "base_map_unreadable"
    assert refused(tmp_path / "absent.mbtiles", folder) == "base_map_unreadable"
    with closing(driver.connect(str(tmp_path / "b.mbtiles"))) as db:
        db.execute("CREATE TABLE other (x)")
    assert refused(tmp_path / "b.mbtiles", folder) == "base_map_unreadable"
    whole = make_base_map(tmp_path / "c.mbtiles", tiles=[(9, n, n, PNG * 40) for n in range(400)])
    (tmp_path / "d.mbtiles").write_bytes(whole.read_bytes()[: whole.stat().st_size // 3])
    assert refused(tmp_path / "d.mbtiles", folder) == "base_map_unreadable"


def test_damage_met_while_reading_is_said(tmp_path: Path) -> None:
    path = make_base_map(tmp_path / "a.mbtiles", tiles=[(9, n, n, PNG * 40) for n in range(400)])
    with closing(BaseMap(path)) as found:
        with path.open("r+b") as file:
            file.seek(12 * 4096)
            file.write(b"\xff" * (path.stat().st_size - 16 * 4096))
        with pytest.raises(FieldError) as caught:
            [found.tile(9, n, n) for n in range(400)]
    assert caught.value.code == "base_map_damaged"


def test_streets_come_with_a_map_of_ours(tmp_path: Path) -> None:
    path = make_base_map(tmp_path / "a.mbtiles", streets=[("演示一路", "main", "113.8,22.5;113.9,22.5")])
    with closing(BaseMap(path)) as found:
        (street,) = found.streets()
    assert (street.name, street.kind, street.line) == ("演示一路", "main", "113.8,22.5;113.9,22.5")
