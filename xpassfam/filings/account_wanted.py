"""The account that a request asks to be paid on, beside the one that its home gave last: what a yes changes."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.filings import asking, second_look
from xpassfam.filings.models import Filing
from xpassfam.payments.models import BankDetails
from xpassfam.payments.sealing import Unreadable
from xpassfam.people.access import ActingAccess
from xpassfam.rules.iban import last_characters, normalise_iban
from xpassfam.ui import words

Accounts = QuerySet[BankDetails]


class Change(StrEnum):
    NONE = "none"
    HOLDER = "holder"
    ACCOUNT = "account"


def change_of(filing: Filing) -> Change:
    """As its effect finds it. One query."""
    return _change(_wanted(filing), BankDetails.objects.filter(household=filing.household_id))


def before_sending(draft: Filing, access: ActingAccess, *, at: datetime) -> list[str]:
    """What its writer may not expect, on the page that sends it: nothing is refused there. Two queries at most, and
    none for what changes no account.
    """
    wanted = _wanted(draft)
    if not wanted.get("iban") or not wanted.get("holder"):
        return []
    told = []
    change = _change(wanted, BankDetails.objects.visible_to(access))
    if change is Change.NONE:
        text = _(
            "C’est déjà votre compte, celui qui finit par {end}. Cette demande n’y changerait rien ; vous pouvez "
            "l’envoyer quand même."
        )
        told.append(text)
    elif change is Change.HOLDER:
        told.append(_("C’est déjà votre compte, celui qui finit par {end}. Seul le nom du titulaire changera."))
    if not second_look.is_an_adult_of(draft, wanted["holder"], on=timezone.localdate(at)):
        text = _(
            "« {holder} » n’est le nom d’aucun adulte de votre foyer, d’après votre dossier. Vous pouvez envoyer cette "
            "demande. Un agent vérifiera à qui est le compte avant de vous répondre."
        )
        told.append(text)
    return [one.format(end=last_characters(wanted["iban"]), holder=wanted["holder"]) for one in told]


def after_a_yes(filing: Filing, accounts: Accounts, *, at: datetime) -> str:
    """Which account it is, and from when it is paid; nothing where it is not the home's, or is no more. One query, and
    none for what changes no account.
    """
    given = next((filing.answers.get(one.answers["iban"]) for one in _effects(filing)), None)
    last = accounts.filter(household=filing.household_id, ended_at=None).first() if given else None
    if last is None or last.iban_end != last_characters(str(given)):
        return ""
    if last.active_from <= at:
        return _("Vos aides sont versées sur le compte qui finit par {end}.").format(end=last.iban_end)
    text = _(
        "Vos aides seront versées sur le compte qui finit par {end}. Il servira {moment}, 72 heures après la décision. "
        "D’ici là, rien ne change."
    )
    return text.format(end=last.iban_end, moment=words.moment(last.active_from))


def _effects(filing: Filing) -> list[Any]:
    return [one for one in filing.definition.effects if one.name == second_look.EFFECT]


def _wanted(filing: Filing) -> Mapping[str, str]:
    given = dict(asking.effects_of(filing)).get(second_look.EFFECT, {}) if _effects(filing) else {}
    return {name: " ".join(str(value or "").split()) for name, value in given.items()}


def _change(wanted: Mapping[str, str], accounts: Accounts) -> Change:
    last = accounts.filter(ended_at=None).first() if wanted else None
    try:
        if last is None or last.iban != normalise_iban(wanted["iban"]):
            return Change.ACCOUNT
    except Unreadable:
        return Change.ACCOUNT
    return Change.NONE if last.holder == wanted["holder"] else Change.HOLDER
