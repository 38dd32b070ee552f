"""What is said of a new password before and while it is typed: the rules, and the meter's sentences.

The rules themselves are in `rules.passwords`; the lengths are the organisation's.
"""

from typing import Protocol

from django.utils.translation import gettext as _


class Lengths(Protocol):
    """What the organisation asks of a password."""

    password_min_length: int
    password_min_length_mixed: int


def rules(organisation: Lengths) -> list[str]:
    """To be read before typing; the meter ticks them in this order: length, hard to guess, nothing of one's own."""
    long, mixed = organisation.password_min_length, organisation.password_min_length_mixed
    length = _("%(long)s caractères ou plus") % {"long": long}
    if mixed < long:
        length = _("%(long)s caractères ou plus (ou %(mixed)s, avec minuscule, majuscule, chiffre et symbole)") % {
            "long": long,
            "mixed": mixed,
        }
    return [
        length,
        _("Difficile à deviner : trois mots sans lien, par exemple"),
        _("Sans vos noms, dates, e-mail ni numéro"),
    ]


def lengths(organisation: Lengths) -> dict[str, int]:
    return {"length": organisation.password_min_length, "mixed": organisation.password_min_length_mixed}
