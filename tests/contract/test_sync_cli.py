"""``fieldapp-sync`` against a real central: one object, the right exit code, nothing lost on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest

from sync.central.routes import ranges
from sync.central.store.store import put_row
from sync.cli.commands import run_sync
from sync.clock import SystemClock
from sync.contract.records import RecordType
from sync.contract.wire import encode_record, sha256_hex
from sync.control import ControlClient
from sync.remote.address import parse_address
from sync.replica.files import durable_write
from sync.replica.folder import DataFolder
from sync.replica.outbox import StoredRecord
from sync.replica.work import WorkStore
from sync.vault import kernel_keys, session, wrapping
from sync.vault.opening import find_key
from tests.contract.base_map_maker import PNG, make_base_map
from tests.contract.central_records import RecordMaker, photo_of
from tests.contract.central_server import PIN, CentralUnderTest, permit_row
from tests.contract.strange_server import StrangeServer, always, answer

OFFICER = "G1001"


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralUnderTest]:
    with CentralUnderTest(tmp_path_factory.mktemp("central")) as running:
        yield running


class Shell:
    """Runs commands on one data folder and reads their one object."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data = data
        self._capsys = capsys

    def __call__(self, *argv: str, exits: int = 0) -> dict[str, Any]:
        self._capsys.readouterr()
        code = run_sync([*argv, "--data", str(self.data), "--json"])
        out = self._capsys.readouterr().out
        assert out.count("\n") == 1, out
        found: dict[str, Any] = json.loads(out)
        assert code == exits, found
        assert found["ok"] is (exits == 0)
        return found

    def text(self, *argv: str) -> str:
        self._capsys.readouterr()
        run_sync([*argv, "--data", str(self.data)])
        return self._capsys.readouterr().out


@pytest.fixture
def shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shell]:
    monkeypatch.setattr(wrapping, "MEMORY_KIB", 64)
    monkeypatch.setattr(wrapping, "PIN_SECONDS", 0.0)
    monkeypatch.setenv("FIELDAPP_KEYRING", "off")
    monkeypatch.setenv("FIELDAPP_LANG", "en")
    monkeypatch.setenv("FIELDAPP_PIN", PIN)
    monkeypatch.setenv("FIELDAPP_OFFICER", OFFICER)
    made = Shell(tmp_path / "tablet", capsys)
    yield made
    session.forget(DataFolder(made.data))


@pytest.fixture
def tablet(shell: Shell, central: CentralUnderTest) -> Shell:
    shell("enrol", "--server", central.url, "--code", central.enrol_code(), "--officer", OFFICER)
    return shell


def _picture() -> bytes:
    """Bytes central has not seen yet."""
    return b"\xff\xd8 a picture " + os.urandom(8) * 50_000


def _save_report(data: Path, *pictures: bytes) -> str:
    folder = DataFolder(data)
    store = WorkStore(folder, find_key(folder).key)
    photos = tuple(photo_of(picture, slot) for slot, picture in enumerate(pictures, start=1))
    for picture in pictures:
        durable_write(folder.file(sha256_hex(picture), "image/jpeg"), picture)
    with store.act():
        stamp = store.meta.stamp(SystemClock())
        maker = RecordMaker(store.meta.require_identity().device_id)
        report = maker.report(*photos, stamp=stamp)
        body = encode_record(report)
        store.outbox.add(
            StoredRecord(
                report.report_id,
                RecordType.REPORT,
                report.report_id,
                OFFICER,
                stamp.device_seq,
                stamp.wall,
                body,
                sha256_hex(body.encode()),
            )
        )
        store.uploads.add(report.report_id, stamp.device_seq, photos)
    store.close()
    return report.report_id


def _item(shell: Shell, report_id: str) -> dict[str, Any]:
    items: list[dict[str, Any]] = shell("outbox")["items"]
    return next(item for item in items if item["id"] == report_id)


def test_a_report_goes_from_saved_to_receipt(tablet: Shell) -> None:
    picture = _picture()
    report_id = _save_report(tablet.data, picture, picture[:-1])
    waiting = _item(tablet, report_id)
    assert waiting["state"] == "waiting"
    assert waiting["reason"] == "The sync service is not running."
    assert tablet("status")["pending"]["photos"] == 2
    tablet("pause")
    assert tablet("once", exits=4)["error"]["code"] == "daemon_paused"
    tablet("resume")
    done = tablet("once")
    assert (done["pushed"], done["files"], done["file_bytes"]) == (1, 2, 2 * len(picture) - 1)
    sent = _item(tablet, report_id)
    assert (sent["state"], sent["reason"]) == ("sent", "")
    assert sent["files"]["photos_sent"] == 2
    assert tablet("status")["pending"] == {"records": 0, "photos": 0, "bytes": 0, "oldest": ""}
    assert tablet("verify")["receipts"] == 2
    assert tablet("once")["pushed"] == 0


