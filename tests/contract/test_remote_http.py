"""HTTP as the engine sees it: against a real central, and against servers that are none of ours."""

from __future__ import annotations

import hashlib
import io
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from sync.central.authority import Authority, ensure_authority
from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.contract.records import Report
from sync.contract.tables import Stream
from sync.contract.wire import FileAnswer, FileOffer, OfferStatus, PushStatus
from sync.remote.address import parse_address
from sync.remote.base import CursorGone
from sync.remote.http import HttpRemote
from sync.remote.transport import Transport
from sync.replica.meta import Identity
from tests.contract.central_device import DeviceUnderTest
from tests.contract.central_records import offer_of, photo_of
from tests.contract.central_server import CITY, CentralUnderTest
from tests.contract.cutting_proxy import CuttingProxy
from tests.contract.remote_side import once_written
from tests.contract.strange_server import Script, StrangeServer, always, answer, read_request

HTML = answer("200 OK", b"<html>Welcome to the station's Wi-Fi</html>", "Content-Type: text/html")


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralUnderTest]:
    with CentralUnderTest(tmp_path_factory.mktemp("central")) as running:
        yield running


@pytest.fixture
def device(central: CentralUnderTest) -> Iterator[DeviceUnderTest]:
    made = DeviceUnderTest(central.url, central.authority_pem, central.enrol_code())
    yield made
    made.close()


def _identity(device: DeviceUnderTest, token: str = "") -> Identity:
    key = device.key.private_bytes_raw().hex()
    given = device.enrolled
    return Identity(
        device.url, given.device_id, key, token or given.token, given.epoch, given.city, given.signing_key
    )


@pytest.fixture
def remote(central: CentralUnderTest, device: DeviceUnderTest) -> Iterator[HttpRemote]:
    made = HttpRemote(_identity(device), central.authority_pem)
    yield made
    made.close()


def _needed(remote: HttpRemote, device: DeviceUnderTest, data: bytes) -> tuple[FileOffer, FileAnswer]:
    report = device.report(photo_of(data))
    reply = remote.push([device.item(report)])
    assert reply.answers[0].status is PushStatus.DONE
    file = offer_of(report)
    given = remote.offer([file])[0]
    assert given.status is OfferStatus.NEEDED
    return file, given


