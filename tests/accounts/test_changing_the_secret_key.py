"""Changing `SECRET_KEY` as docs/operate/settings.md says takes nothing from families."""

import pytest

from tests.accounts.factories import adult, code_for, sign_up, sign_up_by_code
from tests.accounts.mailbox import code, the_mail
from xpassfam.accounts.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def camille():
    return adult(member_number="ESF-2019-004812-K")


@pytest.fixture
def change_the_key(settings):
    def change(*, former_is_kept: bool):
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if former_is_kept else []
        settings.SECRET_KEY = "another-key-" * 5

    return change


@pytest.mark.parametrize("former_is_kept", [True, False])
def test_the_code_of_a_letter_is_good_while_the_former_key_is_kept(client, camille, change_the_key, former_is_kept):
    proof = {"member_number": camille.member_number, "activation_code": code_for(camille)}
    change_the_key(former_is_kept=former_is_kept)
    sign_up(client, "camille@example.org", **proof)

    waiting = camille.pendingsignup_set.filter(outcome="open")
    assert waiting.exists() is former_is_kept


def test_the_digits_of_a_message_open_the_account_under_the_new_key(client, camille, change_the_key):
    page = sign_up_by_code(client, camille, "camille@example.org").url
    digits = code(the_mail())
    change_the_key(former_is_kept=True)
    client.post(page, {"code": digits})

    assert Account.objects.filter(person=camille).exists()
