"""Taking in a rescue file: through the very same intake as the wire, after all of it has been checked.

    read it through: sealed for us? whole? signed by a tablet we know? → read it again: records, drafts, files

Nothing is written before the last byte of the first reading. What is known already counts as known, so that
a file may come twice, or come after the tablet has sent everything itself; and the tablet learns at its next
sync what is here, by the receipts that every push and offer is answered with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.central.composition import Central
from sync.central.store.checks import NOT_JSON_SO
from sync.central.store.rescued import keep_draft
from sync.contract.errors import InputRefused
from sync.contract.ids import check_id
from sync.contract.wire import FileOffer, OfferStatus, PushStatus
from sync.remote.device_key import DeviceKey
from sync.replica.folder import DataFolder
from sync.replica.work import WorkStore
from sync.rescue.locked import place_inside
from sync.rescue.parts import (
    ABOUT,
    DRAFTS,
    FILES,
    FORMAT,
    MANIFEST,
    OFFERS,
    RECORDS,
    SIGNATURE,
    STORE,
    About,
    Manifest,
    Part,
    PartReader,
    RescuedDraft,
    signed_manifest,
)
from sync.rescue.sealed import unseal
from sync.rescue.writing import draft_pages, offer_pages, record_pages
from sync.vault import Vault

T = TypeVar("T")


class RecordCounts(msgspec.Struct, frozen=True):
    """What became of records: ``known`` ones were here before, ``refused`` ones are kept with the reason."""

    new: int
    known: int
    refused: int
    conflict: int


class FileCounts(msgspec.Struct, frozen=True):
    """What became of photo files. ``missing``: the tablet did not have them whole any more."""

    new: int
    known: int
    refused: int
    damaged: int
    missing: int


class Imported(msgspec.Struct, frozen=True):
    """What a rescue file came to."""

    device_id: str
    made_at: datetime
    records: RecordCounts
    files: FileCounts
    drafts: int
    drafts_known: int


def import_rescue(central: Central, path: Path) -> Imported:
    """Take a file in. ``rescue_not_one``, ``rescue_foreign``, ``rescue_damaged``, ``rescue_forged``,
    ``rescue_too_new``, ``rescue_device_unknown``, ``rescue_unreadable``: then nothing was taken."""
    try:
        with path.open("rb") as source, TemporaryDirectory(dir=central.settings.data) as aside:
            about, manifest = _checked(central, source, Path(aside))
            source.seek(0)
            taking = _Import(central, about, manifest)
            if about.locked:
                taking.take_store(Path(aside))
            return taking.take(source)
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise InputRefused("rescue_unreadable", path=str(path), reason=error.strerror) from error


def _checked(central: Central, source: BinaryIO, aside: Path) -> tuple[About, Manifest]:
    """Read all of it once and believe nothing: seal, order, digest, signature.

    A locked tablet cannot sign; that its store opens with the escrow, and is this tablet's, says as much.
    """
    reader = PartReader(unseal(source, central.rescue_key.private))
    about: About | None = None
    manifest, digest, signature = b"", "", b""
    for part in reader.parts():
        if part.name == ABOUT:
            about = _decoded(part, About)
            if about.format > FORMAT:
                raise InputRefused("rescue_too_new", found=about.format, known=FORMAT)
        elif part.name == MANIFEST:
            digest, manifest = reader.digest(), part.whole()
        elif part.name == SIGNATURE:
            signature = part.whole()
        elif part.name.startswith(STORE):
            with place_inside(aside, part.name).open("wb") as file:
                for piece in part.pieces():
                    file.write(piece)
    if about is None:
        raise InputRefused("rescue_damaged")
    public_key = central.devices.public_key(check_id(about.device_id))
    try:
        if not about.locked:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(
                signature, signed_manifest(manifest)
            )
        found = msgspec.json.decode(manifest, type=Manifest)
    except (InvalidSignature, ValueError, msgspec.DecodeError):
        raise InputRefused("rescue_forged") from None
    if found.digest != digest:
        raise InputRefused("rescue_forged")
    return about, found


class _Import:
    """The second reading: what was checked is taken in."""

    def __init__(self, central: Central, about: About, manifest: Manifest) -> None:
        self._central = central
        self._about = about
        self._manifest = manifest
        self._records: Counter[PushStatus] = Counter()
        self._files: Counter[str] = Counter(missing=len(manifest.missing))
        self._drafts: Counter[bool] = Counter()
        self._seen: set[str] = set()
        self._wanted: dict[str, str] = {}
        """Files central has not: media type by hash."""

    def take(self, source: BinaryIO) -> Imported:
        """All parts in their order: records before what belongs to them."""
        takers: dict[str, Callable[[Part], None]] = {
            RECORDS: self._take_records,
            DRAFTS: self._take_drafts,
            OFFERS: self._take_offers,
            FILES: self._take_file,
        }
        reader = PartReader(unseal(source, self._central.rescue_key.private))
        for part in reader.parts():
            taker = takers.get(part.name[: part.name.find("/") + 1])
            if taker is not None:
                taker(part)
        return Imported(
            device_id=self._about.device_id,
            made_at=self._about.made_at,
            records=RecordCounts(
                new=self._records[PushStatus.DONE],
                known=self._records[PushStatus.ALREADY_DONE],
                refused=self._records[PushStatus.REFUSED],
                conflict=self._records[PushStatus.CONFLICT],
            ),
            files=FileCounts(**{name: self._files[name] for name in FileCounts.__struct_fields__}),
            drafts=self._drafts[True],
            drafts_known=self._drafts[False],
        )

    def take_store(self, root: Path) -> None:
        """What a locked tablet gave as it lay: opened here, and whatever has no receipt is taken in."""
        device_id = self._about.device_id
        folder = DataFolder(root)
        key = Vault(folder).open_with_escrow(bytes.fromhex(self._central.devices.kept_escrow(device_id)))
        store = WorkStore(folder, key)
        try:
            identity = store.meta.require_identity()
            own = DeviceKey.from_hex(identity.private_key).public_hex()
            if identity.device_id != device_id or own != self._central.devices.public_key(device_id):
                raise InputRefused("rescue_forged")
            for items in record_pages(store):
                self._push([msgspec.Raw(msgspec.json.encode(item)) for item in items])
            for drafts in draft_pages(store):
                self._keep_drafts(drafts)
            for offers in offer_pages(store):
                self._offer(offers)
        finally:
            store.close()

    def _take_records(self, part: Part) -> None:
        self._push(_decoded(part, list[msgspec.Raw]))

    def _push(self, items: list[msgspec.Raw]) -> None:
        reply = self._central.intake.push(self._about.device_id, items)
        self._records.update(answer.status for answer in reply.answers)

    def _take_drafts(self, part: Part) -> None:
        self._keep_drafts(_decoded(part, list[RescuedDraft]))

    def _keep_drafts(self, drafts: list[RescuedDraft]) -> None:
        for draft in drafts:
            self._drafts[keep_draft(self._central.store, self._central.world, self._about, draft)] += 1
            for photo in draft.photos:
                for file in photo.files:
                    self._want(file.sha256, file.media_type)

    def _take_offers(self, part: Part) -> None:
        self._offer(_decoded(part, list[FileOffer]))

    def _offer(self, offers: list[FileOffer]) -> None:
        answers = self._central.objects.offer(self._about.device_id, offers)
        for offer, answer in zip(offers, answers, strict=True):
            if answer.status is OfferStatus.REFUSED:
                self._files["refused"] += 1
            else:
                self._want(offer.sha256, offer.media_type)

    def _want(self, sha256: str, media_type: str) -> None:
        if sha256 in self._seen:
            return
        self._seen.add(sha256)
        if self._central.objects.find(sha256) is not None:
            self._files["known"] += 1
        else:
            self._wanted[sha256] = media_type

    def _take_file(self, part: Part) -> None:
        """By the same uploads that a tablet sends through: hashed, fsynced, moved in, then vouched for."""
        sha256 = part.name.removeprefix(FILES)
        media_type = self._wanted.pop(sha256, "")
        if not media_type:
            return
        uploads = self._central.uploads
        try:
            upload = uploads.create(self._about.device_id, sha256, part.length, media_type)
        except InputRefused:
            self._files["refused"] += 1
            return
        try:
            with uploads.open_part(upload) as file:
                for piece in part.pieces():
                    uploads.append(file, piece)
            uploads.finish(upload)
        except InputRefused:
            self._files["damaged"] += 1
        except OSError:
            with suppress(OSError):
                uploads.discard(upload)
            raise
        else:
            self._files["new"] += 1


def _decoded(part: Part, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(part.whole(), type=shape)
    except NOT_JSON_SO:
        raise InputRefused("rescue_damaged") from None
