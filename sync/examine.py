"""The examination of a tablet (``doctor``): what is well, what is not, and what to do about it.

Each check is a code with facts, so that the app and the command line say the same sentence: ``doctor_NAME``
for what was found, ``doctor_NAME_advice`` for what to do. Nothing is changed by looking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from sync.clock import Clock
from sync.contract.errors import FieldError, NeedsPerson
from sync.examine_surroundings import look_around
from sync.link_state import Facts, LinkState, plain
from sync.originals import verify_originals
from sync.remote.address import parse_address
from sync.remote.admission import ask_health
from sync.remote.http import HttpRemote
from sync.remote.transport import Transport
from sync.replica.copies import copies_in
from sync.replica.database import SQLITE_MIN, DatabaseError, require_safe_sqlite
from sync.replica.folder import RESERVE_BYTES, DataFolder
from sync.replica.meta import CLOCK_TOLERANCE_MS, Identity
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore
from sync.replica.work_schema import WORK_SCHEMA
from sync.vault import kernel_keys
from sync.vault.vault import Vault

FULL_SYNC = 2
COPY_OLD_S = 7 * 24 * 3600.0
LOW_SPACE_BYTES = 10 * RESERVE_BYTES
LINK_S = 5.0
STORE_CHECKS = ("durability", "integrity", "schema", "rebuilt", "copy", "pending", "originals")
"""What can only be looked at in the open store."""
_AWAY = frozenset({"unreachable", "timeout", "server_busy", "interrupted"})
_ILL = frozenset({"not_ours", "server_identity", "server_refuses", "round_failed"})
"""What the daemon tries again by itself, though it hardly passes unless somebody sees to it."""


class Check(msgspec.Struct, frozen=True):
    """One finding. ``ok`` is None where it could not be looked at (the store is locked, no network)."""

    name: str
    ok: bool | None
    facts: Facts = {}
    code: str = ""
    """The code of the error that was met, if one was."""


def examine_tablet(folder: DataFolder, vault: Vault) -> Iterator[Check]:
    """What can be looked at without the data key."""
    try:
        require_safe_sqlite()
    except NeedsPerson as error:
        yield Check("sqlite", False, plain(error.facts), error.code)
    else:
        yield Check("sqlite", True, {"needed": ".".join(map(str, SQLITE_MIN))})
    free = folder.free_bytes()
    yield Check("space", free >= LOW_SPACE_BYTES, {"free_mb": free // 1_000_000})
    kind = vault.keyring.kind
    yield Check(
        "keys", True, {"keyring": kind, "session": kernel_keys.works(), "pins": len(vault.officers())}
    )


def examine_service(link: LinkState, pid: int | None) -> Check:
    """Whether the daemon runs and what it says; None too for weather, which passes by itself."""
    well: bool | None = True
    if pid is None:
        well = None
    elif link.link == "needs_you" or link.code in _ILL:
        well = False
    elif link.code or link.link == "locked":
        well = None
    return Check("service", well, {**link.facts, "link": link.link}, link.code)


def examine_link(folder: DataFolder, vault: Vault, clock: Clock) -> Iterator[Check]:
    """Ask central for its health: is it there, is it ours, and what time has it?"""
    device = vault.device()
    if device is None:
        yield Check("link", None, {}, "not_enrolled")
        return
    transport = Transport(parse_address(device.server), folder.authority, connect_s=LINK_S, read_s=LINK_S)
    try:
        health = ask_health(transport)
    except FieldError as error:
        ill = None if error.code in _AWAY else False  # no network is weather, not an illness
        yield Check("link", ill, {**plain(error.facts), "server": device.server}, error.code)
        yield Check("clock", False if error.code == "clock_wrong" else None, {}, error.code)
        return
    finally:
        transport.close()
    yield Check("link", True, {"server": device.server})
    offset_ms = round((health.server_time - clock.now()).total_seconds() * 1000)
    yield Check("clock", abs(offset_ms) <= CLOCK_TOLERANCE_MS, {"offset_s": round(offset_ms / 1000)})


def examine_admission(identity: Identity, folder: DataFolder) -> Check:
    """Ask central for something that only a tablet it admits is given.

    A token that has run out is renewed on the way, as in a round; the fresh one is not kept here.
    """
    address = parse_address(identity.server)
    remote = HttpRemote(
        identity,
        folder.authority,
        transport=Transport(address, folder.authority, connect_s=LINK_S, read_s=LINK_S),
    )
    try:
        remote.offer([])
    except FieldError as error:
        return Check("admission", None if error.code in _AWAY else False, plain(error.facts), error.code)
    finally:
        remote.close()
    return Check("admission", True, {"device_id": identity.device_id})


def examine_city_data(folder: DataFolder) -> Check:
    """Whether the public rows are there and whole; they can always be fetched anew."""
    try:
        store = ReferenceStore(folder)
    except FieldError as error:
        return Check("city_data", False, plain(error.facts), error.code)
    try:
        if store.suspect():
            return Check("city_data", False, {}, "city_data_damaged")
        at = store.cursor()
        if at is None:
            return Check("city_data", None, {}, "city_data_missing")
        return Check("city_data", True, {"as_of": at.moved_at.isoformat(timespec="seconds"), "findings": 0})
    finally:
        store.close()


def examine_surroundings(folder: DataFolder) -> Iterator[Check]:
    """Camera and position, as far as the system shows them."""
    for seen in look_around(folder):
        yield Check(seen.name, seen.ok, seen.facts, seen.code)


def examine_store(
    store: WorkStore,
    clock: Clock,
    *,
    originals: int | None = None,
    told: Callable[[int], None] = lambda _: None,
) -> Iterator[Check]:
    """What needs the open store: durability, integrity, what is pending, and the originals (the newest so
    many; 0 leaves them out)."""

    def durability() -> Check:
        return Check("durability", store.synchronous() == FULL_SYNC, {"synchronous": store.synchronous()})

    def integrity() -> Check:
        findings = len(store.integrity())
        return Check("integrity", not findings, {"findings": findings})

    def schema() -> Check:
        return Check("schema", True, {"schema": WORK_SCHEMA})

    def copy() -> Check:
        copies = copies_in(store.folder)
        journal_kb = store.journal_bytes() // 1000
        if not copies:
            return Check("copy", None, {"journal_kb": journal_kb}, "doctor_no_copy")
        age_s = clock.now().timestamp() - copies[0].path.stat().st_mtime
        facts: Facts = {"age_h": max(0, round(age_s / 3600)), "journal_kb": journal_kb}
        return Check("copy", age_s <= COPY_OLD_S, facts)

    def rebuilt() -> Check:
        found = store.rebuilt()
        if found is None:
            return Check("rebuilt", True, {}, "doctor_never_rebuilt")
        facts: Facts = {"at": found.at.isoformat(timespec="seconds"), "kept": found.kept}
        counts: Facts = {"records": found.records, "drafts": found.drafts, "photos": found.photos}
        return Check("rebuilt", found.told, {**facts, **counts})

    def pending() -> Check:
        records, oldest = store.outbox.pending()
        needing = store.outbox.needing_you()
        return Check("pending", needing == 0, {"records": records, "oldest": oldest, "needs_you": needing})

    def hashed() -> Check:
        if originals == 0:
            return Check("originals", None, {}, "doctor_originals_left_out")
        verified = verify_originals(store, limit=originals, told=told)
        bad = len(verified.findings)
        return Check("originals", bad == 0, {"checked": verified.checked, "bad": bad})

    for name, look in zip(
        STORE_CHECKS, (durability, integrity, schema, rebuilt, copy, pending, hashed), strict=True
    ):
        try:
            yield look()
        except DatabaseError:  # what is damaged in one place can still be looked at in others
            yield Check(name, False, {"file": store.folder.work_db.name}, "folder_broken")
