"""No agent takes an account over alone: who starts it does not print it, who prints it has not the word."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account, adult
from tests.accounts.mailbox import received
from tests.accounts.recoveries import START, WAIT, agent, ask_elsewhere, called, code_of, print_as, settled, words
from tests.accounts.steps import with_totp
from xpassfam.accounts import for_desk
from xpassfam.accounts.actions import recovering, recovery_letters
from xpassfam.accounts.freezing import frozen_until
from xpassfam.accounts.models import Account, Recovery
from xpassfam.people.models import Household, Separation

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "canot-brume-tuile-41"
WRONG_CODE = "K7QF-2M9TXV"


@pytest.fixture
def camille(clock):
    someone = settled(member_number="ESF-2019-004812-K")
    with_totp(someone)
    return someone


def test_an_agent_who_tries_alone_neither_prints_nor_reads_the_code(camille, nadia):
    called(camille, nadia)
    client = Client()
    answer = print_as(client, camille, nadia)
    assert answer.status_code == 302
    assert "un collègue doit imprimer" in words(client.get(answer.headers["Location"]))
    assert not Recovery.objects.get().code_digest
    page = words(client.get(answer.headers["Location"]))
    assert "Faire le courrier" not in page
    with pytest.raises(recovery_letters.StartedIt):
        recovery_letters.print_letter(Recovery.objects.get(), lambda _letter: b"", by=nadia, at=timezone.now())


def test_the_database_itself_refuses_a_letter_printed_by_who_started_it(camille, nadia):
    recovery = called(camille, nadia).recovery
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.filter(pk=recovery.pk).update(printed_by=nadia, printed_at=timezone.now())


def test_who_prints_has_the_letter_and_not_the_word(camille, halves, olivier, clock):
    """The other agent alone: the word is not shown to whoever prints."""
    clock.shift(WAIT)
    client = Client()
    client.force_login(olivier)
    recovery = Recovery.objects.get()
    for page in (f"/gestion/securite/courriers/{recovery.public_id}/", "/gestion/securite/courriers/"):
        assert halves["rescue_word"] not in words(client.get(page))
        assert halves["letter_code"] not in words(client.get(page))
    start = words(client.get(f"/gestion/securite/secours/{camille.person.public_id}/"))
    assert "déjà en cours" in start
    assert halves["rescue_word"] not in start


def test_an_agent_cannot_begin_again_to_learn_another_word(camille, halves, olivier):
    client = Client()
    client.force_login(olivier)
    client.post(f"/gestion/securite/courriers/{Recovery.objects.get().public_id}/arret/")
    client.post(f"/gestion/securite/secours/{camille.person.public_id}/", {"is_known": "on"})
    assert Recovery.objects.count() == 1


def test_an_agent_starts_it_from_the_page_reads_the_word_once_and_says_how_the_person_is_known(camille, nadia):
    client = Client()
    client.force_login(nadia)
    page = f"/gestion/securite/secours/{camille.person.public_id}/"
    assert "Rappelez d’abord la personne" in words(client.post(page))
    assert not Recovery.objects.exists()
    told = words(client.post(page, {"is_known": "on"}))
    recovery = Recovery.objects.get()
    word = told.partition('addr code">')[2][:7]
    assert recovering.is_right("recovery_word", recovery, word)
    assert word not in words(client.post(page, {"is_known": "on"}))
    assert Recovery.objects.get().started_by == nadia


def test_nobody_hastens_it(camille, halves, olivier, clock):
    opens = Recovery.objects.get().opens_at
    print_as(Client(), camille, olivier)
    assert Recovery.objects.get().opens_at == opens == START + WAIT


def test_an_agent_s_stop_is_told_and_the_letter_dies(camille, halves, nadia, clock):
    client = Client()
    client.force_login(nadia)
    client.post(f"/gestion/securite/courriers/{Recovery.objects.get().public_id}/arret/", {"contested": "on"})
    assert any("est arrêté" in one.body for one in received())
    assert frozen_until(camille, timezone.now())
    clock.shift(WAIT)
    assert "ne vont pas ensemble" in words(ask_elsewhere(halves))


def test_families_reach_none_of_these_pages(camille, halves):
    client = Client()
    client.force_login(camille)
    recovery = Recovery.objects.get()
    for page in ("courriers/", f"courriers/{recovery.public_id}/", f"secours/{camille.person.public_id}/"):
        assert client.get(f"/gestion/securite/{page}").status_code == 403
    assert client.post(f"/gestion/securite/courriers/{recovery.public_id}/courrier.pdf").status_code == 403


def test_an_administrator_prints_where_there_is_one_agent_only_and_starts_nothing(camille, nadia):
    called(camille, nadia)
    thierry, client = agent("thierry", role=Account.Role.ADMINISTRATOR), Client()
    assert code_of(print_as(client, camille, thierry))
    assert client.get(f"/gestion/securite/secours/{camille.person.public_id}/").status_code == 403


def test_what_waits_to_be_printed_is_a_duty_of_agents(camille, nadia, olivier):
    called(camille, nadia)
    page = "/gestion/securite/courriers/"
    assert [duty.count for duty in for_desk.duties() if duty.url == page] == [1]
    print_as(Client(), camille, olivier)
    assert [duty.count for duty in for_desk.duties() if duty.url == page] == [0]


def test_a_separation_declared_meanwhile_keeps_the_letter_back(camille, nadia, olivier):
    called(camille, nadia)
    home = Household.objects.get(residences__person=camille.person_id)
    Separation.objects.create(household=home, declared_by=camille.person, declared_at=START)
    client = Client()
    answer = print_as(client, camille, olivier)
    assert "aucun courrier n’y est sûr" in words(client.get(answer.headers["Location"]))
    assert Recovery.objects.get().printed_at is None


def test_a_screen_left_open_starts_nothing_and_prints_nothing(client):
    """Whoever sits down at an agent's computer proves who they are first."""
    nadia = account(role="agent")
    client.force_login(nadia)
    session = client.session
    session["signed_in_at"] = (timezone.now() - timedelta(minutes=11)).isoformat()
    session.save()
    there = client.get(f"/gestion/securite/secours/{adult().public_id}/")
    assert there.headers["Location"].startswith("/connexion/confirmer/")
