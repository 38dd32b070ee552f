"""Kinds of history lines: each room declares its own, with the sentence people read."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xpassfam.rules import retention
from xpassfam.rules.retention import Retention


class Audience(models.TextChoices):
    SELF = "self", _("La personne seule")
    HOUSEHOLD = "household", _("Le foyer")
    STAFF = "staff", _("L’organisation")


@dataclass(frozen=True)
class Kind:
    """`code` is stored for ever: never changed, never reused. `sentence` takes the line's facts.

    `kept` says how long its words stay; None: as long as the line, for what proves the rest. Where a value
    `is_changed`, the facts `before` and `after` are told below the sentence, which does not say them again.
    `told_as` is the code that leaves the portal, where its own would tell what the sentence keeps back; what is not
    `is_taken_away` stays out of the archive of one's own data: that such a line is there would tell it.
    """

    code: str
    sentence: str | Promise
    audience: Audience
    kept: Retention | None = retention.FILE
    is_changed: bool = False
    told_as: str = ""
    is_taken_away: bool = True


KINDS: dict[str, Kind] = {}


def declare(
    code: str,
    sentence: str | Promise,
    *,
    audience: Audience,
    kept: Retention | None = retention.FILE,
    is_changed: bool = False,
    told_as: str = "",
    is_taken_away: bool = True,
) -> Kind:
    if code in KINDS:
        raise ValueError(f"two kinds of history are named {code}")
    KINDS[code] = Kind(code, sentence, audience, kept, is_changed, told_as, is_taken_away)
    return KINDS[code]


def kept_as(family: Retention) -> list[str]:
    """The codes of the kinds whose words are kept so long."""
    return sorted(kind.code for kind in KINDS.values() if kind.kept == family)
