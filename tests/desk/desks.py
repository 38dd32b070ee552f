"""Agents signed in, and filings that wait, in a few words."""

from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from tests.accounts.factories import sign_in
from tests.filings.factories import Desk
from xpassfam.accounts.models import Account
from xpassfam.filings.models import Filing
from xpassfam.filings.states import Status


def entered(someone: Account) -> Client:
    client = Client()
    if someone.is_staff:
        client.force_login(someone)  # by both steps: see tests/conftest.py
        return client
    assert sign_in(client, someone.email).status_code == 302
    return client


def due(desk: Desk, days: int, *, status: str = Status.RECEIVED, **facts: object) -> Filing:
    """A filing to be answered in so many days."""
    filing = desk.filed()
    day: date = timezone.localdate() + timedelta(days=days)
    Filing.objects.filter(pk=filing.pk).update(due_on=day, status=status, **facts)
    filing.refresh_from_db()
    return filing
