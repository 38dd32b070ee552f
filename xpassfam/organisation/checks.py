"""Production does not open with an empty legal notice. Source: LCEN, art. 1-1.

`./run` asks it before it starts, as does `manage.py check --deploy --database default`; a server started otherwise
refuses to serve without it (`config/wsgi.py`).
Commands still run, so that migrations pass and `manage.py configure_organisation FILE` can fill what is empty; once
filled, the form of `/admin/` does not let it be emptied.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from xpassfam.organisation.models import Organisation

EMPTY = "organisation.E002"
HINT = "Fill it with: .venv/bin/python manage.py configure_organisation FILE.toml (see examples/organisations/)."


def empty_fields() -> list[str]:
    """Labels of the legal notice's empty fields, read from the database, never from memory."""
    organisation = Organisation.objects.first() or Organisation()
    return organisation.missing_notice_fields


@register(Tags.database, deploy=True)
def legal_notice_is_filled(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Asked only where the database may be: `check --deploy --database default`."""
    if settings.IS_DEMO or not databases:
        return []
    try:
        empty = empty_fields()
    except DatabaseError as error:
        return [Error(f"The organisation can't be read: {error}", hint="Run migrate first.", id="organisation.E001")]
    if not empty:
        return []
    return [Error(f"The legal notice is empty: {', '.join(empty)}.", hint=HINT, id=EMPTY)]


def refuse_to_start_without_legal_notice() -> None:
    """A database that is away is no reason not to start: it comes back, and its page says so."""
    errors = [error for error in legal_notice_is_filled(None, [DEFAULT_DB_ALIAS]) if error.id == EMPTY]
    if errors:
        raise ImproperlyConfigured(" ".join(f"{error.msg} {error.hint}" for error in errors))
