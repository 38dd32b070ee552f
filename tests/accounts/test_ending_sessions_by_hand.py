"""Whoever has the machine ends the sessions of one person, or of everybody."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.accounts.factories import account, adult, sign_in
from tests.accounts.steps import answer, with_totp
from xpassfam.accounts.models import KnownDevice, Session
from xpassfam.journal.models import Line

pytestmark = pytest.mark.django_db


def is_in(client) -> bool:
    return client.get("/mon-compte/securite/").status_code == 200


@pytest.fixture
def camille():
    return account(adult(member_number="ESF-2019-004812-K"))


@pytest.mark.parametrize("by_number", [True, False])
def test_one_person_is_out_at_once_everywhere_and_reads_it(client, camille, by_number):
    karim, other = account(), Client()
    sign_in(client, camille.email)
    sign_in(other, karim.email)
    call_command("end_sessions", "ESF-2019-004812-K" if by_number else camille.email)
    assert not is_in(client)
    assert is_in(other)
    assert Line.objects.filter(kind="accounts.others_ended").exists()


def test_who_stands_halfway_begins_again(client, camille):
    application = with_totp(camille)
    sign_in(client, camille.email)
    call_command("end_sessions", camille.email)
    answer(client, application.now())
    assert not is_in(client)


def test_everybody_is_out_and_no_device_is_trusted(client, camille):
    sign_in(client, camille.email)
    KnownDevice.objects.update(trusted_until="2099-01-01T00:00Z")
    call_command("end_sessions", everybody=True)
    assert not is_in(client)
    assert not Session.objects.exists()
    assert not KnownDevice.objects.exclude(trusted_until=None).exists()
    assert Line.objects.filter(kind="accounts.everybody_ended").exists()


def test_nobody_of_that_name_is_said(camille):
    with pytest.raises(CommandError, match="no account"):
        call_command("end_sessions", "nobody@example.org")
