"""What the letter says of rules that were computed to prepare a decision. A person decides all the same."""

from django.utils.translation import gettext as _

from xpassfam.filings.claims import claims_of
from xpassfam.filings.models import Filing
from xpassfam.organisation.models import Organisation
from xpassfam.rules.mentions import Mention
from xpassfam.rules.silence import ADMINISTRATION


def was_computed(filing: Filing) -> bool:
    """Whether whoever decides reads what the rules say of it. Eight queries at most; none where no aid is asked."""
    return bool(claims_of(filing))


def said(organisation: Organisation) -> dict[Mention, str]:
    """That there was one, what for, how to obtain its rules; promised by every profile, the remedy is administrations'.

    Source: CRPA, art. L311-3-1, R311-3-1-1, R311-12, R311-13, R343-1; RGPD, art. 13.2.f.
    """
    rules = _(
        "Vous pouvez obtenir ces règles et le détail du calcul : ouvrez « Vos droits » dans « {portal} », ou "
        "demandez-les par message sous votre demande."
    ).format(portal=organisation.portal_name)
    if organisation.legal_profile == ADMINISTRATION:
        cada = _(
            "Si nous refusons, ou ne répondons pas en un mois, vous avez deux mois pour saisir la Commission d’accès "
            "aux documents administratifs (CADA)."
        )
        rules = f"{rules} {cada}"
    return {
        Mention.AUTOMATED_CALCULATION: _(
            "Cette décision a été préparée par un calcul automatique. Il sert à appliquer les mêmes règles à toutes "
            "les familles. Une personne a décidé."
        ),
        Mention.RIGHT_TO_RULES: rules,
    }
