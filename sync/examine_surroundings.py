"""The part of the examination that looks around the tablet: its camera and its source of positions.

Only at what the system shows without opening it: whether the camera works is seen on the capture page.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from sync.link_state import Facts
from sync.replica.folder import DataFolder

GPSD_PORT = 2947
ANSWER_S = 1.0
DEVICES = Path("/dev")


class Seen(msgspec.Struct, frozen=True):
    """One finding; ``ok`` is None where the system does not show it."""

    name: str
    ok: bool | None
    facts: Facts
    code: str = ""


class _Choice(msgspec.Struct):
    position_source: str = ""


def look_around(folder: DataFolder, devices: Path = DEVICES) -> Iterator[Seen]:
    """Camera and position."""
    yield _camera(devices)
    yield _position(_chosen(folder))


def _camera(devices: Path) -> Seen:
    if not sys.platform.startswith("linux"):
        return Seen("camera", None, {}, "doctor_not_looked_at")
    cameras = sorted(devices.glob("video*"))
    if not cameras:
        return Seen("camera", None, {}, "doctor_no_camera")
    usable = [path for path in cameras if os.access(path, os.R_OK | os.W_OK)]
    return Seen("camera", bool(usable), {"cameras": len(cameras), "usable": len(usable)})


def _chosen(folder: DataFolder) -> str:
    try:
        return msgspec.json.decode(folder.settings.read_bytes(), type=_Choice).position_source
    except (OSError, msgspec.DecodeError):
        return ""


def _position(source: str) -> Seen:
    """As the app reads the choice: the device's own, none, serial, gpsd, NMEA over TCP, a recording."""
    if source in ("", "system", "none"):
        return Seen("position", None, {}, "doctor_own_position")
    if source.startswith("serial:"):
        device = source.removeprefix("serial:").rpartition("@")[0] or source.removeprefix("serial:")
        there = not device.startswith("/") or os.access(device, os.R_OK)
        return Seen("position", there, {"source": source})
    address = "gpsd://localhost" if source == "gpsd" else source
    if not address.startswith(("gpsd://", "tcp://")):
        return Seen("position", os.access(source.removeprefix("replay:"), os.R_OK), {"source": source})
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        port = parts.port or (GPSD_PORT if parts.scheme == "gpsd" else 0)
    except ValueError:
        host, port = "", 0
    return Seen("position", bool(host and port) and _answers(host, port), {"source": source})


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), ANSWER_S).close()
    except OSError:
        return False
    return True
