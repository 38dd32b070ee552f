"""A list of people is asked for new passwords: theirs open nothing from then on, and each is helped to choose another.

Source: the forced changes of passwords after a leak, of `docs/security`.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.accounts.factories import PASSWORD, account, adult, sign_in
from tests.accounts.mailbox import path, received, the_mail
from tests.accounts.steps import answer, enter, is_in, with_totp
from xpassfam.accounts import pipeline
from xpassfam.accounts.actions import asking_anew, passwords
from xpassfam.accounts.actions.second_step import passkeys
from xpassfam.accounts.models import ContactChoices, KnownDevice, Passkey, SignInTrouble
from xpassfam.journal.actions import Actor
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence

pytestmark = pytest.mark.django_db
PAGE = "/gestion/securite/mots-de-passe/"
WHY = "Une liste circule sur internet."
NEW = "canot-brume-tuile-41"
BY = Actor(kind="administrator", public_id="thierry", name="Thierry Roux")


@pytest.fixture
def camille():
    return account(adult(member_number="ESF-2019-004812-K"), email="camille@example.org")


@pytest.fixture
def thierry():
    return account(role="administrator", email="thierry@organisation.example")


@pytest.fixture
def administrator(thierry):
    client = Client()
    enter(client, thierry, with_totp(thierry))
    received()
    return client


def words(response):
    return " ".join(response.content.decode().replace("\u00a0", " ").replace("\u202f", " ").split())


def ask(*accounts):
    return asking_anew.ask_anew(accounts, why=WHY, by=BY, at=timezone.now())


def send(client, people, **more):
    return client.post(PAGE, {"people": people, "why": WHY, **more}, follow=True)


def test_who_is_meant_is_read_before_anything_is_closed(administrator, camille):
    text = words(send(administrator, "Camille@Example.org\nESF 2019 4812 K\n\npersonne@example.org,\n"))
    assert "1 personne concernée" in text
    assert "camille@example.org" in text
    assert "1 ligne ne mène à aucun compte" in text
    camille.refresh_from_db()
    assert not camille.password_is_due
    assert not received()


def test_those_of_the_list_are_out_and_get_a_link_that_says_why(administrator, camille, client):
    sign_in(client, camille.email)
    other = Client()
    sign_in(other, account().email)
    received()
    said = words(send(administrator, "camille@example.org", sure="1"))
    assert "C’est fait : 1 personne doit choisir un nouveau mot de passe." in said
    assert not is_in(client)
    assert is_in(other)
    letter = the_mail()
    assert letter.to == ["camille@example.org"]
    assert WHY in letter.body
    client.post(path(letter, "/mot-de-passe/nouveau/"), {"new_password": NEW})
    sign_in(client, camille.email, NEW)
    assert is_in(client)


def test_the_old_password_opens_nothing_and_says_what_to_do(camille, client):
    ask(camille)
    received()
    text = words(sign_in(client, camille.email))
    assert "Choisissez un nouveau mot de passe" in text
    assert not is_in(client)
    client.post(path(the_mail(), "/mot-de-passe/nouveau/"), {"new_password": NEW})
    sign_in(client, camille.email, NEW)
    assert is_in(client)


def test_a_wrong_password_learns_nothing_of_it(camille, client):
    quiet = words(sign_in(client, camille.email, "pas-le-bon"))
    ask(camille)
    received()
    assert "Choisissez un nouveau mot de passe" not in words(sign_in(Client(), camille.email, "pas-le-bon"))
    assert "ne vont pas ensemble" in quiet
    assert not received()


def test_a_second_step_that_waited_is_over(camille, client):
    application = with_totp(camille)
    sign_in(client, camille.email)
    ask(camille)
    answer(client, application.now())
    assert not is_in(client)


def test_trusted_devices_are_trusted_no_more_yet_known(camille, client):
    sign_in(client, camille.email)
    KnownDevice.objects.update(trusted_until="2099-01-01T00:00Z")
    ask(camille)
    [known] = KnownDevice.objects.filter(account=camille)
    assert known.trusted_until is None


def test_the_same_password_again_is_refused(camille, client):
    ask(camille)
    address = path(the_mail(), "/mot-de-passe/nouveau/")
    text = words(client.post(address, {"new_password": PASSWORD}))
    assert "C’est le mot de passe d’avant. Choisissez-en un autre." in text
    camille.refresh_from_db()
    assert camille.password_is_due


def test_a_link_asked_for_meanwhile_is_left_as_it_is(camille):
    ask(camille)
    passwords.ask(camille.email, at=timezone.now())
    [letter] = received()
    assert passwords.find(path(letter, "/mot-de-passe/nouveau/").split("/")[-2], at=timezone.now())


def test_a_sign_in_under_way_opens_no_session(camille, client, monkeypatch):
    """The password was found right before the list was asked, the session is written after."""
    judge = pipeline._admit

    def meanwhile(*args, **more):
        outcome = judge(*args, **more)
        ask(camille)
        return outcome

    monkeypatch.setattr(pipeline, "_admit", meanwhile)
    sign_in(client, camille.email)
    assert not is_in(client)


def key_of(someone, days):
    added = timezone.now() - timedelta(days=days)
    return Passkey.objects.create(account=someone, credential_id="k", credential=b"", name="Clé", created_at=added)


@pytest.mark.parametrize(("days", "is_doubted"), [(2, True), (40, False)])
def test_a_key_added_shortly_before_opens_nothing_alone_even_afterwards(camille, client, days, is_doubted):
    key = key_of(camille, days)
    ask(camille)
    client.post(path(the_mail(), "/mot-de-passe/nouveau/"), {"new_password": NEW})
    key.account.refresh_from_db()
    assert not key.account.password_is_due
    assert passkeys.is_put_aside(key) is is_doubted


def test_both_histories_tell_it(administrator, camille):
    send(administrator, "camille@example.org", sure="1")
    received()
    own = Line.objects.get(kind="accounts.password_due")
    assert (own.account, own.audience) == (camille.public_id, "self")
    assert WHY in sentence(own).replace("\u00a0", " ")
    assert "1 comptes" in sentence(Line.objects.get(kind="accounts.passwords_due")).replace("\u00a0", " ")


def test_a_mail_goes_once_and_not_to_who_has_chosen_since(camille):
    karim = account(email="karim@example.org")
    ask(camille, karim)
    karim.refresh_from_db()
    due = karim.password_due_at.isoformat()
    karim.password_changed_at = timezone.now()
    karim.save()
    assert [letter.to for letter in received()] == [["camille@example.org"]]
    asking_anew.tell.enqueue([camille.pk, karim.pk], WHY, due)
    assert not received()


def test_a_mailbox_that_another_reads_gets_nothing(camille):
    ContactChoices.objects.create(account=camille, is_discreet=True, email_is_shared=True)
    ask(camille)
    assert not received()
    assert Line.objects.filter(kind="accounts.password_due").exists()


def test_who_asks_is_not_put_outside(administrator, thierry, camille):
    text = words(send(administrator, "thierry@organisation.example\ncamille@example.org"))
    assert "Votre propre compte est dans la liste" in text
    send(administrator, "thierry@organisation.example\ncamille@example.org", sure="1")
    thierry.refresh_from_db()
    assert not thierry.password_is_due
    assert is_in(administrator)


@pytest.mark.parametrize("people", ["", "   \n ", "personne@example.org", "x" * 200, "<b>\n@"])
def test_a_list_that_names_nobody_is_given_back(administrator, people):
    text = words(send(administrator, people, sure="1"))
    assert "Il manque une réponse" in text or "Aucune de ces lignes ne mène à un compte ouvert" in text
    assert Line.objects.filter(kind="accounts.passwords_due").count() == 0


def test_a_list_too_long_says_how_long(administrator):
    people = "\n".join(f"p{n}@example.org" for n in range(1001))
    assert "1001 lignes : 1 000 au plus à la fois." in words(send(administrator, people))


def test_agents_and_families_do_not_reach_the_page(camille, client):
    sign_in(client, camille.email)
    assert client.get(PAGE).status_code == 403
    agent, theirs = account(role="agent", email="nadia@organisation.example"), Client()
    enter(theirs, agent, with_totp(agent))
    assert theirs.get(PAGE).status_code == 403


def test_why_they_fail_counts_them(camille, client):
    ask(camille)
    sign_in(client, camille.email)
    [row] = SignInTrouble.objects.all()
    assert row.cause == "password_due"


def test_as_many_queries_for_one_as_for_thirty(administrator, camille):
    others = [account() for _ in range(30)]

    def queries(people):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            send(administrator, people)
        return len(seen)

    assert queries("camille@example.org") == queries("\n".join(one.email for one in others))
