"""The map page through real clicks, over a real replica with the demo's fourteen thousand cells."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from field_app import Tablet, make_tablet, put_case, put_rows, start_workers
from map_stage import CARD, CASE, HERE, SITE, Stage, StandingPosition
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.services.events import DeskEvents
from fieldapp.services.worker import ReplicaWorker
from fieldapp.viewmodels.map import MapViewModel
from sync.contract.records import Place, PlaceSource


@pytest.fixture
def case_id(tablet: Tablet) -> str:
    desk = tablet.desk()
    put_rows(
        desk,
        "site",
        {
            "site_id": "GD-T",
            "name": "测试工地",
            "lon": SITE[0],
            "lat": SITE[1],
            "grid_cell": "outside",
            "address": "测试路1号",
        },
    )
    made = put_case(desk, lon=CASE[0], lat=CASE[1])
    desk.work.close()
    desk.reference.close()
    return made


@pytest.fixture
def stage(qtbot: QtBot, tablet: Tablet, case_id: str) -> Iterator[Stage]:
    workers = start_workers(qtbot, tablet.desk)
    made = Stage(qtbot, workers[1])
    made.loaded()
    yield made
    made.close()
    for worker in workers:
        worker.stop()


def test_whole_city_is_in_sight_at_first(stage: Stage) -> None:
    bounds = stage.map.scene.ground.cells.bounds()
    box = stage.city.view().box()

    assert len(stage.map.scene.ground.cells) > 14_000
    assert box[0] <= bounds[0]
    assert box[3] >= bounds[3]
    assert not stage.sees("map.card")


@pytest.mark.parametrize("size", [(1176, 700), (1680, 1200), (620, 900)])
def test_whole_city_lies_where_nothing_covers_it_until_somebody_moves_it(
    stage: Stage, size: tuple[int, int]
) -> None:
    stage.window.resize(*size)
    stage.page.setSize(QSizeF(*size))
    stage.window.grabWindow()
    west, south, east, north = stage.map.scene.ground.cells.bounds()
    left, top = stage.city.view().to_screen((west, north))
    right, bottom = stage.city.view().to_screen((east, south))

    assert top >= stage.find("map.legend").mapToItem(stage.city, QPointF(0, 48)).y()
    assert 0 <= left < right <= stage.find("map.zoomIn").mapToItem(stage.city, QPointF(0, 0)).x()
    assert bottom <= stage.find("map.foot").mapToItem(stage.city, QPointF(0, 0)).y()
    assert stage.city.view().mpp < 1.2 * max((east - west) / (right - left), (north - south) / (bottom - top))

    stage.click("map.zoomIn")
    kept = stage.city.view().mpp
    stage.page.setSize(QSizeF(size[0] - 40, size[1] - 40))
    assert stage.city.view().mpp == kept


def test_tap_on_a_case_shows_it_and_opens_its_task(stage: Stage, case_id: str) -> None:
    asked: list[str] = []
    stage.map.taskAsked.connect(asked.append)
    stage.city.centreOn(*CASE)
    stage.tap(stage.pixel(*CASE))

    assert stage.chosen() == ("case", case_id)
    assert stage.find("map.card.title").property("text") == "渣土车未密闭运输"
    assert "待接单" in stage.find("map.card.kind").property("text")
    stage.click("map.card.task")
    assert asked == [case_id]


def test_tap_on_a_site_shows_it_with_the_distance(stage: Stage) -> None:
    stage.position.move(HERE)
    stage.city.centreOn(*SITE)
    stage.tap(stage.pixel(*SITE))

    assert stage.chosen() == ("site", "GD-T")
    assert stage.map.selection.address == "测试路1号"
    assert stage.map.selection.distance.endswith(" 米")


def test_tap_on_the_ground_shows_its_cell(stage: Stage) -> None:
    stage.city.centreOn(113.86, 22.55)
    stage.map.showLayer("site", False)
    stage.map.showLayer("disposal", False)
    stage.map.showLayer("case", False)
    stage.tap(QPointF(600, 420))

    layer, code = stage.chosen()
    assert layer == "cells"
    assert code == stage.city.cell_at(600, 420).code
    stage.click("map.card.close")
    assert not stage.sees("map.card")


def test_second_tap_on_one_spot_means_the_next_thing_there(
    stage: Stage, tablet: Tablet, case_id: str
) -> None:
    desk = tablet.desk()
    other = put_case(desk, lon=CASE[0], lat=CASE[1], state="reported", assignee="")
    desk.work.close()
    desk.reference.close()
    stage.events.tablesChanged.emit(frozenset({"city_case"}))
    at = stage.map.scene.plane.to_metres(*CASE)
    stage.qtbot.waitUntil(lambda: len(stage.map.scene.marks["case"].within((*at, *at))) == 2, timeout=60_000)
    stage.city.centreOn(*CASE)
    stage.tap(stage.pixel(*CASE))
    first = stage.chosen()
    stage.city.centreOn(*CASE)
    stage.tap(stage.pixel(*CASE))

    stage.qtbot.waitUntil(lambda: stage.map.selection.key not in ("", first[1]), timeout=60_000)
    assert {first[1], stage.map.selection.key} == {case_id, other}


def test_dragging_moves_the_ground_with_the_finger(stage: Stage) -> None:
    stage.click("map.zoomIn")
    stage.click("map.zoomIn")
    under = stage.city.view().to_ground(500, 400)
    start = QPoint(500, 400)
    left, no = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(stage.window, left, no, start)
    for step in range(1, 21):
        QTest.mouseMove(stage.window, start + QPoint(6 * step, 3 * step), 5)
    QTest.mouseRelease(stage.window, left, no, start + QPoint(120, 60))

    x, y = stage.city.view().to_screen(under)
    assert x == pytest.approx(620, abs=16)
    assert y == pytest.approx(460, abs=16)
    assert not stage.sees("map.card")


def test_buttons_do_all_that_fingers_can(stage: Stage) -> None:
    whole = stage.city.view()
    stage.click("map.zoomIn")
    closer = stage.city.view()
    assert closer.mpp < whole.mpp
    stage.click("map.right")
    assert stage.city.view().east > closer.east
    stage.click("map.up")
    assert stage.city.view().north > closer.north
    stage.click("map.left")
    stage.click("map.down")
    assert (stage.city.view().east, stage.city.view().north) == pytest.approx((closer.east, closer.north))
    stage.click("map.zoomOut")
    assert stage.city.view().mpp == pytest.approx(whole.mpp)
    stage.click("map.right")
    stage.click("map.showAll")
    assert stage.city.view() == whole


def test_every_button_is_large_enough_for_a_glove(stage: Stage) -> None:
    for name in ("zoomIn", "zoomOut", "showAll", "goHome", "up", "down", "left", "right"):
        item = stage.find(f"map.{name}")
        assert min(item.width(), item.height()) >= 64, name


def test_wheel_zooms_around_the_pointer_and_comes_to_rest_sharp(stage: Stage) -> None:
    under = stage.city.view().to_ground(300, 500)
    before = stage.city.view().mpp
    event = QWheelEvent(
        QPointF(300, 500),
        QPointF(300, 500),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(stage.window, event)

    assert stage.city.view().mpp < before
    assert stage.city.view().to_screen(under) == pytest.approx((300, 500), abs=1)
    stage.qtbot.waitUntil(stage.city.complete, timeout=60_000)


def test_own_position_is_shown_and_found(stage: Stage) -> None:
    assert not stage.find("map.goHome").property("enabled")
    assert stage.find("map.place").property("text") == "没有位置"
    stage.position.move(HERE)
    stage.click("map.goHome")

    assert stage.pixel(HERE.lon, HERE.lat).x() == pytest.approx(stage.city.width() / 2, abs=1)
    assert stage.find("map.place").property("text") == "精度 20 米"
    stage.position.move(Place(PlaceSource.GNSS, HERE.lon, HERE.lat, 20.0, stale=True))
    assert stage.map.scene.standpoint.stale
    assert stage.find("map.place").property("text") == "位置已旧"


def test_layer_left_out_is_not_hit(stage: Stage) -> None:
    stage.city.centreOn(*CASE)
    stage.click("map.layers")
    stage.click("map.layer.case")
    assert "case" not in stage.map.shownLayers
    stage.click("map.layers")
    stage.tap(stage.pixel(*CASE))

    assert stage.chosen()[0] != "case"


def test_pin_is_set_by_a_tap_and_confirmed(stage: Stage) -> None:
    chosen: list[tuple[float, float]] = []
    stage.map.pinChosen.connect(lambda lon, lat: chosen.append((lon, lat)))
    stage.map.startPin(CASE[0], CASE[1], False)
    stage.city.centreOn(*CASE)
    assert not stage.find("map.pin.confirm").property("enabled")
    stage.tap(stage.pixel(*CASE))

    assert stage.map.selection.layer == ""
    assert len(stage.map.pinCell) == 15
    stage.click("map.pin.confirm")
    assert chosen == [pytest.approx(CASE, abs=2e-5)]
    assert not stage.map.pinMode
    assert stage.map.scene.pin is None


def test_pin_is_set_by_buttons_alone(stage: Stage) -> None:
    stage.map.startPin(0.0, 0.0, False)
    stage.city.centreOn(*SITE)
    stage.click("map.pin.middle")

    assert stage.map.pinText.startswith(f"{SITE[0]:.4f}")
    stage.click("map.right")
    stage.click("map.pin.middle")
    assert float(stage.map.pinText.split(",")[0]) > SITE[0]


def test_pin_asked_for_before_the_map_was_ever_seen_stands_in_its_place(
    qtbot: QtBot, tablet: Tablet, workers: tuple[ReplicaWorker, ReplicaWorker]
) -> None:
    made = Stage(qtbot, workers[1])
    made.map.startPin(*CASE, True)
    made.map.placePin(0.0, 0.0)
    made.loaded()

    assert made.pixel(*CASE).x() == pytest.approx(made.city.width() / 2, abs=1)
    assert made.map.scene.pin == pytest.approx(made.map.scene.plane.to_metres(*CASE))
    chosen: list[tuple[float, float]] = []
    made.map.pinChosen.connect(lambda lon, lat: chosen.append((lon, lat)))
    made.click("map.pin.confirm")
    assert chosen == [CASE]
    made.close()


def test_case_another_page_asks_for_comes_into_sight(stage: Stage, case_id: str) -> None:
    stage.map.select("case", case_id)
    assert stage.chosen() == ("case", case_id)

    middle = stage.city.width() / 2, stage.city.height() / 2
    at = stage.pixel(*CASE)
    assert (at.x(), at.y()) == pytest.approx(middle, abs=1)


def test_pin_abandoned_leaves_nothing(stage: Stage) -> None:
    heard: list[bool] = []
    stage.map.pinAbandoned.connect(lambda: heard.append(True))
    stage.map.startPin(*CASE, True)
    assert stage.map.pinPlaced
    stage.click("map.pin.cancel")

    assert heard == [True]
    assert stage.map.scene.pin is None


def test_legend_explains_the_signs(stage: Stage) -> None:
    stage.click("map.legend")
    assert stage.sees("map.legendCard")
    stage.click("map.legend")
    assert not stage.sees("map.legendCard")


def test_new_case_comes_into_sight_by_itself(stage: Stage, tablet: Tablet) -> None:
    before = len(stage.map.scene.marks["case"])
    desk = tablet.desk()
    put_case(desk, lon=113.87, lat=22.57)
    desk.work.close()
    desk.reference.close()
    stage.events.tablesChanged.emit(frozenset({"city_case"}))

    stage.qtbot.waitUntil(lambda: len(stage.map.scene.marks["case"]) == before + 1, timeout=60_000)


def test_look_ups_are_answered_while_the_map_loads(
    qtbot: QtBot, tablet: Tablet, workers: tuple[ReplicaWorker, ReplicaWorker]
) -> None:
    events, position = DeskEvents(), StandingPosition()
    map_model = MapViewModel(workers[1], events, position)  # type: ignore[arg-type]
    events.opened.emit(CARD)
    map_model.activate()
    answered: list[bool] = []
    workers[1].submit(
        lambda desk: desk.reference.permits("粤BWK516"), lambda _rows: answered.append(map_model.loading)
    )
    qtbot.waitUntil(lambda: bool(answered), timeout=60_000)

    assert answered == [True]
    qtbot.waitUntil(lambda: bool(map_model.scene.marks), timeout=60_000)
    events.closed.emit()


def test_tablet_without_data_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    bare = make_tablet(tmp_path / "bare", filled=False)
    workers = start_workers(qtbot, lambda: bare.desk())
    stage = Stage(qtbot, workers[1])
    qtbot.waitUntil(lambda: bool(stage.map.empty), timeout=60_000)

    stage.city.tap(100, 100)
    stage.click("map.zoomIn")
    assert stage.map.selection.layer == ""
    stage.close()
    for worker in workers:
        worker.stop()
