"""A permit's QR: what was signed comes back, and nothing that was touched passes for genuine."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync.contract import base45
from sync.contract.enrol_qr import Invitation, read_invitation, write_invitation
from sync.contract.enrolment import make_code
from sync.contract.errors import InputRefused
from sync.contract.permit_qr import PREFIX, PermitCode, Seal, read_permit_code, write_permit_code
from sync.contract.signatures import Purpose, signed_bytes

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
DAYS = st.dates(date(2000, 1, 1), date(2179, 6, 6))
CODES = st.builds(
    PermitCode,
    *[TEXT] * 8,
    valid_from=DAYS,
    valid_to=DAYS,
    approved_m3=st.integers(0, 2**32 - 1),
    route_mark=st.binary(min_size=8, max_size=8).map(bytes.hex),
    signed_at=st.integers(0, 2**32 - 1).map(lambda s: datetime.fromtimestamp(s, UTC)),
)
ONE = PermitCode(
    "Z1", "粤B12345", "公司", "工地", "消纳场", "22:00-06:00", "", "项目",
    date(2026, 1, 1), date(2026, 12, 31), 1000, "00" * 8, datetime(2026, 3, 1, tzinfo=UTC),
)  # fmt: skip


def public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def signed(code: PermitCode, key: Ed25519PrivateKey = KEY) -> str:
    return write_permit_code(code, public(key), lambda data: key.sign(signed_bytes(Purpose.PERMIT_QR, data)))


@given(st.binary(max_size=300))
def test_base45_gives_back_the_bytes(data: bytes) -> None:
    assert base45.decode(base45.encode(data)) == data


@given(CODES)
def test_what_central_signed_comes_back_genuine(code: PermitCode) -> None:
    assert read_permit_code(signed(code), public(KEY)) == (code, Seal.GENUINE)


@given(CODES)
def test_code_of_another_key_is_forged(code: PermitCode) -> None:
    assert read_permit_code(signed(code, OTHER), public(KEY)) == (code, Seal.FORGED)


@given(st.integers(0), st.integers(1, 255))
def test_byte_that_was_touched_is_never_genuine(place: int, change: int) -> None:
    data = bytearray(base45.decode(signed(ONE).removeprefix(PREFIX)))
    data[place % len(data)] ^= change
    seal: Seal | None = None
    with suppress(InputRefused):
        _, seal = read_permit_code(PREFIX + base45.encode(bytes(data)), public(KEY))
    assert seal is not Seal.GENUINE


def test_words_changed_after_signing_are_altered_not_forged() -> None:
    data = base45.decode(signed(ONE).removeprefix(PREFIX)).replace("粤B12345".encode(), "粤B99999".encode())
    code, seal = read_permit_code(PREFIX + base45.encode(data), public(KEY))
    assert (code.plate, seal) == ("粤B99999", Seal.ALTERED)


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for given_text in (text, PREFIX + text):
        with pytest.raises(InputRefused, match="permit_code_broken"):
            read_permit_code(given_text, public(KEY))


def test_permit_whose_day_cannot_be_written_is_not_signed() -> None:
    with pytest.raises(InputRefused, match="permit_not_signable"):
        signed(PermitCode(*[""] * 8, date(1999, 1, 1), date(2026, 1, 1), 0, "00" * 8, datetime.now(UTC)))


@given(
    st.binary(min_size=16, max_size=16),
    st.from_regex(r"https://[a-z0-9.-]{1,60}(:[0-9]{1,5})?", fullmatch=True),
)
def test_invitation_gives_back_address_and_code(secret: bytes, server: str) -> None:
    invitation = Invitation(server, make_code(b"authority", secret).text())
    assert read_invitation(write_invitation(invitation)) == invitation


@given(st.text(max_size=80))
def test_any_other_text_is_no_invitation(text: str) -> None:
    for given_text in (text, f"FAE1:{text}", f"FAE1:ABCD {text}"):
        with pytest.raises(InputRefused, match="invitation_broken"):
            read_invitation(given_text)
