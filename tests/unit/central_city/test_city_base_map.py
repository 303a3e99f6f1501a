"""The demo city's base map and streets: whole, the same each time, and led along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from sync.central import cli
from sync.central.city.basemap import write_base_map
from sync.central.city.demo import CITY, DEMO_SEED
from sync.central.city.ground import Cell, build_ground
from sync.central.city.picture import CityPicture
from sync.central.city.streets import LANE, MAIN, ROAD, Street, build_streets
from sync.contract.tiles import tile_at, tms_row
from sync.replica.basemap import BaseMap


@pytest.fixture(scope="module")
def ground() -> tuple[Cell, ...]:
    return build_ground(DEMO_SEED)


@pytest.fixture(scope="module")
def streets(ground: tuple[Cell, ...]) -> tuple[Street, ...]:
    return build_streets(DEMO_SEED, ground)


@pytest.fixture(scope="module")
def drawn(
    tmp_path_factory: pytest.TempPathFactory, ground: tuple[Cell, ...], streets: tuple[Street, ...]
) -> Iterator[BaseMap]:
    path = tmp_path_factory.mktemp("map") / "demo.mbtiles"
    assert write_base_map(path, DEMO_SEED, ground, streets, range(11, 13)) > 8
    with closing(BaseMap(path)) as found:
        yield found


def test_city_has_streets_of_every_kind_and_only_lanes_have_no_name(streets: tuple[Street, ...]) -> None:
    kinds = Counter(street.kind for street in streets)
    assert kinds[MAIN] > 50
    assert kinds[ROAD] > 150
    assert kinds[LANE] > 5_000
    assert all((street.name == "") == (street.kind == LANE) for street in streets)


def test_nearly_every_street_can_be_reached_from_every_other(streets: tuple[Street, ...]) -> None:
    beside: dict[tuple[float, float], set[tuple[float, float]]] = {}
    for street in streets:
        for one, other in pairwise(street.points):
            beside.setdefault(one, set()).add(other)
            beside.setdefault(other, set()).add(one)
    main = next(street for street in streets if street.kind == MAIN)
    seen, todo = {main.points[0]}, [main.points[0]]
    while todo:
        for at in beside[todo.pop()] - seen:
            seen.add(at)
            todo.append(at)
    assert len(seen) > 0.95 * len(beside)


def test_base_map_says_what_it_is_and_holds_the_city(drawn: BaseMap) -> None:
    facts = drawn.facts
    assert (facts.name, facts.datum.value, facts.min_zoom, facts.max_zoom) == (CITY.name_zh, "wgs84", 11, 12)
    assert facts.bounds[0] < CITY.lon < facts.bounds[2]
    assert "invented" in facts.attribution
    at = tile_at(CITY.lon, CITY.lat, 12)
    data = drawn.tile(12, at.column, tms_row(12, at.row))
    assert data is not None
    image = Image.open(BytesIO(data))
    assert image.size == (256, 256)
    assert len(image.convert("RGB").getcolors() or ()) > 8
    assert len(drawn.streets()) > 5_000


def test_same_city_is_drawn_the_same(
    drawn: BaseMap, ground: tuple[Cell, ...], streets: tuple[Street, ...]
) -> None:
    for tile, image in CityPicture(DEMO_SEED, ground, streets).tiles(range(11, 12)):
        data = drawn.tile(11, tile.column, tms_row(11, tile.row))
        assert data is not None
        assert Image.open(BytesIO(data)).convert("RGB").tobytes() == image.convert("RGB").tobytes()


def test_command_leaves_a_whole_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def draw(path: Path, seed: int) -> int:
        path.write_bytes(b"drawn")
        return 3

    monkeypatch.setattr("sync.central.map_commands.make_base_map", draw)
    target = tmp_path / "new" / "city.mbtiles"
    assert cli.command(["draw-base-map", str(target), "--data", str(tmp_path), "--json"]) == 0
    assert '"tiles":3' in capsys.readouterr().out.replace(" ", "")
    assert [path.name for path in target.parent.iterdir()] == ["city.mbtiles"]
