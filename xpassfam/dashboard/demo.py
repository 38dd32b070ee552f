"""A past for the demo's families: a history worth reading, a sign-in nobody knows, a report to deal with."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from xpassfam.accounts import history as accounts
from xpassfam.accounts.actions import contesting
from xpassfam.accounts.models import Account
from xpassfam.accounts.telling import record
from xpassfam.household import history as household
from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.journal.kinds import Kind
from xpassfam.journal.models import Line
from xpassfam.people import history as people

MAIN, NEW_DEVICE, REPORTED = "camille.martin@example.org", "linh.nguyen@example.org", "maelle.legoff@example.org"
AGENTS = (Actor("agent", "demo-nadia", "Nadia Ferrand"), Actor("agent", "demo-olivier", "Olivier Marchal"))
REGISTER = Actor(kind="system")
PHONE, COMPUTER, TABLET = "Firefox, Android", "Firefox, Windows", "Safari, iPad"
UNKNOWN = "Chrome, Android"
BEGAN = timedelta(days=420)
TEAM = "Service des aides"


def load(*, at: datetime) -> None:
    """Written once: what visitors do comes on top of it."""
    known = {account.email: account for account in Account.objects.filter(email__in=(MAIN, NEW_DEVICE, REPORTED))}
    for email, write_past in ((MAIN, _long_past), (NEW_DEVICE, _unknown_device), (REPORTED, _report)):
        account = known.get(email)
        if account and not Line.objects.filter(account=account.public_id, at__lt=at).exists():
            with transaction.atomic():
                write_past(account, at)


def _long_past(account: Account, at: datetime) -> None:
    """Fourteen months of a family's life, the oldest first, as a chain is written."""
    home = account.person.residences.get().household.public_id if account.person else ""
    for before, kind, by, device, facts in _events(account):
        instant = at - before
        if kind.code.startswith("accounts."):
            record(account, kind, by=by, at=instant, device=device, facts=facts)
        else:
            write(kind, by=by, at=instant, household=home, device=device, facts=facts)


def _events(account: Account) -> Iterator[tuple[timedelta, Kind, Actor, str, dict[str, Fact]]]:
    me = account.actor
    read_by: dict[str, Fact] = {"reader": _("{role}, équipe {teams}").format(role=_("un agent"), teams=TEAM)}
    moved: dict[str, Fact] = {"changes": people.words_for(["household.address", "person.phone"])}
    yield BEGAN, accounts.ACCOUNT_OPENED, me, COMPUTER, {"email": account.email}
    for week in range(59, 0, -1):
        before = timedelta(days=7 * week, hours=-(week * 5 % 13), minutes=-(week * 17 % 60))
        yield before, accounts.SIGNED_IN, me, (COMPUTER, PHONE)[week % 2], {}
        if week % 9 == 0:
            yield before - timedelta(days=2, hours=3), household.FILE_READ, AGENTS[week // 9 % 2], "", read_by
        if week % 20 == 0:
            yield before - timedelta(days=3), people.HOUSEHOLD_UPDATED, REGISTER, "", moved
        if week == 31:
            yield before - timedelta(days=1), accounts.PASSWORD_RESET_ASKED, me, "", {}
            yield before - timedelta(days=1, minutes=-4), accounts.PASSWORD_CHANGED, me, PHONE, {}
        if week == 12:
            yield before - timedelta(days=1, hours=4), accounts.SIGNED_IN_ANEW, me, TABLET, {}
    yield timedelta(days=2, hours=6), household.CONTACTS_READ, AGENTS[0], "", read_by


def _unknown_device(account: Account, at: datetime) -> None:
    record(account, accounts.SIGNED_IN, at=at - timedelta(days=6, hours=3), device=COMPUTER)
    record(account, accounts.SIGNED_IN_ANEW, at=at - timedelta(days=1), device=UNKNOWN)


def _report(account: Account, at: datetime) -> None:
    """« Ce n’est pas moi », to be dealt with at `/gestion/securite/`."""
    record(account, accounts.SIGNED_IN, at=at - timedelta(days=9), device=COMPUTER)
    record(account, accounts.SIGNED_IN_ANEW, at=at - timedelta(days=1, hours=5), device=UNKNOWN)
    line = Line.objects.filter(account=account.public_id).latest("seq")
    contesting.contest(account, line, keep=None, device=COMPUTER, at=at - timedelta(hours=16))
