"""The owner, second step given, puts the address of before back alone; nobody else does."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from tests.accounts.factories import account, adult, sign_in
from tests.accounts.mailbox import code, path, received, the_mail
from tests.accounts.steps import answer, code_of_last_mail, enter, is_in, with_totp
from xpassfam.accounts.everywhere import tell_everywhere
from xpassfam.accounts.freezing import frozen_until
from xpassfam.accounts.models import Account, ContactChoices, Contestation, EmailChange, KnownDevice, TotpKey
from xpassfam.journal.models import Line
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
OLD, NEW = "camille@example.org", "camille.neuve@example.org"
ADDRESS = "/mon-compte/securite/adresse/"
PAGE = f"{ADDRESS}ancienne/"
NUMBER = "+33639981234"
START = datetime.fromisoformat("2027-01-11T08:00:00+00:00")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def camille(time_machine):
    time_machine.move_to(START, tick=False)
    return account(adult(member_number="ESF-2019-004812-K"), email=OLD)


def words(response):
    return " ".join(response.content.decode().replace("\u00a0", " ").replace("\u202f", " ").split())


def change(client):
    """Asked, answered by the code; the two mails that follow."""
    client.post(ADDRESS, {"email": NEW})
    client.post(f"{ADDRESS}code/", {"code": code(the_mail())})
    return {letter.to[0]: letter for letter in received()}


def shown(response):
    """What is read, without the form's own token."""
    return re.sub(r'<input type="hidden"[^>]*>', "", words(response))


def just_before_it_is_held(act):
    """In another window, once the page judged for itself."""

    def look(execute, sql, *rest):
        if sql.startswith("SELECT") and '"accounts_emailchange"."id" = ' in sql:
            act()
        return execute(sql, *rest)

    return connection.execute_wrapper(look)


@pytest.fixture
def protected(client, camille):
    """Whose address was just changed, with an application of codes."""
    enter(client, camille, with_totp(camille))
    change(client)
    return client


def address_of(camille):
    return Account.objects.get(pk=camille.pk).email


def desk(name):
    """An agent's."""
    someone, client = account(role="agent", email=f"{name}@organisation.example"), Client()
    enter(client, someone, with_totp(someone))
    return client


def test_who_has_a_second_step_puts_the_address_of_before_back_alone(protected, camille):
    assert OLD in words(protected.get(PAGE))
    assert address_of(camille) == NEW
    done = words(protected.post(PAGE, follow=True))
    assert f"vous vous connectez de nouveau avec {OLD}" in done
    assert "Changez aussi votre mot de passe" in done
    assert address_of(camille) == OLD
    assert [sign_in(Client(), name).status_code for name in (OLD, NEW)] == [302, 200]


def test_what_is_frozen_leads_there(protected):
    page = protected.get(ADDRESS)
    assert page.status_code == 403
    assert f'href="{PAGE}"' in page.content.decode()


def test_a_trusted_device_is_asked_for_the_second_step_all_the_same(client, camille):
    enter(client, camille, with_totp(camille), trust="on")
    change(client)
    KnownDevice.objects.update(trusted_until=START + DAY)
    client.post("/deconnexion/")
    sign_in(client, NEW)
    assert client.get("/mon-compte/securite/").status_code == 200
    assert client.get(PAGE).headers["Location"] == f"/connexion/confirmer/?next={PAGE}"
    client.post(PAGE)
    assert address_of(camille) == NEW


def test_without_a_second_step_it_is_for_agents(client, camille):
    sign_in(client, OLD)
    change(client)
    assert "Appelez-nous" in words(client.get(PAGE))
    assert client.post(PAGE).status_code == 403
    assert address_of(camille) == NEW


def test_after_three_days_there_is_nothing_to_put_back(protected, camille, time_machine):
    time_machine.shift(3 * DAY)
    again = Client()
    application = with_totp(camille)
    sign_in(again, NEW)
    again.post("/connexion/deuxieme-etape/", {"code": application.now()})
    assert again.get(PAGE).status_code == 404
    assert again.post(PAGE).status_code == 404
    assert address_of(camille) == NEW


def test_it_is_put_back_once(protected, camille):
    protected.post(PAGE)
    assert protected.post(PAGE).status_code == 404
    assert address_of(camille) == OLD
    assert EmailChange.objects.filter(reverted_at=START).count() == 1


def test_every_other_device_ends_and_what_is_grave_waits_from_now(protected, camille, time_machine):
    other = Client()
    time_machine.shift(timedelta(minutes=1))
    application = with_totp(camille)
    sign_in(other, NEW)
    other.post("/connexion/deuxieme-etape/", {"code": application.now()})
    assert other.get("/mon-compte/").status_code == 200
    protected.post(PAGE)
    assert other.get("/mon-compte/").status_code == 302
    assert protected.get("/mon-compte/").status_code == 200
    assert frozen_until(camille, START + DAY) == START + 3 * DAY + timedelta(minutes=1)
    assert protected.get(ADDRESS).status_code == 403


def test_links_that_wait_in_the_mailbox_that_goes_die(protected, camille):
    Client().post("/mot-de-passe/oublie/", {"username": NEW})
    reset = path(the_mail(), "/mot-de-passe/nouveau/")
    protected.post(PAGE)
    assert Client().get(reset).status_code == 410


def test_a_code_that_waits_in_the_mailbox_that_goes_opens_nothing(protected, camille):
    Account.objects.filter(pk=camille.pk).update(second_step_email=True)
    intruder = Client()
    sign_in(intruder, NEW)
    intruder.post("/connexion/deuxieme-etape/envoi/?methode=email")
    waiting = code_of_last_mail()
    protected.post(PAGE)
    answer(intruder, waiting, method="email")
    assert not is_in(intruder)


