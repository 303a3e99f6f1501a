"""A tablet as central sees it, for tests: enrols over plain HTTP, pushes, offers and uploads."""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path
from typing import Any

import msgspec
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sync.contract.enrolment import parse_code
from sync.contract.records import Record
from sync.contract.wire import (
    ChangesPage,
    EnrolAnswer,
    FileAnswer,
    FileOffer,
    OfferReply,
    PushAnswer,
    PushItem,
    PushReply,
)
from tests.contract.central_records import RecordMaker
from tests.contract.central_server import CentralUnderTest

TIMEOUT = 40
TUS = {"Tus-Resumable": "1.0.0"}
OFFSET_STREAM = "application/offset+octet-stream"


def tus_headers(sha256: str, size: int) -> dict[str, str]:
    """The headers that create an upload."""
    pairs = (("sha256", sha256), ("filetype", "image/jpeg"))
    metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs)
    return {**TUS, "Upload-Length": str(size), "Upload-Metadata": metadata}


class DeviceUnderTest(RecordMaker):
    """One enrolled device speaking to one central."""

    def __init__(self, url: str, authority_pem: Path, code: str) -> None:
        self.url = url
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.verify = str(authority_pem)
        self.key = Ed25519PrivateKey.generate()
        self.escrow = os.urandom(32).hex()
        self.enrolled = self._enrol(code)
        self.token = self.enrolled.token
        self.http.headers["Authorization"] = f"Bearer {self.token}"
        super().__init__(self.enrolled.device_id)

    @classmethod
    def of(cls, central: CentralUnderTest) -> DeviceUnderTest:
        """A device freshly let in by a central."""
        return cls(central.url, central.authority_pem, central.enrol_code())

    @property
    def public_key(self) -> str:
        """The device's public key in hex."""
        return self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def enrolment(self, code: str) -> dict[str, str]:
        """The body that asks to be let in."""
        return {
            "secret": parse_code(code).secret,
            "public_key": self.public_key,
            "escrow": self.escrow,
            "device_name": "tablet",
            "platform": "linux",
        }

    def _enrol(self, code: str) -> EnrolAnswer:
        response = self.post("/enrol", self.enrolment(code))
        assert response.status_code == 200, response.text
        return msgspec.json.decode(response.content, type=EnrolAnswer)

    def get(self, path: str, **options: Any) -> requests.Response:
        """A GET below /v1."""
        return self.http.get(f"{self.url}/v1{path}", timeout=TIMEOUT, **options)

    def post(self, path: str, body: object) -> requests.Response:
        """A POST of JSON below /v1."""
        headers = {"Content-Type": "application/json"}
        data = msgspec.json.encode(body)
        return self.http.post(f"{self.url}/v1{path}", data=data, headers=headers, timeout=TIMEOUT)

    def push(self, *items: PushItem) -> list[PushAnswer]:
        """Push a batch that central is expected to answer."""
        response = self.post("/push", {"items": list(items)})
        assert response.status_code == 200, response.text
        return msgspec.json.decode(response.content, type=PushReply).answers

    def push_record(self, record: Record) -> PushAnswer:
        """Push one record."""
        return self.push(self.item(record))[0]

    def offer(self, *offers: FileOffer) -> list[FileAnswer]:
        """Ask which files are needed."""
        response = self.post("/photos/offer", {"files": list(offers)})
        assert response.status_code == 200, response.text
        return msgspec.json.decode(response.content, type=OfferReply).answers

    def changes(self, stream: str, cursor: str = "", **query: object) -> ChangesPage:
        """One page of a stream."""
        response = self.get("/changes", params={"stream": stream, "cursor": cursor, **query})
        assert response.status_code == 200, response.text
        return msgspec.json.decode(response.content, type=ChangesPage)

    def begin_upload(self, sha256: str, size: int, first: bytes | None = None) -> requests.Response:
        """Create a tus upload, with its first bytes when given."""
        headers = tus_headers(sha256, size)
        if first is not None:
            headers["Content-Type"] = OFFSET_STREAM
        return self.http.post(f"{self.url}/v1/uploads", data=first, headers=headers, timeout=TIMEOUT)

    def head_upload(self, location: str) -> requests.Response:
        """Ask a tus upload for its offset."""
        return self.http.head(self.url + location, headers=TUS, timeout=TIMEOUT)

    def patch_upload(self, location: str, offset: int, data: bytes) -> requests.Response:
        """Send bytes of a tus upload."""
        headers = {**TUS, "Upload-Offset": str(offset), "Content-Type": OFFSET_STREAM}
        return self.http.patch(self.url + location, data=data, headers=headers, timeout=TIMEOUT)

    def upload(self, data: bytes) -> requests.Response:
        """Send a whole file in one request."""
        return self.begin_upload(hashlib.sha256(data).hexdigest(), len(data), data)

    def close(self) -> None:
        """Let go of connections."""
        self.http.close()
