"""A family's history in a few words."""

import html
from datetime import UTC, datetime

from xpassfam.journal.actions import Actor, write
from xpassfam.journal.kinds import Audience, declare

AT = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
ADDRESS = "/mon-compte/historique/"
TABLE = "/mon-compte/historique.csv"
SHARED = declare("people.test", "Adresse changée : {address}.", audience=Audience.HOUSEHOLD)
CHANGED = declare("people.test_changed", "Adresse changée.", audience=Audience.HOUSEHOLD, is_changed=True)
NADIA = Actor("agent", "n", "Nadia Ferrand")


def home_of(account):
    return account.person.residences.get().household


def note(account, text, *, kind=SHARED, at=AT, by=NADIA, home=None, **more):
    """A line of the account's household."""
    household = (home or home_of(account)).public_id
    return write(kind, by=by, at=at, household=household, facts={"address": text} | more.pop("facts", {}), **more)


def page(client, **asked):
    response = client.get(ADDRESS, asked)
    assert response.status_code == 200
    return html.unescape(response.content.decode())
