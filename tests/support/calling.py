"""Calls for help in a few words."""

import html
import re
from datetime import datetime, timedelta
from itertools import count

import time_machine
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account
from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Actor
from xpassfam.support.actions import sending
from xpassfam.support.actions.sending import Call
from xpassfam.support.models import Ticket

_keys = count(1)
TYPED = {
    "username": "gerard@example.org",
    "topic": "sign_in",
    "message": "La page revient sans rien dire.",
    "channel": "email",
    "joined": "on",
}
MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+01:00")


def key_in(response) -> str:
    return html.unescape(re.search(r'name="key" value="([^"]+)"', response.content.decode())[1])


def form_key(client: Client, page: str = "/assistance/") -> str:
    """The page is opened, and read for a while."""
    with time_machine.travel(timezone.now() - timedelta(seconds=20)):
        return key_in(client.get(page))


def call(client: Client, *, key: str | None = None, to: str = "/assistance/", headers=None, **typed: object):
    known = {} if to != "/assistance/" else TYPED
    return client.post(to, {"key": key or form_key(client), **known, **typed}, headers=headers or {})


def ticket(who: Account | None = None, *, at: datetime | None = None, **said: object) -> Ticket:
    """Sent by somebody signed in; `who` None: by a stranger."""
    facts = {"topic": "other", "message": "L’attestation ne s’ouvre pas.", "identifier": "gerard@example.org"} | said
    by = who.actor if who else Actor(kind="visitor")
    return sending.send(
        Call(**facts), form_key=f"k{next(_keys)}", account=who, address=f"192.0.2.{next(_keys) % 250}", by=by,
        at=at or timezone.now(),
    )  # fmt: skip


def agent(**facts: object) -> Account:
    return account(role="agent", **{"email": "nadia@example.org"} | facts)
