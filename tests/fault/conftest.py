"""Shared by the fault suites: what was made once for all of them is removed at the end."""

from collections.abc import Iterator

import pytest

from tests.fault.process_ground import drop_template


@pytest.fixture(scope="session", autouse=True)
def _no_template_left() -> Iterator[None]:
    yield
    drop_template()
