"""Clocks that are far off, with libfaketime under the real processes: evidence is kept, order holds.

Traps: libfaketime also moves the monotonic clock, and exempting that one breaks ``time.sleep`` on Python
3.11; so a whole process is moved, both clocks alike, as a wrong clock at start is; and a thread that
waits with a time-out may wait for ever, so rounds are run by ``once`` and not by the daemon. Jumps while a
process runs are tried with an injected clock (the simulation, and the replica's own tests).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from sync.replica.outbox import ItemState
from tests.contract.tablet import CLASS
from tests.fault.ledger_plugin import Teller
from tests.fault.process_ground import ProcessGround, Program, command

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
pytestmark = pytest.mark.skipif(LIBRARY is None, reason="faketime is not installed (debian.txt)")


def shifted(how: str) -> tuple[str, ...]:
    """What to put before a command line so that its clock is elsewhere."""
    return ("env", f"LD_PRELOAD={LIBRARY}", f"FAKETIME={how}")


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[ProcessGround]:
    with ProcessGround(tmp_path) as ground:
        ground.start_daemon()
        ground.fill()
        yield ground


def report_by_command(ground: ProcessGround, photo: Path, how: str) -> dict[str, object]:
    """A report made by the program itself, on a clock that is elsewhere."""
    line = ("report", "--class", CLASS, "--photo", str(photo), "--at", "113.88,22.56", "--note", how)
    program = Program(
        command("app", *line, "--data", str(ground.tablet_folder), "--json", before=shifted(how))
    )
    assert program.wait() == 0, program.said
    answer: dict[str, object] = json.loads(program.said[-1])
    return answer


@pytest.mark.faults(14)
def test_report_made_with_a_clock_far_off_is_kept_marked_and_sent(
    ground: ProcessGround, tmp_path: Path, tally: Teller
) -> None:
    photo = tmp_path / "street.jpg"
    Image.effect_noise((160, 120), 50).convert("RGB").save(photo)
    ground.end_daemon()
    shifts = ("-20y", "+20y", "@1970-01-02 00:00:00", "@2038-01-19 03:14:00")
    made = [str(report_by_command(ground, photo, how)["report_id"]) for how in ("+0", *shifts, "+0")]
    entries = [ground.tablet.work.outbox.entry(record_id) for record_id in made]
    numbers = [entry.record.device_seq for entry in entries if entry is not None]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == len(made)
    stamps = [json.loads(entry.record.body)["stamp"]["clock"] for entry in entries if entry is not None]
    assert set(stamps[1:-1]) == {"doubtful"}, stamps
    for record_id in made:
        ground.history.acknowledged(record_id)
    ground.start_daemon()
    ground.sync_until_sent()
    ground.check()
    tally(runs=len(shifts), note=f"clock at {', '.join(shifts)}; marked {stamps}")


@pytest.mark.faults(14)
@pytest.mark.parametrize("how", ["-20y", "+20y"])
def test_round_with_a_clock_far_off_says_so_and_keeps_everything(
    ground: ProcessGround, tally: Teller, how: str
) -> None:
    ground.end_daemon()
    saved = ground.report(b"photo")
    line = command("sync", "once", "--data", str(ground.tablet_folder), "--json", before=shifted(how))
    once = Program(line)
    assert once.wait() == 4
    assert json.loads(once.said[-1])["error"]["code"] == "clock_wrong"
    assert ground.tablet.state(saved.report_id) is not ItemState.SENT
    ground.check(all_sent=False)
    ground.start_daemon()
    ground.sync_until_sent()
    ground.check()
    tally(runs=1, note=f"{how}: told as a wrong clock, sent once it was right")


@pytest.mark.faults(16)
@pytest.mark.parametrize("how", ["+9d", "-9d"])
def test_central_with_a_clock_days_off_takes_everything_and_moves_no_tablet_clock(
    ground: ProcessGround, tally: Teller, how: str
) -> None:
    ground.end_central()
    ground.start_central(before=shifted(how))
    before = ground.report(b"photo one")
    ground.sync_until_sent()
    after = ground.report(b"photo two")
    ground.sync_until_sent()
    ground.check()
    bodies = [ground.tablet.work.outbox.entry(one.report_id) for one in (before, after)]
    walls = [json.loads(entry.record.body)["stamp"]["wall"] for entry in bodies if entry is not None]
    assert walls[0] == walls[1], "the tablet's own clock, which stands still here"
    tally(runs=1, note=f"central at {how}: nothing refused for its time")
