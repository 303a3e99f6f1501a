"""The Windows installer: makensis over a frozen folder, or over a stub where none can be made.

PyInstaller freezes for the system it runs on, so the programs for Windows come from a Windows machine
(``build/installer/windows/build.ps1`` there does it); the installer's logic is the same either way.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from freeze import PROJECT, version

SCRIPT = PROJECT / "build" / "installer" / "windows" / "fieldapp.nsi"


def make_setup(payload: Path, out: Path, *, stub: bool) -> Path:
    """Build ``FieldApp-VERSION[-stub].exe`` from the files of a folder."""
    target = out / f"FieldApp-{version()}{'-stub' if stub else ''}.exe"
    command = ["makensis", "-V2", "-WX", f"-DVERSION={version()}", f"-DPAYLOAD={payload}", f"-DOUT={target}"]
    done = subprocess.run(
        [*command, str(SCRIPT)], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise SystemExit(f"makensis failed: {(done.stdout + done.stderr).strip()[-2000:]}")
    return target


def stub_payload(folder: Path) -> Path:
    """Files with the names of the real ones, to try the installer's logic with."""
    (folder / "inside").mkdir(parents=True, exist_ok=True)
    for name in ("fieldapp.exe", "fieldapp-sync.exe", "inside/base_library.zip"):
        (folder / name).write_text(f"a stand-in for {name}\n", encoding="utf-8")
    return folder
