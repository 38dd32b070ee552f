"""Two agents judge the same piece: the second reads what the first said, before anything is written over it."""

import pytest
from django.utils import timezone

from tests.desk.desks import entered
from tests.filings.factories import desk
from tests.filings.test_agents_reading import page_of
from tests.filings.test_following import ask, give, now
from tests.household.homes import read, shown
from xpassfam.documents.actions import judging
from xpassfam.documents.models import Verdict
from xpassfam.filings.actions import examining
from xpassfam.filings.holding import Overtaken

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def piece(room):
    return room.filed().pieces.get()


def says(piece, verdict, by, explanation="", seen=None):
    seen = piece.as_judged if seen is None else seen
    return examining.judge(piece, verdict=verdict, explanation=explanation, seen=seen, by=by, at=timezone.now())


def typed(piece, verdict, explanation="", seen=None):
    seen = piece.as_judged if seen is None else seen
    return {"piece-verdict": verdict, "piece-explanation": explanation, "piece-seen": seen}


def press(agent, piece, **more):
    return entered(agent).post(page_of(piece.filing, f"pieces/{piece.pk}/"), typed(piece, **more))


def verdicts(piece):
    piece = type(piece).objects.select_related("document").get(pk=piece.pk)
    return piece.verdict, piece.document.verdict


def test_what_another_said_meanwhile_is_not_written_over(room, piece):
    says(piece, "accepted", room.claire)

    with pytest.raises(Overtaken):
        says(piece, "unreadable", room.nadia, "Le bas est coupé.")

    assert verdicts(piece) == ("accepted", "accepted")


def test_whoever_is_behind_reads_what_the_other_said_and_keeps_what_they_typed(room, piece):
    says(piece, "unreadable", room.claire, "Le bas est coupé.")

    response = press(room.nadia, piece, verdict="too_old", explanation="Du 2 juillet.")

    text = shown(response)
    assert response.status_code == 409
    assert "Claire Ferrand" in text
    assert "Illisible ou incomplète" in text
    assert "Le bas est coupé." in text
    assert 'value="Du 2 juillet."' in text
    assert verdicts(piece) == ("unreadable", "refused")


def test_once_it_is_read_the_second_verdict_is_given(room, piece):
    says(piece, "unreadable", room.claire, "Le bas est coupé.")
    form = press(room.nadia, piece, verdict="accepted").context["piece_form"]

    press(room.nadia, piece, verdict=form["verdict"].value(), seen=form["seen"].value())

    assert verdicts(piece) == ("accepted", "accepted")


def test_the_same_page_sent_twice_is_one_verdict(room, piece):
    before = piece.as_judged
    says(piece, "accepted", room.nadia, seen=before)

    says(piece, "accepted", room.nadia, seen=before)

    assert verdicts(piece) == ("accepted", "accepted")


def test_another_piece_and_whatever_else_happens_disturb_nobody(room):
    filing = room.filed()
    first = filing.pieces.get()
    second = filing.pieces.create(key="note", document=room.document("other"), added_at=timezone.now())

    says(first, "accepted", room.claire)
    examining.write(filing, text="Bonjour.", form_key="m", by=room.claire, at=timezone.now())
    says(second, "accepted", room.nadia)

    assert (verdicts(first)[0], verdicts(second)[0]) == ("accepted", "accepted")


def test_what_was_said_of_the_document_elsewhere_counts(room, piece):
    judging.judge(piece.document, verdict=Verdict.ACCEPTED, by=room.claire.actor, at=timezone.now())

    response = press(room.nadia, piece, verdict="unreadable", explanation="Floue.", seen=piece.as_judged)

    text = shown(response)
    assert response.status_code == 409
    assert "Claire Ferrand" in text
    assert "Accepté" in text
    assert verdicts(piece) == ("pending", "accepted")


def test_asked_again_meanwhile_it_is_not_accepted_from_a_page_that_is_behind(room, piece):
    says(piece, "accepted", room.nadia)
    piece.refresh_from_db()
    judging.ask_again(piece.document, reason="Le nom a changé.", by=room.claire.actor, at=timezone.now())

    text = shown(press(room.nadia, piece, verdict="accepted"))

    assert "Le nom a changé." in text
    assert verdicts(piece)[1] == "withdrawn"


def test_of_what_the_family_replaced_the_words_go_with_the_new_one(room):
    filing = room.examined()
    old = filing.pieces.get()
    ask(room, filing)
    new = give(room, filing)

    response = press(room.nadia, old, verdict="too_old", explanation="Du 2 juillet.")

    text = shown(response)
    assert response.status_code == 409
    assert "La famille a donné une autre pièce" in text
    assert 'value="Du 2 juillet."' in text
    assert f"/pieces/{new.pk}/" in text
    assert " checked" not in text
    assert verdicts(old)[0] == verdicts(new)[0] == "pending"


def test_a_verdict_without_its_reason_stays_beside_its_piece(room):
    filing = room.filed()
    filing.pieces.create(key="note", document=room.document("other"), added_at=timezone.now())
    second = filing.pieces.last()

    response = press(room.nadia, second, verdict="wrong")

    assert response.context["piece"].pk == second.pk
    assert "Dites ce qui ne va pas" in shown(response)


def test_the_page_carries_what_it_showed(room, piece):
    assert 'name="piece-seen"' in read(entered(room.nadia), page_of(piece.filing))
    assert now(piece.filing).pieces.get().as_judged == piece.as_judged
