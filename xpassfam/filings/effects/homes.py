"""Who lives in the home, where, and on what: what a yes writes in the rooms of people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xpassfam.accounts.contacts import tell
from xpassfam.accounts.models.channels import Subject
from xpassfam.entitlements.published import NoRules, rules_on
from xpassfam.entitlements.reading import home_of
from xpassfam.entitlements.supposing import shares_of
from xpassfam.filings import agreements, history, objections, other_home
from xpassfam.filings.effects.causes import CannotTakeEffect, Cause, refuse_while_parting
from xpassfam.filings.holding import hold_home
from xpassfam.household.actions import separating
from xpassfam.household.actions.inviting import deliver
from xpassfam.journal.actions import write
from xpassfam.payments.telling import tell_adults
from xpassfam.people.access import ActingAccess, for_account
from xpassfam.people.actions import inviting, joining, recording_activity, recording_income
from xpassfam.people.actions.correcting import correct, lock_homes
from xpassfam.people.actions.holding import NotAllowed
from xpassfam.people.models import Household, Income, Person, Residence
from xpassfam.rules.criteria import year_around
from xpassfam.rules.income import quotient_cents
from xpassfam.rules.visibility import CHILD
from xpassfam.ui import words

HERE = "here"
HALF = 50
FIRST_MONTH = 9  # of a school year
ADDRESS = ("address", "postcode", "town", "country")


def move(cause: Cause) -> str:
    """The home's address. The other adults who live there are told, not where: whoever may read it finds it there."""
    refuse_while_parting(cause)
    address = cause.answers["address"]
    values = {column: str(address.get(column, "")) for column in ADDRESS}
    lock_homes(cause.home, at=cause.at)
    correct(cause.home, field="address", values=values, by=cause.by, at=cause.at)
    stays = Residence.objects.open_on(cause.today).filter(household=cause.home, person__closed_on=None)
    others = stays.exclude(role=CHILD).exclude(person=cause.filing.filed_by)
    for stay in others.select_related("person").order_by("rank", "pk"):
        tell(stay.person, "filings/mail/home_moved", at=cause.at, context={}, subject=Subject.HOME)
    return _("nouvelle adresse du foyer")


def add_child(cause: Cause) -> str:
    """Shared, unless the family says that the child lives « here » alone."""
    child = _add(cause, CHILD, is_shared=cause.answers.get("residence") not in (None, "", HERE))
    return _("{name} entre dans le foyer").format(name=child.first_name)


def add_partner(cause: Cause) -> str:
    """They live there at once, as the organisation decided; what they may open of the file is theirs to take or leave.

    Nothing is theirs to see, or shown of them besides, before they say yes. The address is not a fact of theirs:
    another typed it.
    """
    if refused := objections.of_partner(cause.filing, cause.answers, on=cause.today):
        raise CannotTakeEffect(refused)
    partner = _add(cause, Residence.Role.PARTNER)
    guest = inviting.Guest(partner, typed_email=cause.answers["email"])
    viewer = _access_of_filer(cause)
    try:
        invitation = inviting.invite(guest, viewer=viewer, permission="all", until=None, by=cause.by, at=cause.at)
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


def compute_income(cause: Cause) -> str:
    """Of a tax notice: the year's resources and the month's benefits, by the shares of the home that day."""
    try:
        rules = rules_on(cause.today)
    except NoRules:
        text = _("Les règles des droits ne sont pas publiées : le quotient familial ne peut pas être calculé.")
        raise CannotTakeEffect(text) from None
    shares = shares_of(home_of(cause.home), cause.today, rules)
    benefits = int(cause.answers.get("benefits") or 0)
    income = recording_income.record(
        cause.home,
        quotient_cents=quotient_cents(int(cause.answers["resources"]), benefits, shares),
        month=date.fromisoformat(cause.answers["month"]),
        source=Income.Source.TAX,
        cause=cause.filing.public_id,
        by=cause.by,
        at=cause.at,
    )
    return _("quotient familial de {quotient} calculé et enregistré").format(
        quotient=words.euros(income.quotient_cents)
    )


def record_activity(cause: Cause) -> str:
    """For the whole school year, whenever it is asked: what follows is to be said again."""
    person = _resident(cause, cause.answers["person"])
    since, until = year_around(date(int(cause.answers["year"]), FIRST_MONTH, 1), "school_year")
    activity = recording_activity.record_activity(
        person,
        kind=cause.answers["kind"],
        since=since,
        until=until,
        cause=cause.filing.public_id,
        by=cause.by,
        at=cause.at,
    )
    told = _("situation de {name} jusqu’au {day} : {kind}")
    kind = activity.get_kind_display().lower()
    return told.format(name=person.first_name, day=words.full_day(until), kind=kind)


def share_residence(cause: Cause) -> str:
    """Of the other home nothing is told here; it learns that the child lives there too, and whom to tell if not."""
    child = _resident(cause, cause.answers["child"])
    others = _other_homes(cause, child)
    hold_home(cause.filing, *(home.pk for home in others))
    # By half, unless both agree otherwise.
    is_both_s = agreements.stands(cause.filing, others, on=cause.today)
    shares = _shares(cause.answers.get("sharing") or "" if is_both_s else "", cause.home, others)
    joining.share(child, [cause.home, *others], since=cause.day("since") or cause.today, shares=shares, at=cause.at)
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


def _add(cause: Cause, role: str, *, is_shared: bool = False) -> Person:
    return joining.add(
        cause.home,
        role=role,
        last_name=cause.answers["last_name"],
        first_names=cause.answers["first_names"],
        birth_date=date.fromisoformat(cause.answers["birth_date"]),
        since=cause.day("since") or cause.today,
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


def _shares(sharing: str, home: Household, others: Sequence[Household]) -> dict[int, int]:
    """In percent, by home: all of the aids for the child to one of them, or half to each."""
    ours, theirs = {"me": (100, 0), "other": (0, 100)}.get(sharing, (HALF, HALF))
    return {home.pk: ours, **{other.pk: theirs for other in others}}
