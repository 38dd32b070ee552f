"""The password that one has already is no new one: whoever worries must not believe that something changed."""

import pytest

from tests.accounts.factories import PASSWORD, account, adult, sign_in
from tests.accounts.mailbox import path, received, the_mail
from xpassfam.accounts.models import Account, PasswordReset

pytestmark = pytest.mark.django_db
EMAIL = "camille@example.org"
OWN = "C’est déjà votre mot de passe."


@pytest.fixture(autouse=True)
def camille():
    return account(adult(member_number="ESF-2019-004812-K"), email=EMAIL)


def test_by_a_link_it_is_refused_and_the_link_stays_good(client):
    client.post("/mot-de-passe/oublie/", {"username": EMAIL})
    address = path(the_mail(), "/mot-de-passe/nouveau/")
    before = Account.objects.get().password
    assert OWN in client.post(address, {"new_password": PASSWORD}).content.decode()
    assert Account.objects.get().password == before
    assert PasswordReset.objects.get().used_at is None
    assert received() == []
    assert client.post(address, {"new_password": "canot-brume-tuile-41"}).status_code == 302


def test_while_signed_in_it_is_refused(client):
    sign_in(client, EMAIL)
    typed = {"current_password": PASSWORD, "new_password": PASSWORD}
    assert OWN in client.post("/mon-compte/securite/mot-de-passe/", typed).content.decode()
    assert received() == []


def test_it_is_not_told_to_who_does_not_know_the_password(client):
    sign_in(client, EMAIL)
    typed = {"current_password": "pas-le-bon-du-tout-3", "new_password": PASSWORD}
    assert OWN not in client.post("/mon-compte/securite/mot-de-passe/", typed).content.decode()
