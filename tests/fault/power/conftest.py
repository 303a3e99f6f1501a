"""What the power suite shares: the compiled shim, workers under it, one recorded day."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from tests.fault.memory import memory_folder
from tests.fault.power.cutting import Recording
from tests.fault.power.disk import Disk
from tests.fault.power.plants import NAME
from tests.fault.power.recording import build_shim, preloaded
from tests.fault.power.stage import CASE, central_running, enrolled_tablet, pictures
from tests.fault.power.workers import workers
from tests.kept_sessions import forget_below

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def power_folder() -> Iterator[Path]:
    """A folder in memory for the whole suite."""
    folder = memory_folder("power-")
    yield folder
    forget_below(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def shim(power_folder: Path) -> Path:
    """The shim, compiled; without a compiler the test fails and says so."""
    return build_shim(power_folder)


@pytest.fixture(scope="session")
def pool(shim: Path) -> Iterator[ProcessPoolExecutor]:
    """Workers under the shim, one a processor."""
    with workers(shim) as pool:
        yield pool


class Recorded:
    """A recording on file, and the folder as the recorded processes left it."""

    def __init__(self, path: Path, root: Path) -> None:
        self.path = path
        self.root = root
        self.recording: Recording = pickle.loads(path.read_bytes())

    @property
    def calls(self) -> int:
        """How many calls were recorded."""
        return len(self.recording.ops)


class Recorder:
    """Records one morning each time it is asked."""

    def __init__(self, place: Path, shim: Path) -> None:
        self._place = place
        self._shim = shim
        self._count = 0

    def __call__(self, *only: str, planted: str = "") -> Recorded:
        self._count += 1
        place = self._place / f"day{self._count}"
        place.mkdir()
        photos = pictures(place / "pictures", 30)
        root = place / "tablet"
        with central_running(place / "central") as central:
            enrolled_tablet(root, central)
            before = Disk.of(root)
            environment = preloaded(self._shim, root=root, log=place / "log")
            if planted:
                environment[NAME] = planted
            subprocess.run(
                [sys.executable, "-m", "tests.fault.power.day", str(root), str(photos), CASE, *only],
                cwd=PROJECT,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                check=True,
                timeout=600,
            )
        path = place / "recording"
        path.write_bytes(pickle.dumps(Recording.of(before, place / "log")))
        return Recorded(path, root)


@pytest.fixture(scope="session")
def record_day(power_folder: Path, shim: Path) -> Recorder:
    """Record a morning, or one report of it, with or without a planted defect."""
    return Recorder(power_folder, shim)


@pytest.fixture(scope="session")
def day(record_day: Recorder) -> Recorded:
    """The morning, recorded once."""
    return record_day()
