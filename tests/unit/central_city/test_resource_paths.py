"""Shipped data is found from a checkout and from a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sync.resources import resource, resources_root


def test_resource_in_a_checkout_lies_beside_the_packages() -> None:
    assert resources_root().parent.joinpath("sync", "resources.py").is_file()
    assert resource("tables", "classes.json") == resources_root() / "tables" / "classes.json"


def test_resource_in_a_frozen_program_lies_below_its_unpacked_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("city", "x.json") == tmp_path / "resources" / "city" / "x.json"
