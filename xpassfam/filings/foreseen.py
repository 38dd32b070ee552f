"""What a yes would do, before anybody says it."""

from collections import defaultdict
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xpassfam.filings import asking
from xpassfam.filings.models import Filing

SENTENCES: Mapping[str, str | Promise] = {
    "move": _("Le foyer change d’adresse : {address}. À partir du {since}."),
    "add_child": _("{first_names} {last_name} entre dans le foyer, comme enfant."),
    "add_partner": _("{first_names} {last_name} entre dans le foyer ; une invitation part à {email}."),
    "declare_separation": _("Le partage du dossier est suspendu."),
    "update_income": _("Le quotient familial devient {quotient}, pour le mois du {month}."),
    "share_residence": _("Résidence alternée : {child} vit aussi dans un autre foyer."),
    "change_bank_details": _("Les aides sont versées sur un autre compte, 72 heures après la décision."),
    "contest": _("La décision contestée est retirée, et sa demande est examinée à nouveau."),
}


def foreseen(filing: Filing) -> list[str]:
    """A sentence an effect, with the answers as they were read when the filing was sent."""
    texts = {row["key"]: row["text"].replace("\n", ", ") for section in filing.summary for row in section["rows"]}
    wanted = {name for name, _answers in asking.effects_of(filing)}
    return [
        str(SENTENCES[effect.name]).format_map(
            defaultdict(lambda: "…", {name: texts.get(key, "…") for name, key in effect.answers.items()})
        )
        for effect in filing.definition.effects
        if effect.name in wanted
    ]
