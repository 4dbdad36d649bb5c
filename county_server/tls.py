"""The county's own certificate authority: laptops trust it and nothing else (security R36)."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from county_server.files import read_bounded, write_private

CA_CERT: Final = "tls-ca.pem"
SERVER_CERT: Final = "tls-server.pem"
SERVER_KEY: Final = "tls-server.key"
_CA_KEY: Final = "tls-ca.key"
_CAP: Final = 100_000
_BEFORE: Final = timedelta(days=2)
"""Laptops whose clock lags a little still accept a fresh certificate."""
_LIFE: Final = timedelta(days=3650)
_AUTHORITY_LIFE: Final = 2 * _LIFE
"""A server certificate can be renewed once without anybody being enrolled anew."""


def make_certificates(folder: Path, county_name: str, hosts: Sequence[str], now: datetime) -> None:
    """A certificate authority, and a server certificate for `hosts`, in `folder`.

    Raises ValueError for a host that is neither a DNS name nor an address.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{county_name} CA"[:64])])
    authority = (
        _builder(name, name, key.public_key(), now, now + _AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    server = _server_certificate(key, authority, hosts, now)
    write_private(folder / _CA_KEY, _pem_key(key))
    write_private(folder / CA_CERT, authority.public_bytes(serialization.Encoding.PEM))
    _write_server(folder, *server)


def renew_certificate(folder: Path, hosts: Sequence[str], now: datetime) -> datetime:
    """Another server certificate for `hosts` of the same authority, which laptops trust already.

    Until when it holds: ten years, and no longer than the authority. Raises Refused K-04 where the
    authority's files are not there, ValueError for a host that is none and for damaged files.
    """
    pem = read_bounded(folder / CA_CERT, _CAP)
    key = serialization.load_pem_private_key(read_bounded(folder / _CA_KEY, _CAP), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("the authority's key is of another kind")
    certificate, server = _server_certificate(key, x509.load_pem_x509_certificate(pem), hosts, now)
    _write_server(folder, certificate, server)
    return certificate.not_valid_after_utc


def _server_certificate(
    key: ec.EllipticCurvePrivateKey,
    authority: x509.Certificate,
    hosts: Sequence[str],
    now: datetime,
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """A certificate for `hosts` with a key of its own, signed by the authority's `key`."""
    server = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0][:64])])
    end = min(now + _LIFE, authority.not_valid_after_utc)
    certificate = (
        _builder(subject, authority.subject, server.public_key(), now, end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_host(h) for h in hosts]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    return certificate, server


def _write_server(
    folder: Path, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey
) -> None:
    write_private(folder / SERVER_KEY, _pem_key(key))
    write_private(folder / SERVER_CERT, certificate.public_bytes(serialization.Encoding.PEM))


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    now: datetime,
    end: datetime,
) -> x509.CertificateBuilder:
    """What both certificates share."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BEFORE)
        .not_valid_after(end)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    """Key usage of the authority or of the server."""
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _host(host: str) -> x509.GeneralName:
    """An address or a name as a certificate states it."""
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _pem_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    """A private key for a file only the county's user can read."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
