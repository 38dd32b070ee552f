"""Somebody who lost everything, in tests: their home known for long, the letter as it is read."""

import io
import re
from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from tests.accounts.factories import account, adult, sign_in
from xpassfam.accounts.actions import known_addresses, recovering
from xpassfam.accounts.models import Account, Recovery
from xpassfam.people.models import Household

START = datetime.fromisoformat("2027-01-11T08:00:00+00:00")  # a Monday
HOME = {"address": "3 rue des Granges", "postcode": "25000", "town": "Besançon"}
WAIT = timedelta(hours=72)
STEP = "/connexion/deuxieme-etape/"
LOST = STEP + "tout-perdu/"
LETTER = STEP + "?methode=letter"
LOST_MAILBOX = "/connexion/secours/"
NEW_MAILBOX = "camille.nouvelle@example.org"


def settled(
    email: str = "camille@example.org",
    *,
    known_since_days: int = 31,
    register_email: str = "",
    name: str = "Camille Martin",
    **facts: object,
) -> Account:
    """An account whose address has not changed for so many days; `facts` are of the person."""
    someone = account(adult(name, email=register_email, **facts), email=email)
    Household.objects.filter(residences__person=someone.person_id).update(**HOME)
    known_addresses.note(at=timezone.now() - timedelta(days=known_since_days))
    return someone


def agent(name: str = "nadia", role: str = Account.Role.AGENT) -> Account:
    return account(role=role, email=f"{name}@agents.example.org")


def called(someone: Account, by: Account) -> recovering.Started:
    """An agent was called: mailbox and second step are lost."""
    return recovering.start(someone, by=by, loses_mailbox=True, at=timezone.now())


def print_as(client, someone: Account, by: Account):
    """The letter of an account, asked for by one of staff."""
    client.force_login(by)
    recovery = Recovery.objects.filter(account=someone).latest("pk")
    return client.post(f"/gestion/securite/courriers/{recovery.public_id}/courrier.pdf")


def text_of(response) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)


def code_of(response) -> str:
    return re.search(r"^([2-9A-Y]{4}-[2-9A-Y]{6})$", text_of(response), re.MULTILINE)[1]


def words(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def ask(client, someone: Account):
    """After the password: « J’ai tout perdu »."""
    sign_in(client, someone.email)
    return client.post(LOST, follow=True)


def by_letter(client, someone: Account, code: str):
    sign_in(client, someone.email)
    return client.post(LETTER, {"letter_code": code})


def is_in(client) -> bool:
    return client.get("/mon-compte/securite/").status_code == 200


def ask_elsewhere(halves: dict[str, str], client=None, **typed: str):
    """With the letter and the word, from a mailbox that nobody knew."""
    asked = {"username": "camille@example.org", "email": NEW_MAILBOX} | halves | typed
    return (client or Client()).post(LOST_MAILBOX, asked)
