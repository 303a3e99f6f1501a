"""What the examination says of camera and position source, without opening either."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.examine_surroundings import Seen, look_around
from sync.replica.folder import DataFolder


def _seen(folder: DataFolder, devices: Path, source: str = "") -> dict[str, Seen]:
    folder.settings.write_text(f'{{"position_source": "{source}", "theme": "night"}}')
    return {seen.name: seen for seen in look_around(folder, devices)}


@pytest.fixture
def folder(data_dir: Path) -> DataFolder:
    return DataFolder(data_dir)


@pytest.fixture
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_no_camera_is_no_illness_and_one_that_may_be_used_is_well(folder: DataFolder, tmp_path: Path) -> None:
    assert _seen(folder, tmp_path)["camera"] == Seen("camera", None, {}, "doctor_no_camera")
    (tmp_path / "video0").touch()
    assert _seen(folder, tmp_path)["camera"] == Seen("camera", True, {"cameras": 1, "usable": 1})


def test_devices_own_position_cannot_be_looked_at(folder: DataFolder, tmp_path: Path) -> None:
    assert _seen(folder, tmp_path)["position"].code == "doctor_own_position"


def test_position_source_that_answers_is_well_and_others_are_not(
    folder: DataFolder, tmp_path: Path, port: int
) -> None:
    assert _seen(folder, tmp_path, f"tcp://127.0.0.1:{port}")["position"].ok
    recording = tmp_path / "walk.nmea"
    assert _seen(folder, tmp_path, str(recording))["position"].ok is False
    recording.touch()
    assert _seen(folder, tmp_path, str(recording))["position"].ok
    assert _seen(folder, tmp_path, f"replay:{recording}")["position"].ok
    assert _seen(folder, tmp_path, f"gpsd://127.0.0.1:{port}")["position"].ok
    assert _seen(folder, tmp_path, f"serial:{recording}@9600")["position"].ok
    assert _seen(folder, tmp_path, f"serial:{tmp_path / 'ttyUSB9'}")["position"].ok is False
    for wrong in ("tcp://127.0.0.1:1", "tcp://", "tcp://host:port"):
        assert _seen(folder, tmp_path, wrong)["position"].ok is False


def test_settings_that_cannot_be_read_count_as_none(folder: DataFolder, tmp_path: Path) -> None:
    folder.settings.write_text("{broken")
    assert [seen.name for seen in look_around(folder, tmp_path)] == ["camera", "position"]
