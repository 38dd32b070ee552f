"""Why a filing can't even be sent for the effects that it asks for."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.accounts.models import Account
from xpassfam.filings import asking
from xpassfam.filings.models import Filing
from xpassfam.payments.safety import waits_until
from xpassfam.people.access import ActingAccess
from xpassfam.people.actions import joining
from xpassfam.procedures.facts import own_emails
from xpassfam.rules.ages import is_adult_on
from xpassfam.ui import words

NOT_A_NAME = gettext_lazy("Écrivez le nom et les prénoms de la personne avec des lettres.")
NOT_THEIRS = gettext_lazy("Pour votre sécurité, seule la personne qui a envoyé cette demande en change le compte.")
JOINING = ("add_child", "add_partner")
MINOR = gettext_lazy("Un conjoint ou partenaire a au moins 18 ans. Vérifiez la date de naissance.")
BEFORE_BIRTH = gettext_lazy("Une vie commune commence après la naissance des deux personnes. Vérifiez les dates.")
OWN_EMAIL = gettext_lazy("L’adresse e-mail est celle de la personne qui demande. Donnez celle de son partenaire.")


def objections(filing: Filing, *, access: ActingAccess, at: datetime) -> list[str]:
    """In words. None for most."""
    wanted = dict(asking.effects_of(filing))
    if not all(_is_named(wanted[name]) for name in JOINING if name in wanted):
        return [str(NOT_A_NAME)]
    if "add_partner" in wanted and (refused := of_partner(filing, wanted["add_partner"], on=timezone.localdate(at))):
        return [refused]
    if "change_bank_details" in wanted and filing.filed_by_id != access.person_id:
        return [str(NOT_THEIRS)]
    account = Account.objects.filter(person=access.person_id, closed_at=None).first()
    until = waits_until(account, at=at) if account and "change_bank_details" in wanted else None
    if until is None:
        return []
    text = _(
        "Pour votre sécurité, un compte bancaire ne change pas dans les 72 heures qui suivent un nouveau mot de "
        "passe ou une nouvelle adresse e-mail. Vous pourrez envoyer cette demande {moment}."
    )
    return [text.format(moment=words.moment(until))]


def of_partner(filing: Filing, answers: Mapping[str, Any], *, on: date) -> str:
    """Why somebody is no partner of whoever files; nothing for most. What is missing is told with its question.

    Source: code civil, art. 144 and 515-1 (marriage and PACS, at 18).
    """
    born, since = (_day(answers.get(name)) for name in ("birth_date", "since"))
    if born and not is_adult_on(on, born=born):
        return str(MINOR)
    births = [day for day in (born, filing.filed_by.birth_date) if day]
    if since and any(since < day for day in births):
        return str(BEFORE_BIRTH)
    return str(OWN_EMAIL) if answers.get("email") in own_emails(filing.filed_by) else ""


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def _is_named(answers: Mapping[str, Any]) -> bool:
    """What is missing altogether is told with its question."""
    given = [answers[name] for name in ("last_name", "first_names") if answers.get(name)]
    return all(map(joining.is_name, given))
