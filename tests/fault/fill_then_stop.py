"""A process of its own for kill tests: a fill that stops at a named moment and waits to be killed."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import sync.replica.reference as reference
from sync.contract.wire import Frame, SnapshotManifest
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.snapshot import SnapshotFill
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet, full_row

PERMITS = 60_000


def stop_here() -> None:
    """Say that the moment has come, and wait for the end."""
    print("stopped", flush=True)
    threading.Event().wait()


def central_with(permits: int, plate: str) -> MemoryCentral:
    """A central whose permits need several frames."""
    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    for number in range(permits):
        row = full_row(
            "permit", permit_id=f"P{number:06}", plate=plate, route=f"{number}," * 40, status="active"
        )
        central.put_row("permit", row)
    return central


class StoppingRemote(MemoryRemote):
    """Stops before the first frame, after it, within the second, or not at all."""

    moment = ""

    def snapshot_frame(self, manifest: SnapshotManifest, frame: Frame) -> Iterator[bytes]:
        first = manifest.pieces[0].length
        stops = {"before_first_frame": 0, "after_a_frame": first, "within_a_frame": first + 1000}
        left = stops.get(self.moment, frame.length + 1)
        for piece in super().snapshot_frame(manifest, frame):
            if left < len(piece):
                yield piece[:left]
                stop_here()
            left -= len(piece)
            yield piece


def stop_at(moment: str) -> None:
    """Stop inside the replica instead: before the swap, or right after the pointer was written."""
    if moment == "before_swap":
        finish = SnapshotFill.finish

        def finished(fill: SnapshotFill) -> Path:
            path = finish(fill)
            stop_here()
            return path

        SnapshotFill.finish = finished  # type: ignore[method-assign]
    if moment == "before_unpacked":
        SnapshotFill.finish = lambda fill: stop_here()  # type: ignore[method-assign,assignment,return-value]
    if moment == "after_pointer":
        write = reference.durable_write

        def written(path: Path, data: bytes) -> None:
            write(path, data)
            stop_here()

        reference.durable_write = written


if __name__ == "__main__":
    remote = StoppingRemote(central_with(PERMITS, "粤B00002"), DEVICE)
    remote.moment = sys.argv[2]
    stop_at(sys.argv[2])
    with Tablet(Path(sys.argv[1])) as tablet:
        tablet.engine(remote).refill()
