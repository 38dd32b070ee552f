"""What the portal wants to know of the services around it: the database, mail, where files lie, who scans them."""

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from xpassfam.config.values import BadSetting

GOOD_DATABASE_URL = "postgresql://user:password@127.0.0.1:5432/xpassfam"
GOOD_FILES_URL = "s3://bucket/folder"
GOOD_SCANNER_URL = "tcp://127.0.0.1:3310"
GOOD_SMS_URL = "twilio://sid:token@+33700000000/{to}"
GOOD_LEAKED_URL = "https://api.pwnedpasswords.com/range"
GOOD_SMTP_URL = "smtp+starttls://user:password@mail.example.org:587"
SMS_IN_CLEAR = ("json", "xml", "form", "smseagle", "apprise")
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
        "ENGINE": "xpassfam.config.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # A machine that swallows what it is sent is given up after some seconds, not after minutes.
            "connect_timeout": 5,
            "tcp_user_timeout": 5_000,
            # Whoever needs a connection starts the next try: the pool's own come ever later while nobody answers.
            "pool": {"min_size": 1, "max_size": 8, "timeout": 1, "reconnect_timeout": 1},
        },
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


def sms(url: str) -> str:
    """The gateway of SMS_URL, as Apprise writes it, with `{to}` where the number goes; nothing where there is none.

    Whether Apprise knows it is asked by `manage.py check` (`outbox.checks`): its start is too long for every process.
    """
    if not url:
        return ""
    parts = urlsplit(url)
    if not parts.scheme or "://" not in url:
        raise BadSetting("SMS_URL", "is not the address of a gateway", GOOD_SMS_URL)
    if "{to}" not in url:
        raise BadSetting("SMS_URL", "does not say where the number goes: write {to} there", GOOD_SMS_URL)
    if parts.scheme in SMS_IN_CLEAR and not _is_this_machine(parts.hostname or ""):
        raise BadSetting("SMS_URL", "would carry codes in clear to another machine", GOOD_SMS_URL)
    return url


def files(url: str) -> str:
    """Where families' files lie: an S3 bucket, or nothing for the folder ``files`` of ``var/``."""
    if url and (urlsplit(url).scheme != "s3" or not urlsplit(url).hostname):
        raise BadSetting("XPASSFAM_FILES_URL", "is not the address of a bucket", GOOD_FILES_URL)
    return url


def scanner(url: str) -> str:
    """Where ClamAV's daemon listens: a host and a port, or a socket of this machine; nothing where there is none."""
    parts = urlsplit(url)
    port = _port(parts, "XPASSFAM_SCANNER_URL", GOOD_SCANNER_URL)
    is_socket = parts.scheme == "unix" and not parts.netloc and len(parts.path) > 1
    if url and not is_socket and not (parts.scheme == "tcp" and parts.hostname and port):
        raise BadSetting("XPASSFAM_SCANNER_URL", "is neither tcp://host:port nor unix:///path", GOOD_SCANNER_URL)
    return url


def leaked_passwords(url: str) -> str:
    """Where leaked passwords are asked for by ranges; nothing where nobody is asked."""
    parts = urlsplit(url)
    _port(parts, "XPASSFAM_LEAKED_PASSWORDS_URL", GOOD_LEAKED_URL)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(parts.hostname or ""))
    if url and not (is_safe and parts.hostname and not parts.query and not parts.username):
        raise BadSetting(
            "XPASSFAM_LEAKED_PASSWORDS_URL", "is not the https address of a range service", GOOD_LEAKED_URL
        )
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
