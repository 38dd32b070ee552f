"""An organisation written in a TOML file: for the first start, and for a portal configured from a repository."""

import tomllib
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _

from xpassfam.organisation.actions import configure
from xpassfam.organisation.models import Organisation

KEPT_BY_US = {"id", "configured_at", "configured_by", "logo", "dark_logo"}


def load(path: Path, *, by: str, at: datetime) -> Organisation:
    """Read `path` over the present row; what it does not name stays. Raise ValidationError, all errors at once."""
    try:
        values = _flat(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise ValidationError(_("Ce fichier n’est pas du TOML : %(reason)s") % {"reason": error}) from error
    known = {field.name for field in Organisation._meta.concrete_fields} - KEPT_BY_US
    if unknown := sorted(values.keys() - known):
        raise ValidationError([_unknown(name, known) for name in unknown])
    organisation = Organisation.objects.first() or Organisation()
    for name, value in values.items():
        setattr(organisation, name, _aware(value))
    return configure(organisation, by=by, at=at)


def _flat(tables: dict[str, Any]) -> dict[str, Any]:
    """Tables are there for the reader's eyes: [brand], [contacts], [legal]…"""
    values: dict[str, Any] = {}
    for name, value in tables.items():
        values |= value if isinstance(value, dict) else {name: value}
    return values


def _aware(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    return make_aware(value) if isinstance(value, datetime) and is_naive(value) else value


def _unknown(name: str, known: set[str]) -> str:
    near = get_close_matches(name, known, n=1)
    if near:
        return _("« %(name)s » n’existe pas. Peut-être « %(near)s » ?") % {"name": name, "near": near[0]}
    return _("« %(name)s » n’existe pas.") % {"name": name}