def _picture(size: int) -> bytes:
    seed = hashlib.sha256(str(size).encode()).digest()
    return (seed * (size // 32 + 1))[:size]


def test_a_pushed_record_comes_back_with_a_receipt(remote: HttpRemote, device: DeviceUnderTest) -> None:
    report = device.report()
    item = device.item(report)
    first, again = remote.push([item]).answers[0], remote.push([item]).answers[0]
    assert (first.status, again.status) == (PushStatus.DONE, PushStatus.ALREADY_DONE)
    assert first.receipt is not None
    assert (first.receipt.id, first.receipt.sha256) == (report.report_id, item.body_sha256)


@pytest.mark.parametrize("size", [1, 5_000, 1 << 18, (1 << 18) + 1, 3_000_000])
def test_an_uploaded_file_is_held_byte_for_byte(
    size: int, remote: HttpRemote, device: DeviceUnderTest
) -> None:
    data = device.device_id.encode() + _picture(size)
    file, given = _needed(remote, device, data)
    told: list[int] = []
    remote.upload(file, given, io.BytesIO(data), told.append)
    assert told == sorted(told)
    assert told[-1] == len(data)
    assert remote.offer([file])[0].status is OfferStatus.HELD
    assert b"".join(remote.photo(file.sha256)) == data


def test_an_upload_goes_on_from_where_central_is(remote: HttpRemote, device: DeviceUnderTest) -> None:
    data = device.device_id.encode() + _picture(600_000)
    file, _ = _needed(remote, device, data)
    device.begin_upload(file.sha256, file.bytes, data[:100_000])
    begun = remote.offer([file])[0]
    assert begun.offset == 100_000

    class Counting(io.BytesIO):
        read_bytes = 0

        def read(self, size: int | None = -1, /) -> bytes:
            piece = super().read(size)
            self.read_bytes += len(piece)
            return piece

    source = Counting(data)
    remote.upload(file, begun, source, lambda _: None)
    assert source.read_bytes == len(data) - 100_000
    assert remote.offer([file])[0].status is OfferStatus.HELD


def test_a_photo_cut_in_its_middle_goes_on_from_there(
    central: CentralUnderTest, remote: HttpRemote, device: DeviceUnderTest
) -> None:
    data = device.device_id.encode() + _picture(900_000)
    file, given = _needed(remote, device, data)
    with CuttingProxy(central.url) as proxy:
        there = msgspec.structs.replace(_identity(device), server=proxy.url)
        cut_off = HttpRemote(there, central.authority_pem)
        proxy.cut_after = 150_000
        with pytest.raises(RetryLater, match="unreachable"):
            cut_off.upload(file, given, io.BytesIO(data), lambda _: None)
        assert proxy.cuts == 1
        proxy.cut_after = 0
        begun = once_written(cut_off, file)
        assert 0 < begun.offset < len(data)
        told: list[int] = []
        cut_off.upload(file, begun, io.BytesIO(data), told.append)
        cut_off.close()
    assert told[0] >= begun.offset
    assert told[-1] == len(data)
    assert b"".join(remote.photo(file.sha256)) == data


def test_an_upload_that_central_has_forgotten_begins_anew(
    remote: HttpRemote, device: DeviceUnderTest
) -> None:
    data = device.device_id.encode() + _picture(9_000)
    file, given = _needed(remote, device, data)
    gone = msgspec.structs.replace(given, upload="/v1/uploads/0198c0de-0000-7000-8000-00000000dead", offset=5)
    remote.upload(file, gone, io.BytesIO(data), lambda _: None)
    assert remote.offer([file])[0].status is OfferStatus.HELD


def test_bytes_that_are_not_what_the_hash_says_are_refused(
    remote: HttpRemote, device: DeviceUnderTest
) -> None:
    data = device.device_id.encode() + _picture(9_000)
    file, given = _needed(remote, device, data)
    with pytest.raises(InputRefused, match="hash_mismatch"):
        remote.upload(file, given, io.BytesIO(b"x" * len(data)), lambda _: None)


def test_four_uploads_at_once_all_arrive(remote: HttpRemote, device: DeviceUnderTest) -> None:
    files = []
    for number in range(8):
        data = f"{device.device_id}{number}".encode() + _picture(300_000)
        files.append((data, *_needed(remote, device, data)))
    failures: list[BaseException] = []

    def send(share: list[tuple[bytes, FileOffer, FileAnswer]]) -> None:
        try:
            for data, file, given in share:
                remote.upload(file, given, io.BytesIO(data), lambda _: None)
        except FieldError as error:
            failures.append(error)

    threads = [threading.Thread(target=send, args=(files[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert {a.status for a in remote.offer([file for _, file, _ in files])} == {OfferStatus.HELD}


def test_changes_come_in_pages_and_an_old_cursor_is_gone(remote: HttpRemote) -> None:
    page = remote.changes(Stream.REFERENCE, "")
    assert {change.table for change in page.changes} >= {"permit", "company"}
    assert remote.changes(Stream.REFERENCE, page.cursor).changes == []
    with pytest.raises((CursorGone, InputRefused)):
        remote.changes(Stream.REFERENCE, "made-up")


def test_a_long_poll_ends_when_something_changes(
    central: CentralUnderTest, remote: HttpRemote, device: DeviceUnderTest
) -> None:
    page = remote.changes(Stream.WORK, "")
    while page.more:
        page = remote.changes(Stream.WORK, page.cursor)
    found: list[str] = []
    waiting = threading.Thread(
        target=lambda: found.extend(
            c.table for c in remote.changes(Stream.WORK, page.cursor, wait_s=20).changes
        )
    )
    waiting.start()
    device.push_record(device.report())
    waiting.join()
    assert "city_case" in found


def test_a_token_that_ran_out_is_renewed_once_and_kept(
    central: CentralUnderTest, device: DeviceUnderTest
) -> None:
    kept: list[str] = []
    remote = HttpRemote(_identity(device, "0" * 64), central.authority_pem, on_token=kept.append)
    remote.changes(Stream.REFERENCE, "")
    remote.changes(Stream.REFERENCE, "")
    assert len(kept) == 1
    remote.close()
    fresh = HttpRemote(_identity(device, kept[0]), central.authority_pem, on_token=kept.append)
    data = device.device_id.encode() + _picture(4_000)
    file, given = _needed(fresh, device, data)
    fresh.close()
    stale = HttpRemote(_identity(device, "1" * 64), central.authority_pem, on_token=kept.append)
    stale.upload(file, given, io.BytesIO(data), lambda _: None)
    assert stale.offer([file])[0].status is OfferStatus.HELD
    assert len(kept) == 2
    stale.close()


def test_a_device_that_was_shut_out_needs_a_person(
    central: CentralUnderTest, remote: HttpRemote, device: DeviceUnderTest
) -> None:
    central.central.devices.set_active(device.device_id, False)
    with pytest.raises(NeedsPerson, match="device_refused"):
        remote.changes(Stream.WORK, "")


def test_closing_breaks_off_a_long_poll_at_once(remote: HttpRemote) -> None:
    page = remote.changes(Stream.REFERENCE, "")
    codes: list[str] = []
    asked = threading.Event()

    def wait() -> None:
        asked.set()
        try:
            remote.changes(Stream.REFERENCE, page.cursor, wait_s=25)
        except FieldError as error:
            codes.append(error.code)

    thread = threading.Thread(target=wait)
    thread.start()
    asked.wait()
    remote.close()
    thread.join(60)
    assert not thread.is_alive()
    assert codes == ["interrupted"]


def test_breaking_off_takes_no_tls_session_from_under_who_uses_it(
    central: CentralUnderTest, device: DeviceUnderTest
) -> None:
    transport = Transport(parse_address(device.url), central.authority_pem)
    with transport.open("GET", "/v1/health"):
        (connection,) = transport._live
        used = connection.sock
        transport.close()
        assert used._sslobj is not None  # else what is sent at this very moment goes out in the clear


# Servers that are not what they should be.


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return ensure_authority(tmp_path_factory.mktemp("authority"), ("127.0.0.1",), datetime.now(UTC))


def _to(server: StrangeServer, authority: Authority, read_s: float = 20.0) -> HttpRemote:
    identity = Identity(server.url, "0198c0de-0000-7000-8000-000000000001", "11" * 32, "t", "e", CITY)
    transport = Transport(parse_address(server.url), authority.pem_path, read_s=read_s)
    return HttpRemote(identity, authority.pem_path, transport=transport)


def _failure(authority: Authority, script: Script, read_s: float = 20.0) -> FieldError:
    with StrangeServer(authority, script) as server:
        remote = _to(server, authority, read_s)
        with pytest.raises(FieldError) as failed:
            remote.changes(Stream.WORK, "")
        remote.close()
    return failed.value


def _problem(status: int, code: str, *headers: str) -> bytes:
    body = msgspec.json.encode(
        {"type": f"urn:fieldapp:problem:{code}", "title": "t", "status": status, "code": code}
    )
    return answer(f"{status} X", body, "Content-Type: application/problem+json", *headers)


@pytest.mark.parametrize(
    ("reply", "kind", "code"),
    [
        (HTML, RetryLater, "not_ours"),
        (answer("403 Forbidden", b"<html>", "Content-Type: text/html"), RetryLater, "not_ours"),
        (answer("302 Found", b"", "Location: https://login.example/"), RetryLater, "not_ours"),
        (answer("200 OK", b"{}", "Content-Type: application/json"), RetryLater, "not_ours"),
        (answer("200 OK", b'{"epoch":', "Content-Type: application/json"), RetryLater, "not_ours"),
        (answer("502 Bad Gateway", b"<html>", "Content-Type: text/html"), RetryLater, "server_error"),
        (_problem(500, "server_fault"), RetryLater, "server_error"),
        (_problem(507, "disk_full"), RetryLater, "server_full"),
        (_problem(410, "cursor_gone"), CursorGone, "cursor_gone"),
        (_problem(403, "device_refused"), NeedsPerson, "device_refused"),
        (_problem(403, "role_refused"), InputRefused, "role_refused"),
        (_problem(404, "case_unknown"), InputRefused, "case_unknown"),
        (_problem(404, "not_found"), RetryLater, "server_refuses"),
        (_problem(422, "request_invalid"), InputRefused, "request_invalid"),
        (_problem(413, "body_too_large"), InputRefused, "body_too_large"),
        (b"", RetryLater, "unreachable"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", RetryLater, "unreachable"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", RetryLater, "unreachable"),
    ],
)
def test_every_strange_answer_has_its_name(
    reply: bytes, kind: type[FieldError], code: str, authority: Authority
) -> None:
    error = _failure(authority, always(reply))
    assert (type(error), error.code) == (kind, code)


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_names_its_wish(status: int, authority: Authority) -> None:
    error = _failure(authority, always(_problem(status, "server_busy", "Retry-After: 7")))
    assert isinstance(error, RetryLater)
    assert (error.code, error.after_s) == ("server_busy", 7.0)


@pytest.mark.parametrize("code", ["city_missing", "not_ready"])
def test_a_server_that_cannot_serve_yet_says_so_itself(code: str, authority: Authority) -> None:
    error = _failure(authority, always(_problem(503, code, "Retry-After: 7")))
    assert isinstance(error, RetryLater)
    assert (error.code, error.after_s) == (code, 7.0)


def test_a_wish_is_bounded_and_nonsense_is_no_wish(authority: Authority) -> None:
    for text, after_s in (("999999999999", 3600.0), ("-5", None), ("soon", None)):
        error = _failure(authority, always(_problem(503, "server_busy", f"Retry-After: {text}")))
        assert isinstance(error, RetryLater)
        assert error.after_s == after_s


def test_a_server_that_says_nothing_times_out(authority: Authority) -> None:
    released = threading.Event()

    def silent(peer: ssl.SSLSocket) -> None:
        read_request(peer)
        released.wait()

    with StrangeServer(authority, silent) as server:
        remote = _to(server, authority, read_s=0.2)
        with pytest.raises(RetryLater, match="timeout"):
            remote.changes(Stream.WORK, "")
        released.set()
        remote.close()


def test_an_answer_stopped_in_its_middle_times_out(authority: Authority) -> None:
    released = threading.Event()

    def stops(peer: ssl.SSLSocket) -> None:
        read_request(peer)
        peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
        released.wait()

    with StrangeServer(authority, stops) as server:
        remote = _to(server, authority, read_s=0.2)
        with pytest.raises(RetryLater, match="timeout"):
            remote.changes(Stream.WORK, "")
        released.set()
        remote.close()


def test_another_servers_certificate_is_another_server(authority: Authority, tmp_path: Path) -> None:
    other = ensure_authority(tmp_path, ("127.0.0.1",), datetime.now(UTC))
    with StrangeServer(other, always(HTML)) as server:
        remote = _to(server, authority)
        with pytest.raises(NeedsPerson, match="server_identity"):
            remote.changes(Stream.WORK, "")
        remote.close()


def test_a_certificate_for_another_host_is_another_server(authority: Authority, tmp_path: Path) -> None:
    elsewhere = ensure_authority(tmp_path, ("city.example",), datetime.now(UTC))
    with StrangeServer(elsewhere, always(HTML)) as server:
        remote = _to(server, elsewhere)
        with pytest.raises(NeedsPerson, match="server_identity"):
            remote.changes(Stream.WORK, "")
        remote.close()


def test_the_environment_cannot_unpin_the_authority(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = ensure_authority(tmp_path, ("127.0.0.1",), datetime.now(UTC))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other.pem_path))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name)
    with StrangeServer(other, always(HTML)) as server:
        remote = _to(server, authority)
        with pytest.raises(NeedsPerson, match="server_identity"):
            remote.changes(Stream.WORK, "")
        remote.close()


def test_an_answer_about_something_else_does_not_count(authority: Authority, device: DeviceUnderTest) -> None:
    def reply(report: Report) -> bytes:
        body = {
            "answers": [{"op_id": report.report_id, "status": "done"}],
            "server_time": "2026-01-01T00:00:00Z",
        }
        return answer("200 OK", msgspec.json.encode(body), "Content-Type: application/json")

    with StrangeServer(authority, always(reply(device.report()))) as server:
        remote = _to(server, authority)
        with pytest.raises(RetryLater, match="not_ours"):
            remote.push([device.item(device.report())])
        remote.close()
