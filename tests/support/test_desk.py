"""The desk: the least time left first, answers, merges, links; and what no agent can do."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.accounts.factories import account
from tests.accounts.mailbox import received
from tests.household.homes import couple, entered, shown
from tests.support.calling import MONDAY, agent, ticket
from xpassfam.journal.models import Line
from xpassfam.support import desk, measuring
from xpassfam.support.actions import answering, continuing, escalating, forgetting
from xpassfam.support.models import AnswerTemplate, Incident, Message, Ticket
from xpassfam.support.models.ticket import State
from xpassfam.vault.models import File

pytestmark = pytest.mark.django_db
QUEUE = "/gestion/assistance/"


def page_of(one: Ticket) -> str:
    return f"{QUEUE}{one.public_id}/"


def answer(client, one: Ticket, text: str = "C’est fait.", **more: str):
    return client.post(page_of(one) + "reponse/", {"text": text, "form_key": f"k{one.pk}{text}", **more}, follow=True)


def test_the_first_due_comes_first_and_its_time_is_counted_down():
    with time_machine.travel(MONDAY + timedelta(hours=47, minutes=20), tick=False):
        late = ticket(at=MONDAY, message="La plus ancienne de toutes.")
        ticket(message="Celle qui vient d’arriver.")
        page = shown(entered(agent()).get(QUEUE))

    assert page.index(late.title) < page.index("Celle qui vient")
    assert "40 min" in page
    assert "2 jours" in page


def test_filters_and_search_find_by_number_code_and_identity():
    camille = couple().holder
    proved, unproved = ticket(camille, incident="XP-7K3Q"), ticket(message="Je ne suis pas connu ici.")
    client = entered(agent())

    def found(query: str) -> set[str]:
        page = shown(client.get(f"{QUEUE}?{query}"))
        return {one.reference for one in (proved, unproved) if one.reference in page}

    assert found("identite=non") == {unproved.reference}
    assert found("identite=oui") == {proved.reference}
    assert found(f"q={unproved.reference}") == {unproved.reference}
    assert found("q=xp-7k3q") == {proved.reference}
    assert found("q=camille@example.org") == {proved.reference}
    assert found("etat=closed") == set()


def test_the_page_of_one_is_in_its_owner_s_history():
    camille = couple().holder
    one = ticket(camille)
    client = entered(agent())
    client.get(page_of(one))

    assert Line.objects.filter(kind="support.read", account=camille.public_id).count() == 1


def test_an_answer_stops_the_clock_and_takes_the_ticket():
    one = ticket(couple().holder)
    by = agent()
    answer(entered(by), one)
    one.refresh_from_db()

    assert (one.state, one.assigned_to) == (State.WAITING, by)
    assert one.first_answered_at
    assert "Réponse à votre demande d’aide" in " ".join(letter.subject for letter in received())


def test_an_answer_may_close_it_and_sent_twice_is_one():
    one = ticket(couple().holder)
    client = entered(agent())
    for _ in range(2):
        answer(client, one, close="1")
    one.refresh_from_db()

    assert one.is_closed
    assert Message.objects.filter(side="desk").count() == 1


def test_a_promise_is_not_kept_by_closing():
    one = ticket()
    page = entered(agent()).post(page_of(one) + "cloture/", follow=True)
    one.refresh_from_db()

    assert not one.is_closed
    assert "répondez d’abord" in shown(page)


def test_an_answer_without_a_word_is_not_sent():
    one = ticket()

    assert "Écrivez la réponse, ou partez d’un modèle." in shown(answer(entered(agent()), one, text=""))
    assert not Message.objects.filter(side="desk").exists()


def test_a_template_fills_in_what_it_names():
    template = AnswerTemplate.objects.create(title="Bonjour", text="Bonjour {prenom}, {reference}. {agent}")
    one = ticket(couple().holder)
    page = shown(entered(agent()).get(f"{page_of(one)}?modele={template.pk}"))

    assert f"Bonjour Camille, {one.reference}. Camille Martin</textarea>" in page


def test_a_template_greets_whoever_is_not_known_without_a_hole():
    template = AnswerTemplate.objects.create(title="Bonjour", text="Bonjour {prenom}, {reference}.")
    one = ticket()
    page = shown(entered(agent()).get(f"{page_of(one)}?modele={template.pk}"))

    assert f"Bonjour, {one.reference}.</textarea>" in page


def test_notes_are_among_agents():
    camille = couple().holder
    one = ticket(camille)
    entered(agent()).post(page_of(one) + "note/", {"text": "Déjà venue au guichet."})

    assert "guichet" in shown(entered(agent(email="o@example.org")).get(page_of(one)))
    assert "guichet" not in shown(entered(camille).get(f"/assistance/{one.public_id}/"))


def test_doubles_of_one_person_are_merged_with_the_nearest_hour():
    camille = couple().holder
    first, second = (
        ticket(camille, at=MONDAY),
        ticket(camille, message="Je vous écris encore une fois.", at=MONDAY + timedelta(hours=3)),
    )
    page = entered(agent()).post(page_of(first) + "fusion/", {"reference": second.reference}, follow=True)
    second.refresh_from_db()

    assert second.due_at == first.due_at
    assert [message.ticket_id for message in Message.objects.all()] == [second.pk] * 2
    assert "L’attestation ne s’ouvre pas." in shown(page)
    assert list(Ticket.objects.ours()) == [second]


def test_tickets_of_two_persons_are_never_merged():
    camille = couple().holder
    one, other = ticket(camille), ticket(identifier="camille@example.org")
    page = entered(agent()).post(page_of(other) + "fusion/", {"reference": one.reference})

    assert "restent séparées" in shown(page)
    with pytest.raises(answering.CannotMerge):
        answering.merge(other, into=one, by=agent(email="o@example.org"), at=timezone.now())


def test_the_link_of_a_merged_ticket_opens_the_other(client):
    from tests.accounts.mailbox import path, the_mail

    one = ticket()
    here = path(the_mail(), "/assistance/suivi/")
    other = ticket(message="Je vous écris encore une fois.")
    answering.merge(one, into=other, by=agent(), at=timezone.now())

    assert other.reference in shown(client.get(here))


def test_the_event_behind_an_error_page_is_read_without_a_personal_word():
    Incident.objects.create(
        code="XP-7K3Q",
        at=timezone.now(),
        status=500,
        method="GET",
        route="mon-compte/",
        error="builtins.ValueError",
        trace="xpassfam/a.py:1 b",
    )
    page = shown(entered(agent()).get(page_of(ticket(incident="XP-7K3Q"))))

    assert "builtins.ValueError" in page
    assert "xpassfam/a.py:1 b" in page


def test_the_next_is_taken_once():
    one = ticket()
    by = agent()
    client = entered(by)
    client.post(QUEUE + "suivante/")
    one.refresh_from_db()
    assert one.assigned_to == by
    assert "Rien n’attend sans personne" in shown(client.post(QUEUE + "suivante/", follow=True))


@pytest.mark.parametrize("role", ["family", "administrator"])
def test_the_desk_is_for_agents(role):
    someone = couple().holder if role == "family" else account(role=role, email="thierry@example.org")
    client = entered(someone)

    for address in (QUEUE, page_of(ticket()), QUEUE + "chiffres/"):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("count", [2, 40])
def test_the_queue_costs_the_same_whatever_waits(count, django_assert_max_num_queries):
    camille = couple().holder
    for number in range(count):
        ticket(camille if number % 2 else None, at=MONDAY - timedelta(days=number))
    client = entered(agent())
    client.get(QUEUE)
    with django_assert_max_num_queries(12):
        client.get(QUEUE)


def test_pages_by_key_show_each_ticket_once(monkeypatch):
    monkeypatch.setattr(desk, "ROWS", 2)
    tickets = [ticket(at=MONDAY + timedelta(minutes=number)) for number in range(5)]
    seen, after = [], None
    for _ in range(3):
        page = desk.page(Ticket.objects.ours(), after, at=MONDAY)
        seen += [row.ticket.pk for row in page.rows]
        after = page.following

    assert seen == [one.pk for one in tickets]
    assert after is None


def test_the_team_is_told_at_three_quarters_and_when_it_is_late(settings):
    from xpassfam.organisation.models import Organisation

    Organisation.objects.create(name="Estuaire", support_email="equipe@example.org")
    with time_machine.travel(MONDAY):
        one = ticket(couple().holder, at=MONDAY)
        received()

    def told(after: timedelta) -> list[str]:
        escalating.escalate(at=MONDAY + after)
        return [letter.subject for letter in received() if letter.to == ["equipe@example.org"]]

    assert told(timedelta(hours=35)) == []
    assert told(timedelta(hours=36)) == ["Une demande d’aide arrive au bout de sa promesse"]
    assert told(timedelta(hours=37)) == []
    assert told(timedelta(hours=48)) == ["Une réponse promise est en retard"]
    assert told(timedelta(hours=49)) == []
    assert one.reference


def test_what_waits_for_its_family_escalates_nothing_and_is_closed_after_a_month():
    one = ticket(couple().holder, at=MONDAY)
    answering.answer(one, text="Oui ?", closes=False, form_key="k", by=agent(), at=MONDAY + timedelta(hours=1))
    assert not Ticket.objects.to_warn_of(MONDAY + timedelta(days=9)).exists()

    assert escalating.close_stale(at=MONDAY + timedelta(days=29)) == 0
    assert escalating.close_stale(at=MONDAY + timedelta(days=32)) == 1


def test_the_figure_counts_first_answers_in_time_and_none_as_late():
    by, camille = agent(), couple().holder
    for number, hours in enumerate([1, 24, 48, 49, None, None]):
        one = ticket(camille, at=MONDAY + timedelta(minutes=number))
        if hours:
            at = one.received_at + timedelta(hours=hours)
            answering.answer(one, text="Oui.", closes=True, form_key="k", by=by, at=at)
    settled = ticket(camille, at=MONDAY + timedelta(minutes=9))
    continuing.settle(settled, by=camille.actor, at=MONDAY + timedelta(hours=1))

    assert measuring.figure(MONDAY + timedelta(hours=1)) is None
    found = measuring.figure(MONDAY + timedelta(days=5))
    assert (found.due, found.kept, found.percent, found.days) == (6, 3, 50, 90)
    assert measuring.figure(MONDAY + timedelta(days=95)) is None


def test_the_figure_is_on_the_page_of_the_assistance_and_for_agents(client):
    by, camille = agent(), couple().holder
    for number in range(6):
        one = ticket(camille, at=MONDAY + timedelta(minutes=number))
        answering.answer(one, text="Oui.", closes=True, form_key="k", by=by, at=MONDAY + timedelta(hours=2))
    with time_machine.travel(MONDAY + timedelta(days=5), tick=False):
        assert "Sur 90 jours, 100 réponses sur 100 sont arrivées à temps." in shown(client.get("/assistance/"))
        page = shown(entered(by).get(QUEUE + "chiffres/"))
    assert "6, soit 100 sur 100" in page
    assert "2 h" in page


def test_what_was_closed_long_ago_is_gone_with_its_files():
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from tests.support.calling import call
    from tests.vault import samples

    call(Client(), files=[SimpleUploadedFile("ecran.png", samples.photo("PNG"))])
    one = Ticket.objects.get()
    at = timezone.now()
    continuing.settle(one, by=agent().actor, at=at)

    assert forgetting.forget(before=at) == 0
    assert forgetting.forget(before=at + timedelta(minutes=1)) == 1
    assert not Ticket.objects.exists()
    assert not File.objects.exists()
