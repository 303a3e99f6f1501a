"""Photos over tus: whole, in pieces, cut, twice, wrong."""

import hashlib
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from sync.contract.wire import OfferStatus
from tests.contract.central_device import OFFSET_STREAM, TUS, DeviceUnderTest, tus_headers
from tests.contract.central_records import offer_of, photo_of
from tests.contract.central_server import CentralUnderTest

PHOTO = os.urandom(300_000)
SHA = hashlib.sha256(PHOTO).hexdigest()


@contextmanager
def half_a_request(
    device: DeviceUnderTest, path: str, headers: dict[str, str], sent: bytes
) -> Iterator[None]:
    """A PATCH or POST that announces everything, sends a part, and then just holds the connection."""
    address = urlsplit(device.url)
    context = ssl.create_default_context(cafile=str(device.http.verify))
    method = "PATCH" if "Upload-Offset" in headers else "POST"
    head = f"{method} {path} HTTP/1.1\r\nHost: {address.netloc}\r\nAuthorization: Bearer {device.token}\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
    with (
        socket.create_connection((str(address.hostname), address.port or 0), timeout=60) as plain,
        context.wrap_socket(plain, server_hostname=address.hostname) as connection,
    ):
        connection.sendall(head.encode() + sent)
        yield


def offset_of(device: DeviceUnderTest, location: str) -> int:
    return int(device.head_upload(location).headers["Upload-Offset"])


def wait_for_part(served: CentralUnderTest, location: str, size: int) -> None:
    """Until central has written that many bytes."""
    part = served.central.settings.uploads / location.rpartition("/")[2]
    for _ in range(6000):
        if part.is_file() and part.stat().st_size >= size:
            return
        threading.Event().wait(0.01)
    raise AssertionError(f"only {part.stat().st_size} of {size} bytes")


def test_options_say_what_is_spoken(tablet: DeviceUnderTest) -> None:
    answer = tablet.http.options(f"{tablet.url}/v1/uploads", timeout=60)
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert set(answer.headers["Tus-Extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "expiration",
        "checksum",
        "termination",
    }


def test_photo_sent_with_its_creation_is_held_with_a_receipt_and_comes_back_byte_equal(
    tablet: DeviceUnderTest,
) -> None:
    report = tablet.report(photo_of(PHOTO))
    tablet.push_record(report)
    answer = tablet.upload(PHOTO)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(PHOTO)))
    assert "Upload-Expires" not in answer.headers
    offered = tablet.offer(offer_of(report))[0]
    assert offered.status is OfferStatus.HELD
    assert offered.receipt is not None
    assert (offered.receipt.id, offered.receipt.sha256) == (SHA, SHA)
    assert offered.receipt.epoch == tablet.enrolled.epoch
    assert tablet.get(f"/photos/{SHA}").content == PHOTO


def test_stranger_sends_in_pieces_after_an_empty_creation(tablet: DeviceUnderTest) -> None:
    data = os.urandom(100_001)
    location = tablet.begin_upload(hashlib.sha256(data).hexdigest(), len(data)).headers["Location"]
    assert offset_of(tablet, location) == 0
    for start in range(0, len(data), 30_000):
        piece = data[start : start + 30_000]
        answer = tablet.patch_upload(location, start, piece)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(start + len(piece)))
    assert offset_of(tablet, location) == len(data)
    assert tablet.get(f"/photos/{hashlib.sha256(data).hexdigest()}").content == data


def test_upload_cut_in_the_middle_of_a_patch_goes_on_from_the_bytes_that_came(
    tablet: DeviceUnderTest,
    served: CentralUnderTest,
) -> None:
    data = os.urandom(200_000)
    report = tablet.report(photo_of(data))
    tablet.push_record(report)
    offer = offer_of(report)
    location = tablet.begin_upload(offer.sha256, len(data)).headers["Location"]
    headers = {**TUS, "Upload-Offset": "0", "Content-Type": OFFSET_STREAM, "Content-Length": "200000"}
    with half_a_request(tablet, location, headers, data[:70_000]):
        wait_for_part(served, location, 70_000)
    assert offset_of(tablet, location) == 70_000
    needed = tablet.offer(offer)[0]
    assert (needed.status, needed.upload, needed.offset) == (OfferStatus.NEEDED, location, 70_000)
    assert tablet.patch_upload(location, 70_000, data[70_000:]).status_code == 204
    assert tablet.offer(offer)[0].status is OfferStatus.HELD
    assert tablet.get(f"/photos/{offer.sha256}").content == data


def test_creation_cut_in_its_first_bytes_is_found_again_by_the_offer(
    tablet: DeviceUnderTest,
    served: CentralUnderTest,
) -> None:
    data = os.urandom(200_000)
    report = tablet.report(photo_of(data))
    tablet.push_record(report)
    offer = offer_of(report)
    headers = {
        **tus_headers(offer.sha256, len(data)),
        "Content-Type": OFFSET_STREAM,
        "Content-Length": "200000",
    }
    with half_a_request(tablet, "/v1/uploads", headers, data[:50_000]):
        while not (needed := tablet.offer(offer)[0]).offset:
            threading.Event().wait(0.01)
        wait_for_part(served, needed.upload, 50_000)
    assert tablet.offer(offer)[0].offset == 50_000
    assert tablet.patch_upload(needed.upload, 50_000, data[50_000:]).status_code == 204


