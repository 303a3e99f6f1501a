"""``status`` and ``outbox``: how things stand, whether the store can be opened or not."""

from __future__ import annotations

import argparse
import os
from collections import Counter

import msgspec

from sync.cli.frame import Result, chosen_language
from sync.cli.words import named, padded, word
from sync.contract.errors import FieldError, NeedsPerson, RetryLater
from sync.contract.tables import Stream
from sync.control import ControlClient
from sync.link_state import LinkState
from sync.messages import sentence
from sync.outbox_view import OutboxItem, outbox_items
from sync.replica.folder import DataFolder
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore
from sync.sending import Battery, Network, Sending, decide_sending
from sync.sending_file import SendingFile
from sync.vault.opening import look_into_store
from sync.vault.vault import Vault

SHUT = ("locked", "not_enrolled", "officer_missing", "sign_in_needs_network")
"""Why a store is not open although nothing is ill."""
NOT_RUNNING = LinkState("not_running", code="daemon_not_running")


def link_state(folder: DataFolder) -> tuple[LinkState, int | None]:
    """What the daemon says of the link, and its process id; ``not_running`` where there is none."""
    try:
        with ControlClient(folder) as client:
            answer = client.ask("hello")
    except RetryLater as error:  # it may be there, and not answer
        return msgspec.structs.replace(_not_running(SendingFile(folder)), code=error.code), None
    return msgspec.convert(answer["state"], LinkState), int(answer["pid"])


def _not_running(file: SendingFile) -> LinkState:
    """Nobody looks at network and battery then, but that a person paused the sending is known."""
    if not file.rules.paused:
        return NOT_RUNNING
    sending = decide_sending(file.rules, Network(), Battery(), file.upto)
    return msgspec.structs.replace(NOT_RUNNING, sending=sending)


def do_status(arguments: argparse.Namespace) -> Result:
    """Everything at a glance. A locked store is no error here: what can be said without it is said."""
    folder = DataFolder(arguments.data)
    device = Vault(folder).device()
    link, pid = link_state(folder)
    result: Result = {
        "enrolled": device is not None and folder.holds_work(),
        "server": device.server if device else None,
        "device_id": device.device_id if device else None,
        "daemon": {"running": pid is not None, "pid": pid, **_link(link)},
        "held": _held(link.sending),
        "settings": msgspec.to_builtins(SendingFile(folder).rules),
        "locked": False,
        "officer": None,
    }
    try:
        store, officer = look_into_store(folder)
    except NeedsPerson as error:
        if error.code not in SHUT:
            raise
        return {**result, "locked": error.code != "not_enrolled"}
    try:
        return {**result, "officer": officer, **_pending(store), "data": _data(folder, store)}
    finally:
        store.close()


def show_status(result: Result) -> str:
    """The state for a person."""
    language = chosen_language(os.environ)
    daemon, pending = result["daemon"], result.get("pending")
    link = word("link", daemon["link"], language)
    lines = [("server", result["server"] or "-")]
    why = sentence("word_line", {"name": link, "value": daemon["reason"]}, language)
    lines.append(("service", why if daemon["reason"] else link))
    lines += [("waits", reason) for reason in dict.fromkeys(one["reason"] for one in result["held"])]
    lines.append(("network", _network(daemon["sending"]["network"])))
    lines.append(("officer", result["officer"] or "-"))
    if pending:
        lines.append(("pending", _pending_line(pending, language)))
        lines.append(("needs_you", str(result["needs_you"])))
        lines.append(("city_data", result["data"]["reference_as_of"] or "-"))
    told = [named(name, value, language) for name, value in lines]
    if result["locked"] and not pending:
        told.append(sentence("locked", {}, language))
    return "\n".join(told)


def _pending_line(pending: Result, language: str) -> str:
    """How much has not gone, and since when."""
    facts = {**pending, "megabytes": f"{pending['bytes'] / 1_000_000:.1f}"}
    line = sentence("pending_line", facts, language)
    return sentence("pending_since", {**facts, "pending": line}, language) if pending["oldest"] else line


def do_outbox(arguments: argparse.Namespace) -> Result:
    """Every record on this tablet with its state, its files, the reason and the next attempt."""
    folder = DataFolder(arguments.data)
    link, _ = link_state(folder)
    store, officer = look_into_store(folder)
    try:
        items = outbox_items(store, link, [officer] if officer else [], arguments.limit)
        return {
            "items": [_item(item) for item in items],
            "counts": Counter(item.state.value for item in items),
            **_pending(store),
        }
    finally:
        store.close()


def show_outbox(result: Result) -> str:
    """The outbox for a person: one line an item, the reason below it."""
    language = chosen_language(os.environ)
    lines = []
    for item in result["items"]:
        files = item["files"]
        photos = f"  {sentence('photos_line', files, language)}" if files["photos"] else ""
        kind = padded(word("record", item["kind"], language), 11)
        state = padded(word("state", item["state"], language), 10)
        lines.append(f"{item['short_id']}  {kind}{state}{photos}  {item['created_at']}")
        if item["reason"]:
            lines.append(f"          {item['reason']}{_next_try(item['next_attempt'])}")
    return "\n".join(lines)


def _next_try(at: str) -> str:
    """When it is tried again by itself, if that is known."""
    return f" ({sentence('next_try', {'at': at}, chosen_language(os.environ))})" if at else ""


def _item(item: OutboxItem) -> Result:
    language = chosen_language(os.environ)
    plain: Result = msgspec.to_builtins(item)
    return {**plain, "reason": sentence(item.code, item.facts, language) if item.code else ""}


def _link(link: LinkState) -> Result:
    language = chosen_language(os.environ)
    plain: Result = msgspec.to_builtins(link)
    return {**plain, "reason": sentence(link.code, link.facts, language) if link.code else ""}


def _held(sending: Sending) -> list[Result]:
    """Which lanes wait, and why."""
    language = chosen_language(os.environ)
    return [
        {"lane": lane, "code": code, "reason": sentence(code, sending.facts, language)}
        for lane, code in sending.held.items()
    ]


def _network(network: Result) -> str:
    """The tablet's connection in a few words; what nobody tells counts as not metered."""
    language = chosen_language(os.environ)
    metered = {True: "network_metered", False: "network_unmetered", None: "network_unknown"}
    return sentence(metered[network["metered"]], {"kind": word("kind", network["kind"], language)}, language)


def _pending(store: WorkStore) -> Result:
    """What has not gone: reports and acts, photos, bytes, since when; and what waits for a person."""
    records, oldest = store.outbox.pending()
    files = store.uploads.pending()
    return {
        "pending": {"records": records, "photos": files.photos, "bytes": files.bytes, "oldest": oldest},
        "lookups_pending": store.outbox.quietly_pending(),
        "needs_you": store.outbox.needing_you(),
    }


def _data(folder: DataFolder, store: WorkStore) -> Result:
    """How old the city's data here is."""
    work = store.meta.cursor(Stream.WORK)
    try:
        reference = ReferenceStore(folder)
    except FieldError:
        return {"work_as_of": work.moved_at.isoformat() if work else None, "reference_as_of": None}
    try:
        at = reference.cursor()
        return {
            "work_as_of": work.moved_at.isoformat() if work else None,
            "reference_as_of": at.moved_at.isoformat() if at else None,
            "rows": reference.counts(),
        }
    finally:
        reference.close()
