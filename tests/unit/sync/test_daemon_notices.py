"""What a person hears from the daemon while no window is open, and that it is silent while one is."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.contract.errors import NeedsPerson, RetryLater
from sync.notices import Notice, NoticeKind
from sync.vault import Vault
from tests.contract.tablet import OFFICER, full_row
from tests.unit.sync.daemon_bench import DEVICE, KEY, Bench, Tablet, state_is, wait_for

WAIT_S = 30.0
PIN = "246810"


def _dispatch(bench: Bench, case_id: str) -> None:
    row = full_row("city_case", case_id=case_id, state="dispatched", assignee=OFFICER)
    bench.central.put_row("city_case", row)


def test_new_task_is_told_without_its_place_or_plate(tmp_path: Path) -> None:
    bench = Bench(tmp_path, found_key=KEY)
    Vault(bench.folder).add_pin_slot(KEY, OFFICER, PIN)
    with bench, bench.client() as client:
        client.round()
        _dispatch(bench, "0190a0a0-0000-7000-8000-00000000c001")
        client.round()
        assert bench.notices.get(timeout=WAIT_S) == Notice(NoticeKind.TASKS, 1)


def test_task_of_somebody_who_does_not_use_this_tablet_is_not_told(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client:
        client.round()
        _dispatch(bench, "0190a0a0-0000-7000-8000-00000000c001")
        client.round()
    assert bench.notices.empty()


def test_delivery_after_a_dead_network_is_told_when_no_window_is_there(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client, Tablet(tmp_path) as tablet:
        client.round()
        tablet.report(b"picture")
        bench.cut()
        with pytest.raises(RetryLater, match="unreachable"):
            client.round()
        bench.link_up = True
        client.round()
        assert bench.notices.get(timeout=WAIT_S) == Notice(NoticeKind.SENT)


def test_nothing_is_told_while_a_window_shows_it(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client, Tablet(tmp_path) as tablet:
        client.round()
        client.ask("subscribe")
        tablet.report(b"picture")
        bench.cut()
        client.ask("nudge")
        wait_for(client, state_is("offline"))
        bench.link_up = True
        bench.clock.advance(60)
        wait_for(client, state_is("online"))
        client.round()  # what that turn had to tell has been told when the next one answers
    assert bench.notices.empty()


def test_device_that_central_refuses_is_told_once(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client:
        client.round()
        bench.central.refused_devices.add(DEVICE)
        for _ in range(2):
            with pytest.raises(NeedsPerson, match="device_refused"):
                client.round()
        assert bench.notices.get(timeout=WAIT_S) == Notice(NoticeKind.TROUBLE)
    assert bench.notices.empty()
