"""What proved a person when they signed up must still prove them when the account opens."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.accounts.factories import adult, code_for, sign_up_by_code, sign_up_by_file
from tests.accounts.mailbox import code, path, received, the_mail
from xpassfam.accounts.actions import opening
from xpassfam.accounts.models import Account
from xpassfam.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to("2026-11-23 14:00:00Z", tick=False)
    return time_machine


@pytest.fixture
def camille():
    return adult(member_number="ESF-2019-004812-K", email="camille@example.org")


def a_new_letter_leaves(someone):
    code_for(someone)


def is_closed(someone):
    Person.objects.filter(pk=someone.pk).update(closed_on=timezone.localdate(), closed_reason="Radiation")


def has_another_address(someone):
    Person.objects.filter(pk=someone.pk).update(email="new@example.org")


LAPSES = [(sign_up_by_code, a_new_letter_leaves), (sign_up_by_code, is_closed)]
LAPSES += [(sign_up_by_file, is_closed), (sign_up_by_file, has_another_address)]


@pytest.mark.parametrize(("signs_up", "happens"), LAPSES)
def test_a_proof_that_no_longer_holds_opens_nothing_and_says_what_to_do(client, camille, signs_up, happens):
    page = signs_up(client, camille, "camille@example.org").headers["Location"]
    letter = the_mail()
    happens(camille)
    link = path(letter, "/activation/")
    for response in (client.get(link), client.post(link), client.post(page, {"code": code(letter)})):
        assert response.status_code == 410
        assert "Cette demande n’ouvre plus de compte" in response.content.decode()
        assert 'href="/inscription/"' in response.content.decode()
    assert not Account.objects.exists()


@pytest.mark.parametrize(("signs_up", "happens"), LAPSES)
def test_asking_for_the_message_again_does_not_renew_it(client, camille, noon, signs_up, happens):
    page = signs_up(client, camille, "camille@example.org").headers["Location"]
    the_mail()
    happens(camille)
    noon.shift(timedelta(minutes=3))
    assert client.post(f"{page}renvoi/").status_code == 302
    assert "Ouvrez votre compte" not in [letter.subject for letter in received()]
    assert client.get(page).status_code == 200


def test_a_new_letter_and_its_code_sign_up_again(client, camille):
    sign_up_by_code(client, camille, "camille@example.org")
    the_mail()
    sign_up_by_code(client, camille, "camille@example.org")
    assert client.post(path(the_mail(), "/activation/")).status_code == 302
    assert Account.objects.get().person == camille


def test_an_address_corrected_while_the_account_opens_is_not_taken_for_proved(client, camille):
    page = sign_up_by_code(client, camille, "camille@example.org").headers["Location"]
    link = opening.find(path(the_mail(), "/activation/").split("/")[2])
    client.post(f"{page}adresse/", {"email": "somebody@example.org"})
    with pytest.raises(opening.LinkGone):
        opening.open_by_link(link, browser="", device="", at=timezone.now())
    assert not Account.objects.exists()
