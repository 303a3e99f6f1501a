"""A real central over TLS for the tests here: one per module, with a tablet per test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sync.remote.admission import pinned_authority
from sync.remote.transport import Transport
from sync.signing_in import sign_in
from tests.contract.central_device import DeviceUnderTest
from tests.contract.central_server import CentralUnderTest

PATIENCE_S = 60.0


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


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tablet here waits longer for connections and answers than in the field, where another try follows:
    with other work on the machine either may take seconds. Tests of running out of time say how long."""
    for call in (Transport.__init__, sign_in, pinned_authority):
        for name in {"connect_s", "read_s", "timeout_s"} & call.__kwdefaults__.keys():
            monkeypatch.setitem(call.__kwdefaults__, name, PATIENCE_S)
