"""The .run: one self-extracting file that installs for one user, without root.

gzip, because every system can unpack it; zstd and xz need not be there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from depends import debian_depends, package_names
from desktop_files import desktop_files
from freeze import PROJECT, source_date, version

INSTALL = PROJECT / "build" / "installer" / "linux" / "install.sh"


def make_run(frozen: Path, out: Path, work: Path) -> Path:
    """Build the file with makeself."""
    tree = work / "run"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(frozen, tree / "fieldapp", symlinks=True)
    shutil.copy(INSTALL, tree / "install.sh")
    for name, text in desktop_files("@HOME@/.local/bin").items():
        target = tree / "desktop" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    if shutil.which("dpkg-shlibdeps"):  # so that a system that lacks some can be told what brings them
        names = package_names(debian_depends(tree, work))
        (tree / "debian-packages").write_text(" ".join(names) + "\n", encoding="utf-8")
    when = source_date()
    for path in [tree, *tree.rglob("*")]:
        os.utime(path, (when, when), follow_symlinks=False)
    target = out / f"fieldapp-{version()}-x86_64.run"
    command = ["makeself", "--quiet", "--gzip", "--complevel", "9", "--nox11", "--sha256"]
    order = "--sort=name --owner=0 --group=0 --numeric-owner"
    command += ["--tar-extra", order, "--packaging-date", f"@{when}"]
    command += [tree.name, target.name, "City Field App", "./install.sh"]  # these words end up in the file
    environment = os.environ | {"PATH": f"{_timeless_gzip(work)}:{os.environ['PATH']}"}
    done = subprocess.run(
        command,
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"makeself failed: {done.stderr.strip()[-2000:]}")
    shutil.move(work / target.name, target)
    return target


def _timeless_gzip(work: Path) -> Path:
    """A folder with a gzip that writes no time into its header: makeself has no option for it."""
    folder = work / "bin"
    folder.mkdir(exist_ok=True)
    tool = folder / "gzip"
    tool.write_text(f'#!/bin/sh\nexec {shutil.which("gzip")} --no-name "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    return folder
