"""The portal's own certificates: one authority that vouches for one certificate for each organ and year.

They are made on first use in a directory that only the portal reads (keys 0600). A certificate runs from the first
day of its year to the last day of the next. Organs that hold seals from the national authority sign with those
through another `signing.Signer`.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

AUTHORITY = "东城区法治政府门户文书签名根证书（自签名）"
AUTHORITY_YEARS = (2010, 2060)


class Identity(NamedTuple):
    """Where a private key and its certificate lie (PEM)."""

    key: Path
    certificate: Path


class Certificates:
    """The keys and certificates of one directory."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def authority(self) -> Identity:
        """The root of trust; made if it does not exist."""
        identity = self._identity("authority")
        if not identity.certificate.exists():
            with self._alone():
                if not identity.certificate.exists():
                    self._make(identity, AUTHORITY, *AUTHORITY_YEARS, issuer=None)
        return identity

    def of(self, organ: str, at: datetime) -> Identity:
        """The organ's certificate that is valid at `at`; made if it does not exist."""
        issuer = self.authority()
        identity = self._identity(f"{hashlib.sha256(organ.encode()).hexdigest()[:24]}-{at.astimezone(UTC).year}")
        if not identity.certificate.exists():
            with self._alone():
                if not identity.certificate.exists():
                    year = at.astimezone(UTC).year
                    self._make(identity, organ, year, year + 1, issuer=issuer)
        return identity

    def _identity(self, name: str) -> Identity:
        return Identity(self.directory / f"{name}.key", self.directory / f"{name}.pem")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time makes keys."""
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(self.directory / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _make(self, identity: Identity, name: str, first_year: int, last_year: int, issuer: Identity | None) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, name[:64]),
                x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
            ]
        )
        issuing_key, issuing_name = key, subject
        if issuer:
            loaded = serialization.load_pem_private_key(issuer.key.read_bytes(), None)
            if not isinstance(loaded, ec.EllipticCurvePrivateKey):
                raise ValueError(f"unexpected kind of key in {issuer.key}")
            issuing_key = loaded
            issuing_name = x509.load_pem_x509_certificate(issuer.certificate.read_bytes()).subject
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuing_name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(datetime(first_year, 1, 1, tzinfo=UTC))
            .not_valid_after(datetime(last_year, 12, 31, 23, 59, 59, tzinfo=UTC))
            .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=0 if issuer is None else None), True)
            .add_extension(_usage(authority=issuer is None), True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing_key.public_key()), False)
            .sign(issuing_key, hashes.SHA256())
        )
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        _write(identity.key, private, 0o600)
        _write(identity.certificate, certificate.public_bytes(serialization.Encoding.PEM), 0o644)


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _write(path: Path, content: bytes, mode: int) -> None:
    """Whole or not at all; never readable by others for a moment."""
    part = path.with_suffix(path.suffix + ".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    part.replace(path)
