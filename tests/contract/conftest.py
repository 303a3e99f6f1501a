"""A real central over TLS for the tests here: one per module, with a tablet per test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.central_device import DeviceUnderTest
from tests.contract.central_server import CentralUnderTest


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralUnderTest]:
    """A central that serves for the tests of one module."""
    with CentralUnderTest(tmp_path_factory.mktemp("central") / "data") as central:
        yield central


@pytest.fixture
def tablet(served: CentralUnderTest) -> Iterator[DeviceUnderTest]:
    """A tablet freshly let in."""
    device = DeviceUnderTest.of(served)
    yield device
    device.close()
