"""The stage of a play: a city of its own, served over a link that can be cut, and one real window on it."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import qasync

from fieldapp.app import make_application
from fieldapp.demo.__main__ import stop_daemon
from fieldapp.demo.central import DemoCentral
from fieldapp.demo.shift.hands import Hands, NotSeen
from fieldapp.demo.shift.link_thread import LinkThread
from fieldapp.demo.telling import Say
from fieldapp.services.daemon_link import DaemonLink
from fieldapp.services.gate import VaultGate
from fieldapp.services.options import Options
from fieldapp.services.process import keep_logs
from fieldapp.shell import Shell
from sync.replica.folder import DataFolder

SIZE = (1280, 800)


class Ground(msgspec.Struct, frozen=True):
    """Where a play takes place."""

    central: DemoCentral
    link: LinkThread
    tablet: Path


@contextmanager
def served_ground(central: DemoCentral, tablet: Path, permits: int, say: Say) -> Iterator[Ground]:
    """A city, seeded and served; the tablet's daemon, the link and central are stopped at the end."""
    os.environ["FIELDAPP_KEYRING"] = "off"
    say(f"making a city of {permits:,} permits")
    central.seed(permits)
    central.serve()
    link = LinkThread(central.port)
    try:
        yield Ground(central, link, tablet)
    finally:
        stop_daemon(tablet)
        link.close()
        central.stop()


def play_in_window(
    ground: Ground, track: Path, say: Say, tell: Callable[[Shell, Hands], Awaitable[None]], not_seen: Path
) -> str:
    """Tell a story in the app's own event loop; what was not seen (a picture of that is kept), else ""."""
    app = make_application()
    folder = DataFolder(ground.tablet)
    keep_logs(folder.root / "logs")
    chosen = Options(
        data=ground.tablet,
        theme="day",
        language="zh",
        size=SIZE,
        position=str(track),
        camera="replay:demo",
    )
    shell = Shell(folder, chosen, VaultGate(folder), DaemonLink(folder), animated=False)
    loop = qasync.QEventLoop(app)
    with loop:
        hands = Hands(shell.open(), say)
        try:
            loop.run_until_complete(tell(shell, hands))
        except NotSeen as error:
            loop.run_until_complete(hands.shot(not_seen))
            return f"not seen: {error}"
        finally:
            shell.close()
    return ""
