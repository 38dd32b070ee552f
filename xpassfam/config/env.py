"""Settings from the environment, read and validated once.

Each variable may also be given as ``NAME_FILE``: the path of a file that holds the value.
``docs/operate/settings.md`` documents every one; a test compares.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
DEMO_KEY_PREFIX = "demo-"


class BadSetting(Exception):
    """A variable of the environment that can't be used; the message names it and shows a good value."""

    def __init__(self, name: str, problem: str, good: str) -> None:
        super().__init__(f"{name}: {problem}. Good value: {name}={good}")


@dataclass(frozen=True)
class Env:
    mode: str
    base_url: str
    secret_key: str
    old_secret_keys: tuple[str, ...]
    database_url: str
    smtp_url: str
    trusted_proxies: int
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


def value(environ: Mapping[str, str], name: str, default: str = "") -> str:
    path = environ.get(f"{name}_FILE")
    if not path:
        return environ.get(name, default).strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE", f"can't be read ({error.strerror})", "/run/secrets/…") from error


def read(environ: Mapping[str, str] = os.environ) -> Env:
    """Read every variable; raise BadSetting at the first that can't be used."""
    mode = value(environ, "XPASSFAM_MODE", "demo")
    if mode not in ("demo", "production"):
        raise BadSetting("XPASSFAM_MODE", f"« {mode} » is not a mode", "production")
    var = Path(value(environ, "XPASSFAM_VAR", str(ROOT / "var")))
    port = value(environ, "PORT", "8000")
    base_url = value(environ, "BASE_URL", f"http://localhost:{port}" if mode == "demo" else "").rstrip("/")
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise BadSetting("BASE_URL", "is not the address of a site", "https://moncompte.example.org")
    if mode == "production" and parts.scheme != "https":
        raise BadSetting("BASE_URL", "is not encrypted", "https://moncompte.example.org")
    proxies = value(environ, "TRUSTED_PROXIES", "0")
    if not proxies.isdigit():
        raise BadSetting("TRUSTED_PROXIES", "is not a number of proxies", "1")
    return Env(
        mode=mode,
        base_url=base_url,
        secret_key=_secret_key(environ, mode, var),
        old_secret_keys=tuple(filter(None, value(environ, "OLD_SECRET_KEYS").split())),
        database_url=value(environ, "DATABASE_URL"),
        smtp_url=value(environ, "SMTP_URL"),
        trusted_proxies=int(proxies),
        var=var,
    )


def _secret_key(environ: Mapping[str, str], mode: str, var: Path) -> str:
    key = value(environ, "SECRET_KEY")
    if mode == "production":
        if len(key) < 50 or key.startswith(DEMO_KEY_PREFIX):
            raise BadSetting("SECRET_KEY", "is absent, short or the demo's", "(50 random characters or more)")
        return key
    if key:
        return key
    path = var / "secret-key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="utf-8") as file:
                path.chmod(0o600)
                file.write(DEMO_KEY_PREFIX + secrets.token_urlsafe(48))
        except FileExistsError:
            pass
    return path.read_text(encoding="utf-8")


def database(env: Env) -> dict[str, object]:
    """Django's description of the database: SQLite in ``var/``, or PostgreSQL by DATABASE_URL."""
    if not env.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": env.var / "xpassfam.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(env.database_url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise BadSetting(
            "DATABASE_URL", "is not a PostgreSQL address", "postgresql://user:password@127.0.0.1:5432/xpassfam"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }
