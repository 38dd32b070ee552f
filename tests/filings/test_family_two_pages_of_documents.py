"""Two pages of one person open on the same documents: nothing that either holds is lost, and the older never wins."""

import re

import pytest

from tests.filings.factories import ANSWERS, INCOME, desk
from tests.filings.test_family_completes import DAYS, asked
from tests.filings.test_files_not_sent_on import sends_one
from tests.filings.test_restricted_pieces import CARE
from tests.filings.walking import INCOME as TYPED
from tests.filings.walking import Walker, page, photo, words
from xpassfam.documents.models import PendingUpload
from xpassfam.filings.models import Message, Piece
from xpassfam.filings.states import Status

pytestmark = pytest.mark.django_db
TWO_PAGES = "Deux pages étaient ouvertes"
READ_AGAIN = "relisez, puis continuez"
TOO_LATE = "n’y est pas ajouté"


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


@pytest.fixture
def draft(room):
    return room.draft(with_proof=False)


def seen_on(text):
    found = re.search(r'name="seen" value="(\d+)"', text)
    assert found
    return found[1]


def opens(walker, filing, rest="documents/"):
    return seen_on(walker.get(page(filing, rest)))


def goes_on(walker, filing, seen, rest="documents/", **typed):
    return walker.post(page(filing, rest), {**typed, "seen": seen}, follow=False)


def keeps(walker, filing, seen, rest="documents/", **typed):
    """As the page's script does."""
    told = walker.post(page(filing, f"{rest}brouillon/"), {**typed, "seen": seen}, follow=False)
    return told.json()


def test_an_old_page_that_says_nothing_erases_no_reason(camille, draft):
    first, second = opens(camille, draft), opens(camille, draft)
    goes_on(camille, draft, first, **{"p1-why": "La CAF l’envoie lundi."})

    answer = goes_on(camille, draft, second, **{"p1-why": ""})

    assert answer.headers["Location"] == page(draft, "documents/")
    text = camille.get(page(draft, "documents/"))
    assert READ_AGAIN in text
    assert "La CAF l’envoie lundi." in text
    draft.refresh_from_db()
    assert draft.missing == {"proof": "La CAF l’envoie lundi."}


@pytest.mark.parametrize(("choice", "kept"), [("aside", "Mardi."), ("today", "Lundi.")])
def test_of_two_reasons_the_family_chooses(camille, draft, choice, kept):
    first, second = opens(camille, draft), opens(camille, draft)
    goes_on(camille, draft, first, **{"p1-why": "Lundi."})
    goes_on(camille, draft, second, **{"p1-why": "Mardi."})

    text = camille.get(page(draft, "documents/"))
    assert TWO_PAGES in text
    assert ("Lundi." in text, "Mardi." in text) == (True, True)
    chosen = goes_on(camille, draft, seen_on(text), **{"p1-why": "Lundi.", "keep": choice})

    assert chosen.headers["Location"] == page(draft, "documents/")
    text = camille.get(page(draft, "documents/"))
    assert TWO_PAGES not in text
    goes_on(camille, draft, seen_on(text), **{"p1-why": kept})
    draft.refresh_from_db()
    assert draft.missing == {"proof": kept}


def test_what_is_kept_aside_is_asked_about_until_it_is_chosen(camille, draft):
    old = opens(camille, draft)
    goes_on(camille, draft, old, **{"p1-why": "Lundi."})
    goes_on(camille, draft, old, **{"p1-why": "Mardi."})

    fresh = opens(camille, draft)
    answer = goes_on(camille, draft, fresh, **{"p1-why": "Lundi."})

    assert answer.headers["Location"] == page(draft, "documents/")
    assert TWO_PAGES in camille.get(page(draft, "documents/"))


def test_the_files_of_both_pages_wait(camille, draft):
    first, second = sends_one(camille, "recto.pdf"), sends_one(camille, "verso.pdf")
    old = opens(camille, draft)
    keeps(camille, draft, old, **{"p1-files": first})
    keeps(camille, draft, old, **{"p1-files": second})

    text = camille.get(page(draft, "documents/"))

    assert ("recto.pdf" in text, "verso.pdf" in text) == (True, True)


def test_a_page_that_goes_on_shows_the_file_that_another_left_waiting(camille, draft):
    seen, other = opens(camille, draft), sends_one(camille, "verso.pdf")
    keeps(camille, draft, seen, **{"p1-files": other})

    answer = goes_on(camille, draft, seen, **{"p1-files": photo("recto.pdf"), **DAYS})

    assert answer.headers["Location"] == page(draft, "documents/")
    text = camille.get(page(draft, "documents/"))
    assert READ_AGAIN in text
    assert "verso.pdf" in text
    assert Piece.objects.get().document.attached.get().file.name == "recto.pdf"


def test_a_day_typed_in_an_old_page_is_kept_aside_and_its_script_is_told(camille, draft):
    old = opens(camille, draft)
    keeps(camille, draft, old, **DAYS)

    told = keeps(camille, draft, old, **{**DAYS, "p1-issued_on_day": "9"})

    assert "Une autre page a changé cette étape" in told["aside"]
    text = camille.get(page(draft, "documents/"))
    assert TWO_PAGES in text
    assert "Attestation CAF : date du document" in text
    assert 'name="p1-issued_on_day" value="2"' in text


def test_a_page_that_saves_by_itself_stays_the_one_that_counts(camille, draft):
    told = keeps(camille, draft, opens(camille, draft), **{"p1-why": "Lun"})

    answer = goes_on(camille, draft, told["revision"], **{"p1-why": "Lundi."})

    assert answer.headers["Location"] == page(draft, "verifier/")
    draft.refresh_from_db()
    assert draft.missing == {"proof": "Lundi."}


def test_pressed_twice_it_goes_on_twice(camille, draft):
    seen = opens(camille, draft)

    answers = [goes_on(camille, draft, seen, **{"p1-why": "Lundi."}) for _ in range(2)]

    assert {answer.headers["Location"] for answer in answers} == {page(draft, "verifier/")}


@pytest.mark.parametrize("seen", ["", "-1", "x", "9" * 40])
def test_a_page_that_shows_no_revision_of_ours_erases_nothing(camille, draft, seen):
    goes_on(camille, draft, opens(camille, draft), **{"p1-why": "Lundi."})

    goes_on(camille, draft, seen, **{"p1-why": ""})

    draft.refresh_from_db()
    assert draft.missing == {"proof": "Lundi."}


def test_a_reason_too_long_to_be_taken_erases_none(camille, draft):
    goes_on(camille, draft, opens(camille, draft), **{"p1-why": "Lundi."})

    goes_on(camille, draft, opens(camille, draft), **{"p1-why": "x" * 501})

    draft.refresh_from_db()
    assert draft.missing == {"proof": "Lundi."}


def test_an_old_page_s_errors_are_shown_and_it_stays_an_old_page(camille, draft):
    old = opens(camille, draft)
    goes_on(camille, draft, old, **{"p1-why": "Lundi."})

    text = words(goes_on(camille, draft, old, **{"p1-files": photo("octobre.pdf"), "p1-why": ""}))

    assert "Écrivez la date du document" in text
    assert seen_on(text) == old


def test_what_waits_beside_the_documents_is_not_lost_by_sending(camille, draft):
    camille.gives(draft)
    keeps(camille, draft, opens(camille, draft), **{"p2-files": sends_one(camille, "lettre.pdf")})

    assert "pas encore joint" in camille.get(page(draft, "verifier/"))
    camille.sends(draft)

    draft.refresh_from_db()
    assert draft.is_draft
    goes_on(camille, draft, opens(camille, draft), **{"p2-files": PendingUpload.objects.get().public_id})
    camille.sends(draft)
    draft.refresh_from_db()
    assert (draft.status, draft.waiting) == (Status.RECEIVED, {})


