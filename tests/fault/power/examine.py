"""Opening what a cut left, the product's own way, and looking whether every promise was kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import draft_text, open_draft
from fieldapp.capture.opening import open_desk
from fieldapp.capture.recovery import recover
from sync.contract.errors import FieldError, InputRefused
from sync.contract.records import FileRef, Photo
from sync.contract.wire import decode_record, sha256_hex
from sync.replica.files import PART_SUFFIX
from sync.replica.folder import DataFolder
from sync.replica.outbox import Entry, ItemState
from tests.fault.power.promises import Promise, Promises, digest

ANY_AGE = float("-inf")


def open_after_cut(root: Path, key: bytes, officer: str) -> Desk:
    """Sit down again: open the stores and let the app look for what a cut left."""
    desk = open_desk(DataFolder(root), key, officer)
    recover(desk, part_age_s=ANY_AGE)
    return desk


def close(desk: Desk) -> None:
    """Let go of the files."""
    desk.work.close()
    desk.reference.close()


def findings(root: Path, key: bytes, officer: str, promises: Promises) -> list[str]:
    """Everything that is not as promised; empty when all is well."""
    try:
        desk = open_desk(DataFolder(root), key, officer)
    except FieldError as error:
        return [f"does not open: {error}"]
    try:
        recovered = recover(desk, part_age_s=ANY_AGE)
        found = [f"draft photo without its file: {one.photo.original.sha256}" for one in recovered.missing]
        found += [f"file that is not what its name says: {path.name}" for path in recovered.damaged]
        found += [f"integrity: {line}" for line in desk.work.integrity()]
        found += [f"reference: {line}" for line in desk.reference.integrity()]
        for draft, promise in promises.items():
            found += [f"{draft[-6:]}: {line}" for line in _broken(desk, draft, promise)]
        for entry in entries(desk):
            found += [f"record {entry.record.record_id[-6:]}: {line}" for line in _incomplete(desk, entry)]
        found += _dangling(desk)
    except FieldError as error:
        return [f"does not work: {error}"]
    finally:
        close(desk)
    return found


def entries(desk: Desk) -> Iterator[Entry]:
    """All entries of the outbox, newest first."""
    after: int | None = None
    while page := desk.work.outbox.entries(after_seq=after):
        yield from page
        after = page[-1].record.device_seq


def _broken(desk: Desk, draft_id: str, promise: Promise) -> Iterator[str]:
    entry = desk.work.outbox.entry(draft_id)
    if promise.saved and not promise.undoing:
        if entry is None:
            yield "shown as saved, and is not there"
            return
        record = decode_record(entry.record.record_type, entry.record.body)
        shown = [photo.original.sha256 for photo in record.photos]
        if sorted(shown) != sorted(promise.photos):
            yield f"saved with {len(promise.photos)} photos, has {len(shown)} or others"
        uploads = desk.work.uploads.of_record(draft_id)
        if promise.sent and not (
            entry.state is ItemState.SENT and all(one.state is ItemState.SENT for one in uploads)
        ):
            yield "shown as sent, and is not any more"
        return
    if promise.undone and not promise.submitting and entry is not None:
        yield "shown as taken back, and is still there"
    draft = desk.work.drafts.get(draft_id)
    if entry is None and draft is not None:
        yield from _draft_broken(desk, draft_id, promise)
    if promise.gone and draft is not None:
        yield "shown as discarded, and is still there"
    if entry is None and draft is None and promise.kept and not promise.going:
        yield "draft shown as kept, and is not there"


def _draft_broken(desk: Desk, draft_id: str, promise: Promise) -> Iterator[str]:
    opened = open_draft(desk, draft_id)
    if promise.texts and draft_text(opened.body) not in promise.texts and not promise.submitting:
        yield "draft says something else than was typed"
    held = {one.photo.original.sha256 for one in opened.photos}
    wanted = set(promise.photos) - promise.leaving
    if wanted - held and not promise.going:
        yield f"draft has lost {len(wanted - held)} photos"
    for one in opened.photos:
        yield from _photo_broken(desk, one.photo)


def _incomplete(desk: Desk, entry: Entry) -> Iterator[str]:
    """A record that is there is there whole, whether it was shown as saved or not."""
    record_id = entry.record.record_id
    if sha256_hex(entry.record.body.encode()) != entry.record.body_sha256:
        yield "body is not what its hash says"
    record = decode_record(entry.record.record_type, entry.record.body)
    files = [file for photo in record.photos for file in photo.files]
    if len(desk.work.uploads.of_record(record_id)) != len(files):
        yield "not every file is on its way"
    for photo in record.photos:
        yield from _photo_broken(desk, photo)
    draft = desk.work.drafts.of_record(record_id)
    if draft is not None and draft.state != "submitted":
        yield "is there, and its draft is open"


def _photo_broken(desk: Desk, photo: Photo) -> Iterator[str]:
    try:
        photo.original  # noqa: B018
    except InputRefused:
        yield "photo without an original"
    for file in photo.files:
        yield from _file_broken(desk, file)


def _file_broken(desk: Desk, file: FileRef) -> Iterator[str]:
    path = desk.folder.file(file.sha256, file.media_type, file.lane)
    if not path.is_file():
        yield f"{file.lane.value} is missing"
        return
    data = path.read_bytes()
    if len(data) != file.bytes or digest(data) != file.sha256:
        yield f"{file.lane.value} has other bytes"


def _dangling(desk: Desk) -> Iterator[str]:
    """After recovery each file is named by a row, and nothing unfinished is left."""
    named, photos = desk.work.drafts.named_files(), desk.work.drafts.photo_ids()
    for top in (desk.folder.files, desk.folder.derived):
        for path in top.rglob("*"):
            if path.name.endswith(PART_SUFFIX):
                yield f"unfinished file left: {path.name}"
            elif path.suffix == ".side":
                if path.stem.partition(".")[2] not in photos:
                    yield f"sidecar that no row names: {path.name}"
            elif path.is_file() and path.stem not in named:
                yield f"file that no row names: {path.name}"
