"""What the demo's families asked to change and confirmed: something in each state, nothing twice."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.household.actions import changing, confirming, deciding
from xpassfam.household.fields import ADDRESS, FIELDS, Field, version_of
from xpassfam.household.models import Change, Confirmation, Reason
from xpassfam.household.standing import Subject
from xpassfam.journal.actions import Actor
from xpassfam.people import access as accesses
from xpassfam.people.actions.correcting import texts_of
from xpassfam.people.models import Household
from xpassfam.rules.field_policy import Whose
from xpassfam.rules.identifiers import new_public_id

AGENT = Actor(kind="agent", name="Nadia Ferrand")
CONFIRMED_DAYS_AGO = {
    "camille.martin@example.org": 40,
    "yann.legoff@example.org": 120,
    "linh.nguyen@example.org": 75,
    "aminata.traore@example.org": 400,
    "odile.lambert@example.org": 12,
    "helene.rousseau@example.org": 200,
    "antoine.moreau@example.org": 30,
}


def load(*, at: datetime) -> None:
    """Asked, answered and confirmed as people do, some days ago: the demo never ages."""
    if not Confirmation.objects.exists():
        for email, days in CONFIRMED_DAYS_AGO.items():
            _confirm(email, at=at - timedelta(days=days))
    if not Change.objects.exists():
        _wait(at=at)
        _refuse(at=at)


def _confirm(email: str, *, at: datetime) -> None:
    account = _account(email)
    if account and (access := accesses.choose(accesses.for_account(account, on=timezone.localdate()))):
        confirming.confirm(access, by=account.actor, at=at)


def _wait(*, at: datetime) -> None:
    """Sophie moves: her old address stands until an agent has read the new one. Yann's name waits as well."""
    moved = {"address": "12 rue Gambetta", "postcode": "59000", "town": "Lille", "country": "FR"}
    _ask("sophie.petit@example.org", ADDRESS, moved, at=at - timedelta(days=3))
    _ask("yann.legoff@example.org", FIELDS["first_names"], {"first_names": "Yann, Malo"}, at=at - timedelta(days=1))


def _refuse(*, at: datetime) -> None:
    asked = {"address": "8 rue Victor Hugo", "postcode": "93200", "town": "Saint-Denis", "country": "FR"}
    change = _ask("linh.nguyen@example.org", ADDRESS, asked, at=at - timedelta(days=6))
    if change:
        words = _("Envoyez-nous une facture de moins de 3 mois, à cette adresse, puis redemandez.")
        deciding.refuse(change, reason=Reason.PROOF, explanation=words, by=AGENT, at=at - timedelta(days=2))


def _ask(email: str, field: Field, values: Mapping[str, str], *, at: datetime) -> Change | None:
    account = _account(email)
    access = account and accesses.choose(accesses.for_account(account, on=timezone.localdate()))
    if not account or not access or not account.person:
        return None
    home = Household.objects.get(pk=access.household_id)
    subject = Subject(Whose.HOME, home) if field is ADDRESS else Subject(Whose.SELF, account.person)
    return changing.ask(
        subject,
        field=field,
        values=values,
        access=access,
        form_key=new_public_id(),
        seen=version_of(texts_of(subject.row, field.name)),
        by=account.actor,
        at=at,
    )


def _account(email: str) -> Account | None:
    return Account.objects.select_related("person").filter(email=email, blocked_at=None).first()