def test_sent_from_another_page_what_this_one_held_is_offered_as_a_message(room, camille, draft):
    seen = opens(camille, draft)
    goes_on(camille, draft, seen, **{"p1-why": "La CAF l’envoie lundi."})
    camille.sends(draft)
    file = sends_one(camille, "lettre.pdf")

    text = words(goes_on(camille, draft, seen, **{"p1-why": "Mardi.", "p2-files": file}))

    assert TOO_LATE in text
    assert "Attestation CAF : Mardi." in text
    assert f'name="files" value="{file}"' in text
    camille.post(page(draft, "messages/"), {"text": "Attestation CAF : Mardi.", "files": file})
    assert Message.objects.get().files.count() == 1


def test_of_a_section_of_what_was_sent_the_answers_are_offered_too(room, camille):
    sent = room.filed()

    text = words(camille.answers(sent, {"quotient": "900", "month_day": "x", "source": "caf"}, seen=0))

    assert TOO_LATE in text
    assert "Quotient familial : 900 €" in text
    assert "Source" not in text.partition("<textarea")[2].partition("</textarea>")[0]


def test_of_what_was_sent_as_it_is_nothing_is_offered(room, camille):
    sent = room.filed()

    text = words(camille.post(page(sent, "etape/income/"), {"quotient": "984", "seen": 0}))

    assert TOO_LATE not in text
    assert "déjà envoyé" in text


def test_a_reason_for_what_another_page_gave_is_said_to_be_of_no_use(camille, draft):
    old = opens(camille, draft)
    camille.gives(draft)

    goes_on(camille, draft, old, **{"p1-why": "La CAF l’envoie lundi."})

    assert "votre explication n’est plus utile" in camille.get(page(draft, "verifier/"))


BY_SOURCE = INCOME.replace(
    "pieces:\n",
    """pieces:
  - key: notice
    label: Avis d’impôt
    kinds: [tax_notice]
    why: Pour calculer.
    condition: {answer: {field: source, is: tax}}
""",
)


def test_a_file_is_for_what_was_read_beside_it_though_what_is_asked_has_changed():
    room = desk(BY_SOURCE)
    camille, draft = Walker.of(room.home.holder), room.draft(with_proof=False)
    seen = opens(camille, draft)
    camille.answers(draft, {**TYPED, "source": "tax"})

    goes_on(camille, draft, seen, asked="proof note", **{"p1-files": photo(), **DAYS})

    assert Piece.objects.get().key == "proof"


def test_what_is_asked_no_more_is_said_not_to_be_joined():
    room = desk(BY_SOURCE)
    camille, draft = Walker.of(room.home.holder), room.draft({**ANSWERS, "source": "tax"}, with_proof=False)
    text = camille.get(page(draft, "documents/"))
    assert 'name="asked" value="notice proof note"' in text
    camille.answers(draft, {**TYPED, "source": "caf"})

    goes_on(camille, draft, seen_on(text), asked="notice proof note", **{"p1-files": photo(), **DAYS})

    assert not Piece.objects.exists()
    assert "un document n’est plus demandé" in camille.get(page(draft, "verifier/"))


def completes(walker, filing, seen, **typed):
    return goes_on(walker, filing, seen, "completer/", **typed)


def test_of_two_pages_to_complete_the_older_shows_what_both_answered(room, camille):
    filing = asked(room, fields=["quotient"], pieces=[])
    old = opens(camille, filing, "completer/")
    keeps(camille, filing, old, "completer/", quotient="1000")

    answer = completes(camille, filing, old, quotient="1100")

    assert answer.headers["Location"] == page(filing, "completer/")
    text = camille.get(page(filing, "completer/"))
    assert TWO_PAGES in text
    assert ("1 000 €" in text, "1 100 €" in text) == (True, True)
    completes(camille, filing, seen_on(text), quotient="1000", keep="aside")
    completes(camille, filing, opens(camille, filing, "completer/"), quotient="1100")
    filing.refresh_from_db()
    assert (filing.answers["quotient"], filing.status) == (110000, Status.UNDER_REVIEW)


