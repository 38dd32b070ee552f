"""The key and the certificates that seal documents: given in production, made and kept in ``var/`` for the demo."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.x509.oid import NameOID

from xpassfam.config.secret_key import kept_in
from xpassfam.config.values import BadSetting, value

KEY, CHAIN = "XPASSFAM_SEAL_KEY", "XPASSFAM_SEAL_CHAIN"
DEMO_YEARS = timedelta(days=3650)
DEMO_NAME = "Xpassfam demo seal"


@dataclass(frozen=True)
class Seal:
    """As PEM: a private key, and its certificate with those above it, its own first."""

    key: str = field(repr=False)
    chain: str

    def __bool__(self) -> bool:
        return bool(self.key)


def read(environ: Mapping[str, str], *, is_demo: bool, var: Path) -> Seal:
    """Raise BadSetting where the two can't be read, or are not of one another."""
    given = Seal(value(environ, KEY), value(environ, CHAIN))
    if not given.key and not given.chain:
        return _demo(var) if is_demo else given
    try:
        key = serialization.load_pem_private_key(given.key.encode(), password=None)
    except (ValueError, TypeError) as error:
        raise BadSetting(KEY, "is not a private key without a password, as PEM", f"{KEY}_FILE=…/key.pem") from error
    try:
        certificate, *_above = x509.load_pem_x509_certificates(given.chain.encode())
    except ValueError as error:
        raise BadSetting(CHAIN, "holds no certificate, as PEM", f"{CHAIN}_FILE=…/chain.pem") from error
    if _public(key) != certificate.public_key():
        raise BadSetting(CHAIN, f"does not begin with the certificate of {KEY}", f"{CHAIN}_FILE=…/chain.pem")
    if certificate.not_valid_after_utc < datetime.now(UTC):
        raise BadSetting(CHAIN, f"ended on {certificate.not_valid_after_utc:%Y-%m-%d}", f"{CHAIN}_FILE=…/chain.pem")
    return given


def _public(key: PrivateKeyTypes) -> object:
    return key.public_key()


def _demo(var: Path) -> Seal:
    key, begins, chain = kept_in(var / "seal.pem", _made).partition("-----BEGIN CERTIFICATE-----")
    return Seal(key, begins + chain)


def _made() -> str:
    """An authority of its own, and a certificate that seals: the key, then both certificates, as PEM."""
    now = datetime.now(UTC)
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root_name, name = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)]) for text in ("Xpassfam demo authority", DEMO_NAME)
    )

    def certificate(subject: x509.Name, own: ec.EllipticCurvePrivateKey, *, is_authority: bool) -> x509.Certificate:
        usage = x509.KeyUsage(
            digital_signature=not is_authority,
            content_commitment=not is_authority,
            key_cert_sign=is_authority,
            crl_sign=is_authority,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            encipher_only=False,
            decipher_only=False,
        )
        builder = x509.CertificateBuilder(root_name, subject, own.public_key(), x509.random_serial_number())
        builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + DEMO_YEARS)
        builder = builder.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        builder = builder.add_extension(usage, critical=True)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
        return builder.add_extension(authority, critical=False).sign(root_key, hashes.SHA256())

    chain = [certificate(name, key, is_authority=False), certificate(root_name, root_key, is_authority=True)]
    written = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return written.decode() + "".join(one.public_bytes(serialization.Encoding.PEM).decode() for one in chain)
