"""The wire format: what a tablet and central say to each other, as frozen values over JSON.

A record's ``body`` travels as the very text that was frozen on the device when its first send started,
with its SHA-256, so that what central stores and hashes is what the officer saved.
Problems are RFC 9457 ``application/problem+json`` with our own
``code`` and ``facts`` beside the standard members.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import Enum

import msgspec

from sync.contract.records import SHAPES, Lane, Record, RecordType
from sync.contract.tables import Row

API = "/v1"
PUSH_BATCH = 200
"""Items in one push; measured sweet spot 100 to 250."""
PAGE_LIMIT = 1000
"""Most changes in one page of the feed."""
WAIT_MAX_S = 25.0
"""Longest that central holds a long poll."""
UPLOAD_CHUNK = 1 << 18
"""Bytes of one tus PATCH of ours; small enough to show progress, large enough to cost little."""
PHOTO_BYTES_MAX = 300_000_000


class PushItem(msgspec.Struct, frozen=True):
    """One outbox entry on its way. ``op_id`` is client-made; ``device_seq`` grows by one per device."""

    op_id: str
    device_seq: int
    record_type: RecordType
    record_id: str
    body: str
    body_sha256: str


class PushStatus(Enum):
    """Central's answer per item. Only the first two carry a receipt."""

    DONE = "done"
    ALREADY_DONE = "already_done"
    CONFLICT = "conflict"  # same op_id or record_id with another body: never overwritten
    REFUSED = "refused"  # kept at central as refused; the code says why


class Receipt(msgspec.Struct, frozen=True):
    """Central holds this, durably. Only a receipt lets an outbox entry or a local original go.

    ``mark`` tells the stretch of central's life in which it was given: with it a central that was set back
    knows a receipt of the time it lost.
    """

    id: str
    sha256: str
    sequence: int
    received_at: datetime
    epoch: str
    mark: str = ""

    @property
    def seen(self) -> str:
        """What to show central of this receipt, so that it can tell whether it gave it out."""
        return f"{self.epoch}.{self.sequence}.{self.mark}"


class PushAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one item.

    ``seen`` stands on a refusal that central keeps beside its case. It is shown to central like that of a
    receipt, so that one that was set back knows that it has lost what it refused.
    """

    op_id: str
    status: PushStatus
    receipt: Receipt | None = None
    code: str = ""
    facts: dict[str, str | int | float | bool | None] = {}
    seen: str = ""


class PushRequest(msgspec.Struct, frozen=True):
    """A batch of at most ``PUSH_BATCH`` items, in device order."""

    items: list[PushItem]


class PushReply(msgspec.Struct, frozen=True):
    """One answer per item, in the order of the request."""

    answers: list[PushAnswer]
    server_time: datetime


class FileOffer(msgspec.Struct, frozen=True):
    """A file the tablet would send: named by hash, belonging to a record's photo slot."""

    sha256: str
    bytes: int
    media_type: str
    lane: Lane
    record_id: str
    slot: int


class OfferStatus(Enum):
    """``held``: central has the bytes durably (receipt given). ``needed``: send them to ``upload``."""

    HELD = "held"
    NEEDED = "needed"
    REFUSED = "refused"


class FileAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Answer to one offer; ``upload`` and ``offset`` name a tus upload already begun, if there is one."""

    sha256: str
    status: OfferStatus
    receipt: Receipt | None = None
    upload: str = ""
    offset: int = 0
    code: str = ""


class OfferRequest(msgspec.Struct, frozen=True):
    """At most ``PUSH_BATCH`` offers."""

    files: list[FileOffer]


class OfferReply(msgspec.Struct, frozen=True):
    """One answer per offer, in the order of the request."""

    answers: list[FileAnswer]


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """One change of one row; ``row`` is None for a tombstone.

    ``partial``: only the columns that changed, because the asker's cursor says it holds the row as it was.
    """

    sequence: int
    table: str
    id: str
    row: Row | None = None
    partial: bool = False


class ChangesPage(msgspec.Struct, frozen=True):
    """A page of the feed. ``cursor`` is opaque and goes back as it came; ``more`` asks to come again.

    ``scope`` tells one scope of this device from another: rows that go because it changed are no accident.
    ``missing`` are hashes of files of this device that central gave a receipt for and has lost: it wants them
    again from whoever still holds them.
    """

    epoch: str
    cursor: str
    more: bool
    changes: list[Change]
    server_time: datetime
    scope: str = ""
    missing: list[str] = []


class Frame(msgspec.Struct, frozen=True):
    """One independent zstd frame of a snapshot: its place in the compressed file and its hash."""

    start: int
    length: int
    sha256: str
    raw_bytes: int


class SnapshotManifest(msgspec.Struct, frozen=True):
    """A ready-built reference database at ``cursor``: fetch ``name`` by frames, verify, rename in.

    ``sequence`` is how far it goes, in the clear, so that a tablet can tell an older one. ``dictionary`` is a
    frame of its own that unpacks to what all others were packed with. ``signature`` (hex) is central's over
    ``snapshot_text``: with it everything named here, every hash included, is vouched for.
    """

    name: str
    epoch: str
    cursor: str
    bytes: int
    raw_bytes: int
    raw_sha256: str
    frames: list[Frame]
    rows: dict[str, int]
    sequence: int = 0
    dictionary: Frame | None = None
    signature: str = ""

    @property
    def pieces(self) -> list[Frame]:
        """Everything to fetch, in the order in which it is needed."""
        return [*([self.dictionary] if self.dictionary else []), *self.frames]


TAKEN_AWAY = ("revoked", "void")
"""The statuses of permits that were taken away before their time."""


class Urgent(msgspec.Struct, frozen=True):
    """What must not wait for a long fill: permits taken away, and the blacklist.

    ``permits`` are (permit_id, status, reason) of those revoked or void whose change came after the sequence
    asked about; ``blacklist`` holds every entry.
    """

    epoch: str
    sequence: int
    permits: list[tuple[str, str, str]]
    blacklist: list[Row]
    server_time: datetime


class City(msgspec.Struct, frozen=True):
    """What a tablet must know of its city before anything else."""

    name_zh: str
    name_en: str
    division: str
    home_plate: str
    lon: float
    lat: float
    zone: str


class EnrolRequest(msgspec.Struct, frozen=True):
    """The one-time secret, the device's Ed25519 public key (64 hex) and its share for the key escrow.

    ``escrow`` is a random 32-byte key (64 hex) that wraps the tablet's data key on the tablet; central
    hands it back at a good online sign-in, so that a new officer or a forgotten PIN can open the store.
    ``former``, signed with the same key, is for a tablet that has work already: it stays the device it was.
    """

    secret: str
    public_key: str
    escrow: str
    device_name: str
    platform: str
    former: TokenRequest | None = None


class EnrolAnswer(msgspec.Struct, frozen=True):
    """The device's identity. ``officer_id`` is whom the code was issued to, or "".

    ``signing_key`` is central's Ed25519 public key (64 hex), pinned for all it signs from now on;
    ``rescue_key`` its X25519 public key (64 hex) for rescue files, which the signing key vouches for.
    """

    device_id: str
    token: str
    epoch: str
    city: City
    officer_id: str
    server_time: datetime
    signing_key: str
    rescue_key: str = ""
    rescue_signature: str = ""


class SignInRequest(msgspec.Struct, frozen=True):
    """An officer's first sign-in on a tablet, checked by central; later ones are offline."""

    device_id: str
    officer_id: str
    pin: str


class OfficerCard(msgspec.Struct, frozen=True):
    """An officer as shown and as written into records."""

    officer_id: str
    name: str
    role: str
    squad: str


class SignInAnswer(msgspec.Struct, frozen=True):
    """The officer, and the device's escrow key."""

    officer: OfficerCard
    escrow: str


class TokenRequest(msgspec.Struct, frozen=True):
    """A new token for a known device: ``signature`` (hex) is Ed25519 over ``token_text(…)``."""

    device_id: str
    nonce: str
    signature: str


class TokenAnswer(msgspec.Struct, frozen=True):
    """A fresh bearer token."""

    token: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 9457 problem details with our stable ``code`` and ``facts``."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    facts: dict[str, str | int | float | bool | None] = {}


def token_text(device_id: str, nonce: str) -> bytes:
    """The bytes a device signs to ask for a token."""
    return f"fieldapp-token\n{device_id}\n{nonce}".encode()


def snapshot_text(manifest: SnapshotManifest) -> bytes:
    """The bytes that central signs of a manifest: all but the signature, members in alphabetical order."""
    unsigned = msgspec.structs.replace(manifest, signature="")
    return msgspec.json.encode(unsigned, order="sorted")


def sha256_hex(data: bytes | bytearray) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def encode_record(record: Record) -> str:
    """The body of a record: UTF-8 JSON text with fields in declared order."""
    return msgspec.json.encode(record).decode()


def decode_record(record_type: RecordType, body: str) -> Record:
    """Parse a body; raises ``msgspec.ValidationError`` on anything that is not such a record."""
    return msgspec.json.decode(body, type=SHAPES[record_type])
