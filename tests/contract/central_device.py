"""A tablet as central sees it, for tests: enrols by plain HTTP and makes records, pushes and uploads."""

from __future__ import annotations

import base64
import hashlib
import os
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import requests
import uuid_utils
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sync.contract.enrolment import parse_code
from sync.contract.lifecycle import ActKind
from sync.contract.records import (
    Act,
    ClockState,
    Equipment,
    FileRef,
    Lane,
    Origin,
    Photo,
    PhotoRole,
    Place,
    PlaceSource,
    Record,
    RecordType,
    Report,
    Stamp,
)
from sync.contract.wire import (
    EnrolAnswer,
    FileAnswer,
    FileOffer,
    OfferReply,
    PushAnswer,
    PushItem,
    PushReply,
    encode_record,
    sha256_hex,
)

TIMEOUT = 40
TUS = {"Tus-Resumable": "1.0.0"}


def fresh_id() -> str:
    """A UUIDv7 as devices make them."""
    return str(uuid_utils.uuid7())


def photo_of(data: bytes, slot: int = 1, *, role: PhotoRole = PhotoRole.SCENE) -> Photo:
    """A photo that has only its original."""
    file = FileRef(Lane.ORIGINAL, hashlib.sha256(data).hexdigest(), len(data), "image/jpeg")
    return Photo(slot=slot, role=role, origin=Origin.IMPORTED, files=(file,))


class DeviceUnderTest:
    """One enrolled device speaking to one central."""

    def __init__(self, url: str, authority_pem: Path, code: str) -> None:
        self.url = url
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.verify = str(authority_pem)
        self.key = Ed25519PrivateKey.generate()
        self.escrow = os.urandom(32).hex()
        self.enrolled = self._enrol(code)
        self.device_id = self.enrolled.device_id
        self.http.headers["Authorization"] = f"Bearer {self.enrolled.token}"
        self._seq = 0

    @property
    def public_key(self) -> str:
        """The device's public key in hex."""
        return self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def _enrol(self, code: str) -> EnrolAnswer:
        body = {
            "secret": parse_code(code).secret,
            "public_key": self.public_key,
            "escrow": self.escrow,
            "device_name": "tablet",
            "platform": "linux",
        }
        response = self.http.post(f"{self.url}/v1/enrol", json=body, timeout=TIMEOUT)
        assert response.status_code == 200, response.text
        return msgspec.json.decode(response.content, type=EnrolAnswer)

    def get(self, path: str, **options: Any) -> requests.Response:
        """A GET below /v1."""
        return self.http.get(f"{self.url}/v1{path}", timeout=TIMEOUT, **options)

    def post(self, path: str, body: object) -> requests.Response:
        """A POST of JSON below /v1."""
        return self.http.post(
            f"{self.url}/v1{path}",
            data=msgspec.json.encode(body),
            headers={"Content-Type": "application/json"},
            timeout=TIMEOUT,
        )

    def stamp(self) -> Stamp:
        """Now, on this device."""
        self._seq += 1
        return Stamp(
            datetime.now(UTC), 1000 * self._seq, str(uuid.UUID(int=7)), self._seq, ClockState.TRUSTED
        )

    def report(self, *photos: Photo, **other: Any) -> Report:
        """A report by grid worker G1001 unless said otherwise."""
        fields: dict[str, Any] = {
            "report_id": fresh_id(),
            "class_code": "03-11",
            "note": "渣土车未密闭",
            "place": Place(PlaceSource.GNSS, 113.88, 22.56, 4.5, datetime.now(UTC)),
            "grid_cell": "440306001001001",
            "photos": photos,
            "officer_id": "G1001",
            "device_id": self.device_id,
            "stamp": self.stamp(),
            "equipment": Equipment("0.1.0", 10**9, "gnss", "linux"),
        }
        return Report(**{**fields, **other})

    def act(self, case_id: str, kind: ActKind, officer_id: str = "G1001", **other: Any) -> Act:
        """An act on a case."""
        fields: dict[str, Any] = {
            "act_id": fresh_id(),
            "case_id": case_id,
            "kind": kind,
            "officer_id": officer_id,
            "device_id": self.device_id,
            "stamp": self.stamp(),
        }
        return Act(**{**fields, **other})

    def item(self, record: Record, **other: Any) -> PushItem:
        """The outbox entry of a record."""
        is_report = isinstance(record, Report)
        body = encode_record(record)
        fields: dict[str, Any] = {
            "op_id": fresh_id(),
            "device_seq": record.stamp.device_seq,
            "record_type": RecordType.REPORT if is_report else RecordType.ACT,
            "record_id": record.report_id if isinstance(record, Report) else record.act_id,
            "body": body,
            "body_sha256": sha256_hex(body.encode()),
        }
        return PushItem(**{**fields, **other})

    def push(self, *items: PushItem) -> list[PushAnswer]:
        """Push a batch that central is expected to answer."""
        response = self.post("/push", {"items": list(items)})
        assert response.status_code == 200, response.text
        return msgspec.json.decode(response.content, type=PushReply).answers

    def push_record(self, record: Record) -> PushAnswer:
        """Push one record."""
        return self.push(self.item(record))[0]

    def offer_of(self, record: Record, slot: int = 1, lane: Lane = Lane.ORIGINAL) -> FileOffer:
        """The offer of one file of a record."""
        photo = next(p for p in record.photos if p.slot == slot)
        file = next(f for f in photo.files if f.lane is lane)
        record_id = record.report_id if isinstance(record, Report) else record.act_id
        return FileOffer(file.sha256, file.bytes, file.media_type, lane, record_id, slot)

    def offer(self, *offers: FileOffer) -> list[FileAnswer]:
        """Ask which files are needed."""
        response = self.post("/photos/offer", {"files": list(offers)})
        assert response.status_code == 200, response.text
        return msgspec.json.decode(response.content, type=OfferReply).answers

    def begin_upload(self, sha256: str, size: int, first: bytes | None = None) -> requests.Response:
        """Create a tus upload, with its first bytes when given."""
        metadata = ",".join(
            f"{key} {base64.b64encode(value.encode()).decode()}"
            for key, value in (("sha256", sha256), ("filetype", "image/jpeg"))
        )
        headers = {**TUS, "Upload-Length": str(size), "Upload-Metadata": metadata}
        if first is not None:
            headers["Content-Type"] = "application/offset+octet-stream"
        return self.http.post(f"{self.url}/v1/uploads", data=first, headers=headers, timeout=TIMEOUT)

    def head_upload(self, location: str) -> requests.Response:
        """Ask a tus upload for its offset."""
        return self.http.head(self.url + location, headers=TUS, timeout=TIMEOUT)

    def patch_upload(self, location: str, offset: int, data: bytes) -> requests.Response:
        """Send bytes of a tus upload."""
        headers = {**TUS, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        return self.http.patch(self.url + location, data=data, headers=headers, timeout=TIMEOUT)

    def upload(self, data: bytes) -> requests.Response:
        """Send a whole file in one request."""
        return self.begin_upload(hashlib.sha256(data).hexdigest(), len(data), data)

    def close(self) -> None:
        """Let go of connections."""
        self.http.close()