def test_while_the_server_is_away_everything_waits_with_its_reason(shell: Shell, tmp_path: Path) -> None:
    picture = _picture()
    with CentralUnderTest(tmp_path / "central") as central:
        shell("enrol", "--server", central.url, "--code", central.enrol_code(), "--officer", OFFICER)
        report_id = _save_report(shell.data, picture)
        central.stop()
        failed = shell("once", exits=5)
        assert failed["error"]["code"] == "unreachable"
        waiting = _item(shell, report_id)
        assert (waiting["state"], waiting["code"]) == ("waiting", "unreachable")
        assert "cannot be reached" in waiting["reason"]
        assert shell("sign-in", "--officer", OFFICER)["signed_in"] is True
        central.start()
        assert shell("once")["files"] == 1
    assert _item(shell, report_id)["state"] == "sent"


def test_a_damaged_original_is_found_never_sent_and_never_removed(tablet: Shell) -> None:
    picture = _picture()
    report_id = _save_report(tablet.data, picture)
    path = DataFolder(tablet.data).file(sha256_hex(picture), "image/jpeg")
    path.write_bytes(b"not the picture")
    tablet("once")
    assert _item(tablet, report_id)["state"] == "needs_you"
    assert tablet("outbox")["needs_you"] == tablet("status")["needs_you"] == 1
    found = tablet("verify", exits=4)
    assert found["error"]["code"] == "verify_found"
    assert [finding["what"] for finding in found["findings"]] == ["changed"]
    ill = tablet("doctor", exits=4)
    assert {check["name"] for check in ill["checks"] if check["ok"] is False} == {"pending", "originals"}
    assert path.read_bytes() == b"not the picture"


def test_the_examination_of_a_sound_tablet_finds_nothing(tablet: Shell) -> None:
    tablet("once")
    checks = {check["name"]: check for check in tablet("doctor")["checks"]}
    assert set(checks) == {
        *("sqlite", "space", "keys", "service", "link", "clock", "admission", "city_data"),
        *("camera", "position"),
        *("durability", "integrity", "schema", "rebuilt", "copy", "pending", "originals"),
    }
    unseen = ("service", "camera", "position", "copy")
    assert all(check["ok"] for name, check in checks.items() if name not in unseen)
    assert all(check["ok"] is not False for check in checks.values())
    assert checks["service"]["ok"] is None
    assert all(check["detail"] for check in checks.values())


