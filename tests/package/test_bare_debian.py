"""Installed in a bare Debian 12, the package plays the shift, and goes without taking the person's data."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from bare_root import BareRoot
from stage import Stage

DEB = os.environ.get("FIELDAPP_DEB", "")
RUN = os.environ.get("FIELDAPP_RUN", "")
SHIFT = "xvfb-run -a -s '-screen 0 1280x800x24' {program} shift --permits 3000 --looks few --out /tmp/shift"

pytestmark = [
    pytest.mark.timeout(2400),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can make and enter a bare root"),
    pytest.mark.skipif(not shutil.which("debootstrap"), reason="debootstrap is not installed here"),
]


@pytest.fixture
def root(tmp_path: Path) -> BareRoot:
    """A bare root with a user and a virtual display, nothing else."""
    bare = BareRoot.make(tmp_path / "root")
    bare.must("apt-get", "update", "-q")
    bare.must("apt-get", "install", "-q", "-y", "--no-install-recommends", "xvfb", "xauth")
    bare.must("useradd", "--create-home", "officer")
    return bare


def play(bare: BareRoot, tmp_path: Path, program: str) -> dict[str, object]:
    """The shift inside, with central outside; its result."""
    stage = Stage(tmp_path / "central")
    script = bare.place / "stage-central"
    script.write_text(stage.client())
    script.chmod(0o755)
    try:
        done = bare.run(
            "/bin/sh",
            "-c",
            SHIFT.format(program=program),
            user="officer",
            HOME="/home/officer",
            FIELDAPP_CENTRAL="/bin/bash /stage-central",
        )
    finally:
        stage.close()
    result = bare.place / "tmp/shift/shift.json"
    assert result.exists(), f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    told: dict[str, object] = json.loads(result.read_text(encoding="utf-8"))
    assert done.returncode == 0, f"{told['problems']}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return told


@pytest.mark.skipif(not DEB, reason="build/test --package builds the package first")
def test_deb_plays_the_shift_and_leaves_the_data_when_it_goes(root: BareRoot, tmp_path: Path) -> None:
    shutil.copy(DEB, root.place / "tmp/fieldapp.deb")
    root.must("apt-get", "install", "-q", "-y", "--no-install-recommends", "/tmp/fieldapp.deb")
    assert not root.run("which", "python3").stdout
    assert not list((root.place / "usr/share/fonts").rglob("*CJK*"))

    told = play(root, tmp_path, "fieldapp")

    assert told["ok"]
    root.must("fieldapp-sync", "status", "--data", "/home/officer/kept", "--json", user="officer")
    refused = root.run("fieldapp-sync", "status", user="officer", HOME="/", FIELDAPP_LANG="en")
    assert (refused.returncode, refused.stderr) == (4, "The data folder cannot be written to.\n")
    root.must("apt-get", "remove", "-q", "-y", "fieldapp")
    assert (root.place / "home/officer/kept").is_dir()
    assert not (root.place / "usr/lib/fieldapp").exists()
    assert not (root.place / "usr/bin/fieldapp").is_symlink()


@pytest.mark.skipif(not RUN, reason="build/test --package builds the package first")
def test_run_installs_for_one_user_without_root_and_goes_again(root: BareRoot, tmp_path: Path) -> None:
    shutil.copy(RUN, root.place / "tmp/fieldapp.run")
    home = {"HOME": "/home/officer", "user": "officer"}
    refused = root.run("/bin/sh", "/tmp/fieldapp.run", "--", **home)
    assert refused.returncode == 3, "libraries are missing in a bare root, and that is said"
    assert "lacks libraries" in refused.stdout
    [command] = [line for line in refused.stdout.splitlines() if line.startswith("apt-get install")]
    root.must(*command.split(), "-q", "-y")
    root.must("/bin/sh", "/tmp/fieldapp.run", "--", **home)

    told = play(root, tmp_path, "/home/officer/.local/bin/fieldapp")

    assert told["ok"]
    (root.place / "home/officer/.local/share/fieldapp").mkdir(parents=True, exist_ok=True)
    root.must("/bin/sh", "/home/officer/.local/bin/fieldapp-remove", **home)
    assert not (root.place / "home/officer/.local/lib/fieldapp").exists()
    assert not (root.place / "home/officer/.local/bin/fieldapp").is_symlink()
    assert (root.place / "home/officer/.local/share/fieldapp").is_dir()
