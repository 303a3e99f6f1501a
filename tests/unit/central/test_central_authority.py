"""Central's own certificate authority."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store

from sync.central.authority import Authority, ensure_authority

NOW = datetime(2026, 3, 2, tzinfo=UTC)
HOSTS = ("localhost", "127.0.0.1", "::1")


def leaf_of(authority: Authority) -> x509.Certificate:
    return x509.load_pem_x509_certificates(authority.chain_path.read_bytes())[0]


def test_first_start_makes_a_chain_that_verifies_for_every_host(tmp_path: Path) -> None:
    authority = ensure_authority(tmp_path, HOSTS, NOW)
    leaf, issuer = x509.load_pem_x509_certificates(authority.chain_path.read_bytes())
    assert issuer == x509.load_der_x509_certificate(authority.der)
    verifier = PolicyBuilder().store(Store([issuer])).time(NOW)
    assert verifier.build_server_verifier(x509.DNSName("localhost")).verify(leaf, []) == [leaf, issuer]


def test_authority_lives_ten_years_and_its_keys_are_for_the_owner_alone(tmp_path: Path) -> None:
    authority = ensure_authority(tmp_path, HOSTS, NOW)
    certificate = x509.load_der_x509_certificate(authority.der)
    assert certificate.not_valid_after_utc - NOW >= timedelta(days=3650)
    for name in ("authority.key", "server.key"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_second_start_uses_the_same_certificates(tmp_path: Path) -> None:
    first = ensure_authority(tmp_path, HOSTS, NOW)
    leaf = leaf_of(first)
    second = ensure_authority(tmp_path, HOSTS[:1], NOW + timedelta(days=10))
    assert second == first
    assert leaf_of(second) == leaf


def test_server_certificate_near_its_end_is_renewed_under_the_same_authority(tmp_path: Path) -> None:
    first = ensure_authority(tmp_path, HOSTS, NOW)
    leaf = leaf_of(first)
    second = ensure_authority(tmp_path, HOSTS, NOW + timedelta(days=380))
    assert second.der == first.der
    assert leaf_of(second).not_valid_after_utc > leaf.not_valid_after_utc


def test_new_host_gets_a_new_server_certificate_under_the_same_authority(tmp_path: Path) -> None:
    first = ensure_authority(tmp_path, HOSTS, NOW)
    second = ensure_authority(tmp_path, (*HOSTS, "city.example"), NOW)
    names = leaf_of(second).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert second.der == first.der
    assert "city.example" in names.get_values_for_type(x509.DNSName)
