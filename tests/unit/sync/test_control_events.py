"""Events over the control socket: none is lost around the answer to a request, whatever the threads do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync import control_server
from sync.control import ControlClient, Message, Request
from sync.control_server import ControlServer
from sync.replica.folder import DataFolder

GIVE_IT_A_CHANCE_S = 0.3
"""How long a thread that must wait may show that it does not."""


class Changing:
    """A daemon whose state changes on another thread just when somebody asks for it."""

    def __init__(self, folder: DataFolder) -> None:
        self.server = ControlServer(folder, self.handle)
        self.link = "starting"
        self._change = threading.Thread(target=self._changed)

    def handle(self, request: Request) -> Message:
        answer = {"state": {"link": self.link}}
        if request.cmd == "subscribe":
            self._change.start()
            self._change.join(GIVE_IT_A_CHANCE_S)
        else:
            self._changed()
        return answer

    def _changed(self) -> None:
        self.link = "paused"
        self.server.tell({"event": "state", "link": self.link})


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[ControlClient]:
    folder = DataFolder(tmp_path)
    folder.root.mkdir(exist_ok=True)
    daemon = Changing(folder)
    daemon.server.start()
    with ControlClient(folder, answer_s=60) as client:
        yield client
    daemon.server.stop()


def test_a_change_while_somebody_subscribes_is_told_after_the_answer(changing: ControlClient) -> None:
    assert changing.ask("subscribe")["state"]["link"] == "starting"
    assert next(changing.events(wait_s=60))["link"] == "paused"


def test_a_change_told_before_the_answer_to_a_request_is_not_lost(changing: ControlClient) -> None:
    changing.ask("subscribe")
    changing.ask("nudge")
    told = changing.events(wait_s=60)
    assert [next(told)["link"], next(told)["link"]] == ["paused", "paused"]


def test_who_asks_to_stop_gets_an_answer_before_the_daemon_hangs_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control_server, "LAST_ANSWER_S", 60.0)
    stopped = threading.Event()

    def handle(_request: Request) -> Message:
        stopping = threading.Thread(target=lambda: (server.stop(), stopped.set()))
        stopping.start()
        stopping.join(GIVE_IT_A_CHANCE_S)
        return {"stopping": True}

    server = ControlServer(DataFolder(tmp_path), handle)
    server.start()
    with ControlClient(DataFolder(tmp_path), answer_s=60) as client:
        assert client.ask("stop")["stopping"] is True
    assert stopped.wait(60)
