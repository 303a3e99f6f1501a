"""Without the extra `plates` nothing that it brings is asked for until somebody wants a plate read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
WITHOUT = """
import sys
sys.modules["numpy"] = sys.modules["onnxruntime"] = None
import fieldapp.cli, fieldapp.shell, fieldapp.viewmodels.read, fieldapp.services.picture_reading
"""


def test_app_and_command_line_start_without_what_the_extra_brings() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
