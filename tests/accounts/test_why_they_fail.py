"""« Pourquoi échouent-ils ? »: causes counted by person, those still outside, and a message that helps them."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.factories import account, adult, sign_in, sign_up_by_code
from tests.accounts.mailbox import received
from tests.accounts.steps import enter, with_totp
from xpassfam.accounts import failing
from xpassfam.accounts.models import ContactChoices, PendingSignUp, SignInTrouble
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence
from xpassfam.outbox.models import Message
from xpassfam.people.models import Person

pytestmark = pytest.mark.django_db
PAGE = "/gestion/pourquoi/"
START = datetime.fromisoformat("2027-01-11T08:00:00+00:00")
DAY = timedelta(days=1)
WRONG = "pas-le-bon"


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(START, tick=False)


@pytest.fixture
def camille():
    return account(adult(member_number="ESF-2019-004812-K"), email="camille@example.org")


@pytest.fixture
def administrator():
    someone = account(role="administrator", email="thierry@organisation.example")
    client = Client()
    enter(client, someone, with_totp(someone))
    return client


def miss(identifier, times=1, *, password=WRONG):
    client = Client()
    for _ in range(times):
        sign_in(client, identifier, password)


def words(response):
    return " ".join(response.content.decode().replace("\u00a0", " ").replace("\u202f", " ").split())


def causes(at=START):
    return {row.cause: (row.persons, len(row.outside)) for row in failing.report(at=at).causes}


def test_persons_are_counted_not_tries_nor_the_names_they_go_by(camille):
    miss("camille@example.org", 2)
    miss("ESF-2019-004812-K", 2)
    assert causes() == {"wrong": (1, 1)}
    [row] = SignInTrouble.objects.all()
    assert (row.tries, row.account) == (4, camille.public_id)


def test_each_cause_has_its_name(camille):
    account(adult("Thomas Rousseau"), email="thomas@example.org", blocked_at=START)
    miss("thomas@example.org", password="girafe-lavande-tambour-7")
    miss("camille@example.org", password="GIRAFE-LAVANDE")
    sign_up_by_code(Client(), adult("Yann Le Goff", member_number="ESF-2020-000007-B"), "yann@example.org")
    miss("yann@example.org", password="girafe-lavande-tambour-7")
    miss("nobody@example.org", 6)
    assert set(causes()) == {"blocked", "capitals", "not_activated", "wrong", "paused"}


def test_who_came_in_since_is_outside_no_more(camille, time_machine):
    miss("camille@example.org")
    time_machine.shift(timedelta(minutes=1))
    assert causes()["wrong"] == (1, 1)
    sign_in(Client(), "camille@example.org")
    assert causes()["wrong"] == (1, 0)


def test_what_no_account_was_tried_with_is_counted_and_named_nowhere(administrator):
    miss("somebody.else@example.org")
    page = words(administrator.get(PAGE))
    assert "1 identifiant essayé n’a pas de compte" in page
    assert "somebody.else" not in page
    assert SignInTrouble.objects.get().account == ""


def test_names_are_given_of_those_alone_whom_a_step_helps(administrator, camille):
    account(adult("Thomas Rousseau"), email="thomas@example.org", blocked_at=START)
    miss("thomas@example.org", password="girafe-lavande-tambour-7")
    assert "<li>Camille Martin</li>" not in words(administrator.get(PAGE))
    miss("camille@example.org")
    page = words(administrator.get(PAGE))
    assert page.count("<li>Camille Martin</li>") == 1
    assert "Écrire à 1 personne" in page


def test_writing_to_them_helps_once_a_week_and_is_in_their_history(administrator, camille):
    miss("camille@example.org")
    assert "1 message part" in words(administrator.post(f"{PAGE}ecrire/", follow=True))
    [letter] = received()
    assert letter.to == ["camille@example.org"]
    assert "/mot-de-passe/oublie/" in letter.body
    assert "une même personne" not in letter.body
    told = sentence(Line.objects.filter(account=camille.public_id).latest("pk"))
    assert "pour vous aider à entrer" in told
    assert "Personne à prévenir" in words(administrator.post(f"{PAGE}ecrire/", follow=True))
    assert received() == []


def test_a_pause_is_lifted_by_a_message_to_its_owner(administrator, camille):
    miss("camille@example.org", 7)
    assert causes()["paused"] == (1, 1)
    administrator.post(f"{PAGE}debloquer/")
    [letter] = received()
    assert "/connexion/deblocage/" in letter.body


def test_an_activation_that_nobody_opened_is_sent_again(administrator, time_machine):
    sign_up_by_code(Client(), adult("Yann Le Goff", member_number="ESF-2020-000007-B"), "yann@example.org")
    received()
    time_machine.shift(DAY + timedelta(minutes=1))
    assert [str(one.person) for one in failing.stuck(at=START + 2 * DAY)] == ["Yann Le Goff"]
    someone = account(role="administrator", email="anne@organisation.example")
    client = Client()
    enter(client, someone, with_totp(someone))
    client.post(f"{PAGE}renvoyer/")
    [letter] = [one for one in received() if one.to == ["yann@example.org"]]
    assert "/activation/" in letter.body
    assert PendingSignUp.objects.get().sent_at == START + DAY + timedelta(minutes=1)


def test_an_expired_link_is_replaced(camille, time_machine):
    Client().post("/mot-de-passe/oublie/", {"username": "camille@example.org"})
    received()
    time_machine.shift(2 * DAY)
    someone = account(role="administrator", email="anne@organisation.example")
    client = Client()
    enter(client, someone, with_totp(someone))
    assert "Envoyer un nouveau lien" in words(client.get(PAGE))
    client.post(f"{PAGE}lien/")
    assert [one.subject for one in received() if one.to == ["camille@example.org"]] == [
        "Choisir un nouveau mot de passe"
    ]


def test_mails_that_came_back_are_told_by_their_domain(administrator, camille):
    made = {"template": "t", "context": {}, "state": "failed", "created_at": START, "next_at": START}
    Message.objects.create(to="camille@gmial.example", account=camille.public_id, **made)
    Message.objects.create(to="camille@gmial.example", account=camille.public_id, **made)
    page = words(administrator.get(PAGE))
    assert "E-mail revenu de gmial.example" in page
    [(lost, _step)] = failing.report(at=START).undelivered
    assert lost.persons == 1


def lost(to, someone, failure="address"):
    made = {"template": "t", "context": {}, "state": "failed", "created_at": START, "next_at": START}
    return Message.objects.create(to=to, account=someone.public_id, failure=failure, **made)


def button(step):
    return f'action="{PAGE}{step}/"'


def test_who_gets_no_mail_is_written_to_by_their_other_ways_once_a_week(administrator, camille):
    camille.phone, camille.phone_verified_at = "+33639981234", START
    camille.save()
    Person.objects.filter(pk=camille.person_id).update(email="Camille.Bureau@example.org")
    lost(camille.email, camille)
    page = words(administrator.get(PAGE))
    assert button("joindre") in page
    assert "1 message part" in words(administrator.post(f"{PAGE}joindre/", {"domain": "example.org"}, follow=True))
    [letter] = received()
    assert letter.to == ["camille.bureau@example.org"]
    [text] = Message.objects.filter(channel="sms")
    assert text.to == "+33639981234"
    assert camille.email not in letter.body + text.text
    assert "pour vous aider à entrer" in sentence(Line.objects.filter(account=camille.public_id).latest("pk"))
    administrator.post(f"{PAGE}joindre/", {"domain": "example.org"})
    assert received() == []


def test_an_address_that_our_own_server_failed_is_tried_again(administrator, camille):
    lost(camille.email, camille, "server")
    administrator.post(f"{PAGE}joindre/", {"domain": "example.org"})
    assert [letter.to for letter in received()] == [[camille.email]]


def test_who_has_no_other_way_is_for_a_telephone_call(administrator, camille):
    lost(camille.email, camille)
    page = words(administrator.post(f"{PAGE}joindre/", {"domain": "example.org"}, follow=True))
    assert received() == []
    assert "un agent les appelle" in page.lower()


def test_in_discreet_mode_what_others_read_is_no_other_way(administrator, camille):
    Person.objects.filter(pk=camille.person_id).update(email="commune@example.org")
    ContactChoices.objects.create(account=camille, is_discreet=True)
    lost(camille.email, camille)
    administrator.post(f"{PAGE}joindre/", {"domain": "example.org"})
    assert received() == []


def test_only_the_domain_of_the_button_is_acted_on(administrator, camille):
    lost(camille.email, camille, "server")
    administrator.post(f"{PAGE}joindre/", {"domain": "elsewhere.example"})
    assert received() == []


def test_an_sms_that_was_not_delivered_is_no_mail_server(administrator, camille):
    message = lost("+33639981234", camille)
    Message.objects.filter(pk=message.pk).update(channel="sms")
    assert failing.report(at=START).undelivered == ()


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("ecrire", "Fait cette semaine : 1"),
        ("debloquer", "Fait cette semaine : 1"),
        ("lien", "Rien à faire"),
        ("renvoyer", "Rien à faire"),
        ("joindre", "Essayé cette semaine : 1"),
    ],
)
def test_what_was_done_is_said_in_place_of_its_button(camille, time_machine, step, said):
    if step == "ecrire":
        miss(camille.email)
    if step == "debloquer":
        miss(camille.email, 7)
    if step == "lien":
        Client().post("/mot-de-passe/oublie/", {"username": camille.email})
    if step == "renvoyer":
        sign_up_by_code(Client(), adult("Yann Le Goff", member_number="ESF-2020-000007-B"), "yann@example.org")
    if step == "joindre":
        lost(camille.email, camille)
    received()
    time_machine.shift(DAY + timedelta(hours=1))
    someone = account(role="administrator", email="anne@organisation.example")
    client = Client()
    enter(client, someone, with_totp(someone))
    assert button(step) in words(client.get(PAGE))
    done = words(client.post(f"{PAGE}{step}/", {"domain": "example.org"}, follow=True))
    assert button(step) not in done
    assert said in done


def test_who_fails_after_the_others_were_helped_has_the_button_again(administrator, camille):
    miss(camille.email)
    administrator.post(f"{PAGE}ecrire/")
    account(adult("Thomas Rousseau"), email="thomas@example.org")
    miss("thomas@example.org")
    page = words(administrator.get(PAGE))
    assert "Écrire à 1 personne" in page
    assert "Fait cette semaine : 1" in page


def test_the_page_asks_as_many_queries_for_many(administrator, camille):
    miss(camille.email)
    with CaptureQueriesContext(connection) as few:
        administrator.get(PAGE)
    for n in range(5):
        someone = account(adult(f"Zoé Numéro{'abcde'[n]}"), email=f"zoe{n}@example.org")
        miss(someone.email)
    with CaptureQueriesContext(connection) as many:
        administrator.get(PAGE)
    assert len(few) == len(many)


def test_nobody_but_administrators_reads_it():
    nadia = account(role="agent", email="nadia@organisation.example")
    client = Client()
    enter(client, nadia, with_totp(nadia))
    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}ecrire/").status_code == 403


def test_an_unknown_step_is_not_found(administrator):
    assert administrator.post(f"{PAGE}ouvrir/").status_code == 404