def test_new_connection_takes_over_from_one_that_only_looks_alive(
    tablet: DeviceUnderTest,
    served: CentralUnderTest,
) -> None:
    data = os.urandom(150_000)
    location = tablet.begin_upload(hashlib.sha256(data).hexdigest(), len(data)).headers["Location"]
    headers = {**TUS, "Upload-Offset": "0", "Content-Type": OFFSET_STREAM, "Content-Length": "150000"}
    with half_a_request(tablet, location, headers, data[:40_000]):
        wait_for_part(served, location, 40_000)
        assert offset_of(tablet, location) == 40_000
        assert tablet.patch_upload(location, 40_000, data[40_000:]).status_code == 204
    assert tablet.get(f"/photos/{hashlib.sha256(data).hexdigest()}").content == data


def test_upload_half_done_outlives_a_restart(
    tablet: DeviceUnderTest,
    served: CentralUnderTest,
) -> None:
    data = os.urandom(100_000)
    location = tablet.begin_upload(hashlib.sha256(data).hexdigest(), len(data), data[:60_000]).headers[
        "Location"
    ]
    tablet.close()
    served.stop()
    served.start()
    assert offset_of(tablet, location) == 60_000
    assert tablet.patch_upload(location, 60_000, data[60_000:]).status_code == 204


def test_wrong_bytes_are_refused_and_forgotten(tablet: DeviceUnderTest) -> None:
    data = os.urandom(1000)
    sha256 = hashlib.sha256(data).hexdigest()
    location = tablet.begin_upload(sha256, 1000).headers["Location"]
    answer = tablet.patch_upload(location, 0, data[:-1] + bytes([data[-1] ^ 1]))
    assert (answer.status_code, answer.json()["code"]) == (460, "hash_mismatch")
    assert tablet.head_upload(location).status_code == 404
    assert tablet.get(f"/photos/{sha256}").status_code == 404
    assert tablet.upload(data).status_code == 201


def test_two_identical_photos_in_one_report_are_both_kept(
    tablet: DeviceUnderTest,
    served: CentralUnderTest,
) -> None:
    data = os.urandom(5_000)
    report = tablet.report(photo_of(data, 1), photo_of(data, 2))
    tablet.push_record(report)
    assert tablet.upload(data).status_code == 201
    answers = tablet.offer(offer_of(report, 1), offer_of(report, 2))
    assert [answer.status for answer in answers] == [OfferStatus.HELD] * 2
    photos = served.central.ledger.case(report.report_id).photos
    assert [(photo.slot, photo.held) for photo in photos] == [(1, True), (2, True)]


def test_same_photo_sent_twice_at_once_ends_held_both_times(tablet: DeviceUnderTest) -> None:
    data = os.urandom(50_000)
    sha256 = hashlib.sha256(data).hexdigest()
    places = [tablet.begin_upload(sha256, len(data)).headers["Location"] for _ in range(2)]
    for place in places:
        assert tablet.patch_upload(place, 0, data[:25_000]).status_code == 204
    for place in places:
        assert tablet.patch_upload(place, 25_000, data[25_000:]).status_code == 204
    assert tablet.get(f"/photos/{sha256}").content == data


def test_patch_from_another_place_than_where_central_stands_is_refused_with_the_place(
    tablet: DeviceUnderTest,
) -> None:
    location = tablet.begin_upload("0" * 64, 100, b"x" * 10).headers["Location"]
    answer = tablet.patch_upload(location, 50, b"y" * 50)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "10")
    assert answer.json()["code"] == "offset_mismatch"


def test_more_bytes_than_announced_are_refused_and_not_kept(tablet: DeviceUnderTest) -> None:
    location = tablet.begin_upload("0" * 64, 10).headers["Location"]
    answer = tablet.patch_upload(location, 0, b"z" * 11)
    assert (answer.status_code, answer.json()["code"]) == (413, "upload_too_long")
    assert offset_of(tablet, location) == 0


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412, "tus_version"),
        ({"Upload-Length": "-1"}, 400, "header_invalid"),
        ({"Upload-Length": "9" * 30}, 400, "header_invalid"),
        ({"Upload-Length": "0"}, 422, "file_size_invalid"),
        ({"Upload-Length": "400000000"}, 413, "file_too_large"),
        ({"Upload-Metadata": "garbage"}, 422, "sha256_invalid"),
        ({"Upload-Metadata": "sha256 !!!"}, 400, "header_invalid"),
        ({"Upload-Defer-Length": "1"}, 400, "header_invalid"),
    ],
)
def test_creation_with_bad_headers_is_refused_with_a_problem(
    tablet: DeviceUnderTest,
    headers: dict[str, str],
    status: int,
    code: str,
) -> None:
    answer = tablet.http.post(
        f"{tablet.url}/v1/uploads", headers={**tus_headers(SHA, 100), **headers}, timeout=60
    )
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_upload_of_another_device_is_not_found(
    tablet: DeviceUnderTest,
    served: CentralUnderTest,
) -> None:
    other = DeviceUnderTest.of(served)
    location = other.begin_upload("0" * 64, 100).headers["Location"]
    other.close()
    assert tablet.head_upload(location).status_code == 404
    assert tablet.patch_upload(location, 0, b"x").status_code == 404


def test_photo_by_range_and_by_etag(tablet: DeviceUnderTest) -> None:
    tablet.upload(PHOTO)
    part = tablet.get(f"/photos/{SHA}", headers={"Range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, PHOTO[1000:2000])
    assert part.headers["Content-Range"] == f"bytes 1000-1999/{len(PHOTO)}"
    beyond = tablet.get(f"/photos/{SHA}", headers={"Range": "bytes=300000-"})
    assert (beyond.status_code, beyond.json()["code"]) == (416, "range_unsatisfiable")
    assert tablet.get(f"/photos/{SHA}", headers={"If-None-Match": part.headers["ETag"]}).status_code == 304
    assert tablet.get("/photos/../../central.db").status_code == 404
    assert tablet.get("/photos/nonsense").status_code == 422
