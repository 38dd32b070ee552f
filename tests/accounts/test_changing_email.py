"""A new address of sign-in: its mailbox answers first, the old one is told, and two agents are needed to undo it."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.accounts.factories import account, adult, sign_in
from tests.accounts.mailbox import code, html, path, received, the_mail
from tests.accounts.steps import answer, code_of_last_mail, enter, is_in, with_totp
from tests.people.factories import living, person
from xpassfam.accounts.freezing import frozen_until
from xpassfam.accounts.models import Account, ContactChoices, Contestation, EmailChange, Freeze, Session
from xpassfam.journal.models import Line
from xpassfam.outbox.models import Message
from xpassfam.people.models import Separation

pytestmark = pytest.mark.django_db
OLD, NEW = "camille@example.org", "camille.neuve@example.org"
PAGE = "/mon-compte/securite/adresse/"
CODE = f"{PAGE}code/"
NUMBER = "+33639981234"
START = datetime.fromisoformat("2027-01-11T08:00:00+00:00")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def camille(client, time_machine):
    time_machine.move_to(START, tick=False)
    camille = account(adult(member_number="ESF-2019-004812-K"), email=OLD)
    sign_in(client, OLD)
    return camille


def words(response):
    return " ".join(response.content.decode().replace("\u00a0", " ").replace("\u202f", " ").split())


def ask(client, email=NEW, **more):
    return client.post(PAGE, {"email": email, **more})


def change(client):
    """Asked, answered by the code; the two mails that follow."""
    ask(client)
    client.post(CODE, {"code": code(the_mail())})
    return {letter.to[0]: letter for letter in received()}


def address_of(camille):
    return Account.objects.get(pk=camille.pk).email


def stop(client):
    """The old mailbox says that it was not its owner."""
    link = path(change(client)[OLD], "/connexion/adresse/")
    Client().post(link)
    received()
    return Contestation.objects.get()


def agent(name):
    someone = account(role="agent", email=f"{name}@organisation.example")
    client = Client()
    enter(client, someone, with_totp(someone))
    return client


def test_nothing_changes_before_the_new_mailbox_has_answered(client, camille):
    assert ask(client).headers["Location"] == CODE
    assert NEW in words(client.get(CODE))
    letter = the_mail()
    assert letter.to == [NEW]
    assert "Camille" not in letter.body
    assert address_of(camille) == OLD
    assert sign_in(Client(), NEW).status_code == 200


@pytest.mark.parametrize("typed", ["123 456", "123-456", "123456"])
def test_the_six_digits_change_it_however_they_are_typed(client, camille, typed):
    ask(client)
    digits = code(the_mail())
    client.post(CODE, {"code": typed.replace("123", digits[:3]).replace("456", digits[3:])})
    assert address_of(camille) == NEW
    assert sign_in(Client(), NEW).status_code == 302
    assert sign_in(Client(), OLD).status_code == 200


def test_so_does_the_link_by_its_button_and_opening_it_does_not(client, camille):
    ask(client)
    link = path(the_mail(), "/mon-compte/securite/adresse/lien/")
    page = client.get(link)
    assert NEW in words(page)
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert address_of(camille) == OLD
    assert client.post(link).headers["Location"] == "/mon-compte/securite/"
    assert address_of(camille) == NEW
    assert client.get(link).status_code == 403  # frozen by now


@pytest.mark.parametrize("by", ["code", "link"])
def test_the_page_then_says_the_new_address(client, camille, by):
    ask(client)
    letter = the_mail()
    if by == "code":
        client.post(CODE, {"code": code(letter)})
    else:
        client.post(path(letter, "/mon-compte/securite/adresse/lien/"))
    assert f"vous vous connectez désormais avec {NEW}" in words(client.get("/mon-compte/securite/"))


def test_whoever_reads_the_new_mailbox_without_the_session_changes_nothing(client, camille):
    ask(client, "slip@example.org")
    link = path(the_mail(), "/mon-compte/securite/adresse/lien/")
    assert Client().post(link).headers["Location"].startswith("/connexion/")
    stranger = Client()
    account(adult("Karim Benali"), email="karim@example.org")
    sign_in(stranger, "karim@example.org")
    assert stranger.post(link).status_code == 410
    assert address_of(camille) == OLD


def test_other_devices_end_this_one_goes_on_and_waiting_links_die(client, camille):
    other = Client()
    sign_in(other, OLD)
    other.post("/mot-de-passe/oublie/", {"username": OLD})
    reset = path(next(letter for letter in received() if "/nouveau/" in letter.body), "/mot-de-passe/nouveau/")
    change(client)
    assert client.get("/mon-compte/").status_code == 200
    assert other.get("/mon-compte/").status_code == 302
    assert Client().get(reset).status_code == 410


def test_a_code_that_waits_in_the_old_mailbox_opens_nothing(client, camille):
    Account.objects.filter(pk=camille.pk).update(second_step_email=True)
    other = Client()
    sign_in(other, OLD)
    waiting = code_of_last_mail()
    received()
    change(client)
    answer(other, waiting)
    assert address_of(camille) == NEW
    assert not is_in(other)


def test_both_mailboxes_are_told_and_what_is_grave_waits_three_days(client, camille):
    letters = change(client)
    assert letters[OLD].subject == "Votre adresse de connexion a changé"
    assert "Ce n’était pas moi" in html(letters[OLD])
    assert letters[NEW].subject == "Votre nouvelle adresse de connexion"
    assert "/connexion/adresse/" not in letters[NEW].body
    assert frozen_until(camille, START) == START + 3 * DAY
    assert client.get(PAGE).status_code == 403


def test_five_wrong_codes_end_the_digits_and_a_new_message_brings_others(client, camille, time_machine):
    ask(client)
    right = code(the_mail())
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        client.post(CODE, {"code": wrong})
    assert "ne marchent plus" in words(client.post(CODE, {"code": right}))
    assert address_of(camille) == OLD
    time_machine.shift(timedelta(seconds=61))
    client.post(f"{PAGE}renvoi/")
    client.post(CODE, {"code": code(the_mail())})
    assert address_of(camille) == NEW


def test_the_digits_last_ten_minutes_and_the_link_a_day(client, camille, time_machine):
    ask(client)
    letter = the_mail()
    time_machine.shift(timedelta(minutes=10, seconds=1))
    assert "ne marchent plus" in words(client.post(CODE, {"code": code(letter)}))
    time_machine.shift(DAY)
    sign_in(client, OLD)
    assert client.post(path(letter, "/mon-compte/securite/adresse/lien/")).status_code == 410
    assert address_of(camille) == OLD


def test_a_newer_asking_ends_the_older_and_giving_up_ends_it_too(client, camille):
    ask(client, "first@example.org")
    first = path(the_mail(), "/mon-compte/securite/adresse/lien/")
    ask(client)
    second = path(the_mail(), "/mon-compte/securite/adresse/lien/")
    assert client.post(first).status_code == 410
    client.post(f"{PAGE}abandon/")
    assert client.post(second).status_code == 410
    assert address_of(camille) == OLD


def test_that_another_account_has_the_address_only_its_mailbox_learns(client, camille, time_machine):
    account(adult("Karim Benali"), email="karim@example.org")
    pages = []
    for email in ("karim@example.org", "nobody@example.org"):
        answer = ask(client, email)
        page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", words(client.get(CODE)))
        pages.append((answer.status_code, page.replace(email, "WHO")))
        letter = the_mail()
        assert letter.to == [email]
        assert ("déjà un compte" in letter.subject) == (email == "karim@example.org")
    assert pages[0] == pages[1]


def test_an_address_taken_meanwhile_is_said_and_changes_nothing(client, camille):
    ask(client)
    digits = code(the_mail())
    account(adult("Karim Benali"), email=NEW)
    answer = client.post(CODE, {"code": digits})
    assert answer.status_code == 410
    assert "déjà un compte" in words(answer)
    assert address_of(camille) == OLD
    assert frozen_until(camille, START) is None


def test_another_adult_of_the_home_with_that_address_is_a_warning_once(client, camille):
    karim = person("Karim Benali", email=NEW)
    living(karim, camille.person.residences.get().household)
    warned = ask(client)
    assert "Une autre personne de votre foyer a donné cette adresse" in words(warned)
    assert "Karim" not in words(warned)
    assert received() == []
    assert ask(client, knows_it_is_shared="on").headers["Location"] == CODE


def test_where_a_separation_is_declared_nobody_finds_out_what_the_other_gave(client, camille):
    home = camille.person.residences.get().household
    living(person("Karim Benali", email=NEW), home)
    Separation.objects.create(household=home, declared_by=camille.person, declared_at=START)
    assert ask(client).headers["Location"] == CODE


def test_one_s_own_address_is_no_change(client):
    assert "C’est déjà votre adresse" in words(ask(client, OLD))


def test_messages_are_counted(client, camille):
    for n in range(6):
        assert ask(client, f"n{n}@example.org").status_code == 302
    assert "Pas encore" in words(ask(client, "n7@example.org"))


def test_it_is_asked_again_who_it_is(client, time_machine):
    time_machine.shift(timedelta(minutes=11))
    assert client.get(PAGE).headers["Location"] == f"/connexion/confirmer/?next={PAGE}"


def test_the_history_says_from_what_to_what(client, camille):
    change(client)
    kinds = list(Line.objects.filter(account=camille.public_id).order_by("pk").values_list("kind", flat=True))
    assert kinds[-3:] == ["accounts.email_asked", "accounts.frozen", "accounts.email_changed"]


def test_the_old_mailbox_stops_it_without_signing_in_and_puts_nothing_back(client, camille):
    link = path(change(client)[OLD], "/connexion/adresse/")
    visitor = Client()
    assert visitor.get(link).status_code == 200
    assert client.get("/mon-compte/").status_code == 200
    assert "C’est fait" in words(visitor.post(link))
    assert not Session.objects.filter(account=camille).exists()
    assert address_of(camille) == NEW
    assert Freeze.objects.filter(account=camille, reason="not_me").exists()
    assert frozen_until(camille, START + 4 * DAY)
    assert Contestation.objects.get().account == camille
    assert visitor.post(link).status_code == 410
    line = Line.objects.get(kind="accounts.sign_in_contested")
    assert (line.actor_kind, line.actor) == ("visitor", "")


def test_after_72_hours_it_stops_nothing(client, camille, time_machine):
    link = path(change(client)[OLD], "/connexion/adresse/")
    time_machine.shift(3 * DAY)
    assert Client().post(link).status_code == 410
    assert not Contestation.objects.exists()


def test_two_agents_put_it_back_and_one_alone_can_not(client, camille):
    report = stop(client)
    one, two = agent("nadia"), agent("olivier")
    address = f"/gestion/securite/{report.public_id}/adresse/"
    one.post(f"{address}accord/")
    assert address_of(camille) == NEW
    one.post(address)
    assert "Un autre agent doit maintenant l’accorder" in words(one.get(f"/gestion/securite/{report.public_id}/"))
    one.post(f"{address}accord/")
    assert address_of(camille) == NEW
    assert "Accorder" in words(two.get(f"/gestion/securite/{report.public_id}/"))
    two.post(f"{address}accord/")
    assert address_of(camille) == OLD
    letters = {letter.to[0]: letter for letter in received()}
    assert "/mot-de-passe/oublie/" in letters[OLD].body
    assert "/mot-de-passe/oublie/" not in letters[NEW].body
    # The password that the intruder knew opens nothing, by either name.
    assert [sign_in(Client(), name).status_code for name in (OLD, NEW, "ESF-2019-004812-K")] == [200] * 3
    assert frozen_until(camille, START + DAY) == START + 3 * DAY


def test_a_link_that_waits_in_the_mailbox_that_agents_take_back_dies(client, camille):
    report = stop(client)
    Client().post("/mot-de-passe/oublie/", {"username": NEW})
    reset = path(the_mail(), "/mot-de-passe/nouveau/")
    address = f"/gestion/securite/{report.public_id}/adresse/"
    agent("nadia").post(address)
    agent("olivier").post(f"{address}accord/")
    assert address_of(camille) == OLD
    assert Client().get(reset).status_code == 410


def test_the_database_itself_refuses_one_agent_alone(client, camille):
    change(client)
    nadia = account(role="agent", email="nadia@organisation.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        EmailChange.objects.update(revert_proposed_by=nadia, reverted_by=nadia, reverted_at=START)


def test_families_and_administrators_put_nothing_back(client, camille):
    report = stop(client)
    karim = Client()
    account(adult("Karim Benali"), email="karim@example.org")
    sign_in(karim, "karim@example.org")
    assert karim.post(f"/gestion/securite/{report.public_id}/adresse/").status_code == 403
    assert EmailChange.objects.get().revert_proposed_by is None


def test_the_verified_telephone_is_told_too(client, camille):
    Account.objects.filter(pk=camille.pk).update(phone=NUMBER, phone_verified_at=START)
    change(client)
    [text] = Message.objects.filter(channel="sms")
    assert (text.to, "adresse de connexion changée" in text.text) == (NUMBER, True)
    assert "/connexion/adresse/" in text.text


def test_in_discreet_mode_an_old_mailbox_that_another_reads_learns_nothing(client, camille):
    Account.objects.filter(pk=camille.pk).update(phone=NUMBER, phone_verified_at=START)
    ContactChoices.objects.create(account=camille, is_discreet=True, email_is_shared=True)
    letters = change(client)
    assert set(letters) == {NEW}
    [text] = Message.objects.filter(channel="sms")
    assert text.text.startswith("Votre compte a changé.")
    assert ContactChoices.objects.get().email_is_shared is False


def test_in_discreet_mode_one_s_own_old_mailbox_is_told_under_a_subject_that_says_nothing(client, camille):
    ContactChoices.objects.create(account=camille, is_discreet=True)
    letters = change(client)
    assert letters[OLD].subject == letters[NEW].subject == "Un message vous attend"
    assert "/connexion/adresse/" in letters[OLD].body
