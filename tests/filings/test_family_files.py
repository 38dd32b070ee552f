"""A family fills in a draft, page by page, and sends it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.accounts.factories import account
from tests.filings.factories import desk, organisation
from tests.filings.walking import BASE, INCOME, Walker, page, words
from tests.household.homes import let_in
from tests.people.factories import person
from xpassfam.filings.actions import examining
from xpassfam.filings.models import Filing
from xpassfam.filings.states import Status
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


def test_from_the_catalogue_to_the_reference(room, camille):
    draft = camille.begins(room)
    assert "Étape 1 sur 3" in camille.get(page(draft, "etape/income/"))

    assert camille.answers(draft).headers["Location"] == page(draft, "documents/")
    assert camille.gives(draft).headers["Location"] == page(draft, "verifier/")
    last_look = camille.get(page(draft, "verifier/"))
    assert "984 €" in last_look
    assert "attestation.pdf" in last_look
    assert "Karim Benali pourra aussi lire cette demande" in last_look
    assert camille.sends(draft).headers["Location"] == page(draft, "envoyee/")

    draft.refresh_from_db()
    assert draft.status == Status.RECEIVED
    sent = camille.get(page(draft, "envoyee/"))
    assert draft.reference in sent
    assert "Réponse au plus tard le" in sent
    assert draft.reference in camille.get(BASE)
    assert "Nous l’avons reçue" in camille.get(page(draft))


@pytest.mark.parametrize("profile", ["asso", "adm"])
def test_what_to_do_if_we_are_late_is_said_once(profile):
    room = desk()
    organisation(legal_profile=profile)
    camille = Walker.of(room.home.holder)
    draft = room.draft()
    camille.sends(draft)

    assert camille.get(page(draft, "envoyee/")).count("pourrez relancer") == 1


def test_sent_twice_it_shows_the_first_result(room, camille):
    draft = room.draft()

    first, second = camille.sends(draft), camille.sends(draft)

    assert first.headers["Location"] == second.headers["Location"] == page(draft, "envoyee/")
    assert Message.objects.filter(template="filings/mail/acknowledgement").count() == 1


def test_without_the_declaration_nothing_is_sent(room, camille):
    draft = room.draft()

    text = words(camille.post(page(draft, "envoi/")))

    assert "Cochez la case" in text
    assert Filing.objects.get().is_draft


def test_what_is_missing_is_listed_with_the_page_where_it_is_given(room, camille):
    draft = room.draft({"quotient": 98400}, with_proof=False)

    text = words(camille.sends(draft))

    assert "Il manque une réponse : Source" in text
    assert "Attestation CAF : ajoutez ce document" in text
    assert f'href="{page(draft, "etape/income/")}?retour=verifier"' in text
    assert Filing.objects.get().is_draft


def test_good_answers_are_saved_even_when_another_is_wrong(room, camille):
    draft = camille.begins(room)

    response = camille.answers(draft, {**INCOME, "month_month": "13"})

    assert response.status_code == 200
    assert "Le mois va de 1 à 12" in words(response)
    draft.refresh_from_db()
    assert draft.answers == {"quotient": 98400, "source": "caf"}
    assert 'value="13"' in words(response)


def test_a_change_asked_from_the_summary_comes_back_to_it(room, camille):
    draft = room.draft()

    response = camille.post(
        page(draft, "etape/income/?retour=verifier"), {**INCOME, "quotient": "1000", "seen": 1}, follow=False
    )

    assert response.headers["Location"] == page(draft, "verifier/")
    assert "1 000 €" in camille.get(page(draft, "verifier/"))


def test_a_draft_that_waits_is_offered_before_another_begins(room, camille):
    draft = room.draft()

    text = words(camille.post(f"{BASE}nouvelle/", {"procedure": "T05"}))
    assert "Un brouillon vous attend" in text
    assert page(draft, "brouillon/") in text

    camille.post(f"{BASE}nouvelle/", {"procedure": "T05", "key": "a" * 26})
    camille.post(f"{BASE}nouvelle/", {"procedure": "T05", "key": "a" * 26})
    assert Filing.objects.count() == 2


def test_what_waits_to_be_completed_is_shown_before_another_begins(room, camille):
    sent = room.examined()
    until = timezone.localdate() + timedelta(days=9)
    asking = {"fields": ["month"], "pieces": [], "text": "Il manque cela.", "until": until}
    examining.ask(sent, **asking, seen=sent.version, by=room.nadia, at=timezone.now())

    text = words(camille.post(f"{BASE}nouvelle/", {"procedure": "T05"}))
    assert "Une demande vous attend" in text
    assert page(sent) in text

    camille.post(f"{BASE}nouvelle/", {"procedure": "T05", "key": "a" * 26})
    assert Filing.objects.drafts().count() == 1


def test_a_blank_draft_is_taken_up(room, camille):
    assert camille.begins(room) == camille.begins(room)
    assert Filing.objects.count() == 1


def test_a_draft_begun_on_one_device_goes_on_on_another(room, camille):
    draft = camille.begins(room)
    camille.answers(draft)

    phone = Walker.of(room.home.holder)

    assert phone.client.get(page(draft, "brouillon/")).headers["Location"] == page(draft, "documents/")
    assert "984" in phone.get(page(draft, "etape/income/"))


def test_a_draft_is_its_writer_s_alone(room, camille):
    draft = camille.begins(room)

    karim = Walker.of(room.home.partner)

    assert karim.client.get(page(draft, "etape/income/")).status_code == 404
    assert karim.client.post(page(draft, "suppression/")).status_code == 404


def test_a_draft_is_deleted_after_a_page_that_says_so(room, camille):
    draft = room.draft()

    assert "Vos réponses seront effacées" in camille.get(page(draft, "suppression/"))
    camille.post(page(draft, "suppression/"))

    assert not Filing.objects.exists()
    assert "Aucune demande pour l’instant" in camille.get(BASE)


@pytest.mark.parametrize("permission", ["view", "documents"])
def test_who_may_only_see_is_told_why_they_can_t_file(room, permission):
    helper = account(person("Hugo Aidant"), email="hugo@example.org")
    let_in(helper.person, room.home.household, permission, origin="invitation")
    hugo = Walker.of(helper)

    response = hugo.client.post(f"{BASE}nouvelle/", {"procedure": "T05"})

    assert response.status_code == 403
    assert "Votre accès ne permet pas de déposer une demande" in words(response)
    assert not Filing.objects.exists()


def test_a_sent_filing_has_no_page_to_fill_in(room, camille):
    sent = room.filed()

    for rest in ("etape/income/", "documents/", "verifier/", "brouillon/", "suppression/"):
        assert camille.client.get(page(sent, rest)).headers["Location"] == page(sent)
