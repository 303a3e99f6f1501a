"""The rescue page: what would be inside, where to, file and fingerprint; also when nothing else opens."""

import hashlib
from pathlib import Path

import pytest
from field_app import run_job
from shell_fakes import Bench, OpenBench
from test_outbox_why import press
from test_shell_crossings import drafted, reported

from fieldapp.services.rescuing import Rescuer
from sync.clock import SystemClock
from sync.contract.errors import NeedsPerson
from sync.replica.folder import DataFolder


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """G1001 at work, on a screen that shows all settings."""
    opened = open_bench(size=(1280, 1600))
    opened.sign_in()
    opened.wait(lambda: opened.stage() == "open")
    return opened


def opened(bench: Bench, button: str = "settings.rescue") -> None:
    bench.click(button)
    bench.wait(lambda: bench.shell.rescue.property("stage") in ("ready", "failed"))


def aim(bench: Bench, place: Path) -> None:
    """The folder it is to go to, as the folder dialog would say it."""
    bench.shell.rescue.choose(f"file://{place}")


def test_everything_unsent_is_counted_and_written_to_the_folder_chosen(bench: Bench, tmp_path: Path) -> None:
    drafted(bench)
    reported(bench)
    bench.shell.app.navigate("settings")
    opened(bench)
    assert bench.item("rescue.records").property("value") == "1"
    assert bench.item("rescue.drafts").property("value") == "1"
    place = tmp_path / "U 盘"
    place.mkdir()
    aim(bench, place)

    bench.click("rescue.write")

    bench.wait(lambda: bench.shell.rescue.property("stage") == "done")
    (file,) = place.iterdir()
    assert bench.item("rescue.path").property("value") == str(file)
    shown = str(bench.item("rescue.fingerprint").property("value")).replace(" ", "")
    assert shown == hashlib.sha256(file.read_bytes()).hexdigest()
    entries = run_job(bench.qtbot, bench.shell.reader, lambda desk: desk.work.outbox.pending())
    assert entries[0] == 1, "nothing here is changed by it"
    bench.click("rescue.finish")


def test_second_file_of_the_same_minute_gets_a_name_of_its_own(bench: Bench, tmp_path: Path) -> None:
    reported(bench)
    assert bench.gate.tablet is not None
    tablet = bench.gate.tablet
    rescuer = Rescuer(tablet.folder, lambda: tablet.key, SystemClock())

    names = {Path(rescuer.write(tmp_path, lambda _done, _of: None).rescued.path).name for _ in range(2)}

    assert len(names) == 2


def test_folder_that_is_not_there_is_said_and_another_can_be_chosen(bench: Bench, tmp_path: Path) -> None:
    reported(bench)
    bench.shell.app.navigate("settings")
    opened(bench)
    aim(bench, tmp_path / "nowhere")
    bench.click("rescue.write")
    bench.wait(lambda: bench.shell.rescue.property("stage") == "failed")
    assert bench.item("rescue.error").isVisible()
    told = str(bench.item("rescue.error").property("text"))
    assert "换一个文件夹" in told, "it is the folder chosen, not the tablet's own, that is at fault"

    aim(bench, tmp_path)
    assert not bench.item("rescue.error").isVisible()
    bench.click("rescue.write")

    bench.wait(lambda: bench.shell.rescue.property("stage") == "done")


def test_nothing_unsent_is_said_and_nothing_written(bench: Bench) -> None:
    bench.shell.app.navigate("settings")

    opened(bench)

    assert bench.item("rescue.nothing").isVisible()
    assert not bench.item("rescue.write").isEnabled()


def test_item_of_the_outbox_leads_to_it(bench: Bench) -> None:
    record_id = reported(bench)
    bench.shell.app.navigate("outbox")
    bench.wait(lambda: bench.shell.outbox.property("waiting") == 1)
    press(bench, record_id)

    opened(bench, "outbox.details.rescue")

    assert bench.item("rescue.write").isVisible()


def test_before_anybody_has_signed_in_all_is_written_as_it_lies(
    open_bench: OpenBench, tmp_path: Path
) -> None:
    bench = open_bench()
    bench.wait(lambda: bench.stage() == "signin")

    opened(bench, "signIn.rescue")

    assert bench.item("rescue.locked").isVisible()
    assert not bench.item("rescue.records").isVisible()
    aim(bench, tmp_path)
    bench.click("rescue.write")
    bench.wait(lambda: bench.shell.rescue.property("stage") == "done")
    (file,) = tmp_path.glob("*.rescue")
    assert bench.item("rescue.path").property("value") == str(file)


def test_it_is_there_when_the_store_cannot_be_opened(bench: Bench) -> None:
    bench.shell.desks.failed.emit(NeedsPerson("folder_broken", file="work.db"))
    bench.wait(lambda: bench.stage() == "trouble")

    opened(bench, "trouble.more")

    assert bench.shell.rescue.property("stage") == "ready"


def test_rescue_without_a_key_asks_this_machine_for_one(tmp_path: Path) -> None:
    rescuer = Rescuer(DataFolder(tmp_path), lambda: None, SystemClock())

    with pytest.raises(NeedsPerson, match="not_enrolled"):
        rescuer.inside()
