"""``base-map``: what the city offers as a base map, and fetching it; by the daemon where one runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from sync.cli.frame import Result, chosen_language
from sync.cli.output import write
from sync.clock import SystemClock
from sync.contract.errors import FieldError, NeedsPerson, RetryLater
from sync.control import ControlClient, Message
from sync.gate import Gate
from sync.link import Link
from sync.listener import Silence
from sync.lockfile import FileLock
from sync.map_keeper import MapKeeper, MapSource
from sync.map_state import FAILED, FETCHING, HERE, NONE, READY, WAITING, WAITS_SENDING, MapState
from sync.messages import sentence
from sync.replica.folder import DataFolder
from sync.surroundings import Surroundings
from sync.vault.opening import find_key

WAIT_S = 600.0
"""So long without any news, and the command leaves it to the daemon."""


def add_commands(commands: Any) -> None:
    """The arguments."""
    taken = commands.add_parser("base-map", help="what base map the city offers; --fetch brings it here")
    what = taken.add_mutually_exclusive_group()
    what.add_argument(
        "--fetch", action="store_true", help="fetch it and put it in force; goes on where it broke off"
    )
    what.add_argument("--give-up", action="store_true", help="do not fetch it after all; what has come goes")
    taken.add_argument("--any-link", action="store_true", help="also over a metered connection")


def do_base_map(arguments: argparse.Namespace) -> Result:
    """Ask central, fetch on wish; how it stands is the answer."""
    folder = DataFolder(arguments.data)
    lock = FileLock(folder.lock)
    if not lock.acquire(wait=False):
        return {"by": "daemon", "base_map": _plain(_by_daemon(folder, arguments))}
    try:
        with _keeper(folder) as keeper:
            if arguments.give_up:
                keeper.give_up()
                state = keeper.state
            elif arguments.fetch:
                state = keeper.bring_now(any_link=arguments.any_link)
            else:
                state = keeper.ask()
    finally:
        lock.release()
    return {"by": "once", "base_map": _plain(state)}


@contextmanager
def _keeper(folder: DataFolder) -> Iterator[MapKeeper]:
    """With nothing else running here: a round first, so that records and photos go before any map."""
    clock = SystemClock()
    around = Surroundings(clock)
    around.look()
    gate = Gate(folder, around)
    link = Link(folder, find_key(folder).key, clock, Silence())
    keeper = MapKeeper(
        folder,
        clock,
        lambda: MapSource(link.remote, link.signing_key),
        gate.sending,
        tell=_progress(),
        again=lambda _soon: None,
    )
    try:
        if not gate.nothing_goes:
            link.round(lambda: None, sending=gate.sending)
        yield keeper
    finally:
        keeper.stop()
        link.close()


def _by_daemon(folder: DataFolder, arguments: argparse.Namespace) -> MapState:
    try:
        client = ControlClient(folder)
    except RetryLater as error:  # it holds the lock but does not listen yet, or is going
        raise RetryLater("daemon_busy") from error
    with client:
        if client.ask("status")["state"]["link"] in ("locked", "not_enrolled"):
            client.ask("unlock", key=find_key(folder).key)
        if arguments.give_up:
            return _state(client.ask("base_map", do="give_up")["base_map"])
        state = _state(client.ask("base_map", do="ask", answer_s=60.0)["base_map"])
        if not arguments.fetch or state.state == HERE:
            return state
        client.ask("subscribe")
        state = _state(client.ask("base_map", do="fetch", any_link=arguments.any_link)["base_map"])
        client.ask("nudge")
        return _watched(client, state)


def _watched(client: ControlClient, state: MapState) -> MapState:
    """Until it is here; raises what it waits for where that is a person's rule, or why it failed."""
    told = _progress()
    events = client.events(wait_s=WAIT_S)
    while state.state != HERE:
        if state.state in (FAILED, NONE, READY) or (state.state == WAITING and state.code != WAITS_SENDING):
            raise _why(state)
        event = next(events, None)
        if event is None:
            raise RetryLater("daemon_not_running")
        if event["event"] == "base_map":
            told(event)
            state = _state({name: event[name] for name in MapState.__struct_fields__})
    return state


def _why(state: MapState) -> FieldError:
    facts: dict[str, Any] = {
        name: value for name, value in state.facts.items() if name not in ("code", "after_s")
    }
    if state.state in (NONE, READY):
        return RetryLater(state.code or "base_map_none", **facts)
    kind = RetryLater if state.state == WAITING else NeedsPerson
    return kind(state.code, **facts)


def _progress() -> Callable[[Message], None]:
    """Says in tenths how far it is, on the stream that is not the result's."""
    said = -1

    def told(event: Message) -> None:
        nonlocal said
        tenth = 10 * event["done"] // event["bytes"] if event["bytes"] else 0
        if event["state"] == FETCHING and tenth != said:
            said = tenth
            facts = {"done": _megabytes(event["done"]), "total": _megabytes(event["bytes"])}
            write(sys.stderr, sentence("map_fetching_line", facts, chosen_language(os.environ)))

    return told


def show_base_map(result: Result) -> str:
    """In a sentence."""
    language, state = chosen_language(os.environ), result["base_map"]
    facts = {
        "name": state["name"],
        "megabytes": _megabytes(state["bytes"]),
        "done": _megabytes(state["done"]),
    }
    line = sentence(f"map_is_{state['state']}", facts, language)
    reason = sentence(state["code"], state["facts"], language) if state["code"] else ""
    return "\n".join(filter(None, (line, reason)))


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:.1f}"


def _state(told: object) -> MapState:
    return msgspec.convert(told, MapState)


def _plain(state: MapState) -> Result:
    plain: Result = msgspec.to_builtins(state)
    return plain
