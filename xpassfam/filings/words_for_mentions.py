"""The mandatory mentions that a setting may lack, named for whoever can write it."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xpassfam.rules.mentions import Mention

NAMES: Mapping[str, str | Promise] = {
    Mention.SERVICE_ADDRESS: _("l’adresse du service"),
    Mention.SERVICE_PHONE: _("le téléphone du service"),
    Mention.MEDIATOR: _("le médiateur"),
    Mention.REMEDIES: _("les voies de recours"),
    Mention.AUTHOR_FIRST_NAME: _("votre prénom"),
    Mention.AUTHOR_NAME: _("votre nom"),
    Mention.AUTHOR_FUNCTION: _("votre fonction"),
    Mention.REASONS_OF_LAW: _("le motif"),
    Mention.REASONS_OF_FACT: _("les faits"),
}


def in_words(mentions: Sequence[str]) -> str:
    return ", ".join(str(NAMES.get(code, code)) for code in mentions)