def test_refused_tablet_is_told_so_with_the_way_back_in_both_languages(
    tablet: Shell, central: CentralUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with central.central.store.writing() as db:
        db.execute("DELETE FROM token")
        db.execute("UPDATE device SET active = 0")
    for language, way in (("en", "for a new code"), ("zh", "新的注册码")):
        monkeypatch.setenv("FIELDAPP_LANG", language)
        checks = {check["name"]: check for check in tablet("doctor", exits=4)["checks"]}
        assert (checks["link"]["ok"], checks["admission"]["ok"]) == (True, False)
        assert way in checks["admission"]["advice"]


def test_sign_in_page_of_a_network_is_told_with_what_to_do(
    tablet: Shell, central: CentralUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = always(answer("200 OK", b"<html>sign in</html>", "Content-Type: text/html"))
    with StrangeServer(central.authority, page) as portal:
        monkeypatch.setattr("sync.examine.parse_address", lambda _server: parse_address(portal.url))
        checks = {check["name"]: check for check in tablet("doctor", exits=4)["checks"]}
    assert (checks["link"]["ok"], checks["admission"]["ok"]) == (False, None)
    assert "in a browser" in checks["link"]["advice"]


@pytest.mark.faults(11)
def test_damaged_store_is_made_anew_and_said_so_until_somebody_confirms(tablet: Shell) -> None:
    tablet("once")
    file = DataFolder(tablet.data).work_db
    whole = bytearray(file.read_bytes())
    whole[8192:-8192] = bytes(len(whole) - 16_384)
    file.write_bytes(whole)
    found = tablet("doctor", exits=4)
    checks = {check["name"]: check for check in found["checks"]}
    assert found["error"]["code"] == "doctor_found"
    assert checks["integrity"]["ok"]
    assert checks["rebuilt"]["ok"] is False
    assert "0 records" in checks["rebuilt"]["detail"]
    assert checks["city_data"]["ok"]
    assert tablet("repair")["rebuilt"]["records"] == 0
    assert tablet("repair")["rebuilt"] is None
    tablet("doctor")
    tablet("once")


def test_before_enrolment_every_command_answers_plainly(shell: Shell) -> None:
    status = shell("status")
    assert (status["enrolled"], status["locked"]) == (False, False)
    for command in ("once", "outbox", "verify"):
        assert shell(command, exits=4)["error"]["code"] == "not_enrolled"
    for check in shell("doctor")["checks"]:
        assert check["ok"] is not False
        assert not check["advice"] or check["name"] == "service", check
    assert shell("sign-out")["signed_out"] is False


@pytest.mark.usefixtures("tablet")
def test_locked_the_state_is_still_told_and_the_rest_asks_to_sign_in(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FIELDAPP_PIN")
    shell("sign-out")
    status = shell("status")
    assert (status["enrolled"], status["locked"], status["officer"]) == (True, True, None)
    for command in ("once", "outbox", "verify"):
        assert shell(command, exits=4)["error"]["code"] == "locked"
    assert "Sign in first" in shell.text("status")
    monkeypatch.setenv("FIELDAPP_PIN", PIN)
    monkeypatch.setenv("FIELDAPP_OFFICER", "G1009")  # has never signed in on this tablet
    assert shell("status")["locked"] is True
    checks = {check["name"]: check for check in shell("doctor")["checks"]}
    assert (checks["integrity"]["ok"], checks["originals"]["ok"]) == (None, None)
    assert "no PIN on this tablet" in checks["integrity"]["detail"]


@pytest.mark.usefixtures("tablet")
@pytest.mark.skipif(not kernel_keys.works(), reason="this kernel keeps no keys for us")
def test_signed_in_commands_need_no_pin_until_sign_out(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FIELDAPP_PIN")
    assert shell("status")["officer"] == OFFICER
    assert shell("sign-out")["officer"] == OFFICER
    assert shell("status")["locked"] is True


def test_a_pin_is_never_taken_from_an_argument(tablet: Shell) -> None:
    assert tablet("sign-in", "--officer", OFFICER, "--pin", PIN, exits=2)["error"]["code"] == "usage"


def test_the_errors_of_enrolment_have_their_exit_codes(shell: Shell, central: CentralUnderTest) -> None:
    enrol = ("enrol", "--server", central.url, "--code")
    assert shell(*enrol, "ABCD", exits=3)["error"]["code"] == "code_malformed"
    used = central.enrol_code(hours=-1)
    assert shell(*enrol, used, exits=3)["error"]["code"] == "code_refused"
    away = ("enrol", "--server", "https://127.0.0.1:1", "--code", central.enrol_code())
    assert shell(*away, exits=5)["error"]["code"] == "unreachable"
    assert shell("enrol", exits=2)["error"]["code"] == "usage"


def test_the_service_runs_alone_does_rounds_for_others_and_stops_on_a_signal(tablet: Shell) -> None:
    picture = _picture()
    command = [sys.executable, "-m", "sync.cli", "run", "--data", str(tablet.data), "--json"]
    service = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert service.stderr is not None
        assert service.stderr.readline() == "ready\n"
        report_id = _save_report(tablet.data, picture)
        assert tablet("once")["by"] == "daemon"
        assert _item(tablet, report_id)["state"] == "sent"
        status = tablet("status")["daemon"]
        assert (status["running"], status["pid"], status["link"]) == (True, service.pid, "online")
        second = subprocess.run(command, capture_output=True, text=True, check=True)
        assert json.loads(second.stdout) == {"ok": True, "already_running": True, "pid": service.pid}
        service.send_signal(signal.SIGTERM)
        out, _ = service.communicate(timeout=60)
    finally:
        service.kill()
        service.wait()
    assert service.returncode == 0
    assert json.loads(out)["ok"] is True


def test_a_service_that_cannot_begin_says_why(tablet: Shell) -> None:
    lock = DataFolder(tablet.data).lock
    lock.unlink(missing_ok=True)
    lock.mkdir()
    assert tablet("run", exits=4)["error"]["code"] == "folder_unwritable"


def test_a_killed_service_leaves_nothing_in_the_way(tablet: Shell) -> None:
    picture = _picture()
    command = [sys.executable, "-m", "sync.cli", "run", "--data", str(tablet.data)]
    report_id = _save_report(tablet.data, picture)
    service = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert service.stderr is not None
    assert service.stderr.readline() == "ready\n"
    os.kill(service.pid, signal.SIGKILL)
    service.communicate()
    tablet("once")
    assert _item(tablet, report_id)["state"] == "sent"


def test_a_service_that_starts_locked_is_opened_by_a_sign_in(
    tablet: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FIELDAPP_PIN")
    tablet("sign-out")
    command = [sys.executable, "-m", "sync.cli", "run", "--data", str(tablet.data)]
    service = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert service.stderr is not None
        assert service.stderr.readline() == "ready\n"
        assert tablet("status")["daemon"]["link"] == "locked"
        monkeypatch.setenv("FIELDAPP_PIN", PIN)
        tablet("sign-in", "--officer", OFFICER)
        assert tablet("once")["by"] == "daemon"
        with ControlClient(DataFolder(tablet.data)) as client:
            client.ask("stop")
        service.communicate(timeout=60)
    finally:
        service.kill()
        service.wait()
    assert service.returncode == 0


def test_refill_takes_the_city_anew_though_changes_came_after_centrals_snapshot(
    shell: Shell, tmp_path: Path
) -> None:
    with CentralUnderTest(tmp_path / "central") as central:
        shell("enrol", "--server", central.url, "--code", central.enrol_code(), "--officer", OFFICER)
        first = shell("once")["reference_rows"]
        with central.central.store.writing() as db:
            put_row(db, "permit", permit_row(900))
        assert shell("once")["reference_rows"] == 1
        assert shell("once", "--refill")["reference_rows"] == first + 1
        assert shell("once")["reference_rows"] == 0


def test_base_map_of_the_city_is_told_fetched_and_put_in_force(
    tablet: Shell, central: CentralUnderTest, tmp_path: Path
) -> None:
    assert tablet("base-map")["base_map"]["state"] == "none"
    assert tablet("base-map", "--fetch", exits=5)["error"]["code"] == "base_map_none"
    offer = central.central.maps.put(make_base_map(tmp_path / "城市.mbtiles"))
    assert tablet("base-map")["base_map"]["state"] == "ready"
    found = tablet("base-map", "--fetch")
    assert (found["by"], found["base_map"]["state"]) == ("once", "here")
    assert sha256_hex(DataFolder(tablet.data).base_map.read_bytes()) == offer.sha256
    assert "测试底图" in tablet.text("base-map")
    central.central.maps.remove()


def test_base_map_goes_on_where_a_killed_service_left_it(
    tablet: Shell, central: CentralUnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiles = [(9, n, n, PNG + os.urandom(300_000)) for n in range(30)]
    offer = central.central.maps.put(make_base_map(tmp_path / "a.mbtiles", tiles=tiles))
    theirs, starts, halfway = ranges._pieces, [], 6 << 20

    async def held_back(path: Path, start: int, end: int) -> AsyncIterator[bytes]:
        starts.append(start)
        at = start
        async for piece in theirs(path, start, end):
            if len(starts) == 1 and path.suffix == ".mbtiles" and at >= halfway:
                await anyio.sleep_forever()
            at += len(piece)
            yield piece

    monkeypatch.setattr(ranges, "_pieces", held_back)
    tablet("base-map")
    starts.clear()
    command = [sys.executable, "-m", "sync.cli", "run", "--data", str(tablet.data)]
    service = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert service.stderr is not None
    assert service.stderr.readline() == "ready\n"
    with ControlClient(DataFolder(tablet.data)) as client:
        client.ask("subscribe")
        client.ask("base_map", do="fetch")
        next(
            event
            for event in client.events(wait_s=60)
            if event["event"] == "base_map" and event["done"] > offer.piece_bytes
        )
    os.kill(service.pid, signal.SIGKILL)
    service.communicate()
    assert tablet("base-map", "--fetch")["base_map"]["state"] == "here"
    assert sha256_hex(DataFolder(tablet.data).base_map.read_bytes()) == offer.sha256
    assert starts[0] == 0
    assert starts[1] > offer.piece_bytes
    central.central.maps.remove()
