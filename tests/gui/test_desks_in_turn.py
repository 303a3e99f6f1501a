"""Officers seated in quick turns: nobody is started twice, and the one asked for last sits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from fieldapp.capture.desk import Desk
from fieldapp.services.background import Background
from fieldapp.services.desks import Desks
from fieldapp.services.worker import ReplicaWorker


class Seat:
    """A worker that says who sits there, and fails as the real one does when it is started twice."""

    def __init__(self) -> None:
        self.who: list[Callable[[], Desk]] = []

    @property
    def running(self) -> bool:
        return bool(self.who)

    def start(self, make_desk: Callable[[], Desk], *_: object) -> None:
        if self.running:
            raise RuntimeError("running already")
        self.who = [make_desk]

    def stop(self) -> None:
        self.who = []


class Later:
    """What is to be done beside, done when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []

    def run(self, work: Callable[[], Any], done: Callable[[Any], None], _failed: object) -> None:
        self.waiting.append((work, done))

    def go_on(self) -> None:
        while self.waiting:
            work, done = self.waiting.pop(0)
            done(work())


class Ground:
    """Two seats, and who was let in."""

    def __init__(self) -> None:
        self.writer, self.reader, self.later = Seat(), Seat(), Later()
        self.seated: list[str] = []
        self.desks = Desks(
            cast(ReplicaWorker, self.writer),
            cast(ReplicaWorker, self.reader),
            self._seat,
            cast(Background, self.later),
        )

    def _seat(self, _key: bytes, officer: str) -> Desk:
        self.seated.append(officer)
        return cast(Desk, None)

    def sits(self) -> list[str]:
        """Who sits at either desk now."""
        self.seated.clear()
        for seat in (self.writer, self.reader):
            for make in seat.who:
                make()
        return self.seated


def test_officer_asked_for_twice_while_the_former_one_gets_up_is_seated_once() -> None:
    ground = Ground()
    ground.desks.open(b"", "A")
    ground.desks.open(b"", "B")
    ground.desks.open(b"", "C")
    ground.later.go_on()
    assert ground.sits() == ["C", "C"]


def test_desk_closed_while_somebody_is_about_to_sit_down_stays_closed() -> None:
    ground = Ground()
    told: list[str] = []
    ground.desks.open(b"", "A")
    ground.desks.open(b"", "B")
    ground.desks.close(lambda: told.append("closed"))
    ground.later.go_on()
    assert (ground.sits(), told, ground.desks.running) == ([], ["closed"], False)


def test_officer_asked_for_after_a_close_sits_down_when_all_is_closed() -> None:
    ground = Ground()
    ground.desks.open(b"", "A")
    ground.desks.close()
    ground.writer.stop()
    ground.reader.stop()  # ended, and nobody has said so yet
    ground.desks.open(b"", "B")
    ground.later.go_on()
    assert ground.sits() == ["B", "B"]
