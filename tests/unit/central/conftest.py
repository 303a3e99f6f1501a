"""A central without a network for unit tests: a small city, a clock that is told what to say."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.central.composition import Central
from sync.central.settings import Settings
from sync.central.store.devices import Device
from sync.central.world import World, real_world
from sync.contract.wire import EnrolRequest
from tests.contract.central_server import fill_small_city


class ToldClock:
    """Stands still until told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> ToldClock:
    return ToldClock()


@pytest.fixture
def world(clock: ToldClock) -> World:
    real = real_world()
    return World(now=clock, new_id=real.new_id, random=real.random)


@pytest.fixture
def central(tmp_path: Path, world: World) -> Iterator[Central]:
    central = Central(Settings(data=tmp_path / "central"), world)
    fill_small_city(central)
    yield central
    central.close()


@pytest.fixture
def device(central: Central) -> Device:
    """A tablet that was let in."""
    return admit(central)


def admit(central: Central, public_key: str = "ab" * 32) -> Device:
    """Let a tablet in by a fresh code."""
    issued = central.devices.issue_code(b"authority", "", timedelta(hours=1))
    answer = central.devices.enrol(
        EnrolRequest(issued.code.secret, public_key, "cd" * 32, "tablet", "linux"), "test"
    )
    return central.devices.authenticate(answer.token)
