"""A display is only one when it answers: a variable may name one that is gone."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from fieldapp.services.display import has_display

GONE = ":4093"


@pytest.mark.parametrize(
    "environment",
    [{}, {"DISPLAY": ""}, {"DISPLAY": GONE}, {"DISPLAY": "nonsense"}, {"WAYLAND_DISPLAY": "wayland-9"}],
)
def test_no_display_or_one_that_is_gone_is_none(environment: dict[str, str], tmp_path: Path) -> None:
    assert not has_display(environment | {"XDG_RUNTIME_DIR": str(tmp_path)})


def test_compositor_that_listens_is_one(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as compositor:
        compositor.bind(str(tmp_path / "wayland-1"))
        compositor.listen()
        named = {"WAYLAND_DISPLAY": "wayland-1", "XDG_RUNTIME_DIR": str(tmp_path)}
        assert has_display(named)
        assert has_display(named | {"DISPLAY": GONE})


def test_platform_that_was_chosen_is_left_to_qt() -> None:
    assert has_display({"QT_QPA_PLATFORM": "offscreen"})
