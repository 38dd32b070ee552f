"""Answers are read and continued on the ticket's own page: signed in, or by its link."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account
from tests.accounts.mailbox import path, received, the_mail
from tests.household.homes import couple, entered, outsider, shown
from tests.support.calling import MONDAY, agent, call, form_key, ticket
from tests.vault import samples
from xpassfam.journal.models import Line
from xpassfam.support.actions import answering, continuing
from xpassfam.support.models import Message, Ticket, TicketLink
from xpassfam.support.models.ticket import State

pytestmark = pytest.mark.django_db


def link_of(one: Ticket) -> str:
    return path(the_mail(), "/assistance/suivi/")


def answered(one: Ticket, text: str = "Faites un peu de place dans votre boîte.", *, closes: bool = False):
    said = {
        "text": text,
        "closes": closes,
        "form_key": f"a{one.pk}{text}",
        "by": agent(email=f"n{one.pk}{closes}@example.org"),
    }
    return answering.answer(one, **said, at=timezone.now())


def test_a_link_opens_its_ticket_and_is_kept_as_a_digest_alone(client):
    here = link_of(ticket())

    assert "L’attestation ne s’ouvre pas." in shown(client.get(here))
    assert here.split("/")[3] not in str(list(TicketLink.objects.values()))


def test_an_unknown_or_old_link_says_how_to_get_another(client):
    here = link_of(ticket())
    assert client.get("/assistance/suivi/inconnu/").status_code == 410
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        page = client.get(here)

    assert page.status_code == 410
    assert 'href="/assistance/suivre/"' in shown(page)


def test_an_answer_is_told_by_mail_and_read_on_the_page(client):
    one = ticket()
    received()
    answered(one)
    letter = the_mail()

    assert "un peu de place" not in letter.body  # a mailbox is read by others too
    assert "un peu de place" in shown(client.get(path(letter, "/assistance/suivi/")))
    one.refresh_from_db()
    assert one.state == State.WAITING


def test_a_reply_makes_it_our_turn_with_an_hour_of_its_own(client):
    with time_machine.travel(MONDAY):
        one = ticket(at=MONDAY)
        here = link_of(one)
        answered(one)
    with time_machine.travel(MONDAY + timedelta(days=2), tick=False):
        call(client, to=here, message="J’ai fait de la place.")
    first_due = one.first_due_at
    one.refresh_from_db()

    assert one.state == State.OPEN
    assert one.due_at == MONDAY + timedelta(days=4)
    assert one.first_due_at == first_due


def test_the_clock_does_not_start_anew_for_a_second_message_before_the_answer(client):
    with time_machine.travel(MONDAY):
        one = ticket(at=MONDAY)
        here = link_of(one)
    with time_machine.travel(MONDAY + timedelta(hours=5)):
        call(client, to=here, message="J’ajoute ceci.")
    one.refresh_from_db()

    assert one.due_at == MONDAY + timedelta(days=2)


def test_the_same_reply_twice_is_one(client):
    here = link_of(ticket())
    key = form_key(client, here)
    for _ in range(2):
        call(client, to=here, key=key, message="J’ajoute ceci.")

    assert Message.objects.filter(text="J’ajoute ceci.").count() == 1


def test_settled_is_closed_and_a_message_more_opens_it_again(client):
    one = ticket()
    here = link_of(one)
    client.post(here + "reglee/")
    one.refresh_from_db()
    assert (one.state, one.is_closed_by_writer) == (State.CLOSED, True)

    call(client, to=here, message="Finalement, non.")
    one.refresh_from_db()
    assert (one.state, one.closed_at, one.is_closed_by_writer) == (State.OPEN, None, False)


def test_files_of_both_sides_are_taken_away(client):
    one = ticket()
    here = link_of(one)
    call(client, to=here, message="Voici.", files=[SimpleUploadedFile("ecran.png", samples.photo("PNG"))])
    message = Message.objects.latest("pk")

    answer = client.get(f"{here}{message.public_id}/fichiers/1/")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert client.get(f"{here}{message.public_id}/fichiers/2/").status_code == 404


def test_the_file_of_another_ticket_is_not_there(client):
    here = link_of(ticket())
    other = ticket(identifier="autre@example.org")
    call(client, to=link_of(other), message="Voici.", files=[SimpleUploadedFile("e.png", samples.photo("PNG"))])

    assert client.get(f"{here}{Message.objects.latest('pk').public_id}/fichiers/1/").status_code == 404


def test_whoever_reads_the_account_s_mailbox_proves_it_by_a_button(client):
    someone = account(email="gerard@example.org")
    one = ticket()
    here = link_of(one)
    assert "C’est bien mon adresse" in shown(client.get(here))
    one.refresh_from_db()
    assert one.proof == "none"  # opening the link changes nothing: mail scanners do

    client.post(here + "confirmation/")
    one.refresh_from_db()
    assert (one.proof, one.account) == ("mailbox", someone)
    assert Line.objects.filter(kind="support.proved", account=someone.public_id).exists()


def test_another_mailbox_proves_nothing(client):
    account(email="gerard@example.org")
    one = ticket(email="ailleurs@example.com")
    letters = {letter.to[0]: letter for letter in received()}
    here = path(letters["ailleurs@example.com"], "/assistance/suivi/")

    assert "C’est bien mon adresse" not in shown(client.get(here))
    client.post(here + "confirmation/")
    call(client, to=here, message="C’est moi, je vous assure.")
    one.refresh_from_db()
    assert (one.proof, one.account) == ("none", None)


def test_the_link_again_by_the_number_and_the_same_answer_for_any(client):
    one = ticket()
    received()
    known = shown(client.post("/assistance/suivre/", {"reference": one.reference.lower()}))
    unknown = shown(client.post("/assistance/suivre/", {"reference": "AS-2222-2222"}))

    assert known.replace(one.reference.lower(), "") == unknown.replace("AS-2222-2222", "")
    assert client.get(path(the_mail(), "/assistance/suivi/")).status_code == 200


def test_a_family_reads_its_own_tickets_and_nobody_else_s():
    home = couple()
    one = ticket(home.holder)
    pages = {
        who.email: entered(who).get(f"/assistance/{one.public_id}/") for who in (home.holder, home.partner, outsider())
    }

    assert {email: page.status_code for email, page in pages.items()} == {
        "camille@example.org": 200,
        "karim@example.org": 404,
        "odile@example.org": 404,
    }
    assert one.reference in shown(entered(home.holder).get("/assistance/mes-demandes/"))
    assert one.reference not in shown(entered(home.partner).get("/assistance/mes-demandes/"))


def test_signed_in_it_is_continued_and_settled():
    home = couple()
    one, client = ticket(home.holder), entered(home.holder)
    here = f"/assistance/{one.public_id}/"
    call(client, to=here, message="J’ajoute ceci.")
    assert "J’ajoute ceci." in shown(client.get(here))

    client.post(here + "reglee/")
    one.refresh_from_db()
    assert one.is_closed
    assert Line.objects.filter(kind="support.closed", account=home.holder.public_id).exists()


def test_nobody_signed_out_opens_it_by_its_address(client):
    one = ticket(couple().holder)

    assert client.get(f"/assistance/{one.public_id}/").status_code == 302


def test_the_dashboard_has_what_is_open_and_what_is_to_read():
    home = couple()
    one, client = ticket(home.holder), entered(home.holder)
    assert "Réponse avant" in shown(client.get("/mon-compte/"))

    answered(one)
    assert "Réponse de l’assistance" in shown(client.get("/mon-compte/"))
    continuing.settle(one, by=home.holder.actor, at=timezone.now())
    assert one.title not in shown(client.get("/mon-compte/"))


@pytest.mark.parametrize("messages", [1, 12])
def test_the_page_costs_the_same_whatever_was_said(messages, django_assert_max_num_queries):
    home = couple()
    one, client = ticket(home.holder), entered(home.holder)
    for number in range(messages):
        one.messages.create(side="desk", text="Oui.", sent_at=timezone.now(), form_key=f"m{number}")
    client.get(f"/assistance/{one.public_id}/")
    with django_assert_max_num_queries(12):
        client.get(f"/assistance/{one.public_id}/")


def test_staff_have_no_tickets_of_a_family(client):
    client.force_login(agent())

    assert Client().get("/assistance/mes-demandes/").status_code == 302
    assert client.get("/assistance/mes-demandes/").headers["Location"] == "/gestion/"
