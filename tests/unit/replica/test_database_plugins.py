"""No database is handed to what happens to be installed beside the product."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlite_utils.plugins

from sync.replica.database import open_database


class Curious:
    """A plug-in as anybody may install one: it is shown every connection."""

    def __init__(self) -> None:
        self.shown = 0

    @sqlite_utils.hookimpl
    def prepare_connection(self, conn: object) -> None:
        self.shown += 1


@pytest.fixture
def curious() -> Iterator[Curious]:
    plugin = Curious()
    sqlite_utils.plugins.pm.register(plugin)
    yield plugin
    sqlite_utils.plugins.pm.unregister(plugin)


def test_opening_shows_the_connection_to_no_plug_in(tmp_path: Path, curious: Curious) -> None:
    open_database(tmp_path / "work.db", key=bytes(32)).close()
    assert curious.shown == 0
