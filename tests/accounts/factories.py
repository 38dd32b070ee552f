"""Accounts in a few words."""

from datetime import UTC, datetime
from itertools import count

from django.contrib.auth.hashers import make_password

from tests.people.factories import acting, household, living, person
from xpassfam.accounts.models import Account
from xpassfam.people.models import Person

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
PASSWORD = "girafe-lavande-tambour-7"
NUMBERS = ["ESF-2019-004812-K", "ESF-2019-004813-R"]
_emails = count(1)


def adult(name: str = "Camille Martin", **facts: object) -> Person:
    """Somebody of the register who acts for their own household."""
    someone, home = person(name, **facts), household()
    living(someone, home)
    acting(someone, home)
    return someone


def account(someone: Person | None = None, *, password: str = PASSWORD, **facts: object) -> Account:
    facts.setdefault("email", f"camille{next(_emails)}@example.org")
    if facts.get("role", "family") == "family":
        facts["person"] = someone or adult()
    return Account.objects.create(first_name="Camille", last_name="Martin", password=make_password(password), **facts)


def sign_in(client, identifier: str, password: str = PASSWORD, **more: object):
    return client.post("/connexion/", {"username": identifier, "password": password, **more})
