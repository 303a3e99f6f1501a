"""A tablet's first round in a process of its own, so that its peak memory is that of a daemon's.

python -m tests.bench.fill_once FOLDER KEY  →  {"swap_s", "round_s", "peak_mb", "base_mb"}
"""

import json
import sys
import time
from pathlib import Path

from sync.clock import SystemClock
from sync.filling import Filler
from sync.link import Link
from sync.listener import Silence
from sync.replica.folder import DataFolder
from sync.replica.reference import ReferenceStore


def peak_mb() -> float:
    """The most memory this process has held (VmHWM: unlike ru_maxrss not inherited from the parent)."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1000


def main() -> None:
    """Fill, and print the times."""
    moments: dict[str, float] = {}
    fill, adopt = Filler.fill, ReferenceStore.adopt

    def timed_fill(self: Filler, *arguments: object, **options: object) -> None:
        moments["began"] = time.perf_counter()
        fill(self, *arguments, **options)  # type: ignore[arg-type]

    def timed_adopt(self: ReferenceStore, new_file: Path) -> None:
        adopt(self, new_file)
        moments["swapped"] = time.perf_counter()

    Filler.fill, ReferenceStore.adopt = timed_fill, timed_adopt  # type: ignore[method-assign]
    link = Link(DataFolder(Path(sys.argv[1])), bytes.fromhex(sys.argv[2]), SystemClock(), Silence())
    base = peak_mb()
    began = time.perf_counter()
    link.round(lambda: None)
    ended = time.perf_counter()
    link.close()
    told = {
        "swap_s": moments["swapped"] - moments["began"],
        "round_s": ended - began,
        "peak_mb": peak_mb(),
        "base_mb": base,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
