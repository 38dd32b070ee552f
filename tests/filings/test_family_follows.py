"""A family follows what it sent: whose turn it is, what was decided and why, what it can do."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.filings.factories import APPROVAL, REFUSAL, Desk, desk, procedure
from tests.filings.walking import BASE, Walker, one_time_key, page, photo, words
from tests.household.homes import let_in, outsider
from tests.vault import samples
from xpassfam.accounts import throttle
from xpassfam.documents.actions import uploading
from xpassfam.documents.models import PendingUpload
from xpassfam.filings.actions import deciding, examining, following
from xpassfam.filings.holding import NotAllowed
from xpassfam.filings.models import Decision, Filing, Message
from xpassfam.filings.states import Status
from xpassfam.payments.actions import change_bank_details, note_paid, order
from xpassfam.people.models import Access, Residence, Separation
from xpassfam.procedures import shipped

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
COMPLAINT = next(path.read_text(encoding="utf-8") for path in shipped.files() if path.name.startswith("d14"))

CONTEST = """
code: T14
slug: contester
title: Contester une décision
purpose: Une autre personne relit.
category: rights
delay: {count: 2, unit: months}
sections:
  - key: decision
    title: Ce que vous contestez
    fields:
      - {key: reference, type: text, label: Référence, prefill: contested.reference}
      - {key: grounds, type: long_text, label: Pourquoi}
reasons:
  - {code: M17, sentence: Rien de nouveau., law: Article 10.}
effects:
  - {name: contest, answers: {grounds: grounds}}
