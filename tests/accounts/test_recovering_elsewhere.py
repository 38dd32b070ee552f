"""The mailbox is lost too: an agent starts it, another prints, the letter and the word open it from a new mailbox."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.accounts.factories import account, adult, sign_in
from tests.accounts.mailbox import path, received
from tests.accounts.recoveries import (
    LOST_MAILBOX,
    NEW_MAILBOX,
    WAIT,
    ask_elsewhere,
    called,
    code_of,
    print_as,
    settled,
    text_of,
    words,
)
from tests.accounts.steps import with_totp
from xpassfam.accounts.actions import recovered, recovering
from xpassfam.accounts.freezing import frozen_until
from xpassfam.accounts.models import EmailChange, Recovery, Session, Throttle
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "canot-brume-tuile-41"
WRONG_CODE = "K7QF-2M9TXV"


@pytest.fixture
def camille(clock):
    someone = settled(member_number="ESF-2019-004812-K")
    with_totp(someone)
    return someone


def link_of_new_mailbox() -> str:
    return path(next(one for one in received() if one.to == [NEW_MAILBOX]), LOST_MAILBOX)


def reopened(halves, client, **typed):
    ask_elsewhere(halves)
    form = {"letter_code": halves["letter_code"], "new_password": NEW_PASSWORD} | typed
    return client.post(link_of_new_mailbox(), form)


def test_letter_and_word_open_the_account_from_a_new_mailbox_after_three_days(client, camille, halves, clock):
    clock.shift(WAIT)
    assert reopened(halves, client).headers["Location"] == "/connexion/"
    camille.refresh_from_db()
    assert camille.email == NEW_MAILBOX
    assert not hasattr(camille, "totp_key")
    assert sign_in(client, NEW_MAILBOX, NEW_PASSWORD).headers["Location"] == "/mon-compte/"
    assert sign_in(Client(), "camille@example.org").status_code == 200


def test_before_three_days_the_page_says_when(halves, clock):
    clock.shift(WAIT - timedelta(minutes=1))
    page = words(ask_elsewhere(halves))
    assert "Revenez le 14 janvier à 9 h" in page or "Revenez à 9 h" in page or "9 h" in page
    assert not Message.objects.filter(to=NEW_MAILBOX).exists()


def test_the_member_number_serves_as_the_address_does(camille, halves, clock):
    clock.shift(WAIT)
    assert "Regardez vos e-mails" in words(ask_elsewhere(halves, username="esf 2019 4812 k"))


@pytest.mark.parametrize("lacks", ["letter_code", "rescue_word"])
def test_one_half_opens_nothing(halves, clock, lacks):
    clock.shift(WAIT)
    other = WRONG_CODE if lacks == "letter_code" else recovering.new_word()
    assert "ne vont pas ensemble" in words(ask_elsewhere(halves, **{lacks: other}))
    assert not Message.objects.filter(to=NEW_MAILBOX).exists()


def test_the_word_stands_neither_in_the_letter_nor_in_any_message_nor_in_the_database(camille, nadia, olivier):
    word = called(camille, nadia).word
    assert word not in text_of(print_as(Client(), camille, olivier))
    received()
    assert not [one for one in Message.objects.all() if word in one.text or word in str(one.context)]
    assert word.replace("-", "") not in str(Recovery.objects.values().get())


def test_everything_of_before_ends_and_nothing_grave_changes_for_three_days(client, camille, halves, clock):
    thief = Client()
    thief.force_login(camille)
    clock.shift(WAIT)
    reopened(halves, client)
    assert not Session.objects.filter(account=camille).exists()
    assert thief.get("/mon-compte/securite/").status_code == 302
    assert frozen_until(camille, timezone.now()) == timezone.now() + WAIT


def test_the_former_mailbox_learns_it_and_has_no_way_back_in(client, camille, halves, clock):
    """Whoever reads it now must not get a link from us: that mailbox is lost."""
    clock.shift(WAIT)
    reopened(halves, client)
    [told] = [one for one in received() if one.to == ["camille@example.org"]]
    assert told.subject == "Votre compte est rouvert"
    assert "/ce-n-etait-pas-moi/" not in told.body
    assert "/assistance/" in told.body


def test_a_stop_link_in_the_former_mailbox_stops_it(camille, nadia, olivier, clock):
    word = called(camille, nadia).word
    link = path(next(one for one in received() if "/arret/" in one.body), LOST_MAILBOX + "arret/")
    halves = {"letter_code": code_of(print_as(Client(), camille, olivier)), "rescue_word": word}
    page = words(Client().post(link))
    assert "Quelqu’un nous a appelés en votre nom" in page
    clock.shift(WAIT)
    assert "ne vont pas ensemble" in words(ask_elsewhere(halves))
    assert not Message.objects.filter(to=NEW_MAILBOX).exists()


def test_an_address_that_has_an_account_is_told_by_mail_only(halves, clock):
    account(adult("Karim Benali"), email=NEW_MAILBOX)
    clock.shift(WAIT)
    assert "Regardez vos e-mails" in words(ask_elsewhere(halves))
    [letter] = [one for one in received() if one.to == [NEW_MAILBOX]]
    assert letter.subject == "Cette adresse a déjà un compte"
    assert Recovery.objects.get().link_digest == ""


def test_an_address_that_gets_an_account_meanwhile_is_not_taken_from_it(client, camille, halves, clock):
    clock.shift(WAIT)
    ask_elsewhere(halves)
    link = link_of_new_mailbox()
    account(adult("Karim Benali"), email=NEW_MAILBOX)
    typed = {"letter_code": halves["letter_code"], "new_password": NEW_PASSWORD}
    assert client.post(link, typed).status_code == 410
    camille.refresh_from_db()
    assert camille.email == "camille@example.org"
    assert Recovery.objects.get().ended_at is None


def test_the_link_asks_for_the_letter_again_and_serves_once(client, camille, halves, clock):
    clock.shift(WAIT)
    ask_elsewhere(halves)
    link = link_of_new_mailbox()
    assert client.get(link).headers["Referrer-Policy"] == "strict-origin"
    page = words(client.post(link, {"letter_code": WRONG_CODE, "new_password": NEW_PASSWORD}))
    assert "ne vont pas ensemble" in page
    typed = {"letter_code": halves["letter_code"], "new_password": NEW_PASSWORD}
    assert client.post(link, typed).status_code == 302
    assert client.post(link, typed).status_code == 410


def test_a_newer_link_ends_the_one_before(client, halves, clock):
    clock.shift(WAIT)
    ask_elsewhere(halves)
    old = link_of_new_mailbox()
    ask_elsewhere(halves)
    link_of_new_mailbox()
    assert client.get(old).status_code == 410


def test_the_password_alone_or_with_the_letter_does_not_open_what_was_asked_for_a_lost_mailbox(camille, halves, clock):
    clock.shift(WAIT)
    client = Client()
    sign_in(client, "camille@example.org")
    client.post("/connexion/deuxieme-etape/?methode=letter", {"letter_code": halves["letter_code"]})
    assert client.get("/mon-compte/securite/").status_code == 302


def test_whoever_has_the_letter_has_ten_tries_of_the_word_then_all_is_over_and_told(camille, halves, clock):
    clock.shift(WAIT)
    for hour in range(recovered.MOST_TRIES):
        if hour % 5 == 0:
            clock.shift(timedelta(hours=1))
        ask_elsewhere(halves, rescue_word=recovering.new_word())
    clock.shift(timedelta(hours=1))
    assert "ne vont pas ensemble" in words(ask_elsewhere(halves))
    assert Recovery.objects.get().outcome == "spent"
    assert any("trop de mots de secours faux" in one.body for one in received())


def test_a_stranger_without_the_letter_wears_nothing_out(halves, clock):
    for _try in range(8):
        ask_elsewhere(halves, letter_code=WRONG_CODE)
    assert Recovery.objects.get().tries == 0
    clock.shift(WAIT)
    assert "Regardez vos e-mails" in words(ask_elsewhere(halves))


def test_five_tries_an_hour_are_looked_at_from_one_address_known_or_not(halves, clock):
    clock.shift(WAIT)
    for username in ("camille@example.org", "nobody@example.org"):
        statuses = [ask_elsewhere(halves, username=username, letter_code=WRONG_CODE).status_code for _try in range(7)]
        assert statuses == [200] * 5 + [429] * 2
    assert ask_elsewhere(halves).status_code == 429


def test_known_unknown_and_without_recovery_cost_and_say_the_same(halves, clock):
    account(adult("Karim Benali"), email="karim@example.org")
    clock.shift(WAIT)
    ask_elsewhere(
        halves, username="somebody.before@example.org", letter_code=WRONG_CODE
    )  # what a process reads once is read
    seen = {}
    for name in ("camille@example.org", "karim@example.org", "nobody@example.org"):
        rows = Throttle.objects.count()
        with CaptureQueriesContext(connection) as queries:
            answer = ask_elsewhere(halves, username=name, letter_code=WRONG_CODE)
        body = words(answer).replace(name, "WHO").partition("csrfmiddlewaretoken")
        seen[name] = (answer.status_code, len(queries), Throttle.objects.count() - rows, body[0])
    assert len(set(seen.values())) == 1, seen


def test_a_slip_is_told_at_once_and_is_no_try(halves, clock):
    before = Throttle.objects.count()
    page = words(ask_elsewhere(halves, letter_code="K7QF-2M9TX"))
    assert "a 10 signes" in page
    assert NEW_MAILBOX in page
    assert Throttle.objects.count() == before


def test_a_new_letter_ends_the_code_of_the_one_before(camille, halves, olivier, clock):
    newer = code_of(print_as(Client(), camille, olivier))
    clock.shift(WAIT)
    assert "ne vont pas ensemble" in words(ask_elsewhere(halves))
    assert "Regardez vos e-mails" in words(ask_elsewhere(halves, letter_code=newer))


def test_a_change_of_address_that_somebody_began_goes_no_further(client, camille, halves, clock):
    clock.shift(WAIT)
    now = timezone.now()
    change = EmailChange.objects.create(
        account=camille, old_email=camille.email, new_email="thief@example.org", asked_at=now, sent_at=now, digest="x"
    )
    reopened(halves, client)
    change.refresh_from_db()
    assert change.superseded_at


def test_each_gesture_of_agents_is_in_the_person_s_history_with_their_name(client, camille, halves, clock):
    clock.shift(WAIT)
    reopened(halves, client)
    lines = Line.objects.filter(person=camille.person.public_id, kind__startswith="accounts.recover").order_by("pk")
    assert [line.actor_kind for line in lines] == ["agent", "agent", "family"]
    assert NEW_MAILBOX in sentence(lines[2])
    assert len({line.actor for line in lines}) == 3
