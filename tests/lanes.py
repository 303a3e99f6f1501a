"""Several runs of pytest share one set of test files, so that no processor waits while another has many.

    pytest --share DIR tests/gui &  pytest --share DIR --begin end tests/gui

Each takes the next file that nobody has taken, from the front, from the middle or from the end backwards,
until none is left: so neighbours, which share what is costly to set up, mostly stay together. A file is taken
by making a note of its name in DIR, which only one can. Asked to stop by SIGTERM, a run takes down what it
has set up, as it does after Ctrl-C.
"""

from __future__ import annotations

import hashlib
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

ORDERS: dict[str, Callable[[list[Path]], list[Path]]] = {
    "front": lambda files: files,
    "middle": lambda files: files[len(files) // 2 :] + files[: len(files) // 2],
    "end": lambda files: files[::-1],
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of a run that shares its files with another."""
    group = parser.getgroup("lanes")
    group.addoption("--share", type=Path, default=None, metavar="DIR", help="share the files with other runs")
    group.addoption("--begin", choices=list(ORDERS), default="front", help="where to begin to take files")


def pytest_sessionstart(session: pytest.Session) -> None:
    """SIGTERM ends a run as Ctrl-C does, so that programs which tests have started are stopped by them."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough, what follows takes its time
        session.shouldstop = "told to stop"  # Qt's event loop swallows what is raised in it
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Run what nobody else has taken; without a shared folder pytest's own loop runs."""
    folder: Path | None = session.config.getoption("--share")
    option = session.config.option
    if (
        folder is None
        or option.collectonly
        or (session.testsfailed and not option.continue_on_collection_errors)
    ):
        return None
    taken = _taken(session.items, folder, session.config.getoption("--begin"))
    item = next(taken, None)
    while item is not None:
        following = next(taken, None)  # what the next one needs as well is not taken down
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
        item = following
    return True


def _taken(items: list[pytest.Item], folder: Path, begin: str) -> Iterator[pytest.Item]:
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    for path in ORDERS[begin](list(files)):
        note = folder / hashlib.sha256(bytes(path)).hexdigest()
        try:
            note.touch(exist_ok=False)
        except FileExistsError:
            continue
        yield from files[path]