def test_both_mailboxes_and_the_telephone_are_told(protected, camille):
    Account.objects.filter(pk=camille.pk).update(phone=NUMBER, phone_verified_at=START)
    protected.post(PAGE)
    letters = {letter.to[0]: letter for letter in received()}
    assert set(letters) == {OLD, NEW}
    assert {letter.subject for letter in letters.values()} == {"Votre adresse de connexion est remise"}
    assert "/connexion/adresse/" in letters[NEW].body
    [text] = Message.objects.filter(channel="sms")
    assert (text.to, "adresse de connexion remise" in text.text) == (NUMBER, True)


def test_in_discreet_mode_the_mailbox_that_comes_back_gets_nothing_until_its_owner_says_so(protected, camille):
    ContactChoices.objects.create(account=camille, is_discreet=True)
    protected.post(PAGE)
    letter = the_mail()
    assert (letter.to, letter.subject) == ([NEW], "Un message vous attend")
    assert ContactChoices.objects.get().email_is_shared is True


def test_in_discreet_mode_no_codes_go_to_the_mailbox_that_comes_back(protected, camille):
    ContactChoices.objects.create(account=camille, is_discreet=True)
    Account.objects.filter(pk=camille.pk).update(second_step_email=True)
    refused = protected.post(PAGE)
    assert refused.status_code == 403
    assert "L’ancienne adresse ne peut pas être remise d’ici. Appelez-nous" in words(refused)
    assert "discret" not in words(refused).lower()
    assert address_of(camille) == NEW


@pytest.mark.parametrize("has_codes_by_email", [True, False])
def test_whoever_opens_the_page_reads_nothing_of_discreet_mode(protected, camille, has_codes_by_email):
    """Codes by e-mail go to the new mailbox: whoever moved the address there proves with them who they are not."""
    Account.objects.filter(pk=camille.pk).update(second_step_email=has_codes_by_email)
    protected.get(PAGE)  # says, once, that the address is changed
    without = shown(protected.get(PAGE))
    ContactChoices.objects.create(account=camille, is_discreet=True)
    assert shown(protected.get(PAGE)) == without
    assert "Nous prévenons là où personne d’autre ne lit" in without
    assert "discret" not in without.lower()


def turn_the_steps_off(camille):
    TotpKey.objects.filter(account=camille).delete()


def be_discreet_with_codes_by_email(camille):
    ContactChoices.objects.create(account=camille, is_discreet=True)
    Account.objects.filter(pk=camille.pk).update(second_step_email=True)


@pytest.mark.parametrize("what_another_window_does", [turn_the_steps_off, be_discreet_with_codes_by_email])
def test_what_goes_on_or_off_meanwhile_is_for_agents(protected, camille, what_another_window_does):
    with just_before_it_is_held(lambda: what_another_window_does(camille)):
        answered = protected.post(PAGE)
    assert answered.status_code == 403
    assert "Appelez-nous" in words(answered)
    assert address_of(camille) == NEW


def test_the_history_says_who_put_it_back_and_from_what(protected, camille):
    protected.post(PAGE)
    line = Line.objects.get(kind="accounts.email_put_back")
    assert (line.actor, line.audience) == (camille.public_id, "self")


def test_the_mailbox_that_was_left_stops_it_and_gives_the_other_no_new_password(protected, camille):
    protected.post(PAGE)
    link = path({letter.to[0]: letter for letter in received()}[NEW], "/connexion/adresse/")
    assert "C’est fait" in words(Client().post(link))
    assert protected.get("/mon-compte/").status_code == 302
    assert frozen_until(camille, START + 4 * DAY)
    assert not received()
    assert Client().post(link).status_code == 410


def test_two_agents_undo_it_for_whoever_was_put_out_by_another_s_key(protected, camille):
    ContactChoices.objects.create(account=camille, is_discreet=True)
    protected.post(PAGE)
    Client().post(path(the_mail(), "/connexion/adresse/"))
    page = f"/gestion/securite/{Contestation.objects.get().public_id}/"
    nadia, olivier = desk("nadia"), desk("olivier")
    assert "Proposer de remettre" in words(nadia.get(page))
    nadia.post(f"{page}adresse/")
    nadia.post(f"{page}adresse/accord/")
    assert address_of(camille) == OLD
    olivier.post(f"{page}adresse/accord/")
    assert address_of(camille) == NEW
    received()
    Client().post("/mot-de-passe/oublie/", {"username": NEW})
    assert the_mail().to == [NEW]


def test_the_mailbox_that_was_left_still_hears_of_what_is_grave(protected, camille):
    protected.post(PAGE)
    received()
    tell_everywhere(camille, "accounts/mail/recovery_stopped", sms="accounts/sms/recovery_stopped", at=START)
    assert NEW in {letter.to[0] for letter in received()}


def test_an_address_taken_meanwhile_is_said_and_changes_nothing(protected, camille):
    account(adult("Karim Benali"), email=OLD)
    assert "Un autre compte" in words(protected.post(PAGE, follow=True))
    assert address_of(camille) == NEW
    assert not Line.objects.filter(kind="accounts.email_put_back").exists()


def test_agents_read_that_its_owner_put_it_back(client, camille):
    application = with_totp(camille)
    enter(client, camille, application)
    Client().post(path(change(client)[OLD], "/connexion/adresse/"))
    received()
    again = Client()
    sign_in(again, NEW)
    again.post("/connexion/deuxieme-etape/", {"code": with_totp(camille).now()})
    again.post(PAGE)
    assert address_of(camille) == OLD
    page = words(desk("nadia").get(f"/gestion/securite/{Contestation.objects.get().public_id}/"))
    assert "par la personne elle-même" in page
    assert "Proposer de remettre" not in page
