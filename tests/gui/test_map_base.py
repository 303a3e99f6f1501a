"""The base map under the map, the layers that are kept, and many pins: through the window."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from field_app import Tablet, put_case, put_rows, start_workers
from map_stage import CARD, CASE, Stage, shown
from map_tiles import solid_base_map
from msgspec.structs import replace
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot

from fieldapp.geo.gcj02 import to_gcj02
from fieldapp.services.base_map import TileShelf
from fieldapp.services.settings_store import Settings
from fieldapp.viewmodels import map_base
from fieldapp.viewmodels.map_marks import read_marks
from sync.contract.map_offer import MapOffer
from sync.contract.records import Place, PlaceSource
from sync.contract.tiles import Tile
from sync.map_state import MapState
from sync.replica.basemap import import_base_map
from sync.replica.folder import DataFolder
from sync.replica.map_note import HeldMap, MapNote, is_in_force


@pytest.fixture
def stage(qtbot: QtBot, tablet: Tablet) -> Iterator[Stage]:
    desk = tablet.desk()
    for n in range(40):
        put_case(desk, lon=CASE[0] + n * 1e-5, lat=CASE[1], state="dispatched" if n else "reported")
    folder = desk.folder
    desk.work.close()
    desk.reference.close()
    workers = start_workers(qtbot, tablet.desk)
    made = Stage(qtbot, workers[1], folder)
    made.loaded()
    yield made
    made.close()
    for worker in workers:
        worker.stop()


def folder_of(tablet: Tablet) -> DataFolder:
    desk = tablet.desk()
    desk.work.close()
    desk.reference.close()
    return desk.folder


def colour_at(stage: Stage, lon: float, lat: float) -> QColor:
    stage.qtbot.waitUntil(stage.city.complete, timeout=60_000)
    at = stage.city.mapToScene(stage.pixel(lon, lat))
    return stage.window.grabWindow().pixelColor(round(at.x()), round(at.y()))


def close_to(found: QColor, wanted: str) -> bool:
    want = QColor(wanted)
    return max(abs(a - b) for a, b in zip(found.getRgb()[:3], want.getRgb()[:3], strict=True)) <= 12


def test_imported_base_map_lies_under_the_cells_and_is_left_out_on_demand(
    stage: Stage, tablet: Tablet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = tmp_path / "stick"
    shelf.mkdir()
    solid_base_map(shelf / "绿.mbtiles", "#2f7d4f", zooms=(13, 15), datum=None)
    os.utime(shelf / "绿.mbtiles", (1, 1))
    for n in range(9):
        (shelf / f"{n}.mbtiles").touch()
    monkeypatch.setattr(map_base, "usual_folders", lambda: (("stick", shelf),))
    left_out: list[list[str]] = []
    stage.map.layersChosen.connect(left_out.append)
    for layer in ("case", "site", "disposal", "zone"):
        stage.map.showLayer(layer, False)
    stage.city.centreOn(113.90, 22.56)
    spot = (113.9003, 22.5603)
    assert not close_to(colour_at(stage, *spot), "#2f7d4f")

    stage.click("map.layers")
    stage.click("map.base.files")
    last = "map.files.9"
    stage.qtbot.waitUntil(lambda: stage.overlay_sees(last), timeout=60_000)
    scroll = scroller_of(stage, last)
    scroll.setProperty("contentY", scroll.property("contentHeight") - scroll.height())
    stage.overlay_click(last)
    stage.qtbot.waitUntil(lambda: bool(stage.map.base.datumWanted), timeout=60_000)
    assert "datum" in stage.map.base.problem or "坐标系" in stage.map.base.problem
    assert scroll.property("contentY") == 0  # what is asked stands above the files
    stage.overlay_click("map.files.wgs84")
    stage.qtbot.waitUntil(lambda: bool(stage.map.base.present), timeout=60_000)
    stage.qtbot.waitUntil(lambda: not stage.overlay_sees(last), timeout=60_000)

    assert stage.map.base.fact.startswith("WGS-84 · 13–15")
    assert close_to(colour_at(stage, *spot), "#2f7d4f")
    stage.click("map.layer.base")
    assert not close_to(colour_at(stage, *spot), "#2f7d4f")
    assert left_out[-1] == ["base", "zone", "site", "disposal", "case"]


def scroller_of(stage: Stage, name: str) -> QQuickItem:
    item = next(one for one in shown(stage.window.contentItem()) if one.objectName() == name)
    while not item.inherits("QQuickFlickable"):
        item = item.parentItem()
    return item


def test_base_map_put_in_by_the_command_line_is_taken_up_when_the_map_is_looked_at_again(
    stage: Stage, tablet: Tablet, tmp_path: Path
) -> None:
    for name in ("一", "二"):
        import_base_map(folder_of(tablet), solid_base_map(tmp_path / f"{name}.mbtiles", "#2f7d4f", (13, 13)))
        stage.map.rest()
        stage.map.activate()
        stage.qtbot.waitUntil(lambda name=name: stage.map.base.name == name, timeout=60_000)


def test_tile_of_a_gcj02_map_is_drawn_where_its_place_is(
    qtbot: QtBot, tablet: Tablet, tmp_path: Path
) -> None:
    folder = folder_of(tablet)
    place = (113.8801, 22.5601)
    tile = solid_base_map(
        tmp_path / "g.mbtiles", "#2f7d4f", zooms=(17, 17), datum="gcj02", only=to_gcj02(*place)
    )
    import_base_map(folder, tile)
    workers = start_workers(qtbot, tablet.desk)
    stage = Stage(qtbot, workers[1], folder)
    try:
        for layer in ("case", "site", "disposal", "zone", "cells"):
            stage.map.showLayer(layer, False)
        stage.loaded()
        qtbot.waitUntil(lambda: bool(stage.map.base.present), timeout=60_000)
        stage.city.centreOn(*place)
        assert close_to(colour_at(stage, *place), "#2f7d4f")
        assert not close_to(colour_at(stage, *to_gcj02(*place)), "#2f7d4f")
    finally:
        stage.close()
        for worker in workers:
            worker.stop()


def test_base_map_that_cannot_be_read_is_said_and_the_map_goes_on(qtbot: QtBot, tablet: Tablet) -> None:
    folder = folder_of(tablet)
    folder.base_map.write_bytes(b"no map" * 2000)
    workers = start_workers(qtbot, tablet.desk)
    stage = Stage(qtbot, workers[1], folder)
    try:
        stage.loaded()
        qtbot.waitUntil(lambda: bool(stage.map.base.problem), timeout=60_000)
        assert not stage.map.base.present
        stage.map.base.speak("en")
        assert "no MBTiles" in stage.map.base.problem
        assert len(stage.map.scene.ground.cells) > 14_000
    finally:
        stage.close()
        for worker in workers:
            worker.stop()


def test_base_map_that_rots_can_be_fetched_again_or_taken_away(
    stage: Stage, tablet: Tablet, tmp_path: Path
) -> None:
    folder, asked = folder_of(tablet), list[str]()
    import_base_map(folder, solid_base_map(tmp_path / "绿.mbtiles", "#2f7d4f", (13, 13)))
    stage.map.base.reopen()
    stage.qtbot.waitUntil(lambda: bool(stage.map.base.present), timeout=60_000)
    told = folder.base_map.stat()
    held = HeldMap(told.st_size, told.st_mtime_ns, "ab" * 32)
    size, now = told.st_size, datetime(2026, 11, 22, tzinfo=UTC)
    offer = MapOffer("ab" * 32, size, size, ["ab" * 32], "绿", "wgs84", "png", 13, 13, now)
    note = MapNote(offer=offer, held=held)
    assert is_in_force(folder, note)

    stage.map.base.close()
    folder.base_map.write_bytes(b"rot" * 5000)
    os.utime(folder.base_map, ns=(told.st_atime_ns, told.st_mtime_ns))  # a disk that rots tells nobody
    stage.map.city_offer.asked.connect(lambda do, _any_link: asked.append(do))
    stage.map.base.reopen()
    stage.qtbot.waitUntil(lambda: bool(stage.map.base.problem), timeout=60_000)
    assert asked == ["look"]
    assert not is_in_force(folder, note)
    stage.map.base.open()
    assert asked == ["look"]  # it is not opened again and again

    stage.click("map.layers")
    stage.click("map.base.files")
    stage.qtbot.waitUntil(lambda: stage.overlay_sees("map.files.remove"), timeout=60_000)
    stage.map.base.remove()
    assert not folder.base_map.exists()
    assert not stage.map.base.problem


def test_many_pins_stand_under_a_number_that_a_tap_opens(stage: Stage) -> None:
    stage.city.centreOn(*CASE)
    for _ in range(5):
        stage.city.zoomOut()
    far = stage.city.view().mpp
    stage.tap(stage.pixel(CASE[0] + 20e-5, CASE[1]))

    assert stage.city.view().mpp < far
    assert stage.map.selection.layer == ""
    for _ in range(8):
        stage.city.zoomIn()
    stage.city.centreOn(*CASE)
    stage.tap(stage.pixel(*CASE))
    assert stage.chosen()[0] == "case"


def test_lights_come_with_the_cases(tablet: Tablet, stage: Stage) -> None:
    marks = stage.map.scene.marks["case"].everything()
    assert sum(mark.light == "red" for mark in marks) >= 40
    desk = tablet.desk()
    mine = put_case(desk, state="closed", reporter=CARD.officer_id)
    again = read_marks(desk, stage.map.scene.plane)
    desk.work.close()
    desk.reference.close()
    assert mine in {mark.key for mark in again["report"].everything()}
    assert mine not in {mark.key for mark in again["case"].everything()}


def test_shelf_keeps_no_more_than_its_bytes() -> None:
    shelf = TileShelf(most_bytes=5 * 256 * 256 * 4)
    for n in range(50):
        shelf.keep(Tile(12, n, 0), QImage(256, 256, QImage.Format.Format_RGB32))
        assert shelf.bytes <= 5 * 256 * 256 * 4
    assert shelf.get(Tile(12, 49, 0)) is not None
    assert shelf.get(Tile(12, 0, 0)) is None
    shelf.clear()
    assert shelf.bytes == 0


def test_settings_remember_what_is_left_out() -> None:
    assert Settings(map_left_out=("base", "zone")).checked().map_left_out == ("base", "zone")


STREETS = [("前进路", "road", "113.8800,22.5600;113.8900,22.5600;113.8900,22.5700")]


def test_way_there_turns_with_the_position_and_follows_streets(
    qtbot: QtBot, tablet: Tablet, tmp_path: Path
) -> None:
    folder = folder_of(tablet)
    desk = tablet.desk()
    case_id = put_case(desk, lon=113.8901, lat=22.5700)
    desk.work.close()
    desk.reference.close()
    workers = start_workers(qtbot, tablet.desk)
    stage = Stage(qtbot, workers[1], folder)
    way = stage.map.way
    try:
        stage.loaded()
        stage.map.select("case", case_id)
        stage.chosen()
        stage.click("map.card.way")
        assert stage.find("map.way.how").property("text") == "没有位置，等有了位置再指路。"

        stage.position.move(Place(PlaceSource.GNSS, 113.8802, 22.5601, 8.0))
        qtbot.waitUntil(lambda: way.state == "none", timeout=60_000)
        assert stage.find("map.way.how").property("text") == "没有道路数据，只指直线方向。"
        assert stage.find("map.way.distance").property("text") == "1.5 公里 · 东北"
        assert stage.map.scene.way_is_straight
        stage.click("map.way.end")
        assert not stage.sees("map.way")
        assert stage.map.scene.way == ()

        import_base_map(folder, solid_base_map(tmp_path / "s.mbtiles", "#eeeeee", streets=STREETS))
        stage.map.select("case", case_id)
        stage.chosen()
        stage.click("map.card.way")
        qtbot.waitUntil(lambda: way.state == "streets", timeout=60_000)
        assert stage.find("map.way.how").property("text") == "沿道路约 2.1 公里"
        assert len(stage.map.scene.way) == 5
        assert not stage.map.scene.way_is_straight
        stage.position.move(Place(PlaceSource.GNSS, 113.8900, 22.5650, 8.0))
        assert stage.find("map.way.how").property("text") == "沿道路约 560 米"
        assert stage.find("map.way.distance").property("text") == "550 米 · 正北"
        assert abs(stage.find("map.way.arrow").property("rotation") - way.direction) < 0.01
        stage.position.move(Place(PlaceSource.GNSS, 113.8901, 22.5699, 8.0))
        assert stage.find("map.way.how").property("text") == "已到附近。"
    finally:
        stage.close()
        for worker in workers:
            worker.stop()


OFFER = MapState("ready", sha256="ab" * 32, name="福田演示城", datum="wgs84", bytes=7_100_000)


def test_map_that_central_offers_is_fetched_waited_for_and_shown_when_it_has_come(
    stage: Stage, tablet: Tablet, tmp_path: Path
) -> None:
    asked: list[tuple[str, bool]] = []
    offer = stage.map.city_offer
    offer.asked.connect(lambda do, any_link: asked.append((do, any_link)))
    stage.click("map.layers")
    assert not stage.sees("map.offer")
    offer.tell(OFFER)
    assert str(offer.fact) == "福田演示城 · WGS-84 · 7.1 MB"
    stage.click("map.offer.fetch")
    offer.tell(replace(OFFER, state="waiting", code="map_waits_unmetered"))
    assert "Wi-Fi" in str(offer.reason)
    stage.click("map.offer.anyway")
    offer.tell(replace(OFFER, state="fetching", done=3_550_000))
    assert (offer.value, offer.progress) == (0.5, "3.5 MB / 7.1 MB")
    assert not stage.sees("map.offer.anyway")
    stage.click("map.offer.giveUp")
    offer.tell(replace(OFFER, state="failed", code="map_no_room", facts={"megabytes": 8}))
    assert stage.sees("map.offer.fetch")
    assert asked == [("fetch", False), ("fetch", True), ("give_up", False)]

    import_base_map(folder_of(tablet), solid_base_map(tmp_path / "绿.mbtiles", "#2f7d4f", (13, 13)))
    offer.tell(replace(OFFER, state="here", done=OFFER.bytes))
    stage.qtbot.waitUntil(lambda: stage.map.base.name == "绿", timeout=60_000)
    assert not stage.sees("map.offer")


def test_routes_of_the_truck_last_looked_up_and_of_an_alerts_truck_lie_over_the_map(
    stage: Stage, tablet: Tablet
) -> None:
    desk = tablet.desk()
    route = ";".join(f"{113.86 + n / 100},22.5600" for n in range(6))
    day = {"valid_from": "2000-01-01", "valid_to": "2999-12-31"}
    permits = [
        {"permit_id": "R1", "plate": "粤B77001", "route": route, "status": "active", **day},
        {"permit_id": "R2", "plate": "粤B77001", "route": route, "status": "revoked", **day},
        {"permit_id": "R3", "plate": "粤B77002", "route": "nothing of the kind", "status": "active", **day},
    ]
    put_rows(desk, "permit", *permits)
    alert = {"alert_id": "A1", "kind": "off_route", "plate": "粤B77001", "state": "open", "severity": 2}
    put_rows(desk, "alert", {**alert, "lon": 113.885, "lat": 22.57})
    desk.work.close()
    desk.reference.close()
    stage.events.tablesChanged.emit(frozenset({"permit"}))
    stage.map.routes_model.show_truck("粤B77001")
    stage.qtbot.waitUntil(lambda: stage.map.routes_model.property("count") == 1, timeout=60_000)
    for layer in ("case", "site", "disposal", "zone", "cells"):
        stage.map.showLayer(layer, False)
    stage.city.centreOn(113.885, 22.56)
    success = QColor(stage.theme.property("success")).name()
    assert close_to(colour_at(stage, 113.8850, 22.5600), success)

    stage.click("map.layers")
    assert "粤B77001" in str(stage.find("map.routes.plate").property("text"))
    stage.click("map.layer.route")
    assert not close_to(colour_at(stage, 113.8850, 22.5600), success)
    stage.map.routes_model.show_truck("粤B77002")
    assert stage.map.routes_model.property("plate") == ""  # not another truck's, before its own are read
    assert stage.map.routes_model.property("count") == 0
    assert not stage.sees("map.layer.route")
    stage.map.select("alert", "A1")
    stage.qtbot.waitUntil(lambda: stage.map.routes_model.property("plate") == "粤B77001", timeout=60_000)
