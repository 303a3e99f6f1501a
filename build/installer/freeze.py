"""Freezes the programs into one folder: PyInstaller, then what it cannot do itself.

environment from package.txt → PyInstaller (pruned, fieldapp.spec) → slim ICU → strip → notices, SBOM, list
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from folder import write_manifest
from notices import write_notices
from slim_icu import slim

from sync.installation import write_list

PROJECT = Path(__file__).resolve().parents[2]
SPEC = PROJECT / "build" / "installer" / "fieldapp.spec"


def version() -> str:
    """The version of the sources."""
    text = (PROJECT / "fieldapp" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    if found is None:
        raise ValueError("fieldapp/__init__.py names no version")
    return found.group(1)


def source_date() -> int:
    """Seconds since 1970 of the newest commit, so that the same sources give the same files."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if told is None:
        command = ["git", "-C", str(PROJECT), "log", "-1", "--format=%ct"]
        told = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return int(told or 1_767_225_600)


def freeze(python: Path, out: Path, work: Path) -> Path:
    """Freeze with this environment's Python; answers the folder ``out/fieldapp``."""
    environment = {
        "PATH": f"{python.parent}:/usr/bin:/bin",
        "HOME": str(work),
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(source_date()),
        "PYINSTALLER_CONFIG_DIR": str(work / "pyinstaller"),
    }
    work.mkdir(parents=True, exist_ok=True)
    log = work / "pyinstaller.log"
    command = [str(python), "-m", "PyInstaller", "-y", "--log-level", "WARN"]
    command += ["--distpath", str(out), "--workpath", str(work / "work"), str(SPEC)]
    with log.open("w") as told:
        done = subprocess.run(
            command,
            env=environment,
            cwd=PROJECT,
            stdout=told,
            stderr=told,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    if done.returncode:
        sys.stderr.write(log.read_text(errors="replace")[-4000:])
        raise SystemExit("PyInstaller failed")
    folder = out / "fieldapp"
    if sys.platform == "linux":
        _finish_for_linux(folder)
    _describe(folder, python)
    if sys.platform == "linux":
        even_out_rights(folder)
    return folder


def _finish_for_linux(folder: Path) -> None:
    (folder / "fieldapp-sync").unlink(missing_ok=True)
    (folder / "fieldapp-sync").symlink_to("fieldapp")
    for data in (folder / "inside" / "PySide6").rglob("libicudata.so.*"):
        slim(data, data)
    for library in sorted((folder / "inside").rglob("*.so*")):
        if not library.is_symlink() and "PySide6" not in library.parts:
            subprocess.run(["strip", "--strip-unneeded", str(library)], check=True, stdin=subprocess.DEVNULL)


def even_out_rights(folder: Path) -> None:
    """The builder's umask is nobody else's; last of all, so that no file comes after it."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _describe(folder: Path, python: Path) -> None:
    inside = folder / "inside"
    site = next(
        python.parent.parent.glob("lib/python*/site-packages"), python.parent.parent / "Lib" / "site-packages"
    )
    overview = PROJECT / "resources" / "docs" / "third-party.md"
    write_notices(site, overview, _python_licence(python), inside / "THIRD-PARTY.txt")
    tool = shutil.which(
        "cyclonedx-py", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    )
    if tool is None:
        raise SystemExit("cyclonedx-py is missing: it comes with the locked requirements")
    sbom = inside / "sbom.cdx.json"
    command = [tool, "environment", "--output-reproducible", "--pyproject", str(PROJECT / "pyproject.toml")]
    command += ["--mc-type", "application", "-o", str(sbom), str(python)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    write_list(inside)
    write_manifest(folder, folder.parent / "fieldapp.files.json")


def _python_licence(python: Path) -> Path | None:
    command = [str(python), "-c", "import os, sysconfig; print(sysconfig.get_path('stdlib'))"]
    stdlib = Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())
    return next((file for file in (stdlib / "LICENSE.txt", stdlib / "LICENSE") if file.is_file()), None)
