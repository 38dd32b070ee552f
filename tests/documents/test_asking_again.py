"""An agent asks again for what was accepted: never without a reason, and the family reads it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.documents.giving import give
from tests.household.families import agent_client, read
from xpassfam.documents.actions import judging
from xpassfam.documents.models import Document, Verdict, Withdrawal
from xpassfam.journal.actions import Actor
from xpassfam.journal.models import Line
from xpassfam.organisation.models import Organisation, forget
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db
AGENT = Actor("agent", "nadia", "Nadia Ferrand")
WHY = "Votre adresse a changé depuis."


def accepted(family, kind="proof_of_address", about=None, by=None):
    document = give(family, by or family.camille, kind, about=about)
    return judging.judge(document, verdict=Verdict.ACCEPTED, by=AGENT, at=timezone.now())


def of_agents(document, end=""):
    return f"/gestion/documents/{document.public_id}/{end}"


def test_the_page_says_what_follows_and_wants_a_reason(family):
    document = accepted(family)
    client = agent_client()
    assert of_agents(document, "redemander/") in read(client, of_agents(document))
    assert "Accepté le" in read(client, of_agents(document, "redemander/"))

    response = client.post(of_agents(document, "redemander/"), {"reason": "  "})

    assert "Dites pourquoi" in response.content.decode()
    document.refresh_from_db()
    assert document.verdict == Verdict.ACCEPTED


def test_the_family_reads_why_everywhere_and_gets_a_mail(family):
    document = accepted(family)
    agent_client().post(of_agents(document, "redemander/"), {"reason": WHY})
    client = family.client(family.camille)

    text = read(client, f"/mon-compte/documents/{document.public_id}/")
    assert "Ce document est à redonner" in text
    assert WHY in text
    assert "Renouveler" in text
    assert WHY in read(client, "/mon-compte/historique/")
    mail = Message.objects.get(template="documents/mail/again")
    assert (mail.to, mail.context["document"]) == (family.account(family.camille).email, "Justificatif de domicile")
    assert WHY not in str(mail.context)


def test_a_mail_names_no_restricted_document(family):
    document = accepted(family, "disability_decision", about=family.ines)
    judging.ask_again(document, reason="La notification de la MDPH a changé.", by=AGENT, at=timezone.now())

    said = str(Message.objects.get(template="documents/mail/again").context)
    assert [word for word in ("MDPH", "andicap", "Inès") if word in said] == []
    words = [line.payload.words for line in Line.objects.filter(kind="documents.verdict_withdrawn")]
    assert words
    assert not [text for text in words if "MDPH" in text or "andicap" in text]


def test_what_was_valid_is_counted_and_what_had_ended_is_not(family):
    good, past = accepted(family), accepted(family)
    Document.objects.filter(pk=past.pk).update(valid_until=timezone.localdate() - timedelta(days=1))
    for document in (good, past):
        judging.withdraw_verdict(document, reason=WHY, by=AGENT, at=timezone.now())

    assert list(Withdrawal.objects.order_by("document").values_list("was_good", flat=True)) == [True, False]


@pytest.mark.parametrize("verdict", [Verdict.PENDING, Verdict.REFUSED])
def test_what_is_not_accepted_has_nothing_to_withdraw(family, verdict):
    document = give(family, family.camille)
    if verdict is Verdict.REFUSED:
        judging.judge(document, verdict=verdict, reason="Floue.", by=AGENT, at=timezone.now())
    client = agent_client()

    assert "Redemander ce document" not in read(client, of_agents(document))
    assert client.post(of_agents(document, "redemander/"), {"reason": WHY}).status_code == 302
    assert not Withdrawal.objects.exists()


def test_pressed_twice_it_is_withdrawn_once(family):
    document, client = accepted(family), agent_client()
    for _time in range(2):
        client.post(of_agents(document, "redemander/"), {"reason": WHY})

    assert Withdrawal.objects.count() == Message.objects.filter(template="documents/mail/again").count() == 1


def test_families_and_administrators_do_not_ask(family):
    document = accepted(family)
    assert family.client(family.camille).post(of_agents(document, "redemander/"), {"reason": WHY}).status_code == 403
    assert not Withdrawal.objects.exists()


def test_the_family_reads_who_checked_where_agents_are_named(family):
    document, client = accepted(family), family.client(family.camille)
    page = f"/mon-compte/documents/{document.public_id}/"
    assert ("par Nadia Ferrand" in read(client, page)) is Organisation().agents_are_named
    Organisation.objects.update_or_create(pk=1, defaults={"agents_are_named": False})
    forget()

    assert "par un agent" in read(client, page)
    assert "Nadia" not in read(client, page)
