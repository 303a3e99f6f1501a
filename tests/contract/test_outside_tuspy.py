"""A stranger's tus client, tuspy, at the real central over TLS: uploads a photo, goes on after a cut."""

from __future__ import annotations

import gc
import hashlib
import random
from pathlib import Path

import pytest
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed
from tusclient.storage.interface import Storage
from tusclient.uploader import Uploader

from sync.contract.wire import OfferStatus
from tests.contract.central_device import TUS, DeviceUnderTest
from tests.contract.central_records import offer_of, photo_of
from tests.contract.central_server import CentralUnderTest
from tests.contract.cutting_proxy import CuttingProxy
from tests.fault.ledger_plugin import Teller

# Tuspy closes neither its file nor its connections.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
PHOTO = random.Random(11).randbytes(900_000)
SHA256 = hashlib.sha256(PHOTO).hexdigest()
CHUNK = 200_000


@pytest.fixture(autouse=True)
def _pinned(served: CentralUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tuspy takes its authority from where requests does."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(served.authority_pem))


class Memory(Storage):  # type: ignore[misc]
    """Where tuspy keeps what it began."""

    def __init__(self) -> None:
        self.urls: dict[str, str] = {}

    def get_item(self, key: str) -> str | None:
        return self.urls.get(key)

    def set_item(self, key: str, value: str) -> None:
        self.urls[key] = value

    def remove_item(self, key: str) -> None:
        self.urls.pop(key, None)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(PHOTO)
    return path


def uploader(
    tablet: DeviceUnderTest, url: str, photo: Path, memory: Memory, *, checksum: bool = False
) -> Uploader:
    client = TusClient(f"{url}/v1/uploads", headers={"Authorization": f"Bearer {tablet.token}"})
    found: Uploader = client.uploader(
        str(photo),
        chunk_size=CHUNK,
        metadata={"sha256": SHA256, "filetype": "image/jpeg"},
        store_url=True,
        url_storage=memory,
        upload_checksum=checksum,
    )
    return found


def require_receipt(tablet: DeviceUnderTest) -> None:
    report = tablet.report(photo_of(PHOTO))
    tablet.push_record(report)
    answer = tablet.offer(offer_of(report))[0]
    assert answer.status is OfferStatus.HELD
    assert answer.receipt is not None
    assert answer.receipt.sha256 == SHA256
    assert tablet.get(f"/photos/{SHA256}").content == PHOTO


@pytest.mark.parametrize("checksum", [False, True])
def test_tuspy_uploads_a_photo_in_chunks(
    served: CentralUnderTest, tablet: DeviceUnderTest, photo: Path, checksum: bool
) -> None:
    uploader(tablet, served.url, photo, Memory(), checksum=checksum).upload()
    require_receipt(tablet)


@pytest.mark.faults(17)
@pytest.mark.parametrize("cut_after", [1_000, 250_000, 600_000])
def test_tuspy_goes_on_from_where_central_is_after_a_cut(
    served: CentralUnderTest,
    tablet: DeviceUnderTest,
    photo: Path,
    tmp_path: Path,
    cut_after: int,
    tally: Teller,
) -> None:
    memory = Memory()
    with CuttingProxy(served.url) as proxy:
        first = uploader(tablet, proxy.url, photo, memory)
        first.upload_chunk()
        first.chunk_size = len(PHOTO)
        proxy.cut_after = cut_after
        with pytest.raises((TusUploadFailed, TusCommunicationError)):
            first.upload_chunk()
        proxy.cut_after, begun = 0, first.url
        del first
        gc.collect()  # lets go of the connection that was cut
        again = uploader(tablet, proxy.url, photo, memory)
        assert again.url == begun
        began = again.offset
        assert CHUNK <= began < CHUNK + cut_after
        again.upload()
    require_receipt(tablet)
    tally(runs=1, note=f"tuspy went on at byte {began:,} of {len(PHOTO):,}")


def test_options_say_what_is_spoken_and_an_upload_says_when_it_expires(tablet: DeviceUnderTest) -> None:
    told = tablet.http.options(f"{tablet.url}/v1/uploads", timeout=60).headers
    assert told["Tus-Extension"] == "creation,creation-with-upload,expiration,checksum,termination"
    assert told["Tus-Checksum-Algorithm"] == "sha256,sha1"
    assert tablet.begin_upload(SHA256, len(PHOTO)).headers["Upload-Expires"].endswith(" GMT")


def test_chunk_with_another_checksum_is_taken_back_and_the_right_one_is_welcome(
    tablet: DeviceUnderTest,
) -> None:
    data = b"some bytes of a photo" * 99
    location = tablet.begin_upload(hashlib.sha256(data).hexdigest(), len(data)).headers["Location"]
    tablet.patch_upload(location, 0, data[:100])
    url = tablet.url + location
    headers = {**TUS, "Upload-Offset": "100", "Content-Type": "application/offset+octet-stream"}
    wrong = {"Upload-Checksum": "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA="}
    refused = tablet.http.patch(url, data=data[100:], headers=headers | wrong, timeout=60)
    assert (refused.status_code, refused.json()["code"]) == (460, "hash_mismatch")
    assert tablet.head_upload(location).headers["Upload-Offset"] == "100"
    for nonsense in ("md5 AAAA", "sha1 not base64", ""):
        answer = tablet.http.patch(
            url, data=data[100:], headers=headers | {"Upload-Checksum": nonsense}, timeout=60
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "header_invalid")
    assert tablet.patch_upload(location, 100, data[100:]).status_code == 204


def test_upload_given_up_is_gone_and_a_complete_file_stays(tablet: DeviceUnderTest) -> None:
    location = tablet.begin_upload(SHA256, len(PHOTO), PHOTO[:10]).headers["Location"]
    url = tablet.url + location
    assert tablet.http.delete(url, timeout=60).status_code == 412
    assert tablet.http.delete(url, headers=TUS, timeout=60).status_code == 204
    assert tablet.head_upload(location).status_code == 404
    done = tablet.upload(b"whole").headers["Location"]
    assert tablet.http.delete(tablet.url + done, headers=TUS, timeout=60).status_code == 204
    assert tablet.get(f"/photos/{hashlib.sha256(b'whole').hexdigest()}").content == b"whole"
