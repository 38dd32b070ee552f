"""The one place where a decision touches other rooms.

Each effect runs in the decision's transaction: if one can't, nothing is decided, and the agent is told why. Effects
record, the decision tells. The names, and the answers that each needs, are declared by
`procedures.language.known_effects`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.filings import account_numbers, asking, history, other_home, telling
from xpassfam.filings.holding import hold, hold_home, step
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.objections import NOT_A_NAME
from xpassfam.filings.states import DECIDED, Event, Status
from xpassfam.household.actions import separating
from xpassfam.household.actions.inviting import deliver
from xpassfam.journal.actions import Actor, write
from xpassfam.payments.actions import change_bank_details, order
from xpassfam.payments.actions.bank_details import BadAccount
from xpassfam.payments.telling import tell_adults
from xpassfam.people.access import ActingAccess, for_account
from xpassfam.people.actions import inviting, joining, recording_income
from xpassfam.people.actions.correcting import correct, lock_homes
from xpassfam.people.actions.holding import NotAllowed
from xpassfam.people.models import Household, Person, Residence, Separation
from xpassfam.rules.visibility import CHILD
from xpassfam.ui import words

HERE = "here"
ADDRESS = ("address", "postcode", "town", "country")


class CannotTakeEffect(Exception):
    """Why, in words for whoever decides."""


@dataclass(frozen=True)
class Cause:
    """What an effect works from: its own names for the answers, and who made it happen.

    `access` is that of whoever files, for what takes effect when it is sent.
    """

    filing: Filing
    answers: Mapping[str, Any]
    by: Actor
    at: datetime
    access: ActingAccess | None = None

    @property
    def home(self) -> Household:
        return self.filing.household

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def day(self, name: str) -> date | None:
        return date.fromisoformat(self.answers[name]) if self.answers.get(name) else None


def move(cause: Cause) -> str:
    """The home's address; an address that is shared no more is nobody's to move for the other."""
    if Separation.objects.open().filter(household=cause.home).exists():
        raise CannotTakeEffect(_("Une séparation est déclarée dans ce foyer : il faut d’abord la traiter."))
    address = cause.answers["address"]
    values = {column: str(address.get(column, "")) for column in ADDRESS}
    lock_homes(cause.home, at=cause.at)
    correct(cause.home, field="address", values=values, by=cause.by, at=cause.at)
    return _("nouvelle adresse du foyer")


def add_child(cause: Cause) -> str:
    """Shared, unless the family says that the child lives « here » alone."""
    child = _add(cause, CHILD, is_shared=cause.answers.get("residence") not in (None, "", HERE))
    return _("{name} entre dans le foyer").format(name=child.first_name)


def add_partner(cause: Cause) -> str:
    """They live there, and are invited: nothing is theirs to see, or shown of them besides, before they say yes."""
    partner = _add(cause, Residence.Role.PARTNER, email=cause.answers["email"])
    viewer = _access_of_filer(cause)
    try:
        invitation = inviting.invite(
            inviting.Guest(partner), viewer=viewer, permission="all", until=None, by=cause.by, at=cause.at
        )
    except NotAllowed:
        raise CannotTakeEffect(_("La personne qui demande ne peut plus donner accès au dossier.")) from None
    deliver.enqueue(invitation.pk)
    return _("{name} entre dans le foyer, et reçoit une invitation").format(name=partner.first_name)


def declare_separation(cause: Cause) -> str:
    """Sharing stops at once. Where it has stopped already, there is nothing to do."""
    if cause.access is None:
        raise CannotTakeEffect(_("Cette déclaration se fait par la personne elle-même."))
    if not cause.access.is_frozen:
        try:
            separating.declare(viewer=cause.access, by=cause.by, at=cause.at)
        except NotAllowed:
            raise CannotTakeEffect(_("Vous n’êtes pas en couple dans ce foyer, d’après votre dossier.")) from None
    return _("le partage du dossier est suspendu")


def update_income(cause: Cause) -> str:
    income = recording_income.record(
        cause.home,
        quotient_cents=int(cause.answers["quotient"]),
        month=date.fromisoformat(cause.answers["month"]),
        source=cause.answers["source"],
        cause=cause.filing.public_id,
        by=cause.by,
        at=cause.at,
    )
    return _("quotient familial de {month} enregistré").format(month=f"{income.month:%m/%Y}")


def share_residence(cause: Cause) -> str:
    """Of the other home nothing is told here; it learns that the child lives there too, and whom to tell if not."""
    child = _resident(cause, cause.answers["child"])
    others = _other_homes(cause, child)
    hold_home(cause.filing, *(home.pk for home in others))
    joining.share(child, [cause.home, *others], since=cause.day("since") or cause.today, at=cause.at)
    for home in others:
        tell_adults(home, "filings/mail/child_shared", at=cause.at, context={"child": child.first_name})
        write(
            history.CHILD_SHARED,
            by=cause.by,
            at=cause.at,
            household=home.public_id,
            person=child.public_id,
            facts={"name": child.first_name},
        )
    return _("résidence alternée de {name}").format(name=child.first_name)


def change_bank(cause: Cause) -> str:
    holder, iban = cause.answers["holder"], cause.answers["iban"]
    if not iban:
        text = _("Le numéro de compte n’est plus gardé en entier : demandez-le de nouveau à la famille.")
        raise CannotTakeEffect(text)
    try:
        change_bank_details(cause.home, holder=holder, iban=iban, by=cause.by, at=cause.at)
    except BadAccount:
        raise CannotTakeEffect(_("Cet IBAN ne désigne pas un compte sur lequel nous pouvons payer.")) from None
    return _("nouvelles coordonnées bancaires")


def pay(cause: Cause) -> str:
    """An order, once for a filing."""
    amount = int(cause.answers["amount"] or 0)
    if amount <= 0:
        raise CannotTakeEffect(_("Il n’y a aucun montant à verser."))
    order(
        cause.home,
        amount_cents=amount,
        label=cause.filing.title,
        cause=cause.filing.public_id,
        by=cause.by,
        at=cause.at,
    )
    return _("versement de {amount}").format(amount=words.euros(amount))


def contest(cause: Cause) -> str:
    """The first decision was wrong: it is taken back, and what it answered is examined anew."""
    if cause.filing.contests is None:
        return _("réclamation acceptée")
    contested = hold(cause.filing.contests.filing)
    first = Decision.objects.select_for_update(of=("self",)).get(pk=cause.filing.contests.pk)
    if first.superseded_at or contested.status not in (*DECIDED, Status.CLOSED):
        raise CannotTakeEffect(_("Cette décision a déjà été retirée."))
    if first.effects_at:
        raise CannotTakeEffect(_("Cette décision a déjà produit ses effets : corrigez-les par une nouvelle demande."))
    Decision.objects.filter(pk=first.pk).update(superseded_at=cause.at)
    contested.ended_at = None
    step(contested, Event.REOPEN, "ended_at")
    telling.record(contested, history.REOPENED, by=cause.by, at=cause.at)
    return _("la décision est retirée, la demande {reference} est examinée à nouveau").format(
        reference=contested.reference
    )


EFFECTS: Mapping[str, Callable[[Cause], str]] = {
    "move": move,
    "add_child": add_child,
    "add_partner": add_partner,
    "declare_separation": declare_separation,
    "update_income": update_income,
    "share_residence": share_residence,
    "change_bank_details": change_bank,
    "pay": pay,
    "contest": contest,
}
# Those that wait for a day to come, by the answer that says which.
WAITS_FOR: Mapping[str, str] = {"move": "since"}


def hold_homes(filing: Filing, *, at: datetime) -> None:
    """The home, and the others that a yes would write to. For a caller who holds the filing."""
    found = other_home.found(filing, on=timezone.localdate(at))
    hold_home(filing, *(home.pk for one in found for home in one.homes))


def run(decision: Decision, *, by: Actor, at: datetime) -> None:
    """Every effect of the definition, once. For a caller who holds the filing. Raise CannotTakeEffect."""
    _run(decision.filing, by=by, at=at)


def run_at_filing(filing: Filing, *, access: ActingAccess, by: Actor, at: datetime) -> None:
    """Of a declaration, when it is sent. Raise CannotTakeEffect."""
    _run(filing, by=by, at=at, access=access)


def rehearse(decision: Decision, *, by: Actor, at: datetime) -> None:
    """Whether the effects could run now; nothing remains of it. Raise CannotTakeEffect."""
    try:
        with transaction.atomic():
            run(decision, by=by, at=at)
            raise _Undone
    except _Undone:
        pass


def day_of(decision: Decision, *, on: date) -> date:
    """The day on which all effects may run: today, or later where the family says from when."""
    days = [on]
    for name, answers in asking.effects_of(decision.filing):
        if answers.get(WAITS_FOR.get(name, "")):
            days.append(date.fromisoformat(answers[WAITS_FOR[name]]))
    return max(days)


class _Undone(Exception):
    """A rehearsal ends."""


def _run(filing: Filing, *, by: Actor, at: datetime, access: ActingAccess | None = None) -> None:
    for name, answers in asking.effects_of(filing):
        try:
            what = EFFECTS[name](Cause(filing, answers, by, at, access))
        except joining.AlreadyThere:
            raise CannotTakeEffect(_("Cette personne vit déjà dans le foyer, d’après le registre.")) from None
        except joining.NotAName:
            raise CannotTakeEffect(str(NOT_A_NAME)) from None
        telling.record(filing, history.EFFECT, by=by, at=at, what=what)
    account_numbers.cover(filing)


def _add(cause: Cause, role: str, *, email: str = "", is_shared: bool = False) -> Person:
    return joining.add(
        cause.home,
        role=role,
        last_name=cause.answers["last_name"],
        first_names=cause.answers["first_names"],
        birth_date=date.fromisoformat(cause.answers["birth_date"]),
        since=cause.day("since") or cause.today,
        email=email,
        is_shared=is_shared,
        at=cause.at,
    )


def _resident(cause: Cause, public_id: str) -> Person:
    stays = Residence.objects.open_on(cause.today).filter(household=cause.home, person__public_id=public_id)
    stay = stays.select_related("person").first()
    if stay is None:
        raise CannotTakeEffect(_("Cet enfant ne vit plus dans le foyer, d’après le registre."))
    return stay.person


def _other_homes(cause: Cause, child: Person) -> tuple[Household, ...]:
    number = str(cause.answers.get("other_parent") or "")
    other = other_home.of(child, number, besides=cause.home.pk, on=cause.today)
    if other.is_unclear and other.homes:
        raise CannotTakeEffect(_("Le numéro d’adhérent de l’autre parent mène à plusieurs foyers."))
    if other.is_unclear:
        raise CannotTakeEffect(_("Le numéro d’adhérent de l’autre parent ne mène à aucun autre foyer."))
    return other.homes


def _access_of_filer(cause: Cause) -> ActingAccess:
    accesses = for_account(_Filer(cause.filing.filed_by_id), on=cause.today)
    for access in accesses:
        if access.household_id == cause.home.pk:
            return access
    raise CannotTakeEffect(_("La personne qui demande n’a plus accès à ce dossier."))


@dataclass(frozen=True)
class _Filer:
    person_id: int | None
