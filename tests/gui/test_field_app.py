"""The ground the window's tests stand on is itself sound."""

from pathlib import Path

from field_app import open_desk, put_case, run_job
from pytestqt.qtbot import QtBot

from fieldapp.capture.act import view_case
from fieldapp.capture.desk import Desk
from fieldapp.services.worker import ReplicaWorker
from sync.contract.lifecycle import ActKind


def test_open_desk_stands_on_a_filled_city(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, "S2001")

    assert desk.officer.name == "王镕"
    assert desk.reference.counts()["permit"] == 300
    assert desk.work.city.counts()["officer"] > 30
    assert desk.reference.cursor() is not None
    desk.work.close()
    desk.reference.close()


def test_case_put_on_the_desk_is_offered_to_its_officer(desk: Desk) -> None:
    case_id = put_case(desk)

    assert ActKind.ACCEPT in view_case(desk, case_id).offered


def test_workers_see_what_the_desk_wrote(
    qtbot: QtBot, desk: Desk, workers: tuple[ReplicaWorker, ReplicaWorker]
) -> None:
    case_id = put_case(desk)
    _, reader = workers

    assert run_job(qtbot, reader, lambda d: d.work.city.case(case_id)["state"]) == "dispatched"
