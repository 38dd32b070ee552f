"""Kinds of history lines: each room declares its own, with the sentence people read."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    SELF = "self", _("La personne seule")
    HOUSEHOLD = "household", _("Le foyer")
    STAFF = "staff", _("L’organisation")


@dataclass(frozen=True)
class Kind:
    """`code` is stored for ever: never changed, never reused. `sentence` takes the line's facts."""

    code: str
    sentence: str | Promise
    audience: Audience


KINDS: dict[str, Kind] = {}


def declare(code: str, sentence: str | Promise, *, audience: Audience) -> Kind:
    if code in KINDS:
        raise ValueError(f"two kinds of history are named {code}")
    KINDS[code] = Kind(code, sentence, audience)
    return KINDS[code]
