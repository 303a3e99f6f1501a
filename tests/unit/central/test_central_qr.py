"""Codes that central makes as pictures, read back the way a tablet reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fieldapp.qr.reading import codes_in_file
from sync.central.address_note import note_address
from sync.central.cli import command
from sync.central.composition import Central
from sync.central.store.store import put_row
from sync.contract.enrol_qr import read_invitation
from sync.contract.permit_qr import Seal, read_permit_code
from tests.contract.central_server import permit_row


class Desk:
    """Runs commands and reads their one object."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._data = data
        self._capsys = capsys

    def __call__(self, *words: str) -> tuple[int, dict[str, Any]]:
        code = command([*words, "--data", str(self._data), "--json"])
        return code, json.loads(self._capsys.readouterr().out)


@pytest.fixture
def desk(central: Central, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(central.settings.data, capsys)


def test_enrolment_code_as_a_picture_names_server_and_code(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "code.png"
    code, result = desk("enrol-code", "--qr", str(out), "--server", "https://city.example:8443")
    invitation = read_invitation(codes_in_file(out)[0])
    assert code == 0
    assert (invitation.server, invitation.code) == ("https://city.example:8443", result["code"])


def test_enrolment_picture_names_where_central_served_last(
    desk: Desk, central: Central, tmp_path: Path
) -> None:
    note_address(central.settings.data, "https://10.0.0.5:7000")
    _, result = desk("enrol-code", "--qr", str(tmp_path / "code.png"))
    assert read_invitation(codes_in_file(tmp_path / "code.png")[0]).server == result["server"]
    assert result["server"] == "https://10.0.0.5:7000"


@pytest.mark.parametrize(
    ("name", "server", "refused"),
    [
        ("code.gif", "https://c.example", "qr_file_kind"),
        ("code.png", "", "server_address_needed"),
        ("code.png", "http://c.example", "server_address_invalid"),
    ],
)
def test_enrolment_picture_that_cannot_be_made_spends_no_code(
    desk: Desk, central: Central, tmp_path: Path, name: str, server: str, refused: str
) -> None:
    code, result = desk("enrol-code", "--qr", str(tmp_path / name), "--server", server)
    assert (code, result["error"]["code"]) == (3, refused)
    with central.store.reading() as db:
        assert db.execute("SELECT count(*) FROM enrol_code").fetchone() == (0,)


def test_permit_as_a_picture_is_genuine_to_the_pinned_key(
    desk: Desk, central: Central, tmp_path: Path
) -> None:
    row = permit_row(1)
    code, result = desk("permit-qr", str(row["permit_id"]), "--out", str(tmp_path / "permit.png"))
    text = codes_in_file(tmp_path / "permit.png")[0]
    read, seal = read_permit_code(text, central.signing.public_hex)
    assert (code, text, seal) == (0, result["text"], Seal.GENUINE)
    assert (read.permit_id, read.plate, read.company) == (row["permit_id"], row["plate"], "试验渣土公司")


@pytest.mark.parametrize(
    ("columns", "refused"),
    [
        ({"status": "revoked"}, "permit_not_in_force"),
        ({"valid_to": "2026-02-31"}, "permit_not_signable"),
        ({"valid_to": "1999-02-01"}, "permit_not_signable"),
        ({"approved_m3": -3}, "permit_not_signable"),
        ({"project": "长" * 100}, "permit_not_signable"),
    ],
)
def test_permit_that_cannot_be_vouched_for_is_not_signed(
    desk: Desk, central: Central, tmp_path: Path, columns: dict[str, Any], refused: str
) -> None:
    row = {**permit_row(1), **columns}
    with central.store.writing() as db:
        put_row(db, "permit", row)
    code, result = desk("permit-qr", str(row["permit_id"]), "--out", str(tmp_path / "permit.png"))
    assert (code, result["error"]["code"]) == (3, refused)
    assert not (tmp_path / "permit.png").exists()


def test_unknown_permit_is_said(desk: Desk, tmp_path: Path) -> None:
    code, result = desk("permit-qr", "NONE", "--out", str(tmp_path / "permit.svg"))
    assert (code, result["error"]["code"]) == (3, "permit_not_found")


def test_folder_that_is_not_there_is_said(desk: Desk, tmp_path: Path) -> None:
    permit = str(permit_row(1)["permit_id"])
    code, result = desk("permit-qr", permit, "--out", str(tmp_path / "none" / "permit.png"))
    assert (code, result["error"]["code"]) == (4, "file_not_written")
