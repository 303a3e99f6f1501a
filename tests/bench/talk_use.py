"""The window in a conversation that fills, for bench_talk: `… talk_use FOLDER CASE BEGUN ALL`.

Says "open" once the conversation is in front, waits for a line, and tells turns of the loop and memory.
"""

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import qasync

from fieldapp.app import make_application
from fieldapp.capture.messages import PAGE
from fieldapp.demo.__main__ import stop_daemon
from fieldapp.demo.shift.hands import Hands
from fieldapp.services.daemon_link import DaemonLink
from fieldapp.services.gate import VaultGate
from fieldapp.services.options import Options
from fieldapp.services.process import keep_logs
from fieldapp.shell import Shell
from sync.replica.folder import DataFolder
from tests.bench.window_use import OFFICER, PIN, memory

PATIENCE_S = 600.0


async def use(shell: Shell, hands: Hands, case_id: str, begun: int, most: int) -> dict[str, Any]:
    """Sign in, open the conversation, see the rest come, read back to the first."""
    turns: dict[str, tuple[float, float]] = {}
    held: dict[str, float] = {}
    dog, page = shell.watchdog, shell.pages.messages

    async def note(word: str) -> None:
        await hands.settle(0.5)
        turns[word] = max((s.ms for s in (dog.longest,)), default=0.0), dog.busiest.cpu_ms
        held[word] = memory()["pss"]
        dog.reset()

    await hands.click("signIn.officer.input")
    if (await hands.find("signIn.officer.input")).property("text") != OFFICER:
        await hands.type(OFFICER)
    for digit in PIN:
        await hands.click(f"signIn.pin.key.{digit}")
    await hands.click("signIn.pin.submit")
    await hands.wait("signed in", lambda: shell.session.property("stage") == "open", 60)
    await hands.wait("the first of them here", lambda: page.property("unread") == begun, PATIENCE_S)
    await note("first ones came, look-up in front")
    await hands.click("rail.item.messages")
    await hands.click(f"messages.case.{case_id}")
    await hands.wait("the newest in front", lambda: thread_count(hands) == PAGE, 60)
    await note("conversation opened")

    print("open", flush=True)
    said: list[float] = []

    def listen() -> None:
        sys.stdin.readline()
        said.append(time.monotonic())

    threading.Thread(target=listen, daemon=True).start()
    await hands.wait("all said", lambda: said, PATIENCE_S)
    last = f"{most}："
    await hands.wait("the last one in front", lambda: newest(shell).startswith(last), PATIENCE_S)
    here = time.monotonic() - said[0]
    await note("rest came, conversation in front")

    while page.property("earlier"):
        before = thread_count(hands)
        page.showEarlier()
        await hands.wait("earlier ones", lambda before=before: thread_count(hands) > before, 60)
        if len(turns) == 3 and thread_count(hands) >= 1_000:
            await note("read back, the first 1,000")
    await note("read back to the first")
    await hands.click("rail.item.lookup")
    await hands.click("rail.item.messages")
    await note("left and looked at again")
    shell.app.settings.chooseTextScale(1.5)
    await note("text size changed there")
    return {"turns": turns, "memory": held, "all_here_s": here, "shown": thread_count(hands)}


def thread_count(hands: Hands) -> int:
    """Bubbles of the conversation, seen or not."""
    found = hands.seen("messages.thread")
    return 0 if found is None else int(found.property("count"))


def newest(shell: Shell) -> str:
    """What the last bubble says."""
    rows: Any = shell.pages.messages._messages._rows
    return str(rows[-1].note) if rows else ""


def main() -> int:
    """Compose, use, tell."""
    root, case_id, begun, most = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    app = make_application()
    folder = DataFolder(root)
    keep_logs(folder.root / "logs")
    link = DaemonLink(folder)
    link.start()
    shell = Shell(folder, Options(data=root, size=(1280, 800), language="zh"), VaultGate(folder), link)
    loop = qasync.QEventLoop(app)
    with loop:
        hands = Hands(shell.open(), lambda _said: None)
        try:
            told = loop.run_until_complete(use(shell, hands, case_id, begun, most))
        finally:
            shell.close()
            stop_daemon(root)
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    os.environ["FIELDAPP_KEYRING"] = "off"
    sys.exit(main())
