"""How a decision is contested, in words: the ways of `rules.remedies`, named as the organisation's own."""

from datetime import date

from django.utils.translation import gettext as _

from xpassfam.organisation.models import Organisation
from xpassfam.rules import remedies
from xpassfam.rules.mentions import MUTUAL, Mention
from xpassfam.rules.remedies import Way
from xpassfam.ui import words

# Who answered the complaint is not who one turns to against that answer.
TRIED = frozenset({Way.AUTHOR, Way.COMPLAINTS_SERVICE, Way.OWN_BODY})


def said(organisation: Organisation, *, until: date | None, is_complaint: bool = False) -> dict[Mention, str]:
    """In the order in which one does it. `until`: the last day, None where it isn't known yet.

    `is_complaint`: what is contested answered a complaint already.
    """
    ways = [
        one.way for one in remedies.remedies(organisation.legal_profile, sells_services=bool(organisation.mediator))
    ]
    open_ways = [way for way in ways if not (is_complaint and way in TRIED)]
    sentences = [_sentence(way, organisation, is_first=way is open_ways[0]) for way in open_ways]
    delay = _("Vous aurez alors deux mois pour contester.")
    if until:
        delay = _("Vous pouvez contester jusqu’au {day} inclus.").format(day=words.full_day(until))
    return {
        Mention.REMEDIES: " ".join(sentence for sentence in sentences if sentence),
        Mention.REMEDY_DELAYS: delay,
        **mediator(organisation),
    }


def mediator(organisation: Organisation) -> dict[Mention, str]:
    """Named by a mutual in each answer to a complaint. Source: ACPR, recommendations 2022-R-01 and 2024-R-02."""
    if organisation.legal_profile != MUTUAL:
        return {}
    return {Mention.MEDIATOR: _sentence(Way.MEDIATOR, organisation, is_first=False)}


def _sentence(way: Way, organisation: Organisation, *, is_first: bool) -> str:
    """Empty where the organisation has not said what it names."""
    match way:
        case Way.AUTHOR:
            return _("Vous pouvez nous demander de revoir cette décision (recours gracieux).")
        case Way.SUPERIOR:
            return _("Vous pouvez vous adresser à notre direction (recours hiérarchique).")
        case Way.COMPLAINTS_SERVICE | Way.OWN_BODY:
            body = organisation.appeal_body or organisation.name
            return _("Vous pouvez contester cette décision auprès de {body}.").format(body=body)
        case Way.MEDIATOR:
            return _mediator(organisation)
        case Way.ADMINISTRATIVE_COURT:
            court = organisation.court or _("le tribunal administratif")
            return _("Vous pouvez aussi saisir {court}.").format(court=court)
        case Way.JUDICIAL_COURT:
            court = organisation.court or _("le tribunal judiciaire")
            text = _("Vous pouvez saisir {court}.") if is_first else _("Vous pouvez ensuite saisir {court}.")
            return text.format(court=court)


def _mediator(organisation: Organisation) -> str:
    """Source: ACPR, recommendation 2024-R-02; code de la consommation, art. L612-1, L612-2."""
    name = ", ".join(line.strip() for line in organisation.mediator.splitlines() if line.strip())
    if not name:
        return ""
    if organisation.legal_profile == MUTUAL:
        text = _(
            "Deux mois après votre réclamation, avec ou sans réponse, vous pouvez saisir gratuitement le médiateur : "
            "{mediator}. Vous avez un an pour le faire."
        )
    else:
        text = _(
            "Dans l’année qui suit votre réclamation, vous pouvez saisir gratuitement le médiateur de la "
            "consommation : {mediator}."
        )
    return text.format(mediator=name)
