"""What the household's page says in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xpassfam.household.portraits import Portrait
from xpassfam.people.access import ActingAccess
from xpassfam.people.countries import country_name
from xpassfam.people.models import Access, Household, Invitation
from xpassfam.rules.visibility import may_see_address, may_see_separation
from xpassfam.ui.words import moment


@dataclass(frozen=True)
class OtherHome:
    who: str
    sees: str


@dataclass(frozen=True)
class Sent:
    """An invitation as its inviter is told of it."""

    public_id: str
    name: str
    permission: str
    kind: str
    state: str
    dates: str
    is_waiting: bool


def sent(invitation: Invitation, *, at: datetime) -> Sent:
    state = invitation.state_told_at(at)
    is_waiting = state is Invitation.State.WAITING
    kinds = {"waiting": "wait", "accepted": "ok", "refused": "no"}
    dates = _("Envoyée {sent}.").format(sent=moment(invitation.sent_at))
    if is_waiting:
        dates += " " + _("Elle expire {end}.").format(end=moment(invitation.expires_at))
    return Sent(
        public_id=invitation.public_id,
        name=named(invitation),
        permission=str(Access.Permission(invitation.permission).label),
        kind=kinds.get(state, "soft"),
        state=str(state.label),
        dates=dates,
        is_waiting=is_waiting,
    )


def named(invitation: Invitation) -> str:
    """Somebody of the home by name; somebody from outside by what was typed, number included."""
    if invitation.is_by_name:
        return f"{invitation.typed_name}, {invitation.typed_number}"
    return str(invitation.person)


def title(access: ActingAccess) -> str:
    return _("Votre foyer") if access.lives_there else access.household_name


def lede(residents: Sequence[Portrait], *, town: str) -> str:
    """« Tom vit dans deux foyers, dont le vôtre. », else how many live, and where if the viewer may know."""
    shared = [resident for resident in residents if resident.is_shared]
    if shared:
        sentence = ngettext(
            "{names} vit dans deux foyers, dont le vôtre.",
            "{names} vivent dans deux foyers, dont le vôtre.",
            len(shared),
        )
        return sentence.format(names=names(shared))
    count = ngettext("{n} personne", "{n} personnes", len(residents)).format(n=len(residents))
    return _("{count}, à {town}.").format(count=count, town=town) if town else f"{count}."


def address(household: Household) -> str:
    """The postal address, a line each; the country where it is not France."""
    country = "" if household.country == "FR" else country_name(household.country)
    town = " ".join(filter(None, [household.postcode, household.town]))
    return "\n".join(filter(None, [household.address, town, country]))


def why_no_address(access: ActingAccess) -> str:
    """What stands in the place of an address that is not shown; nothing where it is."""
    if may_see_address(access):
        return ""
    of_couple = may_see_separation(access, access.household_id)
    return _("Masquée tant que la séparation n’est pas réglée") if of_couple else _("Masquée pour l’instant")


def other_home(shared: Sequence[Portrait]) -> OtherHome | None:
    """The home where a shared child lives too: what is seen there. Nothing of it is known here."""
    if not shared:
        return None
    who = ngettext(
        "{names} y vit aussi. C’est un autre dossier.", "{names} y vivent aussi. C’est un autre dossier.", len(shared)
    )
    return OtherHome(
        who=who.format(names=names(shared)),
        sees=_("On y voit {names} : nom, âge, place dans le foyer.").format(names=names(shared)),
    )


def names(persons: Sequence[Portrait]) -> str:
    """« Tom », « Mathis et Clara », « Ana, Léo et Zoé »."""
    *others, last = [person.first_name for person in persons]
    return _("{names} et {last}").format(names=", ".join(others), last=last) if others else last
