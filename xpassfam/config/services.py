"""What the portal wants to know of the services around it: the database, the mail server, where files lie."""

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from xpassfam.config.values import BadSetting

GOOD_DATABASE_URL = "postgresql://user:password@127.0.0.1:5432/xpassfam"
GOOD_FILES_URL = "s3://bucket/folder"
GOOD_SMTP_URL = "smtp+starttls://user:password@mail.example.org:587"
SMTP_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def database(url: str, *, var: Path) -> dict[str, object]:
    """Django's description of the database: SQLite in ``var/``, or PostgreSQL by DATABASE_URL."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": var / "xpassfam.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    port = _port(parts, "DATABASE_URL", GOOD_DATABASE_URL)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise BadSetting("DATABASE_URL", "is not the address of a PostgreSQL database", GOOD_DATABASE_URL)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }


@dataclass(frozen=True)
class Mail:
    backend: str = "django.core.mail.backends.dummy.EmailBackend"
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = False
    tls: bool = False


def mail(url: str) -> Mail:
    """The mail server of SMTP_URL, or none at all: the demo shows its mail itself."""
    if not url:
        return Mail()
    parts = urlsplit(url)
    port = _port(parts, "SMTP_URL", GOOD_SMTP_URL)
    if parts.scheme not in SMTP_PORTS or not parts.hostname:
        raise BadSetting("SMTP_URL", "is not the address of a mail server", GOOD_SMTP_URL)
    if parts.scheme == "smtp" and not _is_this_machine(parts.hostname):
        raise BadSetting("SMTP_URL", "would carry links and codes in clear to another machine", GOOD_SMTP_URL)
    return Mail(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=port or SMTP_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+starttls",
        tls=parts.scheme == "smtps",
    )


def files(url: str) -> str:
    """Where families' files lie: an S3 bucket, or nothing for the folder ``files`` of ``var/``."""
    if url and (urlsplit(url).scheme != "s3" or not urlsplit(url).hostname):
        raise BadSetting("XPASSFAM_FILES_URL", "is not the address of a bucket", GOOD_FILES_URL)
    return url


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(parts: SplitResult, name: str, good: str) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise BadSetting(name, "has a port that is not a number up to 65535", good) from error
