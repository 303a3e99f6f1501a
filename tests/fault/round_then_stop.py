"""A process of its own for kill tests: one round over a folder whose remote stops at a named moment.

Says "stopped" and waits there to be killed. The central is a folder too: whatever takes effect before the
moment is written to ``pushed`` as a line per item.
"""

import sys
import threading
from pathlib import Path

from sync.contract.wire import FileAnswer, FileOffer, PushItem, PushReply
from sync.remote.base import Begins, Progress, unheeded
from sync.remote.memory import MemoryCentral, MemoryRemote
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet


def stop_here() -> None:
    """Say that the moment has come, and wait for the end."""
    print("stopped", flush=True)
    threading.Event().wait()


class StoppingRemote(MemoryRemote):
    """Stops before or after the effect of the first push, or in the middle of the first upload."""

    def __init__(self, central: MemoryCentral, moment: str, pushed: Path) -> None:
        super().__init__(central, DEVICE)
        self.moment = moment
        self.pushed = pushed

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        begins()
        if self.moment == "before_effect":
            stop_here()
        reply = super().push(items)
        with self.pushed.open("a") as file:
            file.writelines(f"{item.body_sha256} {item.body}\n" for item in items)
        if self.moment == "after_effect":
            stop_here()
        return reply

    def upload(self, file: FileOffer, answer: FileAnswer, source: object, progress: Progress) -> None:
        progress(file.bytes // 2)
        stop_here()


if __name__ == "__main__":
    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    with Tablet(Path(sys.argv[1])) as tablet:
        tablet.engine(StoppingRemote(central, sys.argv[2], Path(sys.argv[3]))).round()
