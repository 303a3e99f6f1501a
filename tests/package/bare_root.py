"""A bare Debian 12 root: what debootstrap's minbase has, and not a tool of this project.

Needs to be root; networks and process names are those of the machine, only the files are apart.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

QUIET = {"DEBIAN_FRONTEND": "noninteractive", "LANG": "C.UTF-8", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}


class BareRoot:
    """Commands run inside; files are reached through ``place``."""

    def __init__(self, place: Path) -> None:
        self.place = place

    @classmethod
    def make(cls, place: Path) -> BareRoot:
        """Bootstrap one; ``FIELDAPP_BARE_ROOT`` names a folder with a fresh one to copy instead."""
        ready = os.environ.get("FIELDAPP_BARE_ROOT")
        if ready:
            subprocess.run(["cp", "-a", "--reflink=auto", ready, str(place)], check=True)
        else:
            subprocess.run(
                ["debootstrap", "--variant=minbase", "bookworm", str(place)],
                check=True,
                stdout=subprocess.DEVNULL,
            )
        shutil.copy("/etc/resolv.conf", place / "etc/resolv.conf")
        return cls(place)

    def run(self, *command: str, user: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command inside; its output is kept."""
        who = ["--userspec", f"{user}:{user}"] if user else []
        return subprocess.run(
            ["chroot", *who, str(self.place), *command],
            env=QUIET | environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )

    def must(self, *command: str, user: str = "", **environment: str) -> str:
        """Run it; raise with what it said when it fails."""
        done = self.run(*command, user=user, **environment)
        if done.returncode:
            raise AssertionError(f"{command}: {done.stdout[-3000:]}\n{done.stderr[-3000:]}")
        return done.stdout
