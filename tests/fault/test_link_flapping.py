"""A link that breaks, hangs and crawls, on the TCP level: everything arrives once, and not sent too often."""

from __future__ import annotations

import math
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.contract.records import Lane
from sync.replica.outbox import ItemState
from tests.fault.bad_link import GOOD, Break
from tests.fault.ledger_plugin import Teller
from tests.fault.process_ground import ProcessGround

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # broken on purpose
LANES = (Lane.ORIGINAL, Lane.THUMBNAIL)
TRAFFIC_MAX = 1.3
PAYLOAD_PER_CUT = 140_000
"""What goes between two cuts in the middle, where their places are drawn evenly by order of size."""


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[ProcessGround]:
    with ProcessGround(tmp_path, impatient=True) as ground:
        yield ground


def cut_anywhere(chance: random.Random, *, until: Callable[[], bool]) -> Callable[[int], Break]:
    """Cut each connection after 1 B to 2 MB, towards central mostly, by reset or farewell."""

    def plan(_number: int) -> Break:
        if until():
            return GOOD
        at = int(math.exp(chance.uniform(0, math.log(2_000_000))))
        return Break(cut_up=at, reset=chance.random() < 0.7)

    return plan


def send_through_cuts(ground: ProcessGround, cuts: int, seed: int) -> float:
    """Send about as much as that many cuts take; bytes sent for each byte of payload."""
    chance = random.Random(seed)
    left = payload = cuts * PAYLOAD_PER_CUT
    while left > 0:
        photos = [chance.randbytes(chance.choice([20_000, 300_000, 1_200_000])) for _ in range(3)]
        ground.report(*photos, lanes=LANES)
        left -= 2 * sum(map(len, photos))
    payload -= left
    ground.link.forget()
    ground.link.plan = cut_anywhere(chance, until=lambda: ground.link.breaks >= cuts)
    ground.link.cut_all()
    ground.start_daemon()
    ground.sync_until_sent(cuts * 3 + 20)
    return ground.link.up / payload


@pytest.mark.faults(17)
def test_link_cut_again_and_again_costs_little_more_than_the_payload(
    ground: ProcessGround, tally: Teller, long_form: bool
) -> None:
    cuts = 1000 if long_form else 40
    share = send_through_cuts(ground, cuts, 17)
    ground.check()
    assert ground.link.breaks >= cuts * 0.9
    assert share <= TRAFFIC_MAX
    tally(
        runs=ground.link.breaks,
        seeds="17",
        note=f"{ground.link.breaks} cuts, bytes sent {share:.3f} × payload",
    )


@pytest.mark.faults(17, 18)
def test_link_that_flaps_while_the_daemon_is_left_alone_is_outlived(
    ground: ProcessGround, tally: Teller
) -> None:
    chance = random.Random(171)
    for _ in range(4):
        ground.report(chance.randbytes(300_000), lanes=LANES)
    ground.link.plan = cut_anywhere(chance, until=lambda: ground.link.breaks >= 6)
    ground.start_daemon()
    ground.wait_until(ground.is_all_sent)
    ground.check()
    tally(runs=ground.link.breaks, seeds="171", note="by its own schedule, nobody asking for rounds")


@pytest.mark.faults(18)
def test_replies_cut_off_anywhere_lead_to_the_same_receipts(
    ground: ProcessGround, tally: Teller, long_form: bool
) -> None:
    chance = random.Random(18)
    runs = 300 if long_form else 20
    for _ in range(runs // 4):
        ground.report(chance.randbytes(chance.choice([500, 300_000])), lanes=LANES)

    def plan(_number: int) -> Break:
        if ground.link.breaks >= runs:
            return GOOD
        return Break(cut_down=chance.randrange(1000, 9000), reset=chance.random() < 0.5)

    ground.link.plan = plan
    ground.link.cut_all()
    ground.start_daemon()
    ground.sync_until_sent(runs * 4)
    ground.check()
    tally(runs=ground.link.breaks, seeds="18", note="replies cut off after 1 to 9 KB of a connection")


@pytest.mark.faults(19)
@pytest.mark.parametrize(
    "how",
    [Break(black_hole=True), Break(swallow_down=True), Break(latency_s=20.0), Break(freeze_at=60_000)],
    ids=["black hole", "no reply ever", "latency beyond patience", "half-open in an upload"],
)
def test_silence_is_given_up_in_time_and_the_daemon_answers_meanwhile(
    ground: ProcessGround, tally: Teller, how: Break
) -> None:
    ground.start_daemon()
    ground.sync_until_sent()
    saved = ground.report(random.Random(19).randbytes(300_000))
    ground.link.plan = lambda _: how
    ground.link.cut_all()
    ended: list[str] = []
    asking = threading.Thread(target=lambda: ended.append(ground.round()))
    asking.start()
    answers = []
    while asking.is_alive():
        answers.append(ground.ask("status")["state"]["busy"])
        asking.join(0.05)
    assert True in answers, "the round was over before anybody could ask"
    assert ended in (["timeout"], ["unreachable"], ["upload_stalled"])
    assert ItemState.NEEDS_YOU not in (
        ground.tablet.state(saved.report_id),
        *ground.tablet.file_states(saved.report_id),
    )
    ground.link.plan = lambda _: GOOD
    ground.link.cut_all()
    ground.send_now()  # central asks for a second's patience with what stalled
    ground.sync_until_sent()
    ground.check()
    tally(runs=1, note="given up after its time-out, in small: 2 s to connect, 4 s to read")


@pytest.mark.faults(19)
def test_latency_within_patience_only_costs_time(ground: ProcessGround, tally: Teller) -> None:
    ground.link.plan = lambda _: Break(latency_s=0.1)
    ground.report(b"photo" * 1000)
    ground.start_daemon()
    ground.sync_until_sent()
    ground.check()
    tally(runs=1, note="0.1 s a piece on each way")


@pytest.mark.faults(19)
def test_connection_that_trickles_holds_up_neither_other_files_nor_a_new_record(
    ground: ProcessGround, tally: Teller
) -> None:
    chance = random.Random(191)
    ground.start_daemon()
    ground.sync_until_sent()
    ground.report(*(chance.randbytes(400_000) for _ in range(4)), lanes=LANES)
    began = ground.link.connections
    ground.link.plan = lambda number: Break(bytes_per_s=1) if number == began + 2 else GOOD
    ground.link.cut_all()
    ground.ask("nudge")
    ground.wait_until(lambda: ground.link.connections > began + 3)
    late = ground.report(b"made meanwhile")
    ground.ask("nudge")
    ground.wait_until(lambda: ground.tablet.state(late.report_id) is ItemState.SENT)
    ground.wait_until(ground.is_all_sent)
    ground.check()
    tally(runs=1, note="one connection at 1 B/s, the others well")
