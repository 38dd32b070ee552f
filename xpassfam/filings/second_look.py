"""Whether a yes takes two agents: where it changes the account that a home is paid on, and something speaks for care.

Source: none in law; what family allowances and insurers do since their frauds of 2024 (a lasting change asked for by
whoever has just entered). The risks are told to agents, never to the family: they accuse nobody.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.lately import ago, changed_since
from xpassfam.accounts.models import Account
from xpassfam.filings import asking
from xpassfam.filings.models import Filing
from xpassfam.payments.models import BankDetails
from xpassfam.people.models import Person, Residence
from xpassfam.rules.ages import is_adult_on
from xpassfam.rules.names import is_written_in

EFFECT = "change_bank_details"
LATELY = timedelta(days=30)


class NeedsSecondLook(Exception):
    """One agent alone does not say this yes: another confirms it."""


def refuse_alone(filing: Filing, by: Account, *, other: Account | None, at: datetime) -> None:
    """Of a held filing, where `other` is the agent who said yes before. Raise NeedsSecondLook."""
    if (other is None or other.pk == by.pk) and risks_of(filing, at=at):
        raise NeedsSecondLook


def risks_of(filing: Filing, *, at: datetime) -> list[str]:
    """In words for agents; none for what changes no account. Five queries at most.

    Time is counted from the day it was sent: a request that waits does not become safer.
    """
    if not any(effect.name == EFFECT for effect in filing.definition.effects):
        return []
    wanted = dict(asking.effects_of(filing)).get(EFFECT)
    if wanted is None:
        return []
    holder, iban = str(wanted.get("holder") or ""), str(wanted.get("iban") or "")
    since = (filing.filed_at or at) - LATELY
    return [
        *_of_account(filing, since, at),
        *_of_holder(filing, holder, at),
        *_of_number(filing, iban),
        *_of_changes(filing, since, at),
    ]


def _of_account(filing: Filing, since: datetime, at: datetime) -> Iterator[str]:
    for what in changed_since(filing.filed_by, since, at=at):
        yield _("{name} : {what}.").format(name=filing.filed_by, what=what)


def is_an_adult_of(filing: Filing, name: str, *, on: date) -> bool:
    """Whether an adult who lives in its home bears that name. One query."""
    stays = Residence.objects.open_on(on).filter(household=filing.household_id).select_related("person")
    return any(_bears(name, stay.person) for stay in stays if is_adult_on(on, born=stay.person.birth_date))


def _of_holder(filing: Filing, holder: str, at: datetime) -> Iterator[str]:
    if not is_an_adult_of(filing, holder, on=timezone.localdate(at)):
        yield _("Le titulaire du compte ne porte le nom d’aucun adulte du foyer.")


def _bears(holder: str, person: Person) -> bool:
    return is_written_in(
        holder, last_name=person.last_name, first_names=person.first_names, birth_name=person.birth_name
    )


def _of_number(filing: Filing, iban: str) -> Iterator[str]:
    """What opens no more is nobody's: its effect can't be done either."""
    others = BankDetails.objects.elsewhere(iban, than=filing.household) if iban else BankDetails.objects.none()
    for number in others.order_by("-pk").values_list("household__file_number", flat=True)[:1]:
        yield _("Le même compte a été donné par un autre foyer, dossier {number}.").format(number=number)


def _of_changes(filing: Filing, since: datetime, at: datetime) -> Iterator[str]:
    changed = BankDetails.objects.filter(household=filing.household_id, changed_at__gt=since)
    for last in changed.order_by("-changed_at").values_list("changed_at", flat=True)[:1]:
        yield _("Le compte de ce foyer a déjà changé {ago}.").format(ago=ago(last, at))
