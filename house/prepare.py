"""Bring database and static files up to date; load the demo where the portal is one. Quick when nothing changed."""

import hashlib
import io
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError, connection


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xpassfam.config.settings")
    os.umask(0o077)
    django.setup()
    Path(settings.VAR).mkdir(parents=True, exist_ok=True)
    refuse_absent_database()
    call_command("migrate", interactive=False, verbosity=0)
    try:
        refuse_unfit_settings()
    except SystemCheckError as problem:
        sys.exit(f"Xpassfam can't start.\n{problem}")
    collect_static()
    if settings.IS_DEMO:
        call_command("load_demo")


def refuse_absent_database() -> None:
    # A pool tries for a while, and then keeps the reason to itself.
    connection.settings_dict["OPTIONS"].pop("pool", None)
    try:
        connection.ensure_connection()
    except OperationalError as problem:
        name = "DATABASE_URL" if settings.ENV.database_url else "XPASSFAM_VAR"
        sys.exit(f"Xpassfam can't start. {name}: the database can't be opened.\n{problem}")


def refuse_unfit_settings() -> None:
    """In production, a warning is reason enough not to start."""
    level = "ERROR" if settings.IS_DEMO else "WARNING"
    unsaid = io.StringIO()
    call_command("check", deploy=not settings.IS_DEMO, fail_level=level, databases=["default"], stdout=unsaid)


def collect_static() -> None:
    stamp = Path(settings.STATIC_ROOT) / ".collected-from"
    state = static_state()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == state:
        return
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state, encoding="utf-8")


def static_state() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
