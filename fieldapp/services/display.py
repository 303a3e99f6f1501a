"""Whether a window can be opened at all: the display itself is asked, for a variable may name one long gone.

Qt ends the process with a core dump where the display does not answer, and a window that was to say so cannot
be had then either.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

ANSWER_S = 3.0


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Elsewhere than on Linux there always is one; a platform that was chosen by name is left to Qt."""
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return True
    return _wayland_answers(environment) or _x11_answers(environment)


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(ANSWER_S)
        try:
            line.connect(str(Path(environment.get("XDG_RUNTIME_DIR", "/")) / name))
        except OSError:
            return False
    return True


def _x11_answers(environment: Mapping[str, str]) -> bool:
    """Asked through the very library Qt asks by: addresses, cookies and all."""
    name = environment.get("DISPLAY", "")
    if not name:
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # Qt will say which library is missing
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(name.encode(), None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)
