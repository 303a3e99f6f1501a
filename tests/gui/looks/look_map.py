"""The map: the city, near, its cards, layers, legend, base map files, a pin, the way there, nothing yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from album import Album
from conftest import OpenDesk
from field_app import put_rows, run_job
from map_tiles import solid_base_map
from msgspec.structs import replace
from scenery import LONG_ADDRESS, case, press, stand_at, tell
from shell_fakes import Bench

from fieldapp.viewmodels import map_base
from sync.map_state import MapState
from tests.contract.central_records import alert_row

ALERT = "01900000-0000-7000-8000-00000000a1e9"


def ready(bench: Bench) -> None:
    bench.wait(lambda: bool(bench.shell.pages.map.scene.marks))
    bench.wait(bench.item("map.city").complete)  # type: ignore[attr-defined]


def test_map(at_work: OpenDesk, album: Album, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = at_work("S2001")
    stand_at(bench, 113.8830, 22.5640, 20.0)
    made = case(bench, "dispatched", lon=113.8825, lat=22.5631, address=LONG_ADDRESS)
    case(bench, "accepted", lon=113.8850, lat=22.5650)
    case(bench, "reported", lon=113.8815, lat=22.5612, assignee="")
    tell(bench, alert=[alert_row(ALERT, severity=3, lon=113.8862, lat=22.5622, address=LONG_ADDRESS)])
    run_job(
        bench.qtbot,
        bench.shell.writer,
        lambda desk: put_rows(
            desk,
            "site",
            {
                "site_id": "GD-T",
                "name": "宏达花园二期工地",
                "lon": 113.8805,
                "lat": 22.5612,
                "address": LONG_ADDRESS,
            },
        ),
    )
    bench.shell.app.navigate("map")
    ready(bench)
    album.take(bench, "map-city")
    for layer, key in (("case", made), ("alert", ALERT), ("site", "GD-T")):
        bench.shell.pages.map.select(layer, key)
        bench.wait(lambda key=key: bench.shell.pages.map.selection.key == key)
        album.take(bench, f"map-card-{layer}")
    press(bench, "map.card.way")
    bench.wait(lambda: bench.item("map.way").isVisible())
    album.take(bench, "map-way")
    bench.shell.pages.map.clearSelection()
    press(bench, "map.way.end")
    press(bench, "map.legend")
    album.take(bench, "map-legend")
    press(bench, "map.legend")
    shelf = tmp_path / "stick"
    shelf.mkdir()
    solid_base_map(shelf / "宝安区底图-2026.mbtiles", "#2f7d4f", zooms=(13, 15), datum=None)
    solid_base_map(shelf / "plain.mbtiles", "#77aa55", zooms=(13, 14))
    monkeypatch.setattr(map_base, "usual_folders", lambda: (("stick", shelf),))
    press(bench, "map.layers")
    album.take(bench, "map-layers")
    press(bench, "map.base.files")
    bench.wait(lambda: bench.item("map.files.0").isVisible())
    album.take(bench, "map-files")
    base = bench.shell.pages.map.base
    base.take(str(shelf / "宝安区底图-2026.mbtiles"))
    bench.wait(lambda: bool(base.datumWanted))
    album.take(bench, "map-files-datum")
    base.takeAs("wgs84")
    bench.wait(lambda: bool(base.present))
    album.take(bench, "map-layers-base")


def test_pin_and_nothing_yet(at_work: OpenDesk, album: Album) -> None:
    bench = at_work(page="map")
    ready(bench)
    bench.shell.pages.capture.askPin()
    ready(bench)
    album.take(bench, "map-pin")


def test_base_map_that_central_offers(at_work: OpenDesk, album: Album) -> None:
    bench = at_work(page="map")
    ready(bench)
    offer = MapState("ready", sha256="ab" * 32, name="宝安区(演示)", datum="wgs84", bytes=7_192_576)
    waiting = replace(offer, state="waiting", code="map_waits_unmetered", done=1_900_000)
    failed = replace(offer, state="failed", code="map_no_room", facts={"megabytes": 8})
    press(bench, "map.layers")
    for name, state in (("ready", offer), ("waiting", waiting), ("failed", failed)):
        bench.shell.pages.map.city_offer.tell(state)
        album.take(bench, f"map-offer-{name}")
    bench.shell.pages.map.city_offer.tell(waiting)
    bench.shell.app.navigate("settings")
    bench.wait(lambda: bench.item("settings.map.anyway").isVisible())
    album.take(bench, "settings-map")
