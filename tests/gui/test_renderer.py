"""What draws the window: a graphics device, or Qt's own software where there is none."""

from pathlib import Path

import pytest

from fieldapp.services.process import has_graphics_device, return_memory


@pytest.mark.parametrize("name", ["dri/renderD128", "dri/card0", "nvidia0", "mali0", "kgsl-3d0"])
def test_machine_with_a_graphics_device_draws_with_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()
    assert has_graphics_device(tmp_path)


def test_machine_without_one_draws_in_software(tmp_path: Path) -> None:
    (tmp_path / "nvidiactl").touch()
    (tmp_path / "dri").mkdir()
    assert not has_graphics_device(tmp_path)


def test_allocator_is_told_to_give_memory_back_without_complaint() -> None:
    return_memory()
