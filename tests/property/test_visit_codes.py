"""The codes of a visit: what was written is read back; what was changed is never taken for central's."""

from collections.abc import Callable
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync.contract import base45
from sync.contract.credential_qr import Credential, read_credential, write_credential, write_credential_link
from sync.contract.errors import InputRefused
from sync.contract.ids import new_id
from sync.contract.permit_qr import Seal
from sync.contract.signatures import Purpose, signed_bytes
from sync.contract.visit_qr import read_sheet_code, write_sheet_code

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw().hex()
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))).public_key().public_bytes_raw().hex()

words = st.text(max_size=60).filter(lambda text: "\x00" not in text)
days = st.dates(date(2000, 1, 1), date(2170, 1, 1))
credentials = st.builds(Credential, words, words, words, words, words, words, days, days)


def _sign(data: bytes) -> bytes:
    return KEY.sign(signed_bytes(Purpose.CREDENTIAL_QR, data))


def _outcome(read: Callable[[], object]) -> object:
    try:
        return read()
    except InputRefused as refused:
        return refused.code


@given(credentials)
def test_credential_reads_back_as_it_was_written(credential: Credential) -> None:
    text = write_credential(credential, PUBLIC, _sign)
    assert read_credential(text, PUBLIC) == (credential, Seal.GENUINE)
    assert read_credential(text, OTHER)[1] is Seal.FORGED
    assert read_credential(write_credential_link("https://city.example", text), PUBLIC) == (
        credential,
        Seal.GENUINE,
    )


@given(credentials, st.data())
def test_credential_with_one_changed_byte_is_never_genuine(
    credential: Credential, data: st.DataObject
) -> None:
    text = write_credential(credential, PUBLIC, _sign)
    raw = bytearray(base45.decode(text.removeprefix("FAC1:")))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    assert _outcome(lambda: read_credential("FAC1:" + base45.encode(bytes(raw)), PUBLIC)[1]) in (
        "credential_broken",
        Seal.ALTERED,
        Seal.FORGED,
    )


@given(st.text(max_size=200), st.sampled_from(["", "FAC1:", "FAV1:", "https://city.example/v1/credential#"]))
def test_any_text_is_refused_or_read_and_nothing_else(text: str, prefix: str) -> None:
    _outcome(lambda: read_credential(prefix + text, PUBLIC))
    _outcome(lambda: read_sheet_code(prefix + text))


def test_sheet_code_reads_back() -> None:
    visit_id = new_id()
    assert read_sheet_code(write_sheet_code(visit_id, "ab" * 32)) == (visit_id, "ab" * 32)
