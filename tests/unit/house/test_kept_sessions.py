"""The tests' own tool that takes sessions out of the kernel's memory again."""

from pathlib import Path

import pytest

from sync.replica.folder import DataFolder
from sync.vault import kernel_keys, session
from tests.kept_sessions import forget_below

pytestmark = pytest.mark.skipif(not kernel_keys.works(), reason="this kernel keeps no keys for us")


def test_sessions_of_data_folders_below_a_place_are_forgotten_and_no_others(tmp_path: Path) -> None:
    inside, outside = DataFolder(tmp_path / "a" / "tablet"), DataFolder(tmp_path / "b")
    for folder in (inside, outside):
        (folder.root / "keys.json").write_text("{}")
        assert session.remember(folder, bytes(32), "GW0001")

    forget_below(tmp_path / "a")

    assert session.recall(inside) is None
    assert session.recall(outside) is not None
    forget_below(tmp_path)
    assert session.recall(outside) is None
