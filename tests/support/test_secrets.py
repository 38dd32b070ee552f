"""A password or a code in a message is hidden before it is kept, and its writer is told."""

import pytest
from django.apps import apps

from tests.accounts.factories import account, sign_in
from tests.accounts.mailbox import path, received, the_mail
from tests.household.homes import shown
from tests.support.calling import call, form_key, ticket
from xpassfam.support.models import Message, Ticket

pytestmark = pytest.mark.django_db
SECRET = "Pivoine-de-mai-31"
TOLD = "Nous avons caché un mot de passe ou un code dans votre texte"


def test_it_is_shown_hidden_before_it_is_sent_and_may_be_corrected(client):
    key = form_key(client)
    page = shown(call(client, key=key, message=f"Mon mot de passe est {SECRET}, il est refusé."))
    assert TOLD in page
    assert SECRET not in page
    assert not Ticket.objects.exists()

    call(client, key=key, message="Mon mot de passe est refusé.", reviewed="1")
    assert Message.objects.get().text == "Mon mot de passe est refusé."


def test_it_is_told_beside_what_else_is_to_be_corrected(client):
    page = shown(call(client, channel="phone", phone="", message=f"Mon mot de passe est {SECRET}, il est refusé."))
    assert "Écrivez le numéro où vous appeler." in page
    assert TOLD in page
    assert SECRET not in page


def test_written_again_it_is_hidden_for_good(client):
    call(client, message=f"Mon mot de passe est {SECRET}.", reviewed="1")

    kept = Message.objects.get()
    assert kept.text == "Mon mot de passe est ••••••••."
    assert kept.is_masked


def test_no_column_of_no_table_has_it(client):
    someone = account(email="camille@example.org")
    sign_in(client, someone.email)
    call(client, message=f"{SECRET} est mon mot de passe", device=f"mdp {SECRET}", page=f"mdp {SECRET}", reviewed="1")
    received()

    assert Ticket.objects.exists()
    for model in apps.get_models():
        for row in model._default_manager.values():
            assert SECRET not in str(row), model


def test_a_reply_is_looked_at_too(client):
    ticket()
    here = path(the_mail(), "/assistance/suivi/")
    key = form_key(client, here)
    page = shown(call(client, key=key, to=here, message=f"mdp : {SECRET}"))
    assert TOLD in page
    assert SECRET not in page

    call(client, key=key, to=here, message="code 123456", reviewed="1")
    assert Message.objects.order_by("pk").last().text == "code ••••••••"
