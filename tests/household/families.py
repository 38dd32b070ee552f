"""A family with everybody the rules tell apart: two parents, a minor, a grown child, another home."""

import html
from datetime import date

from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.people.factories import Role, household, living, person
from xpassfam.accounts.models import Account
from xpassfam.household.actions.configuring import configure
from xpassfam.household.models import Change
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import forget
from xpassfam.people import access as accesses
from xpassfam.people.models import Access, Household, Person
from xpassfam.rules.field_policy import FACTS, Audience, Mode, Rule, modes_offered

SETTER = Actor("administrator", name="Thierry Roux")
OLD = {"address": "14 rue du Coudray", "postcode": "44200", "town": "Nantes", "country": "FR"}


class Family:
    """Camille holds the file, Karim is her partner, Inès is 9, Léa is of age and only sees.

    Tom lives here and with Antoine, in another home.
    """

    def __init__(self) -> None:
        self.home, self.other_home = household("Foyer Martin", **OLD), household("Foyer Moreau", town="Roubaix")
        self.camille = person("Camille Martin", email="camille@example.org", phone="+33639980013")
        self.karim = person("Karim Benali", phone="+33639980021", email="karim@example.org")
        self.ines = person("Inès Benali", date(2017, 6, 18))
        self.lea = person("Léa Benali", date(2006, 11, 30))
        self.tom = person("Tom Moreau", date(2016, 4, 1))
        self.antoine = person("Antoine Moreau", date(1987, 7, 21))
        living(self.camille, self.home)
        living(self.karim, self.home, Role.PARTNER, rank=2)
        living(self.ines, self.home, Role.DEPENDENT_CHILD, rank=3)
        living(self.lea, self.home, Role.DEPENDENT_CHILD, rank=4)
        living(self.tom, self.home, Role.DEPENDENT_CHILD, rank=5, is_shared=True)
        living(self.antoine, self.other_home)
        living(self.tom, self.other_home, Role.DEPENDENT_CHILD, rank=2, is_shared=True)
        for someone, home, permission in (
            (self.camille, self.home, "all"),
            (self.karim, self.home, "all"),
            (self.lea, self.home, "view"),
            (self.antoine, self.other_home, "all"),
        ):
            Access.objects.create(person=someone, household=home, permission=permission, since=date(2020, 1, 1))

    def client(self, someone: Person) -> Client:
        """Signed in as them."""
        client = Client()
        sign_in(client, self.account(someone).email)
        return client

    def account(self, someone: Person) -> Account:
        found = Account.objects.filter(person=someone).first()
        if found is None:
            found = account(someone)
            found.first_name, found.last_name = someone.first_name, someone.last_name
            found.save()
        return found

    def access(self, someone: Person) -> accesses.ActingAccess:
        found = accesses.choose(accesses.for_account(self.account(someone), on=timezone.localdate()))
        assert found
        return found


def agent_client(name: str = "nadia") -> Client:
    client = Client()
    email = f"{name}@organisation.example"
    client.force_login(Account.objects.filter(email=email).first() or account(role="agent", email=email))
    return client


def allow(**modes: Mode | Rule) -> None:
    """Set a field for every audience that may have it: `allow(phone=Mode.APPROVAL)`."""
    rules = {}
    for code, chosen in modes.items():
        rule = chosen if isinstance(chosen, Rule) else Rule(chosen)
        for audience in Audience:
            if rule.mode in modes_offered(FACTS[code], audience):
                rules[code, audience] = rule
    configure(rules, months=12, by=SETTER, at=timezone.now())
    forget()


def read(client: Client, page: str, status: int = 200) -> str:
    response = client.get(page)
    assert response.status_code == status, page
    return html.unescape(response.content.decode())


def hidden(client: Client, page: str) -> dict[str, str]:
    """What the form of a page carries: its one-time key, the version it was filled in from."""
    context = client.get(page).context
    return {"key": context["key"], "version": context["version"]}


def send(client: Client, page: str, **typed: object):
    """Open the form, fill it in, send it."""
    return client.post(page, hidden(client, page) | typed)


def ask_for_address(client: Client, **typed: object) -> Change:
    facts = {"country": "FR", "address": "3 rue Neuve", "postcode": "44000", "commune": "44109"} | typed
    assert send(client, "/mon-compte/foyer/adresse/", **facts).status_code == 302
    return Change.objects.latest("pk")


def fresh(row: Person | Household) -> Person | Household:
    row.refresh_from_db()
    return row
