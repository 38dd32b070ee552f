"""What the processes of `rivals` do for a test of attacks: accounts, sign-ins that wait, owners, a clock that moves."""

from datetime import datetime, timedelta
from typing import Any

__all__ = ["ask_key", "begin_step", "jump", "open_many", "owners_enter", "second_steps_of"]
EMAIL = "victim{number}@example.org"
_travel: list[Any] = []


def jump(to: str, hours: float) -> None:
    """The process is there at that time, so many hours later; its clock goes on."""
    import time_machine

    for earlier in _travel:
        earlier.stop()
    _travel[:] = [time_machine.travel(datetime.fromisoformat(to) + timedelta(hours=hours), tick=True)]
    _travel[0].start()


def second_steps_of(email: str, member_number: str, browsers: int) -> dict[str, Any]:
    """An account with every second step, and sign-ins that wait for it, each with the cookie of its browser."""
    from django.test import Client
    from django.utils import timezone

    from tests.accounts.factories import account, adult, sign_in
    from tests.accounts.steps import with_totp
    from xpassfam.accounts.actions.second_step import recovery_codes

    someone = account(adult(member_number=member_number), email=email, second_step_email=True)
    application = with_totp(someone)
    codes = recovery_codes.make(someone, device="", at=timezone.now())
    cookies = []
    for _ in range(browsers):
        client = Client()
        sign_in(client, email)
        cookies.append({"step": client.cookies["step"].value})
    return {"cookies": cookies, "totp": application.now(), "recovery": codes[3]}


def begin_step(cookie: dict[str, str]) -> str:
    """Have a code sent by mail to a sign-in that waits."""
    from django.test import Client

    from xpassfam.outbox.models import Message

    client = Client()
    client.cookies.load(cookie)
    client.post("/connexion/deuxieme-etape/envoi/", {"methode": "email"})
    return Message.objects.filter(template="accounts/mail/step_code").latest("pk").context["code"]


def ask_key(email: str, member_number: str) -> dict[str, str]:
    """The form of a sign-in by passkey, filled in."""
    from django.test import Client

    from tests.accounts.factories import account, adult
    from tests.accounts.keys import Key, fields

    key = Key(account(adult(member_number=member_number), email=email))
    asked = Client().post("/connexion/cle/defi/").json()
    return fields(asked, key.sign(asked))


def open_many(number: int) -> list[str]:
    """So many accounts; the cookie of the device on which the owner of each has signed in once."""
    from django.contrib.auth.hashers import make_password
    from django.test import Client

    from tests.accounts.factories import PASSWORD, adult, sign_in
    from xpassfam.accounts.models import Account, Session

    encoded, devices = make_password(PASSWORD), []
    for turn in range(number):
        person = adult(member_number=f"ESF-2021-{turn:06d}-A")
        names = {"first_name": "Camille", "last_name": "Martin"}
        Account.objects.create(person=person, email=EMAIL.format(number=turn), password=encoded, **names)
        owner = Client(REMOTE_ADDR=f"192.0.2.{turn % 250}")
        devices.append(sign_in(owner, EMAIL.format(number=turn)).cookies["device"].value)
    Session.objects.all().delete()
    return devices


def owners_enter(devices: list[str]) -> list[tuple[int, str]]:
    """Each owner, on their own device, from an address that the attacker uses too: what is answered, and the device's
    next cookie.
    """
    from django.test import Client

    from tests.accounts.factories import sign_in

    answers = []
    for turn, device in enumerate(devices):
        owner = Client(REMOTE_ADDR=f"203.0.113.{turn % 50}")
        owner.cookies["device"] = device
        status = sign_in(owner, EMAIL.format(number=turn)).status_code
        answers.append((status, owner.cookies["device"].value))
    return answers
