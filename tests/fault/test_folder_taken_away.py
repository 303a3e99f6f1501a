"""The data folder read-only, somebody else's, removed, moved while at work; cache and temp folders deleted.

Captures are refused with a reason and at once, nothing saved before is touched, and work goes on when the
folder is back.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.contract.errors import FieldError
from sync.replica import database
from sync.replica.files import durable_write
from sync.replica.folder import DataFolder
from sync.replica.outbox import ItemState
from tests.contract.tablet import Tablet
from tests.fault.ledger_plugin import Teller
from tests.fault.small_disk import mountable

NOBODY = 65534


@pytest.fixture(autouse=True)
def _patience_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a store here is not refused after a while, but never: the test's limit ends it."""
    monkeypatch.setattr(database, "BUSY_MS", 3_600_000)


@pytest.fixture
def tablet(data_dir: Path) -> Iterator[Tablet]:
    made = Tablet(data_dir)
    yield made
    made.close()


def _refused(tablet: Tablet) -> str:
    """Why a capture is refused; nothing may have been waited for."""
    waits: list[float] = []
    with pytest.MonkeyPatch.context() as watched:
        watched.setattr(time, "sleep", waits.append)
        with pytest.raises(FieldError) as refused:
            tablet.report(note="while it is away")
    assert waits == []
    return refused.value.code


def _moved(root: Path) -> Callable[[], None]:
    aside = root.with_name("moved")
    root.rename(aside)
    return lambda: aside.rename(root) and None  # type: ignore[func-returns-value]


def _replaced_by_a_file(root: Path) -> Callable[[], None]:
    aside = root.with_name("aside")
    root.rename(aside)
    root.write_bytes(b"")

    def back() -> None:
        root.unlink()
        aside.rename(root)

    return back


@pytest.mark.faults(12)
@pytest.mark.parametrize("take_away", [_moved, _replaced_by_a_file], ids=["moved", "a file in its place"])
def test_folder_taken_away_while_at_work_refuses_captures_until_it_is_back(
    tablet: Tablet, take_away: Callable[[Path], Callable[[], None]], tally: Teller
) -> None:
    before = tablet.report(b"before")
    bring_back = take_away(tablet.folder.root)
    for _ in range(3):
        assert _refused(tablet) == "folder_unwritable"
    bring_back()
    after = tablet.report(b"after")
    assert tablet.state(before.report_id) is not None
    assert tablet.state(after.report_id) is not None
    assert tablet.work.integrity() == []
    tally(runs=3, note=take_away.__name__.strip("_"))


@pytest.mark.faults(12)
@pytest.mark.parametrize("inside", ["", "fieldapp"], ids=["the card itself", "a folder on the card"])
def test_card_pulled_while_at_work_refuses_captures_and_begins_nothing_in_its_place(
    tmp_path: Path, inside: str, tally: Teller
) -> None:
    if not mountable(tmp_path):
        pytest.skip("this machine lets nobody mount")
    card, slot = tmp_path / "card", tmp_path / "slot"
    card.mkdir(mode=0o700)
    slot.mkdir(mode=0o700)
    _mount("--bind", str(card), str(slot))
    try:
        with Tablet(slot / inside) as tablet:
            before = tablet.report(b"before")
            _unmount(slot)
            for _ in range(3):
                assert _refused(tablet) == "folder_unwritable"
            assert not list(slot.rglob("work.db*"))
            _mount("--bind", str(card), str(slot))
            after = tablet.report(b"after")
            assert {tablet.state(one.report_id) for one in (before, after)} == {ItemState.WAITING}
            assert tablet.work.integrity() == []
    finally:
        _unmount(slot)
    tally(runs=3, note="card pulled and pushed in again")


def _mount(*how: str) -> None:
    subprocess.run(["mount", *how], check=True, capture_output=True)


def _unmount(slot: Path) -> None:
    """Pull it, whatever has files open there."""
    subprocess.run(["umount", "-l", str(slot)], check=False, capture_output=True)


@pytest.mark.faults(12)
def test_folder_removed_for_good_is_not_begun_anew_behind_the_persons_back(
    tablet: Tablet, tally: Teller
) -> None:
    tablet.report(b"before")
    shutil.rmtree(tablet.folder.root)
    assert _refused(tablet) == "folder_unwritable"
    assert not tablet.folder.root.exists()
    tally(runs=1, note="removed")


AS_NOBODY = """
import os, sys
from pathlib import Path
sys.path.insert(0, {project!r})
from sync.contract.errors import FieldError
from sync.replica.folder import DataFolder
from sync.replica.files import durable_write
from sync.replica.work import WorkStore
import tempfile
with tempfile.TemporaryDirectory() as warm:  # loads whatever is loaded late, while that may be read
    WorkStore(DataFolder(Path(warm)), bytes(32)).close()
os.setgid({nobody}); os.setuid({nobody})
for attempt in range(2):
    try:
        folder = DataFolder(Path(sys.argv[1]))
        durable_write(folder.file("ab" * 32, "image/jpeg"), b"photo")
        store = WorkStore(folder, bytes(range(32)))
        with store.act():
            store.meta.set_scope("x")
        print("saved")
    except FieldError as error:
        print(error.code)
"""


@pytest.mark.faults(12)
@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("what", ["read-only", "wrong owner"])
def test_folder_that_may_not_be_written_refuses_captures_and_resumes(
    tmp_path: Path, what: str, tally: Teller
) -> None:
    root = Path(tempfile.mkdtemp(dir="/var/tmp"))  # where others than root may walk to
    try:
        data = root / "data"
        with Tablet(data) as tablet:
            report = tablet.report(b"before")
        root.chmod(0o755)
        _give(data, NOBODY, 0o700)
        assert _as_nobody(data) == ["saved", "saved"]
        if what == "read-only":
            _give(data, NOBODY, 0o500)
        else:
            _give(data, 0, 0o700)
        assert set(_as_nobody(data)) == {"folder_unwritable"}
        _give(data, NOBODY, 0o700)
        assert _as_nobody(data) == ["saved", "saved"]
        _give(data, 0, 0o700)
        with Tablet(data) as tablet:
            assert tablet.state(report.report_id) is not None
    finally:
        shutil.rmtree(root)
    tally(runs=2, note=what)


def _give(top: Path, owner: int, folder_mode: int) -> None:
    for path in (top, *top.rglob("*")):
        os.chown(path, owner, owner)
        path.chmod(folder_mode if path.is_dir() else folder_mode & 0o600)


def _as_nobody(data: Path) -> list[str]:
    project = str(Path(__file__).resolve().parents[2])
    script = AS_NOBODY.format(nobody=NOBODY, project=project)
    done = subprocess.run(
        [sys.executable, "-c", script, str(data)], capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.faults(13)
def test_derived_reference_and_temporary_folders_deleted_while_running_harm_no_evidence(
    tablet: Tablet, tally: Teller, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    reports = []
    for number in range(5):
        reports.append(tablet.report(b"photo %d" % number))
        for top in (tablet.folder.derived, temporary, tablet.folder.root / "logs"):
            shutil.rmtree(top, ignore_errors=True)
        durable_write(tablet.folder.derived / "ab" / "made-again.jpg", b"thumbnail")
    assert all(tablet.state(report.report_id) is not None for report in reports)
    assert all(tablet.path_of(b"photo %d" % number).is_file() for number in range(5))
    assert DataFolder(tablet.folder.root).derived.is_dir()
    tally(runs=5, note="derived, temporary and log folders deleted")
