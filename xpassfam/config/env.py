"""Settings from the environment, read and validated once.

Each variable may also be given as ``NAME_FILE``: the path of a file that holds the value.
``docs/operate/settings.md`` documents every one; a test compares.
"""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from xpassfam.config import seal, services
from xpassfam.config.secret_key import file_key, secret_key
from xpassfam.config.values import BadSetting, choice, number, value

ROOT = Path(__file__).resolve().parents[2]
LARGEST_PORT = 65_535
GOOD_BASE_URL = "https://moncompte.example.org"
HOST_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
# Servers read `_` as `-`: only a name with neither is nobody else's.
OWN_HEADER = re.compile(r"[A-Za-z0-9]+")

__all__ = ["BadSetting", "Env", "read"]


@dataclass(frozen=True)
class Env:
    mode: str
    base_url: str
    bind_host: str
    port: int
    web_threads: int
    log_level: str
    secret_key: str = field(repr=False)
    old_secret_keys: tuple[str, ...] = field(repr=False)
    file_key: str = field(repr=False)
    old_file_keys: tuple[str, ...] = field(repr=False)
    files_url: str
    seal: seal.Seal
    scanner_url: str
    leaked_passwords_url: str
    database_url: str = field(repr=False)
    smtp_url: str = field(repr=False)
    sms_url: str = field(repr=False)
    trusted_proxies: int
    visitor_address_header: str
    var: Path

    @property
    def is_demo(self) -> bool:
        return self.mode == "demo"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""


def read(environ: Mapping[str, str] = os.environ) -> Env:
    """Read every variable; raise BadSetting at the first that can't be used."""
    mode = choice(environ, "XPASSFAM_MODE", ("demo", "production"))
    is_demo = mode == "demo"
    var = Path(value(environ, "XPASSFAM_VAR", str(ROOT / "var")))
    port = number(environ, "PORT", 8000, smallest=1, largest=LARGEST_PORT)
    smtp_url = value(environ, "SMTP_URL")
    if not is_demo and not smtp_url:
        raise BadSetting("SMTP_URL", "is absent: no mail could leave", "smtp+starttls://user:password@mail.example:587")
    base_url = _base_url(environ, is_demo=is_demo, port=port)
    # Our own server speaks plain HTTP: behind https there is at least one proxy.
    fewest_proxies = int(base_url.startswith("https://"))
    return Env(
        mode=mode,
        base_url=base_url,
        bind_host=value(environ, "HOST", "127.0.0.1"),
        port=port,
        web_threads=number(environ, "XPASSFAM_WEB_THREADS", 4, smallest=1, largest=64),
        log_level=choice(environ, "LOG_LEVEL", ("info", "debug", "warning", "error")).upper(),
        secret_key=secret_key(environ, is_demo=is_demo, var=var),
        old_secret_keys=tuple(value(environ, "OLD_SECRET_KEYS").split()),
        file_key=file_key(environ, is_demo=is_demo, var=var),
        old_file_keys=tuple(value(environ, "XPASSFAM_OLD_FILE_KEYS").split()),
        files_url=services.files(value(environ, "XPASSFAM_FILES_URL")),
        seal=seal.read(environ, is_demo=is_demo, var=var),
        scanner_url=services.scanner(value(environ, "XPASSFAM_SCANNER_URL")),
        leaked_passwords_url=services.leaked_passwords(value(environ, "XPASSFAM_LEAKED_PASSWORDS_URL")),
        database_url=value(environ, "DATABASE_URL"),
        smtp_url=smtp_url,
        sms_url=services.sms(value(environ, "SMS_URL")),
        trusted_proxies=number(environ, "TRUSTED_PROXIES", fewest_proxies, smallest=fewest_proxies, largest=9),
        visitor_address_header=_address_header(environ),
        var=var,
    )


def _base_url(environ: Mapping[str, str], *, is_demo: bool, port: int) -> str:
    url = value(environ, "BASE_URL", f"http://localhost:{port}" if is_demo else "").rstrip("/")
    if not _is_address_of_site(url):
        raise BadSetting("BASE_URL", "is not the address of a site", GOOD_BASE_URL)
    if not is_demo and not url.startswith("https://"):
        raise BadSetting("BASE_URL", "is not encrypted", GOOD_BASE_URL)
    return url


def _is_address_of_site(url: str) -> bool:
    """A scheme, one host by its name or number, a port perhaps; nothing more, and no pattern of several hosts."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    in_brackets = f"[{host}]" if ":" in host else host
    whole = f"{parts.scheme}://{in_brackets}" + (f":{port}" if port else "")
    return parts.scheme in ("http", "https") and whole == url.lower() and _is_host(host)


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return len(host) <= 253 and HOST_NAME.fullmatch(host) is not None
    return True


def _address_header(environ: Mapping[str, str]) -> str:
    name = value(environ, "VISITOR_ADDRESS_HEADER", "X-Forwarded-For")
    if name != "X-Forwarded-For" and not OWN_HEADER.fullmatch(name):
        raise BadSetting("VISITOR_ADDRESS_HEADER", "may hold letters and digits only", "VisitorAddress")
    return name
