"""A letter that opens an account goes where it would have gone for thirty days, and where nobody parts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.recoveries import START, agent, ask, print_as, settled, words
from tests.accounts.steps import with_totp
from xpassfam.accounts.actions import known_addresses
from xpassfam.accounts.models import Recovery
from xpassfam.people.models import Household, Separation

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def camille(clock):
    someone = settled(phone="+33639980001")
    with_totp(someone)
    return someone


def test_no_letter_goes_to_an_address_known_for_less_than_thirty_days(client, clock):
    someone = settled(known_since_days=29)
    with_totp(someone)
    page = words(ask(client, someone))
    assert "à partir du 12 janvier 2027" in page
    assert not Recovery.objects.exists()


def test_an_address_that_moves_meanwhile_gets_no_letter(client, camille, clock):
    ask(client, camille)
    Household.objects.filter(residences__person=camille.person_id).update(address="1 rue du Voleur")
    known_addresses.note(at=timezone.now())
    answer = print_as(Client(), camille, agent())
    assert answer.status_code == 302
    assert not Recovery.objects.get().code_digest


def test_an_address_that_stays_is_known_since_the_first_day(camille, clock):
    for _day in range(3):
        clock.shift(DAY)
        known_addresses.note(at=timezone.now())
    assert camille.known_address.since == START - 31 * DAY


def test_no_letter_goes_to_a_home_where_a_separation_is_declared(client, camille):
    home = Household.objects.get(residences__person=camille.person_id)
    Separation.objects.create(household=home, declared_by=camille.person, declared_at=START)
    assert "Une séparation est déclarée" in words(ask(client, camille))
    assert not Recovery.objects.exists()
