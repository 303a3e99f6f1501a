"""Central's own certificate authority, and the server certificate it signs.

Made at first start and kept in the data folder with keys only the owner may read. The server sends its
certificate together with the authority's, so that a tablet can hold the authority against the typed code
before it sends anything.
"""

from __future__ import annotations

import ipaddress
import os
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sync.central.files import write_durably

AUTHORITY_LIFE = timedelta(days=3653)
SERVER_LIFE = timedelta(days=397)
RENEW_BEFORE = timedelta(days=30)
BACKDATED = timedelta(days=1)
"""Tablets' clocks are a little behind at times."""


class Authority(msgspec.Struct, frozen=True):
    """The authority's certificate (``der``, ``pem_path``) and the files the server needs for TLS."""

    der: bytes
    pem_path: Path
    chain_path: Path
    key_path: Path


def ensure_authority(folder: Path, hosts: tuple[str, ...], now: datetime) -> Authority:
    """Load the authority from ``folder`` or make it; renew the server certificate when it is due."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem, key = folder / "authority.pem", folder / "authority.key"
    chain, server_key = folder / "server.pem", folder / "server.key"
    if not (pem.exists() and key.exists()):
        _make_authority(pem, key, now)
    certificate = x509.load_pem_x509_certificate(pem.read_bytes())
    if not (chain.exists() and server_key.exists() and _still_good(chain, hosts, now)):
        _make_server(certificate, _load_key(key), chain, server_key, hosts, now)
    der = certificate.public_bytes(serialization.Encoding.DER)
    return Authority(der=der, pem_path=pem, chain_path=chain, key_path=server_key)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _alternative_names(hosts: tuple[str, ...]) -> list[x509.GeneralName]:
    names: list[x509.GeneralName] = []
    for host in hosts:
        try:
            names.append(x509.IPAddress(ipaddress.ip_address(host)))
        except ValueError:
            names.append(x509.DNSName(host))
    return names


def _make_authority(pem: Path, key_path: Path, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("fieldapp central authority")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(now + AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    write_durably(key_path, _private_bytes(key), mode=0o600)
    write_durably(pem, certificate.public_bytes(serialization.Encoding.PEM), mode=0o644)


def _make_server(
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    chain: Path,
    key_path: Path,
    hosts: tuple[str, ...],
    now: datetime,
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    issuer_id = x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_name(hosts[0]))
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(now + SERVER_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(_alternative_names(hosts)), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer_id), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    write_durably(key_path, _private_bytes(key), mode=0o600)
    write_durably(chain, certificate.public_bytes(pem) + authority.public_bytes(pem), mode=0o644)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _private_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _load_key(path: Path) -> ec.EllipticCurvePrivateKey:
    os.chmod(path, 0o600)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{path.name} is not an elliptic-curve key")
    return key


def _still_good(chain: Path, hosts: tuple[str, ...], now: datetime) -> bool:
    leaf = x509.load_pem_x509_certificates(chain.read_bytes())[0]
    named = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    has_hosts = set(_alternative_names(hosts)) <= set(named)
    return has_hosts and leaf.not_valid_after_utc - now > RENEW_BEFORE
