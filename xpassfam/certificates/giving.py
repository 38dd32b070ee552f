"""Whom an agent may give a certificate to: an adult who acts for the home, in whose name it is."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from xpassfam.certificates import saying
from xpassfam.certificates.kinds import issued
from xpassfam.certificates.saying import Why
from xpassfam.people.access import ActingAccess, for_account
from xpassfam.people.actions.holding import NotAllowed
from xpassfam.people.models import Access, Household, Person

WHY = {
    Why.NOT_ALLOWED: _("Cette personne ne peut pas l’avoir : son accès au dossier ne le permet pas."),
    Why.FROZEN: _("Une séparation est déclarée dans ce dossier : réglez-la d’abord."),
    Why.NO_INCOME: _("Aucun quotient familial n’est enregistré."),
    Why.OLD_INCOME: _("Le quotient familial est trop ancien."),
    Why.COUNTING: _("Ses droits sont en train d’être recalculés. Revenez dans une minute."),
    Why.NO_RIGHT: _("Aucun droit n’est ouvert aujourd’hui pour ce foyer."),
    Why.NO_CHILD: _("Le foyer n’a pas d’enfant à charge."),
}


def persons(household: Household, *, on: date) -> list[Person]:
    """One query."""
    acting = Access.objects.open_on(on).filter(household=household)
    return [one.person for one in acting.select_related("person").order_by("since", "pk")]


def access_of(public_id: str, household: Household, *, on: date) -> ActingAccess:
    """What they may have is what they may read. Raise NotAllowed."""
    row = Access.objects.open_on(on).filter(household=household, person__public_id=public_id).first()
    accesses = for_account(row, on=on) if row else ()
    found = next((one for one in accesses if one.household_id == household.pk), None)
    if found is None:
        raise NotAllowed
    return found


def variants(*, on: date) -> dict[str, list[str]]:
    """By kind, all that it may be."""
    return {kind.code: saying.all_variants(kind, on=on) for kind in issued()}
