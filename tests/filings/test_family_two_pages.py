"""Two pages open on one section don't destroy each other; what a page saves by itself is what its button saves."""

import pytest

from tests.filings.factories import desk
from tests.filings.walking import INCOME, Walker, page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


@pytest.fixture
def draft(room, camille):
    return camille.begins(room)


def keeps(walker, draft, typed, seen):
    """As the page's script does."""
    typed = {**typed, "seen": seen}
    return walker.client.post(page(draft, "etape/income/brouillon/"), typed, headers={"accept": "application/json"})


def test_a_page_left_open_on_what_was_sent_elsewhere_is_told_so_and_not_that_the_session_ended(room, camille):
    sent = room.filed()

    answer = keeps(camille, sent, {"quotient": "984"}, 0)

    assert answer.status_code == 200
    assert "a été envoyée depuis une autre page" in answer.json()["aside"]


def test_what_is_typed_is_saved_in_the_background_as_far_as_it_is_good(camille, draft):
    answer = keeps(camille, draft, {"quotient": "984", "month_day": "1"}, 0).json()

    draft.refresh_from_db()
    assert answer["revision"] == 1
    assert "h" in answer["saved_at"]
    assert draft.answers == {"quotient": 98400}


def test_the_second_page_s_answers_are_kept_aside_and_shown(camille, draft):
    camille.answers(draft, {**INCOME, "quotient": "500"}, seen=0)

    response = camille.answers(draft, {**INCOME, "quotient": "900"}, seen=0)

    assert response.headers["Location"] == page(draft, "etape/income/")
    text = camille.get(page(draft, "etape/income/"))
    assert "Deux pages étaient ouvertes" in text
    assert "500 €" in text
    assert "900 €" in text
    draft.refresh_from_db()
    assert draft.answers["quotient"] == 50000


@pytest.mark.parametrize(("choice", "kept"), [("aside", 90000), ("today", 50000)])
def test_the_family_chooses_which_stay(camille, draft, choice, kept):
    camille.answers(draft, {**INCOME, "quotient": "500"}, seen=0)
    camille.answers(draft, {**INCOME, "quotient": "900"}, seen=0)

    text = words(camille.post(page(draft, "etape/income/choix/"), {"keep": choice}))

    draft.refresh_from_db()
    assert draft.answers["quotient"] == kept
    assert "Deux pages étaient ouvertes" not in text


def test_the_background_learns_that_another_page_was_first(camille, draft):
    camille.answers(draft, {**INCOME, "quotient": "500"}, seen=0)

    answer = keeps(camille, draft, {**INCOME, "quotient": "900"}, 0).json()

    assert "Une autre page a changé cette étape" in answer["aside"]
    draft.refresh_from_db()
    assert draft.answers["quotient"] == 50000


def test_the_same_answers_twice_are_no_conflict(camille, draft):
    camille.answers(draft, seen=0)
    camille.answers(draft, seen=0)

    draft.refresh_from_db()
    assert draft.set_aside == {}


@pytest.mark.parametrize("seen", ["", "-1", "x", "9" * 40])
def test_a_page_that_shows_no_revision_of_ours_overwrites_nothing(camille, draft, seen):
    camille.answers(draft, {**INCOME, "quotient": "500"}, seen=0)

    camille.answers(draft, {**INCOME, "quotient": "900"}, seen=seen)

    draft.refresh_from_db()
    assert draft.answers["quotient"] == 50000


def test_a_page_that_stayed_open_too_long_comes_back_with_what_was_typed(camille, draft):
    camille.get(page(draft, "etape/income/"))
    camille.client.handler.enforce_csrf_checks = True

    response = camille.post(
        page(draft, "etape/income/"), {**INCOME, "quotient": "777", "seen": 0, "csrfmiddlewaretoken": "a" * 64}
    )

    text = words(response)
    assert "Cette page était ouverte depuis longtemps" in text
    assert 'value="777"' in text
