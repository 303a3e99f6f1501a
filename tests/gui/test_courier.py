"""A thread at work keeps no Qt object alive: whoever is let go of goes at once, and in the GUI thread."""

from __future__ import annotations

import threading
import weakref
from pathlib import Path

import pytest
from field_app import Tablet
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from fieldapp.services import camera_replay
from fieldapp.services.background import Background
from fieldapp.services.camera_replay import FolderCamera, StreetCamera
from fieldapp.services.camera_roll import Roll
from fieldapp.services.courier import Address
from fieldapp.services.worker import ReplicaWorker


class Listener(QObject):
    """Notes what it is told, and where."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[object, int]] = []

    def hear(self, said: object) -> None:
        self.heard.append((said, threading.get_ident()))


def test_answers_of_a_thread_come_in_order_and_in_the_gui_thread(qtbot: QtBot) -> None:
    listener = Listener()
    tell = Address(listener.hear)
    thread = threading.Thread(target=lambda: [tell(number) for number in range(100)])
    thread.start()
    qtbot.waitUntil(lambda: len(listener.heard) == 100)
    thread.join()

    assert listener.heard == [(number, threading.get_ident()) for number in range(100)]


def test_an_address_keeps_nobody_and_tells_nobody_who_has_gone(qtbot: QtBot) -> None:
    listener, other = Listener(), Listener()
    heard = listener.heard
    tell, tell_other, gone = Address(listener.hear), Address(other.hear), weakref.ref(listener)
    tell("late")
    del listener
    tell("later")
    tell_other("here")
    qtbot.waitUntil(lambda: bool(other.heard))

    assert gone() is None
    assert heard == []


def test_who_was_answered_by_a_replica_worker_is_not_held_by_its_thread(qtbot: QtBot, tablet: Tablet) -> None:
    worker, held = ReplicaWorker("reader"), [Listener()]
    worker.start(tablet.desk, held[0].hear, held[0].hear)
    qtbot.waitUntil(lambda: len(held[0].heard) == 1)
    worker.submit(lambda _desk, asks=held[0].objectName: asks(), held[0].hear)
    qtbot.waitUntil(lambda: len(held[0].heard) == 2)
    gone = weakref.ref(held.pop())

    assert gone() is None  # while the thread waits for its next job
    worker.stop()


def test_who_was_answered_by_background_work_is_not_held_by_its_thread(qtbot: QtBot) -> None:
    background, still_there = Background(), []
    for _ in range(50):
        held = [Listener()]
        background.run(held[0].objectName, held[0].hear, held[0].hear)
        qtbot.waitUntil(lambda held=held: bool(held[0].heard))
        gone = weakref.ref(held.pop())
        still_there.append(gone() is not None)
    background.close()

    assert not any(still_there)


def test_camera_of_a_folder_goes_at_once_while_a_picture_is_read(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = threading.Event()
    monkeypatch.setattr(camera_replay, "_load", lambda _path, _tell: reading.wait())
    (tmp_path / "a.png").touch()
    camera = FolderCamera(tmp_path)
    camera.start()
    gone = weakref.ref(camera)
    del camera

    assert gone() is None
    reading.set()


def test_camera_of_a_street_goes_at_once_while_it_is_drawn(qtbot: QtBot) -> None:
    camera = StreetCamera()
    camera.start()
    gone = weakref.ref(camera)
    del camera

    assert gone() is None


def test_list_of_folders_goes_at_once_while_a_folder_is_read(qtbot: QtBot, tmp_path: Path) -> None:
    held, roll = threading.Event(), Roll()
    roll._thread.submit(held.wait)  # a memory stick that is slow
    roll.list(tmp_path)
    gone = weakref.ref(roll)
    del roll
    held.set()

    assert gone() is None
