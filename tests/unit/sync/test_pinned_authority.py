"""The pinned authority on the tablet: missing or damaged it is named, nothing is taken for the network."""

from pathlib import Path

import pytest

from sync.contract.errors import NeedsPerson
from sync.remote.address import parse_address
from sync.remote.admission import ask_health
from sync.remote.transport import Transport


@pytest.mark.parametrize("content", [None, b"", b"junk", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_authority_that_is_no_certificate_is_damage_and_not_a_dead_network(
    tmp_path: Path, content: bytes | None
) -> None:
    authority = tmp_path / "authority.pem"
    if content is not None:
        authority.write_bytes(content)
    transport = Transport(parse_address("https://127.0.0.1:1"), authority)
    with pytest.raises(NeedsPerson, match=r"folder_broken \(file=authority.pem\)"):
        ask_health(transport)
    transport.close()
