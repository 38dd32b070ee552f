"""Every channel of before is told, and whoever reads one of them stops it, without signing in."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.mailbox import path, received
from tests.accounts.recoveries import START, WAIT, agent, ask, by_letter, code_of, is_in, print_as, settled, words
from tests.accounts.steps import enter, with_totp
from xpassfam.accounts.actions import disowning, recovering
from xpassfam.accounts.freezing import frozen_until
from xpassfam.accounts.models import Account, Alert, ContactChoices, EmailChange, Recovery
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def camille(clock):
    someone = settled(phone="+33639980001")
    with_totp(someone)
    return someone


def stop_link() -> str:
    return path(next(one for one in received() if "/arret/" in one.body), "/connexion/secours/arret/")


def an_alert(someone) -> Alert:
    facts = {"kind": "accounts.signed_in_anew", "created_at": START, "expires_at": START + 14 * DAY}
    return Alert.objects.create(account=someone, digest="x", **facts)


def test_who_lives_with_an_ex_that_opens_the_letters_stops_it_without_signing_in(client, camille, clock):
    """He knows her password and takes the letter out of the box; her telephone and her mailbox are hers."""
    ask(client, camille)
    code = code_of(print_as(Client(), camille, agent()))
    hers, link = Client(), stop_link()
    assert "Arrêter le courrier de secours" in words(hers.get(link))
    assert Recovery.objects.get().ended_at is None, "opening the link does nothing"
    assert "C’est arrêté" in words(hers.post(link))
    clock.shift(WAIT)
    assert by_letter(client, camille, code).status_code == 200
    assert not is_in(client)
    assert hasattr(Account.objects.get(pk=camille.pk), "totp_key")


def test_stopping_blocks_what_is_grave_and_advises_a_new_password(client, camille):
    ask(client, camille)
    link = stop_link()
    page = words(Client().post(link))
    assert "Quelqu’un connaît votre mot de passe" in page
    assert frozen_until(camille, START) == START + WAIT
    assert any("connaît votre mot de passe" in one.body for one in received())
    assert Client().get(link).status_code == 410


def test_who_was_stopped_does_not_begin_again_at_once_nor_for_ever(client, camille, clock):
    for _turn in range(recovering.MOST_IN_30_DAYS):
        ask(client, camille)
        recovering.stop(Recovery.objects.latest("pk"), is_contested=False, at=timezone.now())
        assert "La prochaine pourra partir" in words(ask(client, camille))
        clock.shift(WAIT)
    assert "La prochaine pourra partir" in words(ask(client, camille))
    assert Recovery.objects.count() == recovering.MOST_IN_30_DAYS


def test_whoever_burns_the_three_with_a_stolen_password_keeps_no_owner_out_who_chose_a_new_one(client, camille, clock):
    for _turn in range(recovering.MOST_IN_30_DAYS):
        recovering.stop(recovering.start(camille, at=timezone.now()).recovery, is_contested=True, at=timezone.now())
        clock.shift(WAIT)
    Account.objects.filter(pk=camille.pk).update(password_changed_at=timezone.now())
    clock.shift(timedelta(minutes=1))
    assert "Un courrier est en route" in words(ask(client, camille))


@pytest.mark.parametrize("contested", [True, False])
def test_the_owner_who_is_in_sees_it_and_stops_it(client, camille, contested):
    application = with_totp(camille)
    ask(Client(), camille)
    enter(client, camille, application)
    assert "Un courrier de secours est en cours" in words(client.get("/mon-compte/securite/"))
    page = client.post("/mon-compte/securite/secours/arret/", {"contested": "on"} if contested else {}, follow=True)
    assert "Un courrier de secours est en cours" not in words(page)
    assert Recovery.objects.get().outcome == "stopped"
    assert bool(frozen_until(camille, timezone.now())) is contested


def test_who_disowns_a_notice_stops_it_too(camille):
    """« Ce n’était pas moi », from whatever notice: nothing that was begun goes on."""
    recovering.start(camille, at=timezone.now())
    disowning.disown(an_alert(camille), device="", at=timezone.now())
    assert Recovery.objects.get().outcome == "stopped"


def test_the_sms_has_the_link_that_stops(client, camille):
    ask(client, camille)
    received()
    sms = Message.objects.get(channel="sms")
    assert "Pas vous ? Bloquez" in sms.text.replace("\u00a0", " ")
    assert re.search(r"/connexion/secours/arret/[\w-]{40,}/", sms.text)


def test_in_discreet_mode_a_channel_that_another_reads_is_not_told(client, camille):
    ContactChoices.objects.create(account=camille, is_discreet=True, email_is_shared=True)
    ask(client, camille)
    assert not Message.objects.filter(template__endswith="recovery_started").exists()
    assert Recovery.objects.exists()


def test_every_channel_is_told_at_once_and_again_when_it_opens(client, clock):
    someone = settled(register_email="register@example.org", phone="+33639980009")
    with_totp(someone)
    Account.objects.filter(pk=someone.pk).update(phone="+33639980008", phone_verified_at=START)
    ask(client, someone)
    told = {(one.to, one.channel) for one in Message.objects.filter(template__endswith="recovery_started")}
    everywhere = {
        ("camille@example.org", "email"),
        ("register@example.org", "email"),
        ("+33639980008", "sms"),
        ("+33639980009", "sms"),
    }
    assert told == everywhere
    code = code_of(print_as(Client(), someone, agent()))
    clock.shift(WAIT)
    by_letter(client, someone, code)
    told = {(one.to, one.channel) for one in Message.objects.filter(template__endswith="recovered")}
    assert told == everywhere


def test_the_address_of_before_is_told_for_a_month(client, camille):
    """Whoever took the account over and changed its address does not keep its owner from learning of the letter."""
    facts = {"asked_at": START - DAY, "sent_at": START - DAY, "confirmed_at": START - DAY, "digest": "x"}
    EmailChange.objects.create(account=camille, old_email="before@example.org", new_email=camille.email, **facts)
    ask(client, camille)
    assert Message.objects.filter(to="before@example.org", template__endswith="recovery_started").exists()