def test_what_was_completed_from_another_page_is_told_and_what_this_one_held_is_offered_as_a_message(room, camille):
    filing = asked(room, fields=["quotient"], pieces=["proof"])
    old = opens(camille, filing, "completer/")
    completes(camille, filing, old, quotient="1000", **{"p1-files": photo("une.pdf"), **DAYS})

    text = words(completes(camille, filing, old, quotient="1100", **{"p1-files": photo("deux.pdf"), **DAYS}))

    filing.refresh_from_db()
    assert (filing.answers["quotient"], filing.status) == (100000, Status.UNDER_REVIEW)
    assert TOO_LATE in text
    assert "Quotient familial : 1 100 €" in text
    assert f'name="files" value="{PendingUpload.objects.get().public_id}"' in text


def test_what_can_not_be_read_of_it_is_shown_as_it_was_typed(room, camille):
    filing = asked(room, fields=["quotient"], pieces=[])
    old = opens(camille, filing, "completer/")
    completes(camille, filing, old, quotient="1000")

    assert "Quotient familial : mille cent" in words(completes(camille, filing, old, quotient="mille cent"))


def test_the_same_page_pressed_twice_is_told_that_it_was_sent(room, camille):
    filing = asked(room, fields=["quotient"], pieces=["proof"])
    typed = {"quotient": "1000", **DAYS, "key": "a" * 26}
    old = opens(camille, filing, "completer/")
    completes(camille, filing, old, **typed, **{"p1-files": photo()})

    again = camille.post(page(filing, "completer/"), {**typed, "seen": old, "p1-files": photo()})

    assert "déjà envoyé" in words(again)
    assert TOO_LATE not in words(again)


def test_a_script_that_saves_too_late_is_told_so(room, camille):
    filing = asked(room, fields=["quotient"], pieces=[])
    old = opens(camille, filing, "completer/")
    completes(camille, filing, old, quotient="1000")

    assert "n’attend plus" in keeps(camille, filing, old, "completer/", quotient="1100")["aside"]


def test_what_the_other_adult_had_prepared_is_offered_to_them_as_a_message(room, camille):
    filing, karim = asked(room, fields=["quotient"], pieces=["proof"]), Walker.of(room.home.partner)
    file = sends_one(karim, "de karim.pdf")
    keeps(karim, filing, opens(karim, filing, "completer/"), "completer/", quotient="1100", **{"p1-files": file})
    completes(camille, filing, opens(camille, filing, "completer/"), quotient="1000", **{"p1-files": photo(), **DAYS})

    assert "1 100 €" not in camille.get(page(filing))
    text = karim.get(page(filing))
    assert TOO_LATE in text
    assert "Quotient familial : 1 100 €" in text
    assert f'name="files" value="{file}"' in text


@pytest.mark.parametrize("typed", [{"text": "Je voulais dire 1 100 €."}, {"drop": "1"}])
def test_once_it_is_sent_or_put_away_it_is_offered_no_more(room, camille, typed):
    filing, karim = asked(room, fields=["quotient"], pieces=[]), Walker.of(room.home.partner)
    keeps(karim, filing, opens(karim, filing, "completer/"), "completer/", quotient="1100")
    completes(camille, filing, opens(camille, filing, "completer/"), quotient="1000")

    text = words(karim.post(page(filing, "messages/"), {**typed, "left": "1"}))

    assert TOO_LATE not in text
    assert Message.objects.count() == ("text" in typed)


def test_a_document_on_health_that_came_too_late_is_put_in_no_message():
    room = desk(CARE)
    camille, draft = Walker.of(room.home.holder), room.draft({"need": "Une rampe."}, with_proof=False)
    goes_on(camille, draft, opens(camille, draft), **{"p1-why": "Bientôt.", "p2-why": "Bientôt."})
    camille.sends(draft)
    health, bill = sends_one(camille, "mdph.pdf"), sends_one(camille, "facture.pdf")

    text = words(goes_on(camille, draft, 0, **{"p1-files": health, "p2-files": bill}))

    assert "Pas dans le message" in text
    assert f'name="files" value="{health}"' not in text
    assert f'name="files" value="{bill}"' in text
