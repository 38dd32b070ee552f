"""Who may open the household's file: adults by an access, the organisation's people by their role."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account, Team
from xpassfam.household.sight import SUMMARIES, last_day
from xpassfam.journal.models import Line
from xpassfam.journal.reading import words_of
from xpassfam.people.access import ActingAccess
from xpassfam.people.actions.granting import held_in
from xpassfam.people.models import Access
from xpassfam.rules.granting import Held, may_end
from xpassfam.rules.visibility import COUPLE_ROLES
from xpassfam.ui.words import moment

STAFF_ROLES = (Account.Role.AGENT, Account.Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Reader:
    """Somebody who may open the household's file. `until` is the last day on which they may."""

    access: Access
    person: str
    name: str
    mark: int
    initial: str
    role: str
    is_self: bool
    may_be_ended: bool
    is_suspended: bool

    @property
    def caption(self) -> str:
        if self.is_self:
            return _("Vous")
        if self.role:
            return _("Vit au foyer")
        if self.access.origin == Access.Origin.REGISTER:
            return _("Agit pour le foyer, sans y vivre (tutelle, curatelle, mandat)")
        return _("Accès sur invitation, sans vivre au foyer")

    @property
    def sees(self) -> str:
        if self.is_suspended:
            return _("Partage suspendu : chacun voit ce qui est à lui, et les enfants.")
        return _OWN[self.access.permission]() if self.is_self else str(SUMMARIES[self.access.permission])

    @property
    def until(self) -> date | None:
        return last_day(self.access.until)

    @property
    def how(self) -> str:
        return str(Access.Origin(self.access.origin).label)


_OWN = {
    "all": lambda: _("Vous voyez tout le dossier et pouvez agir pour le foyer."),
    "view": lambda: _("Vous voyez le dossier, sans pouvoir le changer."),
    "requests": lambda: _("Vous voyez le dossier, déposez et suivez ses demandes."),
    "documents": lambda: _("Vous voyez le dossier et gérez ses documents."),
}


def readers(access: ActingAccess) -> list[Reader]:
    """Who may act for the home acted for, oneself first. Two queries."""
    held = held_in(access.household_id, on=access.on)
    rows = Access.objects.visible_to(access).filter(pk__in=held).select_related("person").order_by("since", "pk")
    found = [_reader(row, held, access) for row in rows]
    return sorted(found, key=lambda reader: not reader.is_self)


def _reader(row: Access, held: dict[int, Held], access: ActingAccess) -> Reader:
    others = [one for pk, one in held.items() if pk != row.pk]
    return Reader(
        access=row,
        person=row.person.public_id,
        name=str(row.person),
        mark=row.person.mark,
        initial=row.person.initial,
        role=held[row.pk].role,
        is_self=row.person_id == access.person_id,
        may_be_ended=may_end(access, held[row.pk], others),
        is_suspended=access.is_frozen and {access.role, held[row.pk].role} <= COUPLE_ROLES,
    )


@dataclass(frozen=True)
class Staff:
    """People of the organisation who may open a file, in words."""

    who: str
    sees: str


def staff() -> list[Staff]:
    """By role and team, without names: an agent is named by the line of history of what they did. One query."""
    teams = Team.objects.filter(account__role=Account.Role.AGENT, account__blocked_at=None, account__closed_at=None)
    names = list(teams.distinct().order_by("name").values_list("name", flat=True))
    agents = _("Les agents : {teams}").format(teams=", ".join(names)) if names else _("Les agents")
    return [
        Staff(agents, _("Ils voient tout le dossier, pour traiter ce que vous demandez.")),
        Staff(
            _("Les administrateurs"),
            _("Ils tiennent le registre : identité, adresse, coordonnées. Ni revenus, ni documents, ni demandes."),
        ),
    ]


def last_act_of_staff(access: ActingAccess) -> str:
    """« le 19 novembre à 10 h 05, Nadia Ferrand », of the last line that one of them left. One query."""
    lines = Line.objects.visible_to(access).filter(household=access.household, actor_kind__in=STAFF_ROLES)
    line = lines.select_related("payload").order_by("-at").first()
    if line is None:
        return ""
    return ", ".join(filter(None, [moment(line.at), str(words_of(line).get("actor", ""))]))
