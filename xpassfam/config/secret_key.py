"""The keys that sign and that lock files: given in production, made and kept in ``var/`` for the demo."""

import contextlib
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from xpassfam.config.values import BadSetting, value

DEMO_PREFIX = "demo-"
SHORTEST = 50


def secret_key(environ: Mapping[str, str], *, is_demo: bool, var: Path) -> str:
    """The key that signs cookies and forms."""
    return _key(environ, "SECRET_KEY", kept=var / "secret-key" if is_demo else None)


def file_key(environ: Mapping[str, str], *, is_demo: bool, var: Path) -> str:
    """The key that locks families' files: with it lost, so are they."""
    return _key(environ, "XPASSFAM_FILE_KEY", kept=var / "file-key" if is_demo else None)


def _key(environ: Mapping[str, str], name: str, *, kept: Path | None) -> str:
    key = value(environ, name)
    if kept:
        return key or kept_in(kept, lambda: DEMO_PREFIX + secrets.token_urlsafe(48))
    if len(key) < SHORTEST or key.startswith(DEMO_PREFIX):
        raise BadSetting(
            name,
            "is absent, short or the demo's",
            f"({SHORTEST} characters or more, from: python3 -c 'import secrets; print(secrets.token_urlsafe(50))')",
        )
    return key


def kept_in(path: Path, make: Callable[[], str]) -> str:
    """What `make` gives, made once. Several processes may start at once: the file appears whole, the first one wins."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(make(), encoding="utf-8")
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="utf-8")
