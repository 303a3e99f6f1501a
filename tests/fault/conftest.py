"""Shared by the fault suites: what was made once for all of them is removed at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fault.process_ground import drop_template

HERE = Path(__file__).parent
LIMIT_S = 900.0
"""Of a test that names none: many start a score of programs, each as slow as the machine lets it be."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What hangs is ended all the same, only later; the long form has a limit of its own."""
    if config.getoption("--torture"):
        return
    for item in items:
        if HERE in item.path.parents and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(LIMIT_S))


@pytest.fixture(scope="session", autouse=True)
def _no_template_left() -> Iterator[None]:
    yield
    drop_template()
