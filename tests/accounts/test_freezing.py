"""For three days after a new password by e-mail, nothing grave changes: its owner has time to notice."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.accounts.factories import account, adult, sign_in
from tests.accounts.mailbox import path, received
from xpassfam.accounts.freezing import freeze, frozen_until, lift
from xpassfam.accounts.models import Freeze
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence
from xpassfam.organisation.models import Organisation

pytestmark = pytest.mark.django_db
EMAIL = "camille@example.org"
NEW = "canot-brume-tuile-41"
INVITE = "/mon-compte/foyer/inviter/"
START = datetime.fromisoformat("2027-01-11T08:00:00+00:00")
DAYS = timedelta(days=1)


@pytest.fixture
def camille(time_machine):
    time_machine.move_to(START, tick=False)
    return account(adult(member_number="ESF-2019-004812-K"), email=EMAIL)


def reset(client):
    client.post("/mot-de-passe/oublie/", {"username": EMAIL})
    [letter] = received()
    return client.post(path(letter, "/mot-de-passe/nouveau/"), {"new_password": NEW})


def words(response):
    return response.content.decode().replace("\u00a0", " ")


def test_a_new_password_by_mail_freezes_what_is_grave_for_72_hours(client, camille, time_machine):
    reset(client)
    assert frozen_until(camille, START) == START + 3 * DAYS
    sign_in(client, EMAIL, NEW)
    assert client.get(INVITE).status_code == 403
    time_machine.shift(3 * DAYS)
    sign_in(client, EMAIL, NEW)
    assert client.get(INVITE).status_code == 200


def test_the_page_says_why_until_when_and_whom_to_call(client, camille):
    Organisation(support_phone="02 61 91 44 00").save()
    reset(client)
    sign_in(client, EMAIL, NEW)
    page = words(client.get(INVITE))
    assert "nouveau mot de passe choisi par e-mail" in page
    assert "le 14 janvier à 9 h" in page
    assert "02 61 91 44 00" in page


def test_what_is_posted_meanwhile_does_nothing(client, camille):
    reset(client)
    sign_in(client, EMAIL, NEW)
    assert client.post(INVITE, {"guest": "other", "last_name": "Benali"}).status_code == 403
    assert not Line.objects.filter(kind__startswith="people.invit").exists()


def test_everything_else_works_meanwhile(client, camille):
    reset(client)
    sign_in(client, EMAIL, NEW)
    for address in ("/mon-compte/", "/mon-compte/foyer/", "/mon-compte/securite/mot-de-passe/"):
        assert client.get(address).status_code == 200, address


def test_who_never_had_a_password_is_not_frozen_by_choosing_the_first(client, camille):
    camille.set_unusable_password()
    camille.save()
    client.post("/mot-de-passe/oublie/", {"username": EMAIL})
    [letter] = received()
    client.post(path(letter, "/mot-de-passe/nouveau/"), {"new_password": NEW})
    assert frozen_until(camille, START) is None


def test_the_one_that_ends_last_counts_and_lifting_ends_them_all(camille):
    freeze(camille, reason=Freeze.Reason.EMAIL_CHANGE, at=START)
    freeze(camille, reason=Freeze.Reason.NOT_ME, at=START, until=START + 10 * DAYS)
    assert frozen_until(camille, START + 4 * DAYS) == START + 10 * DAYS
    assert lift(camille, by=camille.actor, at=START + 4 * DAYS)
    assert frozen_until(camille, START + 4 * DAYS) is None
    assert not lift(camille, by=camille.actor, at=START + 4 * DAYS)


def test_it_is_in_the_history_with_its_end(camille):
    freeze(camille, reason=Freeze.Reason.NOT_ME, at=START)
    told = sentence(Line.objects.latest("pk")).replace("\u00a0", " ")
    assert told == "Changements importants bloqués jusqu’au 14 janvier 2027, 9 h : « Ce n’était pas moi »."


def test_another_person_s_account_is_not_frozen(client, camille):
    account(adult("Karim Benali"), email="karim@example.org")
    freeze(camille, reason=Freeze.Reason.NOT_ME, at=START)
    other = Client()
    sign_in(other, "karim@example.org")
    assert other.get(INVITE).status_code == 200


def test_the_page_of_security_says_that_changes_wait_and_until_when(client, camille):
    sign_in(client, EMAIL)
    assert "Certains changements attendent" not in words(client.get("/mon-compte/securite/"))
    freeze(camille, reason=Freeze.Reason.PASSWORD_RESET, at=START)
    page = words(client.get("/mon-compte/securite/"))
    assert "Certains changements attendent" in page
    assert "pourront changer le 14 janvier à 9 h." in page
