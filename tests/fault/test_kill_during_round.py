"""The daemon killed in the middle of a round: the next round goes on, and everything arrives exactly once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sync.contract.errors import RetryLater
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.outbox import ItemState
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet

PROJECT = Path(__file__).resolve().parents[2]


def kill_in_round(folder: Path, moment: str, pushed: Path) -> None:
    """Run a round in a process of its own and kill it at that moment."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fault.round_then_stop", str(folder), moment, str(pushed)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "stopped\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait(60)
    process.stdout.close()


@pytest.mark.parametrize("moment", ["before_effect", "after_effect", "in_upload"])
def test_round_killed_is_followed_by_one_that_sends_everything_exactly_once(
    data_dir: Path, tmp_path: Path, moment: str
) -> None:
    with Tablet(data_dir) as tablet:
        report = tablet.report(b"photo" * 1000, note="杀不掉")
        frozen = tablet.work.outbox.entry(report.report_id)
    assert frozen is not None
    kill_in_round(data_dir, moment, tmp_path / "pushed")

    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    with Tablet(data_dir) as tablet:
        assert tablet.work.integrity() == []
        if (
            moment == "in_upload"
        ):  # the killed round's central is not this one, so it does not know the record
            with pytest.raises(RetryLater, match="server_restored"):
                tablet.engine(MemoryRemote(central, DEVICE)).round()
        tablet.engine(MemoryRemote(central, DEVICE)).round()
        tablet.engine(MemoryRemote(central, DEVICE)).round()
        assert tablet.state(report.report_id) is ItemState.SENT
        assert tablet.file_states(report.report_id) == [ItemState.SENT]
    assert central.bodies() == {report.report_id: frozen.record.body}
    assert central.file(report.photos[0].original.sha256) == b"photo" * 1000
    if moment == "after_effect":
        line = f"{frozen.record.body_sha256} {frozen.record.body}\n"
        assert (tmp_path / "pushed").read_text(encoding="utf-8") == line


@pytest.mark.parametrize("moment", ["before_effect", "after_effect"])
def test_record_whose_first_send_was_killed_cannot_be_undone_any_more(
    data_dir: Path, tmp_path: Path, moment: str
) -> None:
    with Tablet(data_dir) as tablet:
        report = tablet.report()
    kill_in_round(data_dir, moment, tmp_path / "pushed")
    with Tablet(data_dir) as tablet:
        assert tablet.state(report.report_id) is ItemState.SENDING
        with tablet.work.act():
            assert not tablet.work.outbox.remove_unsent(report.report_id)
