"""Taken back without a link: wholly, as long as no byte can have left; and central never hears of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.contract.records import Report
from tests.fault.bad_link import GOOD, Break
from tests.fault.ledger_plugin import Teller
from tests.fault.process_ground import ProcessGround

LONG = "渣土车未密闭运输，沿途撒漏。" * 300
"""A record of more bytes than a TLS connection needs to open."""


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[ProcessGround]:
    with ProcessGround(tmp_path) as ground:
        yield ground


def take_back(ground: ProcessGround, report: Report) -> bool:
    """As undo does it; whether nothing is left of it."""
    work = ground.tablet.work
    with work.act():
        removed = work.outbox.remove_unsent(report.report_id)
        if removed:
            work.uploads.remove(report.report_id)
    if removed:
        ground.history.ok.discard(report.report_id)
        ground.history.refused(report.report_id)
        for photo in report.photos:
            ground.tablet.folder.file(photo.original.sha256, photo.original.media_type).unlink()
    return removed


@pytest.mark.faults(19, 32)
def test_record_taken_back_over_a_dead_link_is_gone_and_one_whose_bytes_left_is_not(
    ground: ProcessGround, tally: Teller
) -> None:
    chance = random.Random(19)
    ground.start_daemon()
    ground.fill()

    ground.link.down_for(refused=True)
    closed, kept = (ground.report(chance.randbytes(2_000), note=LONG) for _ in range(2))
    assert ground.round() == "unreachable"
    assert take_back(ground, closed)
    ground.link.down_for(refused=False)

    ground.link.plan = lambda _: Break(black_hole=True)
    swallowed = ground.report(chance.randbytes(2_000))
    assert ground.round() == "timeout"
    assert take_back(ground, swallowed)
    entry = ground.tablet.work.outbox.entry(kept.report_id)
    assert entry is not None
    assert (entry.frozen_at, entry.code) == ("", "timeout")
    assert entry.attempts >= 2

    ground.link.plan = lambda _: Break(cut_up=4_000)
    assert ground.round() == "unreachable"
    assert not take_back(ground, kept)

    ground.link.plan = lambda _: GOOD
    ground.link.cut_all()
    ground.sync_until_sent()
    found = ground.check()
    assert found["central"]["cases"] == [kept.report_id]
    tally(runs=3, note="taken back with the port closed and over a black hole; not once bytes had left")
