"""The link to a real daemon process: started when there is none, started again when it is killed."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from field_app import Tablet
from pytestqt.qtbot import QtBot

from fieldapp.services.daemon_link import DaemonLink
from sync.central.authority import ensure_authority
from sync.contract.errors import FieldError
from sync.control import ControlClient
from sync.map_state import MapState
from sync.sending import FullSize, SendingRules
from sync.sending_file import SendingFile


@pytest.fixture
def link(qtbot: QtBot, tablet: Tablet) -> Iterator[DaemonLink]:
    """A link that has started a daemon of its own, on a slow machine one more; all are stopped at the end."""
    authority = ensure_authority(tablet.root.with_name("central"), ("127.0.0.1",), datetime.now(UTC))
    shutil.copy(authority.pem_path, tablet.folder.authority)
    opened = DaemonLink(tablet.folder)
    yield opened
    opened.close()
    qtbot.waitUntil(lambda: not daemons_left(tablet))


def daemons_left(tablet: Tablet) -> list[Path]:
    """Daemons of this tablet that still run, after whoever listens was asked to stop."""
    with suppress(FieldError), ControlClient(tablet.folder) as client:
        client.ask("stop")
    named = os.fsencode(tablet.root)
    return [program for program in Path("/proc").glob("[0-9]*") if named in words_of(program).split(b"\0")]


def words_of(program: Path) -> bytes:
    """How a process was started; nothing where it has ended."""
    try:
        return (program / "cmdline").read_bytes()
    except OSError:
        return b""


def daemon_pid(tablet: Tablet) -> int:
    return int(tablet.folder.lock.read_text() or 0)


def test_daemon_is_started_and_waits_for_the_key(qtbot: QtBot, tablet: Tablet, link: DaemonLink) -> None:
    link.start()

    qtbot.waitUntil(lambda: link.state.status == "locked", timeout=60_000)


def test_handed_over_key_sets_the_daemon_to_work(qtbot: QtBot, tablet: Tablet, link: DaemonLink) -> None:
    link.hand_over(tablet.key)

    qtbot.waitUntil(lambda: link.state.status == "offline", timeout=60_000)
    assert link.state.code == "unreachable"


def test_killed_daemon_is_started_again_and_unlocked(qtbot: QtBot, tablet: Tablet, link: DaemonLink) -> None:
    link.hand_over(tablet.key)
    qtbot.waitUntil(lambda: link.state.status == "offline", timeout=60_000)
    first, answers = daemon_pid(tablet), list[tuple[str, str]]()
    link.fetched.connect(lambda sha256, code: answers.append((sha256, code)))
    os.kill(first, signal.SIGSTOP)
    link.fetch("ab" * 32)

    os.kill(first, signal.SIGKILL)

    qtbot.waitUntil(lambda: answers == [("ab" * 32, "daemon_not_running")], timeout=60_000)
    qtbot.waitUntil(lambda: daemon_pid(tablet) != first and link.state.status == "offline", timeout=60_000)


def test_what_the_daemon_knows_of_the_citys_base_map_is_told(
    qtbot: QtBot, tablet: Tablet, link: DaemonLink
) -> None:
    told: list[MapState] = []
    link.baseMapChanged.connect(told.append)
    link.start()
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    told.clear()
    link.base_map("look", False)
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    assert told == [MapState()]


def test_daemon_outlives_the_link(qtbot: QtBot, tablet: Tablet, link: DaemonLink) -> None:
    link.hand_over(tablet.key)
    qtbot.waitUntil(lambda: link.state.status == "offline", timeout=60_000)

    link.close()

    os.kill(daemon_pid(tablet), 0)


def test_rules_chosen_before_a_daemon_listens_are_told_and_kept(
    qtbot: QtBot, tablet: Tablet, link: DaemonLink
) -> None:
    link.change_rules({"originals": "wifi"})
    link.hand_over(tablet.key)

    qtbot.waitUntil(lambda: link.rules.originals is FullSize.WIFI, timeout=60_000)
    link.change_rules({"keep_days": 90})
    qtbot.waitUntil(lambda: link.rules == SendingRules(FullSize.WIFI, keep_days=90), timeout=60_000)

    assert SendingFile(tablet.folder).rules == link.rules


def test_pause_and_send_now_reach_the_daemon(qtbot: QtBot, tablet: Tablet, link: DaemonLink) -> None:
    link.hand_over(tablet.key)
    qtbot.waitUntil(lambda: link.state.status == "offline", timeout=60_000)

    link.change_rules({"paused": True})
    qtbot.waitUntil(lambda: link.state.status == "paused", timeout=60_000)
    link.send_now()
    link.change_rules({"paused": False})

    qtbot.waitUntil(lambda: link.state.status == "offline", timeout=60_000)


def test_rule_there_is_not_is_refused_and_the_old_ones_stay(
    qtbot: QtBot, tablet: Tablet, link: DaemonLink
) -> None:
    link.hand_over(tablet.key)
    qtbot.waitUntil(lambda: link.state.status == "offline", timeout=60_000)
    told: list[SendingRules] = []
    link.rulesChanged.connect(told.append)

    link.change_rules({"originals": "by pigeon"})

    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    assert told == [SendingRules()]
