"""A credential's QR at another officer's tablet: genuine, over, not begun, off duty, altered or forged."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fieldapp.capture.desk import Desk
from fieldapp.qr.credential_check import check_credential
from fieldapp.qr.meaning import Meaning, meaning_of
from sync.contract import base45
from sync.contract.credential_qr import (
    Credential,
    CredentialStanding,
    write_credential,
    write_credential_link,
)
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.signatures import Purpose, signed_bytes
from sync.contract.wire import Change
from tests.unit.capture.use_case_desk import close_desk, make_desk
from tests.unit.capture.visit_desk import squad_desk

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw().hex()
THIEF = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = squad_desk(make_desk(tmp_path))
    identity = made.work.meta.require_identity()
    with made.work.act():
        made.work.meta.set_identity(msgspec.structs.replace(identity, signing_key=PUBLIC))
    yield made
    close_desk(made)


def credential(officer_id: str = "S2002", role: str = "inspector", year: int = 2026) -> Credential:
    days = date(year, 1, 1), date(year, 12, 31)
    return Credential(officer_id, "欧阳振华", role, "联合整治一小队", "示范市", "Demo City", *days)


def text_of(one: Credential, key: Ed25519PrivateKey = KEY, purpose: Purpose = Purpose.CREDENTIAL_QR) -> str:
    public = key.public_key().public_bytes_raw().hex()
    return write_credential(one, public, lambda data: key.sign(signed_bytes(purpose, data)))


def test_genuine_one_is_good_and_says_who_it_is(desk: Desk) -> None:
    text = text_of(credential())
    assert meaning_of(text) is Meaning.CREDENTIAL
    check = check_credential(desk, text)
    assert (check.standing, check.name, check.officer_id) == (CredentialStanding.GOOD, "欧阳振华", "S2002")
    link = write_credential_link("https://city.example:8443/", text)
    assert meaning_of(link) is Meaning.CREDENTIAL
    assert check_credential(desk, link) == check


@pytest.mark.parametrize(
    ("one", "standing"),
    [
        (credential(year=2025), CredentialStanding.ENDED),
        (credential(year=2027), CredentialStanding.NOT_YET),
        (credential(officer_id="G1002"), CredentialStanding.INACTIVE),
        (credential(officer_id="S9999"), CredentialStanding.GOOD),
    ],
)
def test_genuine_one_is_worth_what_the_day_and_the_roll_say(
    desk: Desk, one: Credential, standing: CredentialStanding
) -> None:
    assert check_credential(desk, text_of(one)).standing is standing


def test_officer_who_left_is_told_of(desk: Desk) -> None:
    row = desk.work.city.officer("S2002")
    assert row is not None
    with desk.work.act():
        desk.work.city.apply([Change(9, "officer", "S2002", {**row, "active": 0})])
    assert check_credential(desk, text_of(credential())).standing is CredentialStanding.INACTIVE


def test_altered_forged_and_signed_for_something_else_are_never_good(desk: Desk) -> None:
    raw = bytearray(base45.decode(text_of(credential()).removeprefix("FAC1:")))
    raw[-70] ^= 1
    altered = "FAC1:" + base45.encode(bytes(raw))
    assert check_credential(desk, altered).standing is CredentialStanding.ALTERED
    assert check_credential(desk, text_of(credential(), THIEF)).standing is CredentialStanding.FORGED
    other = text_of(credential(), purpose=Purpose.PERMIT_QR)
    assert check_credential(desk, other).standing is CredentialStanding.ALTERED


def test_broken_code_and_missing_key_are_refused(desk: Desk) -> None:
    for text in ("FAC1:", "FAC1:%%%", "FAC1:" + "A" * 3000):
        with pytest.raises(InputRefused, match="credential_broken"):
            check_credential(desk, text)
    identity = desk.work.meta.require_identity()
    with desk.work.act():
        desk.work.meta.set_identity(msgspec.structs.replace(identity, signing_key=""))
    with pytest.raises(NeedsPerson, match="signing_key_missing"):
        check_credential(desk, text_of(credential()))
