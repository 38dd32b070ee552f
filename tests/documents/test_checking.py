"""An agent says what a document given in advance is worth; the family is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.documents.giving import give, sent
from tests.household.families import agent_client, read
from tests.vault import samples, scanner
from xpassfam.documents import jobs
from xpassfam.documents.actions import judging
from xpassfam.documents.models import Document, Verdict
from xpassfam.journal.actions import Actor
from xpassfam.outbox.models import Message
from xpassfam.vault import scanning
from xpassfam.vault.models import File

pytestmark = pytest.mark.django_db
AGENT = Actor("agent", "nadia", "Nadia Ferrand")
WHY = "Le bas de la page est coupé."


def of_agents(document, end=""):
    return f"/gestion/documents/{document.public_id}/{end}"


def of_family(document):
    return f"/mon-compte/documents/{document.public_id}/"


def fresh(document):
    return Document.objects.get(pk=document.pk)


def mails(name):
    return list(Message.objects.filter(template=f"documents/mail/{name}"))


def test_accepted_it_is_good_and_the_family_gets_a_mail(family):
    document, client = give(family, family.camille), agent_client()
    assert "Votre réponse" in read(client, of_agents(document))

    answer = client.post(of_agents(document, "avis/"), {"verdict": "accepted", "reason": "ne compte pas"})

    assert (answer.status_code, answer.url) == (302, "/gestion/documents/")
    assert (fresh(document).verdict, fresh(document).reason) == (Verdict.ACCEPTED, "")
    [mail] = mails("accepted")
    assert (mail.to, mail.context["document"]) == (family.account(family.camille).email, "Justificatif de domicile")
    told = read(family.client(family.camille), "/mon-compte/historique/")
    assert "Document accepté\u00a0: Justificatif de domicile." in told


def test_refused_the_family_reads_why_on_its_page_and_not_in_the_mail(family):
    document = give(family, family.camille)
    agent_client().post(of_agents(document, "avis/"), {"verdict": "refused", "reason": WHY})

    text = read(family.client(family.camille), of_family(document))
    assert "Ce document est refusé" in text
    assert WHY in text
    assert "Renouveler" in text
    [mail] = mails("refused")
    assert mail.context["page"] == of_family(document)
    assert WHY not in str(mail.context)


def test_of_what_serves_once_another_may_be_given_too(family):
    document = give(family, family.camille, "invoice")
    page, another = of_family(document), 'href="/mon-compte/documents/ajouter/invoice/"'
    assert another not in read(family.client(family.camille), page)

    agent_client().post(of_agents(document, "avis/"), {"verdict": "refused", "reason": WHY})
    assert another in read(family.client(family.camille), page)


def test_no_answer_is_chosen_beforehand_and_a_refusal_wants_its_reason(family):
    document, client = give(family, family.camille), agent_client()
    assert "checked" not in read(client, of_agents(document)).partition('id="verifier"')[2].partition("</form>")[0]

    for typed, told in (
        ({}, "Choisissez ce que vaut ce document."),
        ({"verdict": "refused", "reason": "  "}, "Dites ce qui ne va pas"),
        ({"verdict": "withdrawn", "reason": WHY}, "Erreur"),
    ):
        assert told in read_post(client, of_agents(document, "avis/"), typed)
    assert fresh(document).verdict == Verdict.PENDING
    assert not Message.objects.filter(template__startswith="documents/").exists()


def read_post(client, address, typed):
    response = client.post(address, typed)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def test_of_two_agents_the_second_reads_what_the_first_answered(family):
    document = give(family, family.camille)
    agent_client().post(of_agents(document, "avis/"), {"verdict": "accepted"})

    answer = agent_client("claire").post(
        of_agents(document, "avis/"), {"verdict": "refused", "reason": WHY}, follow=True
    )

    assert "Quelqu’un a été plus rapide" in answer.content.decode()
    assert fresh(document).verdict == Verdict.ACCEPTED
    assert mails("refused") == []


def test_an_identity_paper_is_erased_at_once_and_its_mail_says_so(family):
    document, client = give(family, family.camille, "identity", about=family.camille), agent_client()
    assert "Dès votre réponse, les fichiers sont effacés." in read(client, of_agents(document))

    client.post(of_agents(document, "avis/"), {"verdict": "accepted"})

    assert fresh(document).erased_at
    assert not File.objects.exists()
    assert mails("accepted")[0].context["is_erased"] is True
    assert "Accepté le" in read(family.client(family.camille), of_family(document))


def test_a_mail_names_no_restricted_document(family):
    document = give(family, family.camille, "disability_decision", about=family.ines)
    agent_client().post(of_agents(document, "avis/"), {"verdict": "accepted"})

    said = str(mails("accepted")[0].context)
    assert [word for word in ("MDPH", "andicap", "Inès") if word in said] == []


def test_what_is_judged_is_not_judged_again_there(family):
    document = give(family, family.camille)
    judging.judge(document, verdict=Verdict.ACCEPTED, by=AGENT, at=timezone.now())

    assert "Votre réponse" not in read(agent_client(), of_agents(document))


def test_families_and_administrators_do_not_judge(family):
    document = give(family, family.camille)
    for client in (family.client(family.camille), family.client(family.antoine)):
        assert client.post(of_agents(document, "avis/"), {"verdict": "accepted"}).status_code == 403
    assert fresh(document).verdict == Verdict.PENDING


def test_what_the_scanner_has_not_seen_waits_and_what_it_destroys_is_told_by_mail(
    family, settings, django_capture_on_commit_callbacks
):
    with scanner.running() as running:
        settings.SCANNER_URL = running.url
        upload = sent(family, family.camille, content=samples.photo() + scanner.EICAR, name="facture.jpg")
        document, client = give(family, family.camille, files=[upload]), agent_client()
        assert not Document.objects.to_check(timezone.localdate()).exists()
        assert "Votre réponse" not in read(client, of_agents(document))
        answer = client.post(of_agents(document, "avis/"), {"verdict": "accepted"}, follow=True)
        assert "attend l’antivirus" in answer.content.decode()

        with django_capture_on_commit_callbacks(execute=True):
            scanning.look_again(before=timezone.now() + timedelta(minutes=1))
            jobs.refuse_destroyed.call()
            jobs.refuse_destroyed.call()

    assert fresh(document).verdict == Verdict.REFUSED
    assert len(mails("refused")) == 1