"""


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


def refused(room, **more):
    filing = room.examined(**more)
    deciding.decide(filing, REFUSAL, seen=filing.version, by=room.nadia, at=timezone.now())
    filing.refresh_from_db()
    return filing


def test_money_that_was_granted_is_followed_to_the_account_that_gets_it(room, camille):
    now = timezone.now()
    filing = room.examined()
    deciding.decide(filing, APPROVAL, seen=filing.version, by=room.nadia, at=now)
    iban, actor = "FR76 3000 6000 0112 3456 7890 189", room.nadia.actor
    change_bank_details(filing.household, holder="Camille Martin", iban=iban, by=actor, at=now - 9 * DAY)
    granted = order(
        filing.household, amount_cents=80_00, label="Rentrée", cause=filing.public_id, by=actor, at=now - DAY
    )
    assert "pas encore versé" in camille.get(page(filing))

    note_paid(granted, on=timezone.localdate(now), by=actor, at=now)

    assert "sur le compte finissant par 0189" in camille.get(page(filing))


def test_the_page_says_whose_turn_it_is_and_until_when(room, camille):
    text = camille.get(page(room.examined()))

    assert "C’est à nous" in text
    assert "Un agent l’examine." in text
    assert "par Nadia Ferrand" in text
    assert "Réponse au plus tard le" in text
    assert "984 €" in text
    assert "À vérifier" in text


def test_a_refusal_says_why_by_law_and_by_fact_and_what_can_be_done(room, camille):
    text = camille.get(page(refused(room)))

    assert "La pièce reçue est trop ancienne." in text
    assert "Article 4 du règlement des aides." in text
    assert "attestation du 2 juillet 2026" in text
    assert "Décidé le" in text
    assert "Nadia Ferrand, gestionnaire" in text
    assert "Corriger et renvoyer" in text
    assert "la commission de recours" in text


def test_whoever_contests_a_decision_is_not_asked_what_the_contest_is_about(room, camille):
    procedure(COMPLAINT)
    filing = refused(room)
    camille.post(page(filing, "contestation/"), {"key": one_time_key(camille.get(page(filing)))})
    draft = Filing.objects.drafts().get()

    text = camille.get(page(draft, "etape/decision/"))

    assert "Votre demande porte sur" not in text
    assert '<input type="hidden" name="about" value="decision"' in text
    assert filing.reference in text
    typed = {"about": "decision", "shown": "reference", "reference": filing.reference, "grounds": "La date est bonne."}
    camille.answers(draft, typed, section="decision")
    assert "Une décision reçue" in camille.get(page(draft, "verifier/"))


def test_a_complaint_that_begins_in_the_catalogue_says_what_it_is_about(room, camille):
    draft = camille.begins(Desk(room.home, procedure(COMPLAINT), room.nadia, room.claire))

    assert "Votre demande porte sur" in camille.get(page(draft, "etape/decision/"))


def test_an_answer_is_news_until_it_is_read(room, camille):
    filing = refused(room)
    assert "Lire la réponse" in camille.get("/mon-compte/")

    camille.get(page(filing))

    assert "Lire la réponse" not in camille.get("/mon-compte/")


def test_a_correction_keeps_answers_and_good_pieces(room, camille):
    filing = refused(room)

    response = camille.post(page(filing, "correction/"), follow=False)
    again = camille.post(page(filing, "correction/"), follow=False)

    draft = Filing.objects.drafts().get()
    assert response.headers["Location"] == again.headers["Location"] == page(draft, "brouillon/")
    assert (draft.corrects, draft.answers["quotient"], draft.pieces.count()) == (filing, 98400, 1)


def test_an_answered_request_checks_nothing_any_more(room, camille):
    text = camille.get(page(refused(room)))

    assert "À vérifier" not in text
    assert "Reçue" in text


def test_the_piece_for_which_it_was_refused_is_shown_and_not_kept_by_the_correction(room, camille):
    filing = room.examined()
    piece = filing.pieces.get()
    verdict = replace(REFUSAL, to_replace=[piece.pk])
    deciding.decide(filing, verdict, seen=filing.version, by=room.nadia, at=timezone.now())
    assert "À remplacer" in camille.get(page(filing))

    camille.post(page(filing, "correction/"))

    draft = Filing.objects.drafts().get()
    assert not draft.pieces.exists()
    text = camille.get(page(draft, "documents/"))
    assert "Vous nous l’avez déjà transmis" not in text
    assert "Attestation CAF : à remplacer." in text


def test_each_page_of_a_correction_says_what_was_wrong(room, camille):
    filing = refused(room)
    camille.post(page(filing, "correction/"))
    draft = Filing.objects.drafts().get()

    for rest in ("etape/income/", "documents/", "verifier/"):
        text = camille.get(page(draft, rest))
        assert "Ce qui n’allait pas la dernière fois" in text
        assert filing.decisions.get().facts in text


def test_a_contest_is_a_filing_about_the_decision(room, camille):
    procedure(CONTEST)
    filing = refused(room)
    text = camille.get(page(filing))
    assert "Contester la décision" in text

    camille.post(page(filing, "contestation/"), {"key": one_time_key(text)})
    draft = Filing.objects.drafts().get()
    assert draft.contests == filing.decisions.get()
    assert filing.reference in camille.get(page(draft, "etape/decision/"))
    camille.answers(draft, {"reference": filing.reference, "grounds": "La date est bonne."}, section="decision")
    assert camille.sends(draft).headers["Location"] == page(draft, "envoyee/")

    assert "Contestée" in camille.get(page(filing))
    assert "Contester la décision" not in camille.get(page(filing))
    assert "Elle conteste la décision de la demande" in camille.get(page(draft))


def test_after_its_day_a_contest_is_not_possible_and_it_says_so(room, camille):
    procedure(CONTEST)
    filing = refused(room)
    Decision.objects.update(contest_until=timezone.localdate() - DAY)

    assert "Ce n’est plus possible ici" in camille.get(page(filing))
    assert "Le délai pour contester est passé" in words(camille.post(page(filing, "contestation/")))
    assert not Filing.objects.drafts().exists()


def test_messages_go_both_ways_with_files_and_read_marks(room, camille):
    filing = room.examined()
    key = one_time_key(camille.get(page(filing)))

    for _time in range(2):
        typed = {"text": "Bonjour, en octobre.", "files": photo("octobre.pdf"), "key": key}
        text = words(camille.post(page(filing, "messages/"), typed))
    assert "octobre.pdf" in text
    assert "pas encore lu" in text
    message = Message.objects.get()
    given = camille.client.get(page(filing, f"messages/{message.public_id}/fichiers/1/"))
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(given.streaming_content).startswith(b"%PDF")

    examining.open_for_reading(filing, by=room.nadia, at=timezone.now())
    examining.write(filing, text="Merci, bien reçu.", form_key="n1", by=room.nadia, at=timezone.now())
    assert "Lire le message" in camille.get("/mon-compte/")
    text = camille.get(page(filing))
    assert "lu le" in text
    assert "Merci, bien reçu." in text
    assert "Lire le message" not in camille.get("/mon-compte/")


def test_a_message_with_a_bad_file_loses_nothing(room, camille):
    filing = room.examined()

    text = words(camille.post(page(filing, "messages/"), {"text": "Voici", "files": photo("vacances.bmp", b"BM1234")}))

    assert "vacances.bmp » n’a pas été ajouté" in text
    assert ">\nVoici</textarea>" in text
    assert not Message.objects.exists()


def test_withdrawing_names_what_follows_first(room, camille):
    filing = room.examined()

    assert "il n’y aura pas de réponse" in camille.get(page(filing, "retrait/"))
    text = words(camille.post(page(filing, "retrait/")))

    filing.refresh_from_db()
    assert filing.status == Status.WITHDRAWN
    assert "Retirée par vous" in text


def test_what_was_withdrawn_is_done_again_not_corrected(room, camille):
    filing = room.filed()
    camille.post(page(filing, "retrait/"))

    text = camille.get(page(filing))
    assert "Refaire cette demande" in text
    assert "Corriger" not in text


def test_what_was_decided_meanwhile_is_not_withdrawn(room, camille):
    filing = room.examined()
    deciding.decide(filing, APPROVAL, seen=filing.version, by=room.nadia, at=timezone.now())

    text = words(camille.post(page(filing, "retrait/")))

    assert "Nous avons répondu entre-temps" in text
    assert "C’est oui." in text


def test_a_broken_promise_can_be_hurried_once(room, camille):
    filing = room.filed(at=timezone.now() - 30 * DAY)
    text = camille.get(page(filing))
    assert "Elle est en retard" in text
    assert "Relancer" in text

    text = words(camille.post(page(filing, "relance/")))

    assert "votre demande passe en premier" in text
    assert "Vous nous avez relancés" in text


def test_a_promise_that_holds_is_not_hurried(room, camille):
    assert "Rien à relancer" in words(camille.post(page(room.filed(), "relance/")))


def test_the_other_adult_reads_it(room):
    filing = room.filed()

    karim = Walker.of(room.home.partner)

    assert filing.reference in karim.get(BASE)
    assert "par Camille" in karim.get(BASE)
    assert "984 €" in karim.get(page(filing))


def test_who_may_only_see_from_now_on_reads_their_own_and_does_nothing(room, camille):
    filing = room.filed()
    Access.objects.filter(person=room.home.holder.person).update(permission="view")

    text = camille.get(page(filing))

    assert "Retirer ma demande" not in text
    assert "Votre message" not in text
    for rest in ("retrait/", "messages/", "relance/", "completer/", "correction/", "contestation/"):
        assert camille.client.post(page(filing, rest), {"text": "Bonjour"}).status_code == 403
    filing.refresh_from_db()
    assert (filing.status, filing.messages.count()) == (Status.RECEIVED, 0)


def test_who_was_let_in_reads_what_the_family_sent_without_a_button_and_without_a_mark(room, camille):
    filing = refused(room)
    examining.write(filing, text="Merci, bien reçu.", form_key="n1", by=room.nadia, at=timezone.now())
    odile = outsider()
    let_in(odile.person, room.home.household, "requests", origin="invitation")
    Residence.objects.filter(person=odile.person).delete()
    Access.objects.filter(person=odile.person).exclude(household=room.home.household).delete()
    helper = Walker.of(odile)

    text = helper.get(page(filing))

    assert "Merci, bien reçu." in text
    assert "Votre message" not in text
    assert "Corriger" not in text
    for rest in ("retrait/", "messages/", "relance/", "completer/", "correction/", "contestation/"):
        assert helper.client.post(page(filing, rest), {"text": "Bonjour"}).status_code == 403
    filing.refresh_from_db()
    assert (filing.read_at, Message.objects.get().read_at) == (None, None)


def test_while_a_separation_is_declared_each_reads_their_own_alone(room, camille):
    filing = room.filed()
    Separation.objects.create(
        household=room.home.household, declared_by=room.home.partner.person, declared_at=timezone.now()
    )

    assert Walker.of(room.home.partner).client.get(page(filing)).status_code == 404
    assert filing.reference in camille.get(page(filing))


def test_the_list_goes_on_by_key(room, camille):
    Filing.objects.all().delete()
    now = timezone.now()
    for number in range(23):
        filing = room.filed(at=now - number * DAY)
        Filing.objects.filter(pk=filing.pk).update(status=Status.WITHDRAWN, ended_at=now - number * DAY)

    first = camille.get(BASE)
    older = camille.client.get(BASE + first.split('href="?avant=')[1].split('"')[0].join(["?avant=", ""]))
    references = set(Filing.objects.values_list("reference", flat=True))
    seen = [reference for reference in references if reference in first]
    rest = [reference for reference in references if reference in words(older)]

    assert (len(seen), len(rest)) == (20, 3)
    assert not set(seen) & set(rest)
    assert camille.client.get(f"{BASE}?avant=hier").status_code == 404


def test_a_message_whose_file_went_meanwhile_keeps_the_others_for_the_next_try(room, camille):
    filing, now = room.examined(), timezone.now()
    kept, gone = (uploading.keep([samples.pdf()], name="a.pdf", access=room.access, at=now) for _number in range(2))
    uploading.drop(gone)

    with pytest.raises(uploading.Gone):
        following.write(
            filing, text="?", uploads=[kept, gone], form_key="g", access=room.access, by=room.camille, at=now
        )
    assert not Message.objects.exists()
    assert PendingUpload.objects.get() == kept


def test_who_may_not_write_any_more_keeps_the_files(room):
    draft, now = room.draft(), timezone.now()
    kept = uploading.keep([samples.pdf()], name="a.pdf", access=room.access, at=now)

    with pytest.raises(NotAllowed):
        following.write(draft, text="?", uploads=[kept], form_key="g", access=room.access, by=room.camille, at=now)
    assert PendingUpload.objects.get() == kept


def test_there_is_an_end_to_the_messages_of_a_day(room, camille):
    filing = room.examined()
    key = one_time_key(camille.get(page(filing)))
    camille.post(page(filing, "messages/"), {"text": "Le premier", "key": key})
    for _number in range(following.WRITING.free):
        throttle.reserve(following.WRITING, room.access.household, at=timezone.now())

    text = words(camille.post(page(filing, "messages/"), {"text": "Un de trop"}))
    assert "Votre foyer a envoyé beaucoup de messages. Réessayez " in text
    assert "Un de trop</textarea>" in text
    assert Message.objects.count() == 1
    camille.post(page(filing, "messages/"), {"text": "Le premier", "key": key})
    assert Message.objects.count() == 1
