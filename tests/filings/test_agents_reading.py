"""The page to decide shows what was sent beside what is known, and says who else reads it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.desks import entered
from tests.filings.factories import REFUSAL, desk, procedure
from tests.household.homes import read, shown
from tests.vault import samples
from xpassfam.accounts.models import Account
from xpassfam.filings.actions import deciding, examining, following
from xpassfam.filings.models import Filing, Message, MessageTemplate
from xpassfam.journal.models import Line
from xpassfam.organisation.models import current
from xpassfam.people.models import Income
from xpassfam.vault import actions as vault
from xpassfam.vault.models import File

pytestmark = pytest.mark.django_db
QUERIES = 21
MOVE = """
code: T02
slug: adresse
title: Déclarer un changement d’adresse
purpose: Pour vous écrire au bon endroit.
category: household
sections:
  - key: home
    title: Votre adresse
    fields:
      - {key: address, type: address, label: Nouvelle adresse, purpose: Vous écrire}
      - {key: since, type: date, label: Depuis le, purpose: Dater le changement}
effects:
  - {name: move, answers: {address: address, since: since}}
"""


@pytest.fixture
def room():
    return desk()


def page_of(filing, end=""):
    return f"/gestion/demandes/{filing.public_id}/{end}"


def test_an_answer_that_changes_the_register_is_said_so_in_words(room):
    Income.objects.create(
        household=room.home.household,
        quotient_cents=98400,
        month="2026-09-01",
        source="caf",
        recorded_at=timezone.now(),
        recorded_by="x",
    )

    text = read(entered(room.nadia), page_of(room.filed()))

    assert "septembre 2026" in text
    assert "attestation CAF" in text
    assert "1 différence avec le registre" in text
    assert "Identique" in text
    assert "Différent" in text


def test_what_the_register_does_not_know_is_new(room):
    text = read(entered(room.nadia), page_of(room.filed()))

    assert "inconnu" in text
    assert "3 différences avec le registre" in text


def test_an_address_stands_beside_the_one_known_today(room):
    version = procedure(MOVE)
    new = {"address": "9 rue Neuve", "postcode": "44000", "town": "Nantes", "commune": "44109", "country": "FR"}
    filing = room.filed({"address": new, "since": "2026-11-01"}, version=version, with_proof=False)

    text = read(entered(room.nadia), page_of(filing))

    assert "2 rue des Lilas" in text
    assert "9 rue Neuve" in text
    assert "Le foyer change d’adresse : 9 rue Neuve, 44000 Nantes" in text


def test_what_a_yes_does_is_said_before(room):
    assert "Le quotient familial devient 984" in read(entered(room.nadia), page_of(room.filed()))


def test_the_family_reads_in_its_history_that_its_filing_was_opened(room):
    read(entered(room.nadia), page_of(room.filed()))

    assert Line.objects.filter(kind="filings.read").count() == 1


def test_two_agents_see_each_other(room):
    filing = room.filed()
    read(entered(room.nadia), page_of(filing))

    text = read(entered(room.claire), page_of(filing))

    assert "aussi ouverte par Nadia Ferrand" in text
    assert "aussi ouverte par Claire Ferrand" in read(entered(room.nadia), page_of(filing))


def test_an_agent_whose_page_stays_open_is_still_seen(room, time_machine):
    time_machine.move_to("2026-11-23 14:00:00Z", tick=False)
    filing, claire = room.filed(), entered(room.claire)
    nadia = entered(room.nadia)
    read(nadia, page_of(filing))
    for _minutes in range(3):
        time_machine.shift(timedelta(minutes=2))
        assert nadia.post(page_of(filing) + "presence/").json() == {"others": ""}

    assert claire.post(page_of(filing) + "presence/").json()["others"].endswith("aussi ouverte par Nadia Ferrand.")
    assert Line.objects.filter(kind="filings.read").count() == 2


def test_a_page_left_open_keeps_nobody_signed_in(room, time_machine):
    time_machine.move_to("2026-11-23 14:00:00Z", tick=False)
    filing, nadia = room.filed(), entered(room.nadia)
    idle = timedelta(minutes=current().staff_idle_minutes)
    time_machine.shift(idle - timedelta(minutes=1))
    assert nadia.post(page_of(filing) + "presence/").status_code == 200

    time_machine.shift(timedelta(minutes=2))

    assert nadia.post(page_of(filing) + "presence/").status_code == 302


def test_messages_go_both_ways_with_their_marks(room):
    filing, client = room.filed(), entered(room.nadia)
    following.write(
        filing, text="Où en êtes-vous ?", form_key="m", access=room.access, by=room.camille, at=timezone.now()
    )

    client.post(page_of(filing, "message/"), {"message-text": "Demain.", "message-form_key": "k"})
    client.post(page_of(filing, "message/"), {"message-text": "Demain.", "message-form_key": "k"})
    text = read(client, page_of(filing))

    assert text.index("Où en êtes-vous ?") < text.index("Demain.")
    assert "Pas encore lu" in text
    assert Message.objects.filter(side="desk").count() == 1
    assert Message.objects.get(side="family").read_at is not None


def test_an_empty_message_is_not_sent(room):
    filing, client = room.filed(), entered(room.nadia)

    text = shown(client.post(page_of(filing, "message/"), {"message-text": " ", "message-form_key": "k"}))

    assert "Il manque une réponse : Message" in text
    assert not Message.objects.exists()


def test_a_template_fills_the_message_without_script(room):
    filing, client = room.filed(), entered(room.nadia)
    template = MessageTemplate.objects.create(title="Reçu", text="Bonjour {nom}, {demarche} ({reference}).")

    text = shown(client.post(page_of(filing, "modele/"), TYPED | {"modele": template.pk}))

    assert f"Bonjour Camille Martin, Actualiser mon quotient familial ({filing.reference})." in text
    assert all(typed in text for typed in ("Un mot commencé.", "Une note commencée."))
    assert client.post(page_of(filing, "modele/"), TYPED | {"modele": "x"}).status_code == 404


TYPED = {
    "message-text": "Un mot commencé.",
    "message-form_key": "m",
    "note-text": "Une note commencée.",
    "note-form_key": "n",
}


@pytest.mark.parametrize(("sent", "left"), [("message/", "Une note commencée."), ("note/", "Un mot commencé.")])
def test_what_stands_in_the_other_form_is_not_lost(room, sent, left):
    filing, client = room.filed(), entered(room.nadia)

    text = shown(client.post(page_of(filing, sent), TYPED))

    assert f">\n{left}</textarea>" in text
    assert filing.messages.count() + filing.notes.count() == 1


def test_notes_are_among_agents(room):
    filing = room.filed()

    entered(room.nadia).post(page_of(filing, "note/"), {"note-text": "À rappeler.", "note-form_key": "k"})

    assert "À rappeler." in read(entered(room.claire), page_of(filing))
    assert not Line.objects.filter(kind="filings.written").exists()


def test_a_piece_that_will_not_do_says_why(room):
    filing, client = room.filed(), entered(room.nadia)
    piece = filing.pieces.get()
    address = page_of(filing, f"pieces/{piece.pk}/")

    typed = {"piece-verdict": "too_old", "piece-seen": piece.as_judged}

    refused = shown(client.post(address, typed | {"piece-explanation": ""}))
    client.post(address, typed | {"piece-explanation": "Du 2 juillet."})

    piece.refresh_from_db()
    assert "Dites ce qui ne va pas" in refused
    assert (piece.verdict, piece.explanation, piece.judged_by) == ("too_old", "Du 2 juillet.", "Nadia Ferrand")


def test_no_verdict_is_chosen_beforehand(room):
    filing = room.filed()

    assert " checked" not in read(entered(room.nadia), page_of(filing))


def test_a_piece_of_another_filing_is_not_found(room):
    mine, other = room.filed(), room.filed()

    assert entered(room.nadia).post(page_of(mine, f"pieces/{other.pieces.get().pk}/")).status_code == 404


def test_a_rejection_by_silence_is_a_dated_fact_and_no_decision(room):
    filing = room.filed()
    Filing.objects.filter(pk=filing.pk).update(silence_effect="rejection", silence_on="2026-01-15")

    text = read(entered(room.nadia), page_of(filing))

    assert "Refusée par silence depuis le 15 janvier 2026" in text
    assert "Ce n’est pas une décision" in text
    assert "Demande refusée" not in text


def test_a_decision_stays_readable_with_its_reasons(room):
    filing = room.examined()
    deciding.decide(filing, REFUSAL, seen=filing.version, by=room.nadia, at=timezone.now())

    text = read(entered(room.claire), page_of(filing))

    assert "Demande refusée" in text
    assert "La pièce reçue est trop ancienne." in text
    assert "Contestable jusqu’au" in text


def test_a_draft_is_nobody_s_to_read(room):
    assert entered(room.nadia).get(page_of(room.draft())).status_code == 404


@pytest.mark.parametrize("end", ["", "valider/", "refuser/", "completer/", "prendre/", "transfert/"])
def test_families_never_open_it(room, end):
    assert entered(room.home.holder).get(page_of(room.filed(), end)).status_code in (403, 405)


def test_queries_are_the_same_whatever_was_written_and_sent(room):
    filing, client = room.filed(), entered(room.nadia)
    following.write(filing, text="?", form_key="m", access=room.access, by=room.camille, at=timezone.now())
    before = cost(client, filing)
    for n in range(6):
        following.write(filing, text="?", form_key=f"m{n}", access=room.access, by=room.camille, at=timezone.now())
        examining.note(filing, text="!", form_key=f"n{n}", by=room.nadia, at=timezone.now())

    assert cost(client, filing) == before
    assert before <= QUERIES


def cost(client, filing):
    client.get(page_of(filing))
    with CaptureQueriesContext(connection) as queries:
        client.get(page_of(filing))
    return len(queries)


def test_a_file_goes_with_a_message_and_is_read_by_agents_only_here(room):
    filing, client = room.filed(), entered(room.nadia)
    typed = {"message-text": "Voici le règlement.", "message-form_key": "k"}

    bad = shown(client.post(page_of(filing, "message/"), typed | {"message-attached": file(b"rien de bon")}))
    client.post(page_of(filing, "message/"), typed | {"message-attached": file(samples.pdf())})
    client.post(page_of(filing, "message/"), typed | {"message-attached": file(samples.pdf())})

    message = Message.objects.get()
    assert "Voici le règlement." in bad
    assert "n’a pas été ajouté" in bad
    assert File.objects.count() == message.files.count() == 1
    address = page_of(filing, f"messages/{message.public_id}/fichiers/1/")
    assert "reglement" in read(client, page_of(filing))
    assert client.get(address).headers["Content-Disposition"].startswith("attachment")
    assert client.get(page_of(filing, f"messages/{message.public_id}/fichiers/2/")).status_code == 404
    assert entered(room.home.holder).get(address).status_code == 403


def test_several_files_go_with_a_message_all_or_none_of_them(room):
    filing, client = room.filed(), entered(room.nadia)
    typed = {"message-text": "Voici.", "message-form_key": "k"}

    bad = shown(
        client.post(page_of(filing, "message/"), typed | {"message-attached": [file(samples.pdf()), file(b"rien")]})
    )
    assert ("Voici." in bad, "n’a pas été ajouté" in bad, File.objects.exists()) == (True, True, False)

    many = shown(
        client.post(page_of(filing, "message/"), typed | {"message-attached": [file(samples.pdf()) for _ in range(6)]})
    )
    assert "Choisissez 5 fichiers au plus." in many

    client.post(page_of(filing, "message/"), typed | {"message-attached": [file(samples.pdf()), file(samples.pdf())]})
    assert Message.objects.get().files.count() == 2


def test_who_takes_a_file_of_a_message_is_in_the_family_s_history(room):
    filing = room.filed()
    kept = vault.receive([samples.pdf()], name="a.pdf", at=timezone.now())
    message = filing.messages.create(side="desk", author="Nadia", text="Voici.", sent_at=timezone.now(), form_key="k")
    message.files.add(kept)
    address = page_of(filing, f"messages/{message.public_id}/fichiers/1/")

    assert entered(room.nadia).get(address).status_code == 200
    line = Line.objects.filter(kind="filings.read").get()
    assert line.actor == room.nadia.public_id
    assert entered(room.nadia).get(page_of(filing, f"messages/{message.public_id}/fichiers/2/")).status_code == 404
    assert Line.objects.filter(kind="filings.read").count() == 1


def test_a_message_that_can_not_be_written_leaves_no_file_behind(room):
    filing, client = room.filed(), entered(room.nadia)
    Account.objects.filter(pk=room.home.holder.pk).update(email="nulle part")  # no mail can be addressed there
    client.raise_request_exception = False
    typed = {"message-text": "Voici le règlement.", "message-form_key": "k", "message-attached": file(samples.pdf())}

    assert client.post(page_of(filing, "message/"), typed).status_code == 500
    assert not Message.objects.exists()
    assert not File.objects.exists()


def file(content):
    return SimpleUploadedFile("reglement.pdf", content)
