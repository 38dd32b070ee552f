"""A couple with a child and their accounts, and what tests do as one of them."""

import html
from dataclasses import dataclass
from datetime import date

from django.test import Client
from django.utils import timezone

from tests.accounts.factories import PASSWORD, account, sign_in
from tests.people.factories import Acting, Role, household, living, person
from xpassfam.accounts.models import Account
from xpassfam.people.access import ActingAccess, for_account
from xpassfam.people.models import Access, Household, Person, Residence

CHILD_BORN = date(2017, 6, 18)


@dataclass
class Home:
    household: Household
    holder: Account
    partner: Account
    child: Person

    def access_of(self, someone: Account) -> ActingAccess:
        accesses = for_account(Acting(someone.person_id), on=timezone.localdate())
        return next(one for one in accesses if one.household_id == self.household.pk)


def couple(**facts: object) -> Home:
    """Camille holds the file, Karim is her partner, Inès their child."""
    home = household("Foyer Martin-Benali", address="2 rue des Lilas", town="Nantes", **facts)
    camille = person("Camille Martin", email="camille@example.org", phone="+33639980001")
    karim = person("Karim Benali", date(1986, 9, 3), email="karim@example.org", phone="+33639980002")
    ines = person("Inès Benali", CHILD_BORN, email="ines@example.org")
    for rank, (one, role) in enumerate(
        [(camille, Role.HOLDER), (karim, Role.PARTNER), (ines, Role.DEPENDENT_CHILD)], start=1
    ):
        living(one, home, role, rank=rank)
    let_in(camille, home)
    let_in(karim, home)
    holder = account(camille, email="camille@example.org")
    return Home(home, holder, account(karim, email="karim@example.org"), ines)


def let_in(someone: Person, home: Household, permission: str = "all", **facts: object) -> Access:
    since = facts.pop("since", date(2020, 1, 1))
    return Access.objects.create(person=someone, household=home, permission=permission, since=since, **facts)


def outsider(name: str = "Odile Lambert", number: str = "ESF-1998-016789-G", **facts: object) -> Account:
    """An adult of the register with a home and an account of their own."""
    someone = person(name, date(1957, 3, 8), member_number=number)
    own = household("Foyer Lambert")
    living(someone, own)
    let_in(someone, own)
    return account(someone, email="odile@example.org", **facts)


def entered(someone: Account) -> Client:
    """Signed in; staff by both steps, as the portal lets them in."""
    client = Client()
    if someone.is_staff:
        client.force_login(someone)  # by both steps: see tests/conftest.py
        return client
    assert sign_in(client, someone.email).status_code == 302
    return client


def read(client: Client, page: str, status: int = 200) -> str:
    response = client.get(page, follow=True)
    assert response.status_code == status
    return html.unescape(response.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def shown(response) -> str:
    return html.unescape(response.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def leave(home: Home, someone: Account) -> None:
    Residence.objects.filter(household=home.household, person=someone.person).update(until=timezone.localdate())


CONFIRMED = {"current_password": PASSWORD}
