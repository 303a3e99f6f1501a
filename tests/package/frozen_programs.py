"""The frozen programs as tests start them: with an environment that holds next to nothing."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

BARE = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TMPDIR": tempfile.gettempdir()}
WINDOWLESS = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software", "FIELDAPP_UNATTENDED": "1"}
NO_BUS = {
    "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus",
    "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere/bus",
}
WAIT_S = 110.0


def run(program: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """To its end."""
    return subprocess.run(
        [str(program), *words],
        env=BARE | environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=WAIT_S,
    )


def start(program: Path, *words: str, **environment: str) -> subprocess.Popen[str]:
    """Begin; what it says goes to ``stderr``."""
    return subprocess.Popen(
        [str(program), *words],
        env=BARE | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
