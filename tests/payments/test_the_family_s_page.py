"""What a family reads of its account, and how it stops a change."""

import html
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.payments.accounts import OTHER
from xpassfam.outbox.mail import compose
from xpassfam.outbox.models import Message
from xpassfam.payments.actions import order
from xpassfam.payments.models import BankDetails, PaymentOrder
from xpassfam.people.models import Access, Separation
from xpassfam.rules.visibility import Viewer, may_see_payments

PAGE = "/mon-compte/coordonnees-bancaires/"
DAY = timedelta(days=1)


@pytest.fixture
def accounts(given):
    """One that serves, ends by 0189; one that is to come, ends by 3000."""
    return given(at=timezone.now() - 30 * DAY), given(OTHER, at=timezone.now() - DAY)


def words(response):
    assert response.status_code == 200
    return html.unescape(response.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def stop(details):
    return f"{PAGE}{details.public_id}/arret/"


def test_the_page_shows_both_by_their_end(family, accounts):
    text = words(family.client(family.camille).get(PAGE))
    assert "se termine par 0189" in text
    assert "se termine par 3000" in text
    assert "Ce n’est pas moi" in text
    assert "30006000" not in text.replace(" ", "")


def test_without_an_account_it_says_what_to_do(family):
    text = words(family.client(family.camille).get(PAGE))
    assert "Aucun compte ne sert encore" in text
    assert "faites une demande" in text
    assert "Ce n’est pas moi" not in text


def test_one_button_stops_the_change(family, accounts):
    client = family.client(family.karim)
    text = words(client.post(stop(accounts[1]), follow=True))
    assert "le nouveau compte ne servira pas" in text
    assert "se termine par 0189" in text
    assert "3000" not in text


def test_pressed_twice_or_too_late_it_says_so(family, accounts):
    client = family.client(family.camille)
    client.post(stop(accounts[1]))
    assert "Trop tard" in words(client.post(stop(accounts[1]), follow=True))
    assert "Trop tard" in words(client.post(stop(accounts[0]), follow=True))
    assert "se termine par 0189" in words(client.get(PAGE))


def test_who_only_sees_the_home_sees_no_account(family, accounts):
    client = family.client(family.lea)
    assert client.get(PAGE).status_code == 404
    assert client.post(stop(accounts[1])).status_code == 404
    assert family.home.bank_details.coming(timezone.now()).exists()


def test_the_other_home_of_a_child_sees_nothing(family, accounts):
    client = family.client(family.antoine)
    assert "0189" not in words(client.get(PAGE))
    assert client.post(stop(accounts[1])).status_code == 404


def test_while_a_separation_is_declared_nothing_is_shown_and_a_phone_is(family, accounts):
    Separation.objects.create(household=family.home, declared_by=family.karim, declared_at=timezone.now())
    client = family.client(family.camille)
    text = words(client.get(PAGE))
    assert "0189" not in text
    assert "Appelez-nous" in text
    assert client.post(stop(accounts[1])).status_code == 404


@pytest.mark.parametrize("permission", Access.Permission.values)
@pytest.mark.parametrize("is_frozen", [False, True])
@pytest.mark.parametrize("own", [False, True])
def test_the_database_and_the_rules_say_the_same(family, accounts, permission, is_frozen, own):
    now = timezone.now()
    order(family.home, amount_cents=100, label="x", cause="x", by=family.account(family.karim).actor, at=now)
    home = family.home if own else family.other_home
    viewer = Viewer(family.karim.pk, home.pk, now.date(), permission=permission, is_frozen=is_frozen)
    may = may_see_payments(viewer, family.home.pk)
    assert may == (own and permission == "all" and not is_frozen)
    assert BankDetails.objects.visible_to(viewer).filter(household=family.home).exists() == may
    assert PaymentOrder.objects.visible_to(viewer).filter(household=family.home).exists() == may


def test_the_message_leads_to_the_page_and_holds_no_number(family, given):
    family.account(family.camille)
    given(at=timezone.now())
    for message in Message.objects.filter(template="payments/mail/bank_details_changed"):
        mail = compose(message)
        assert (PAGE in mail.text, PAGE in mail.html) == (message.context["has_account"],) * 2
        assert "0189" not in mail.text + mail.html
        assert "délai de sécurité" in mail.text


def test_the_message_of_a_stopped_change_says_so(family, accounts):
    family.client(family.karim).post(stop(accounts[1]))
    mail = compose(Message.objects.filter(template="payments/mail/bank_details_stopped").latest("pk"))
    assert mail.subject == "Vos coordonnées bancaires ne changent pas"
    assert "Le nouveau compte ne servira pas." in mail.text
