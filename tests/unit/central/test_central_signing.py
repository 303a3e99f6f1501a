"""Central's signing key: made once, kept, checked against by tablets."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.central.signing import KEY_FILE, ensure_signing_key
from sync.contract.errors import NeedsPerson
from sync.contract.signatures import Purpose, is_signed


def test_key_is_the_same_at_the_next_start_and_for_its_owner_only(tmp_path: Path) -> None:
    first = ensure_signing_key(tmp_path)
    assert ensure_signing_key(tmp_path).public_hex == first.public_hex
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_signature_holds_for_its_data_and_purpose_alone(tmp_path: Path) -> None:
    key = ensure_signing_key(tmp_path)
    signature = key.sign(Purpose.PERMIT_QR, b"data")
    assert is_signed(key.public_hex, Purpose.PERMIT_QR, b"data", signature)
    assert not is_signed(key.public_hex, Purpose.PERMIT_QR, b"Data", signature)
    assert not is_signed(key.public_hex, Purpose.SNAPSHOT, b"data", signature)
    assert not is_signed(key.public_hex, Purpose.PERMIT_QR, b"data", signature[:-1])


@pytest.mark.parametrize("public_key", ["", "00", "zz" * 32, "00" * 31])
def test_key_that_is_none_signs_nothing(public_key: str) -> None:
    assert not is_signed(public_key, Purpose.PERMIT_QR, b"data", b"0" * 64)


def test_broken_key_file_is_told_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_bytes(b"not a key")
    with pytest.raises(NeedsPerson, match="signing_key_broken"):
        ensure_signing_key(tmp_path)
    assert (tmp_path / KEY_FILE).read_bytes() == b"not a key"
