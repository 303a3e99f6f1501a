"""Whether every original is still what was saved: hashed again and held against record and receipt."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from sync.contract.errors import FieldError
from sync.replica.files import sha256_file
from sync.replica.work import WorkStore


class Finding(msgspec.Struct, frozen=True):
    """An original that is not well. ``what``: missing, changed, unreadable, receipt_differs."""

    record_id: str
    sha256: str
    what: str


class Verified(msgspec.Struct, frozen=True):
    """What was looked at. ``let_go``: originals that central has (receipt) and that are no longer here."""

    checked: int
    bytes: int
    receipts: int
    let_go: int
    findings: list[Finding]


def verify_originals(
    store: WorkStore, *, limit: int | None = None, told: Callable[[int], None] = lambda _: None
) -> Verified:
    """Hash the originals of all records and drafts (the newest ``limit``); a hash is computed once."""
    uploads = sorted(store.uploads.originals(), key=lambda upload: upload.file.record_id, reverse=True)
    wanted = [(u.file.record_id, u.file.sha256, u.file.media_type, u.receipt) for u in uploads]
    wanted += [
        (saved.owner_id, saved.photo.original.sha256, saved.photo.original.media_type, None)
        for saved in store.drafts.open_photos()
    ]
    known: dict[str, str] = {}
    findings: list[Finding] = []
    size = receipts = let_go = 0
    for number, (record_id, sha256, media_type, receipt) in enumerate(wanted[:limit]):
        receipts += receipt is not None
        if receipt is not None and receipt.sha256 != sha256:
            findings.append(Finding(record_id, sha256, "receipt_differs"))
        path = store.folder.file(sha256, media_type)
        if sha256 not in known:
            known[sha256] = state_of(store, sha256, media_type)
            size += 0 if known[sha256] == "missing" else path.stat().st_size
        what = known[sha256]
        if what == "missing" and receipt is not None:
            let_go += 1
        elif what:
            findings.append(Finding(record_id, sha256, what))
        told(number + 1)
    return Verified(len(wanted[:limit]), size, receipts, let_go, findings)


def state_of(store: WorkStore, sha256: str, media_type: str) -> str:
    """What is wrong with an original: missing, changed, unreadable; "" when it is what was saved."""
    if not store.folder.file(sha256, media_type).exists():
        return "missing"
    return _state(path_hash(store, sha256, media_type), sha256)


def path_hash(store: WorkStore, sha256: str, media_type: str) -> str:
    """The hash of a file as it is now, "" when it cannot be read."""
    try:
        return sha256_file(store.folder.file(sha256, media_type))
    except FieldError:
        return ""


def _state(found: str, wanted: str) -> str:
    if not found:
        return "unreadable"
    return "" if found == wanted else "changed"
