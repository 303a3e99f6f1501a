"""The demo city made once for all tests of this folder, small enough to be quick."""

from __future__ import annotations

import pytest

from sync.central.city import build
from sync.contract.tables import Row

CityRows = dict[str, list[Row]]


@pytest.fixture(scope="session")
def city() -> CityRows:
    """Every table's rows for the default seed."""
    return {name: list(rows) for name, rows in build(3_000)}
