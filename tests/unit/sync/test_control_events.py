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


def test_socket_that_a_cleaner_took_away_is_made_anew_and_what_took_its_place_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control_server, "LOOK_EVERY_S", 0.02)
    folder = DataFolder(tmp_path)
    made_anew, left_alone = threading.Event(), threading.Event()
    look = ControlServer._listen_again

    def look_and_tell(server: ControlServer) -> None:
        gone, another = not folder.socket.exists(), folder.socket.is_file()
        look(server)
        if gone and folder.socket.exists():
            made_anew.set()
        if another:
            left_alone.set()

    monkeypatch.setattr(ControlServer, "_listen_again", look_and_tell)
    server = ControlServer(folder, lambda _request: {"well": True})
    server.start()
    folder.socket.unlink()
    assert made_anew.wait(60)
    with ControlClient(folder, answer_s=60) as client:
        assert client.ask("status")["well"]

    another = tmp_path / "another"
    another.write_text("another's")
    another.replace(folder.socket)
    assert left_alone.wait(60)
    assert folder.socket.read_text() == "another's"
    server.stop()
