"""Accounts in a few words."""

from datetime import UTC, datetime
from itertools import count

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from tests.accounts.first_step import FIRST, turn_on
from tests.people.factories import acting, household, living, person
from xpassfam.accounts.actions import activation_codes
from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Actor
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
    """Staff who have no second step yet turn one on, as the portal has them do."""
    answer = client.post("/connexion/", {"username": identifier, "password": password, **more})
    return turn_on(client) if answer.headers.get("Location") == FIRST else answer


def code_for(someone: Person) -> str:
    """The activation code of a letter to this person."""
    return activation_codes.issue(someone, by=Actor(kind="system"), at=timezone.now())


def sign_up(client, email: str, *, password: str = PASSWORD, **typed: object):
    """Send the form of sign-up: `member_number` and `activation_code`, or `file_number` and `birth_date_0`…"""
    names = {"first_name": "Camille", "last_name": "Martin", "proof": "file" if "file_number" in typed else "code"}
    return client.post("/inscription/", names | {"email": email, "password": password} | typed)


def sign_up_by_code(client, someone: Person, email: str, **typed: object):
    """By a new letter, unless `activation_code` says which."""
    code = typed.pop("activation_code", None) or code_for(someone)
    proof = {"member_number": someone.member_number, "activation_code": code}
    return sign_up(client, email, **proof | typed)


def sign_up_by_file(client, someone: Person, email: str, **typed: object):
    born = someone.birth_date
    home = someone.residences.get().household
    proof = {"file_number": home.file_number, "birth_date_day": born.day, "birth_date_month": born.month}
    return sign_up(client, email, **proof | {"birth_date_year": born.year} | typed)
