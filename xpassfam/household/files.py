"""A family's file, as an agent reads it: the household, its persons, who acts for it, its history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from xpassfam.accounts.actions.activation_letters import may_have_code
from xpassfam.accounts.models import Account, KnownDevice
from xpassfam.household.portraits import age_in_words
from xpassfam.journal.kinds import Audience
from xpassfam.journal.models import Line
from xpassfam.journal.reading import on_behalf, sentence, values_of, words_of
from xpassfam.people.models import Access, Household, Person, Residence
from xpassfam.rules.phones import readable_phone
from xpassfam.ui import words

AGENTS = ("agent", "administrator")


@dataclass(frozen=True)
class AccountState:
    """How far a person's own way in is open. `kind` is that of a tag."""

    kind: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Member:
    person: Person
    role: str
    age: str
    until: date | None
    account: AccountState
    elsewhere: list[Household]
    email: str
    phone: str
    may_have_code: bool


@dataclass(frozen=True)
class Acting:
    person: Person
    permission: str
    since: date
    until: date | None
    is_open: bool


@dataclass(frozen=True)
class Event:
    """A line of the file's history. Staff know by name who acted."""

    at: datetime
    who: str
    what: str
    before: str
    after: str
    is_for_staff: bool


def members(household: Household, *, on: date) -> list[Member]:
    """Who lives there, then who lived there. Four queries, whatever the family."""
    stays = list(household.residences.select_related("person__account").order_by("until", "rank", "pk"))
    persons = [stay.person_id for stay in stays]
    homes: dict[int, list[Household]] = {}
    others = Residence.objects.open_on(on).filter(person__in=persons).exclude(household=household)
    for stay in others.select_related("household").order_by("pk"):
        homes.setdefault(stay.person_id, []).append(stay.household)
    states = account_states(stay.person for stay in stays)
    present = [stay for stay in stays if stay.until is None or stay.until > on]
    gone = [stay for stay in stays if stay not in present]
    return [
        Member(
            person=stay.person,
            role=str(Residence.Role(stay.role).label),
            age=age_in_words(stay.person, on=on),
            until=stay.until if stay in gone else None,
            account=states[stay.person_id],
            elsewhere=homes.get(stay.person_id, []),
            email=stay.person.email,
            phone=readable_phone(stay.person.phone) if stay.person.phone else "",
            may_have_code=stay in present
            and may_have_code(stay.person, has_account=hasattr(stay.person, "account"), on=on),
        )
        for stay in (*present, *gone)
    ]


def account_states(persons: Iterable[Person]) -> dict[int, AccountState]:
    """Of persons whose accounts were selected with them. One query."""
    known = {person.pk: getattr(person, "account", None) for person in persons}
    used = KnownDevice.objects.filter(account__in=[one for one in known.values() if one]).values_list("account")
    last = dict(used.annotate(last=Max("last_sign_in_at")))
    return {pk: _state(account, last.get(account.pk) if account else None) for pk, account in known.items()}


def acting(household: Household, *, on: date) -> list[Acting]:
    """Who may act for it, then who might. One query."""
    rows = household.accesses.select_related("person").order_by("since", "pk")
    found = [
        Acting(
            person=row.person,
            permission=str(Access.Permission(row.permission).label),
            since=row.since,
            until=row.until,
            is_open=row.since <= on and (row.until is None or row.until > on),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.is_open)


def event(line: Line) -> Event:
    known, (before, after) = words_of(line), values_of(line)
    name = "" if line.actor_kind == "system" else str(known.get("actor", ""))
    usual = _("Quelqu’un, sans connexion") if line.actor_kind == "visitor" else _("Le portail")
    return Event(
        at=line.at,
        who=on_behalf(
            _("%(name)s, agent") % {"name": name} if line.actor_kind in AGENTS and name else name or usual, line
        ),
        what=sentence(line),
        before=before,
        after=after,
        is_for_staff=line.audience == Audience.STAFF,
    )


def _state(account: Account | None, last: datetime | None) -> AccountState:
    if account is None or account.closed_at:
        return AccountState("soft", _("Pas de compte") if account is None else _("Compte fermé"))
    note = _("Dernière connexion {moment}").format(moment=words.moment(last)) if last else _("Jamais connecté")
    if account.blocked_at:
        return AccountState("no", _("Accès bloqué"), note)
    return AccountState("ok", _("Compte ouvert"), note)
