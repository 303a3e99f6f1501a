"""The commands behind ``fieldapp-central``: each opens the store, does one thing and answers."""

from __future__ import annotations

import argparse
import asyncio
import errno
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from sync.central.address_note import note_address
from sync.central.authority import ensure_authority
from sync.central.composition import Central
from sync.central.desk import Desk
from sync.central.seeding import seed_city
from sync.central.server import CentralServer, listen, url_of
from sync.central.settings import DEFAULT_HOSTS, Settings
from sync.central.store.scope import listed_devices, set_scope
from sync.central.world import World, real_world, world_ahead
from sync.cli.frame import Result, json_line
from sync.clock import SystemClock
from sync.contract.errors import EXIT_DONE, InputRefused, NeedsPerson
from sync.lockfile import FileLock
from sync.replica.storage_errors import of_file


@contextmanager
def opened(
    arguments: argparse.Namespace, *, create: bool = False, world: World | None = None
) -> Iterator[Central]:
    """Central over the data folder; only serving, seeding and codes may make a new one."""
    settings = Settings(data=arguments.data)
    try:
        if not create and not settings.database.is_file():
            raise InputRefused("central_missing", folder=str(arguments.data))
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        central = Central(settings, world or real_world())
    except OSError as error:
        raise of_file(error, arguments.data) from error
    try:
        yield central
    finally:
        central.close()


def do_serve(arguments: argparse.Namespace) -> Result:
    """Serve until SIGTERM or SIGINT. The one object is printed when ready, so nothing is left to return."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    world = world_ahead(arguments.time_ahead) if arguments.time_ahead else None
    with opened(arguments, create=True, world=world) as central:
        lock = FileLock(arguments.data / "serve.lock")
        if not lock.acquire(wait=False):
            raise NeedsPerson("central_running", folder=str(arguments.data))
        try:
            asyncio.run(_serve(arguments, central))
        finally:
            lock.release()
    raise SystemExit(EXIT_DONE)


async def _serve(arguments: argparse.Namespace, central: Central) -> None:
    hosts = tuple(dict.fromkeys([*DEFAULT_HOSTS, arguments.host, *arguments.name]))
    authority = ensure_authority(arguments.data, hosts, central.world.now())
    try:
        listener = listen(arguments.host, arguments.port)
    except OSError as error:
        code = "port_taken" if error.errno == errno.EADDRINUSE else "address_unusable"
        raise NeedsPerson(code, host=arguments.host, port=arguments.port) from error
    server = CentralServer(central, authority)
    server.stop_on_signals()

    def ready() -> None:
        url = url_of(arguments.host, listener)
        note_address(arguments.data, url)
        told = {"ok": True, "url": url, "pid": os.getpid(), "authority": str(authority.pem_path)}
        print(json_line(told) if arguments.json else f"Serving on {url}", flush=True)  # noqa: T201

    await server.run_until_stopped(listener, ready)


def do_seed(arguments: argparse.Namespace) -> Result:
    """Fill with the demo city."""
    with opened(arguments, create=True) as central:
        return {"rows": seed_city(central, arguments.permits, arguments.seed, again=arguments.again)}


def do_dispatch(arguments: argparse.Namespace) -> Result:
    """Dispatch a case to an officer, or to a unit's who has the fewest cases in hand."""
    with opened(arguments) as central:
        desk = Desk(central.store, central.world, SystemClock())
        case_id, acts = desk.dispatch(arguments.case, arguments.to, arguments.note, to_unit=arguments.to_unit)
    return {
        "case_id": case_id,
        "state": acts[-1].state,
        "assignee": acts[-1].assignee,
        "acts": [msgspec.to_builtins(act) for act in acts],
    }


def do_act(arguments: argparse.Namespace) -> Result:
    """One act of the desk."""
    with opened(arguments) as central:
        desk = Desk(central.store, central.world, SystemClock())
        case_id, act = desk.act(
            arguments.case,
            arguments.kind,
            officer_id=arguments.officer,
            note=arguments.note,
            to_officer=arguments.to,
        )
    return {"case_id": case_id, **msgspec.to_builtins(act)}


def do_cases(arguments: argparse.Namespace) -> Result:
    """A page of cases."""
    with opened(arguments) as central:
        page = central.ledger.page(arguments.state, arguments.limit, arguments.cursor)
    return {"cases": page.cases, "cursor": page.cursor}


def do_case(arguments: argparse.Namespace) -> Result:
    """One case."""
    with opened(arguments) as central:
        found: Result = msgspec.to_builtins(central.ledger.case(arguments.case, central.world.now()))
    return found


def do_lookups(arguments: argparse.Namespace) -> Result:
    """A page of the log of look-ups."""
    with opened(arguments) as central:
        page = central.lookups.page(arguments.plate, arguments.limit, arguments.before)
    return {"lookups": page.lookups, "before": page.before}


def do_officers(arguments: argparse.Namespace) -> Result:
    """Every officer."""
    with opened(arguments) as central:
        cards = central.officers.cards()
    return {"officers": [{**msgspec.to_builtins(card), "active": active} for card, active in cards]}


def do_units(arguments: argparse.Namespace) -> Result:
    """Every responsible unit with its officers."""
    with opened(arguments) as central:
        return {"units": msgspec.to_builtins(central.ledger.units())}


def do_devices(arguments: argparse.Namespace) -> Result:
    """Every tablet."""
    with opened(arguments) as central:
        return {"devices": listed_devices(central.store)}


def do_scope(arguments: argparse.Namespace) -> Result:
    """Another area for a tablet."""
    with opened(arguments) as central:
        set_scope(central.store, arguments.device, arguments.area)
    return {"device_id": arguments.device, "area": arguments.area}
