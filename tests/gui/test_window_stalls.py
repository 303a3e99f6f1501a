"""Whatever link and store do, the window goes on: typing and photos while everything behind it is held up.

What the window's thread computes between two beats is held against 200 ms; how long it really stood still
also hangs on what else the machine does, so that is told, and only a wait for the store fails here: no turn
of the event loop would end while it is held.
"""

from __future__ import annotations

import random
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from field_app import run_job
from shell_fakes import Bench, OpenBench
from test_monkey import scene
from test_shell_crossings import reported

from fieldapp.capture.drafts import OpenDraft, list_drafts
from fieldapp.services.link import LinkState
from fieldapp.services.watchdog import LIMIT_MS
from sync.replica.work import WorkStore
from tests.fault.ledger_plugin import Teller

__all__ = ["scene"]

HELD_S, HELD_LONG_S = 2.5, 8.0
TURNS, TRIES = 10, 4
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
STATES = (
    LinkState("online", busy=True, last_contact=NOW),
    LinkState("offline", "unreachable", last_contact=NOW, next_attempt=NOW),
    LinkState("offline", "timeout", last_contact=NOW, next_attempt=NOW),
    LinkState("offline", "not_ours", last_contact=NOW),
    LinkState("online", "server_busy", last_contact=NOW, next_attempt=NOW),
)


def hold_store(bench: Bench, seconds: float) -> threading.Thread:
    """Another process's long transaction: nobody can write meanwhile."""
    assert bench.gate.tablet is not None
    tablet = bench.gate.tablet
    held = threading.Event()

    def hold() -> None:
        store = WorkStore(tablet.folder, tablet.key)
        with store.act():
            held.set()
            time.sleep(seconds)  # the fault itself, not a wait for anything
        store.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    return thread


def drafts(bench: Bench) -> list[OpenDraft]:
    """What the store has of the form."""
    return run_job(bench.qtbot, bench.shell.writer, list_drafts)  # type: ignore[no-any-return]


@pytest.mark.faults(19)
@pytest.mark.timeout(300)
def test_window_goes_on_while_link_flaps_and_store_is_held_by_another(
    open_bench: OpenBench, scene: Path, long_form: bool, tally: Teller
) -> None:
    bench = open_bench(camera=f"replay:{scene}")
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open")
    records = [reported(bench) for _ in range(8)]
    for page in ("outbox", "capture"):
        bench.shell.app.navigate(page)
        bench.wait(bench.item(f"{page}Page").isVisible)
    bench.wait(lambda: bool(bench.shell.pages.capture.property("canShoot")))
    chance, dog = random.Random(19), bench.shell.watchdog
    bench.qtbot.wait(300)
    dog.reset()
    text, shots, tries = "", 0, 0
    held_s = HELD_LONG_S if long_form else HELD_S

    turns = 0
    while turns < TURNS and tries < TRIES:  # a machine that stood still all the while has shown nothing
        holder, turns, tries = hold_store(bench, held_s), 0, tries + 1
        while holder.is_alive():
            bench.link.set_state(chance.choice(STATES))
            bench.link.progressed.emit(chance.choice(records), "00" * 32, chance.random() * 1e6, 1e6)
            bench.link.recordsChanged.emit(frozenset(chance.sample(records, 2)))
            text += chance.choice("渣土车未密闭运输 0123")
            bench.shell.pages.capture.form.setNote(text)
            if chance.random() < 0.05:
                bench.shell.pages.capture.shutter()
                shots += 1
            bench.qtbot.wait(15)
            turns += holder.is_alive()
        holder.join()
    longest, busiest = dog.longest, dog.busiest
    bench.shell.pages.capture.flush()
    bench.wait(lambda: not bench.shell.pages.capture.property("photosInHand"))
    bench.wait(
        lambda: [one.body.note for one in drafts(bench)] == [text]
    )  # tried again where it was too long
    (draft,) = drafts(bench)

    assert busiest.cpu_ms < LIMIT_MS, busiest
    assert turns >= TURNS, f"it waited for the store: {longest}"
    assert shots == 0 or draft.photos
    tally(
        runs=1,
        note=f"store held {held_s:.0f} s: {turns} turns meanwhile, longest gap {longest.ms:.0f} ms "
        f"({longest.cpu_ms:.0f} ms of it computing), busiest {busiest.cpu_ms:.0f} ms",
    )
