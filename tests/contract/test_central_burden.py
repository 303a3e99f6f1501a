"""Too much at once is turned away with a time to come again; not being able to take in is said."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.central.settings import Settings
from tests.contract.central_device import DeviceUnderTest
from tests.contract.central_server import CentralUnderTest
from tests.fault.ledger_plugin import Teller


@pytest.fixture
def small(tmp_path: Path) -> Iterator[CentralUnderTest]:
    """A central that turns away as soon as all its threads are taken."""
    data = tmp_path / "central"
    with CentralUnderTest(data, settings=Settings(data=data, crowd=0)) as central:
        yield central


@pytest.mark.faults(21)
def test_requests_beyond_what_central_can_do_are_turned_away_with_different_times_to_come_again(
    small: CentralUnderTest, tally: Teller
) -> None:
    tablet = DeviceUnderTest.of(small)
    release = threading.Event()
    started = threading.Semaphore(0)

    def hold() -> None:
        started.release()
        release.wait(30)

    for _ in range(16):
        small.central._threads.submit(hold)
    for _ in range(16):
        assert started.acquire(timeout=60)
    small.central._under_way += 16  # as if the sixteen had come as requests
    try:
        answers = [tablet.get("/changes", params={"stream": "work"}) for _ in range(30)]
    finally:
        small.central._under_way -= 16
        release.set()
    assert {answer.status_code for answer in answers} == {503}
    assert {answer.json()["code"] for answer in answers} == {"server_busy"}
    away = [int(answer.headers["Retry-After"]) for answer in answers]
    assert min(away) >= 2
    assert len(set(away)) > 2
    assert tablet.get("/changes", params={"stream": "work"}).status_code == 200
    tally(runs=len(answers))


def trouble(served: CentralUnderTest) -> tuple[int, str]:
    served.central.readiness._kept = None
    tablet = DeviceUnderTest.of(served)
    answer = tablet.get("/ready")
    return answer.status_code, answer.json().get("facts", {}).get("troubles", "")


@pytest.mark.faults(25)
def test_readiness_is_red_while_files_are_lost_the_disk_is_nearly_full_or_a_folder_is_gone(
    tmp_path: Path, tally: Teller
) -> None:
    data = tmp_path / "central"
    with CentralUnderTest(data) as served:
        assert trouble(served) == (200, "")
        tablet = DeviceUnderTest.of(served)
        assert tablet.upload(b"photo").status_code == 201
        file = next(path for path in (data / "objects").rglob("*") if path.is_file())
        file.unlink()
        served.central.missing.look()
        assert trouble(served) == (503, "files_lost")
        assert tablet.upload(b"photo").status_code == 201
        assert trouble(served) == (200, "")
        (data / "uploads").rename(data / "away")
        assert trouble(served) == (503, "folder_unwritable")
        (data / "away").rename(data / "uploads")
    with CentralUnderTest(data, settings=Settings(data=data, reserve_bytes=1 << 62)) as served:
        assert trouble(served) == (503, "disk_nearly_full")
        assert DeviceUnderTest.of(served).get("/health").status_code == 200
    tally(runs=4)
