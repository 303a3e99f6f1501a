"""The real central set back to an old copy, emptied, out of space: nothing lost, doubled or deleted."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.central.settings import Settings
from sync.central.store.store import Store, delete_row, put_row
from sync.central.world import real_world
from sync.contract.records import Lane
from sync.replica.outbox import ItemState
from tests.contract.tablet import full_row
from tests.fault.ledger_plugin import Teller
from tests.fault.process_ground import ProcessGround
from tests.fault.small_disk import SmallDisk, mountable

LANES = (Lane.ORIGINAL, Lane.THUMBNAIL)


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[ProcessGround]:
    with ProcessGround(tmp_path) as ground:
        ground.start_daemon()
        ground.fill()
        yield ground


@pytest.mark.faults(23)
def test_central_restored_from_an_old_copy_gets_back_what_the_tablet_had_receipts_for(
    ground: ProcessGround, tmp_path: Path, tally: Teller, long_form: bool
) -> None:
    chance = random.Random(23)
    runs = 20 if long_form else 2
    for _ in range(runs):
        ground.report(chance.randbytes(300_000), lanes=LANES)
        ground.sync_until_sent()
        ground.end_central()
        shutil.rmtree(tmp_path / "old", ignore_errors=True)
        shutil.copytree(ground.central_folder, tmp_path / "old")
        ground.start_central()
        lost = [
            ground.report(chance.randbytes(300_000), b"small" + chance.randbytes(9), lanes=LANES)
            for _ in range(3)
        ]
        ground.sync_until_sent()
        assert {ground.tablet.state(report.report_id) for report in lost} == {ItemState.SENT}
        ground.report(chance.randbytes(900_000))  # on its way when it happens
        ground.end_central()
        shutil.rmtree(ground.central_folder)
        shutil.copytree(tmp_path / "old", ground.central_folder)
        ground.start_central()
        ground.round()
        ground.sync_until_sent()
        ground.round()
        ground.sync_until_sent()
        ground.check()
    tally(
        runs=runs,
        seeds="23",
        note="restored in the middle; 3 acknowledged reports lost by central, given again",
    )


@pytest.mark.faults(24)
def test_central_that_lists_deletes_for_everything_is_held_up_and_asked_about(
    ground: ProcessGround, tally: Teller
) -> None:
    def change(delete: bool) -> None:
        store = Store(Settings(data=ground.central_folder), real_world())
        with store.writing() as db:
            for number in range(60):
                if delete:
                    delete_row(db, "blacklist", f"b{number}")
                else:
                    put_row(
                        db,
                        "blacklist",
                        full_row(
                            "blacklist",
                            entry_id=f"b{number}",
                            plate=f"粤B{number:05}",
                            reason="x",
                            kind="vehicle",
                        ),
                    )
        store.close()

    change(delete=False)
    ground.fill()
    assert ground.tablet.work.city.counts()["blacklist"] == 60
    change(delete=True)
    saved = ground.report(b"photo")
    codes = {ground.round(), ground.round()}
    assert codes == {"mass_delete"}
    assert ground.tablet.work.city.counts()["blacklist"] == 60
    assert ground.tablet.state(saved.report_id) is ItemState.SENT
    assert ground.ask("status")["state"]["link"] == "needs_you"
    assert ground.round(agree=True) == ""
    assert ground.tablet.work.city.counts()["blacklist"] == 0
    ground.check()
    tally(runs=1, note="60 of 60 rows deleted: stopped, asked, evidence sent meanwhile, done when agreed to")


@pytest.mark.faults(24)
def test_central_suddenly_empty_costs_the_tablet_nothing(ground: ProcessGround, tally: Teller) -> None:
    saved = [ground.report(b"photo %d" % number) for number in range(12)]
    ground.sync_until_sent()
    cases = ground.tablet.work.city.counts()["city_case"]
    ground.end_central()
    for name in ("central.db", "central.db-wal", "central.db-shm"):
        (ground.central_folder / name).unlink(missing_ok=True)
    shutil.rmtree(ground.central_folder / "objects")
    ground.start_central()
    codes = {ground.round() for _ in range(3)}
    assert "" not in codes
    assert ground.tablet.work.city.counts()["city_case"] == cases
    assert {len(ground.tablet.work.uploads.of_record(report.report_id)) for report in saved} == {1}
    ground.check_tablet()
    tally(runs=1, note=f"an empty central: {sorted(codes)}; all kept")


@pytest.mark.faults(25)
def test_central_without_space_gives_no_receipt_and_takes_all_when_there_is_space(
    tmp_path: Path, tally: Teller
) -> None:
    if not mountable(tmp_path):
        pytest.skip("no small file system: mounting one takes root")
    chance = random.Random(25)
    with (
        SmallDisk(tmp_path / "disk", 16) as disk,
        ProcessGround(
            tmp_path, central_folder=disk.folder / "central", central_options={"central_reserve_bytes": 0}
        ) as ground,
    ):
        ground.start_daemon()
        ground.fill()
        sizes = (0, 40_000, 150_000, 400_000)
        for free in sizes:
            disk.leave(free)
            saved = ground.report(chance.randbytes(500_000), lanes=LANES)
            codes = {ground.round(), ground.round()}
            assert codes & {"server_full", "server_busy", "server_error"}, codes
            assert ItemState.NEEDS_YOU not in (
                ground.tablet.state(saved.report_id),
                *ground.tablet.file_states(saved.report_id),
            )
            assert not ground.is_all_sent()
            disk.empty()
            ground.send_now()
            ground.sync_until_sent()
        ground.check()
    tally(runs=len(sizes), note="central's disk with 0 to 400 KB free")
