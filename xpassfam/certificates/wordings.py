"""The words around the facts: the organisation's own, else ours, with their gaps filled."""

import string
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from xpassfam.certificates.kinds import GAPS, Kind, Words
from xpassfam.certificates.models import Wording
from xpassfam.ui.words import full_day

FIELDS = ("title", "introduction", "introduction_own", "closing")


def words_of(kind: Kind) -> Words:
    """One query."""
    row = Wording.objects.filter(kind=kind.code).first()
    return Words(**{name: getattr(row, name) for name in FIELDS}) if row else kind.words


def filled(words: Words, facts: Mapping[str, Any], *, on: date, is_own: bool) -> dict[str, str]:
    """In French; `on`: the day of issue."""
    with translation.override("fr"):
        known = {name: str(facts.get(name, "")) for name in GAPS} | {"day": full_day(on)}
    introduction = (is_own and words.introduction_own) or words.introduction
    said = {"title": words.title, "introduction": introduction, "closing": words.closing}
    return {name: text.format_map(known) for name, text in said.items()}


def check(text: str) -> None:
    """Raise ValidationError that says which braces are none of ours: what is saved can always be printed."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError as error:
        raise ValidationError(_("Une accolade est de trop. Écrivez {name}, sans espace, ou retirez-la.")) from error
    for _before, name, form, conversion in parts:
        if name is not None and (name not in GAPS or form or conversion):
            raise ValidationError(
                _("« {{{name}}} » n’est pas connu. Vous pouvez écrire : {known}.").format(
                    name=name, known=", ".join(f"{{{gap}}}" for gap in GAPS)
                )
            )
