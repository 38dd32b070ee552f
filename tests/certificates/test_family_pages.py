"""What a family does with its certificates: has one, reads it, takes it away, learns that it is past."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.certificates.certifying import brackets, given, living_on, read_again, separate, withdrawn
from tests.household.families import read
from xpassfam.certificates.models import Certificate, State
from xpassfam.journal.models import Line
from xpassfam.people.models import Person, Residence
from xpassfam.rules.certificates import written_code
from xpassfam.rules.identifiers import new_public_id

pytestmark = pytest.mark.django_db
HOME = "/mon-compte/attestations/"
ASK = "/mon-compte/attestations/obtenir/composition/"


def page_of(certificate) -> str:
    return f"{HOME}{certificate.public_id}/"


def plain(client, page: str, status: int = 200) -> str:
    return read(client, page, status).replace("\u00a0", " ").replace("\u202f", " ")


def test_one_is_had_in_two_presses(family):
    client = family.client(family.camille)
    asked = plain(client, ASK)
    assert "Ce qu’elle dira" in asked
    assert "Inès Benali" in asked

    response = client.post(ASK, {"key": new_public_id()}, follow=True)
    made = Certificate.objects.get()
    assert response.redirect_chain[-1][0] == page_of(made)
    assert written_code(made.paper.code) in response.content.decode()
    assert made.number in plain(client, HOME)


def test_pressed_twice_it_is_one(family):
    client, typed = family.client(family.camille), {"key": new_public_id()}
    for _time in range(2):
        client.post(ASK, typed)
    assert Certificate.objects.count() == 1


def test_reading_the_page_makes_nothing(family):
    plain(family.client(family.camille), ASK)
    assert not Certificate.objects.exists()


def test_each_pdf_that_is_taken_is_in_the_history_once_an_hour(family):
    client, made = family.client(family.camille), given(family, family.camille)
    for _time in range(3):
        response = client.get(f"{page_of(made)}attestation.pdf")
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Cache-Control"] == "no-store"
        assert made.number in response.headers["Content-Disposition"]
    assert Line.objects.filter(kind="certificates.taken").count() == 1

    client.get(f"{page_of(given(family, family.camille, 'card'))}attestation.pdf")
    assert Line.objects.filter(kind="certificates.taken").count() == 2


def test_the_amount_is_left_out_where_it_is_asked(family):
    brackets()
    living_on(family)
    client = family.client(family.camille)
    client.post("/mon-compte/attestations/obtenir/bracket/", {"key": new_public_id(), "variant": "without_amount"})

    shown = plain(client, page_of(Certificate.objects.get()))
    assert "T3" in shown
    assert "984" not in shown


@pytest.mark.parametrize("typed", [{}, {"variant": ""}, {"variant": "1999"}, {"variant": "\0"}, {"key": "x" * 5000}])
def test_a_variant_that_is_not_offered_is_said(family, typed):
    response = family.client(family.camille).post("/mon-compte/attestations/obtenir/paid/", typed)

    assert response.status_code == 200
    assert "Choisissez une des attestations proposées" in response.content.decode()
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("kind", ["decision", "horoscope", "card-"])
def test_what_is_not_issued_is_not_found(family, kind):
    assert family.client(family.camille).get(f"/mon-compte/attestations/obtenir/{kind}/").status_code == 404


def test_without_an_income_the_page_says_what_to_do(family):
    shown = plain(family.client(family.camille), "/mon-compte/attestations/obtenir/bracket/")

    assert "Nous ne connaissons pas encore votre quotient familial" in shown
    assert "/mon-compte/demarches/quotient-familial/" in shown


def test_when_the_facts_change_it_is_said_and_a_new_one_offered(family):
    client, made = family.client(family.camille), given(family, family.camille)
    assert "ne dit plus ce qui est vrai" not in plain(client, page_of(made))

    Residence.objects.filter(household=family.home, person=family.lea).update(until=timezone.localdate())
    assert "ne dit plus ce qui est vrai" in plain(client, page_of(made))
    assert "À refaire" in plain(client, HOME)

    client.post(ASK, {"key": new_public_id()})
    assert read_again(made).state(timezone.localdate()) is State.REPLACED
    assert "ne dit plus ce qui est vrai" not in plain(client, page_of(made))


def test_what_the_partner_was_given_is_read_but_not_compared(family):
    made = given(family, family.karim)
    shown = plain(family.client(family.camille), page_of(made))

    assert "Valable jusqu’au" in shown
    assert "ne dit plus ce qui est vrai" not in shown


def test_a_withdrawn_one_says_why(family):
    made = withdrawn(given(family, family.camille), "Une naissance était fausse.")

    assert "Une naissance était fausse." in plain(family.client(family.camille), page_of(made))


def test_a_grown_child_reads_none_of_the_home_s(family):
    of_home, own = given(family, family.camille), given(family, family.lea)
    client = family.client(family.lea)

    assert client.get(page_of(of_home)).status_code == 404
    assert client.get(f"{page_of(of_home)}attestation.pdf").status_code == 404
    assert client.get(page_of(own)).status_code == 200
    assert of_home.number not in plain(client, HOME)
    assert family.client(family.camille).get(page_of(own)).status_code == 404


def test_in_a_frozen_file_the_other_s_are_gone_and_one_s_own_stay(family):
    mine, theirs = given(family, family.camille), given(family, family.karim)
    card = given(family, family.karim, "card")
    separate(family)
    client = family.client(family.camille)

    assert client.get(page_of(mine)).status_code == 200
    assert client.get(page_of(theirs)).status_code == 404
    assert card.number not in plain(client, "/mon-compte/carte/")
    assert "Sur vous seul" in plain(client, HOME)


def test_the_card_shows_names_number_end_and_code(family):
    card = given(family, family.camille, "card")
    shown = plain(family.client(family.camille), "/mon-compte/carte/")

    for told in ("Camille", "Karim", "Inès", card.number, written_code(card.paper.code), "jusqu’au"):
        assert told in shown
    assert "Coudray" not in shown
    assert "<svg" in shown


def test_the_card_of_the_other_adult_serves_until_one_has_one_s_own(family):
    theirs = given(family, family.karim, "card")
    client = family.client(family.camille)
    assert theirs.number in plain(client, "/mon-compte/carte/")
    mine = given(family, family.camille, "card")
    assert mine.number in plain(client, "/mon-compte/carte/")


def test_no_card_leads_to_one(family):
    client = family.client(family.camille)
    assert "/mon-compte/attestations/obtenir/card/" in plain(client, "/mon-compte/carte/")
    response = client.post("/mon-compte/attestations/obtenir/card/", {"key": new_public_id()})
    assert response.headers["Location"] == "/mon-compte/carte/"


def test_too_many_in_a_day_are_refused_in_words(family):
    client = family.client(family.camille)
    for _number in range(20):
        client.post(ASK, {"key": new_public_id()})
    response = client.post(ASK, {"key": new_public_id()}, follow=True)

    assert "beaucoup d’attestations" in response.content.decode()
    assert Certificate.objects.count() == 20


def test_pages_cost_the_same_whatever_the_family_has(family, django_assert_num_queries):
    client = family.client(family.camille)
    given(family, family.camille)
    costs = []
    for _round in range(2):
        for page in (HOME, ASK, "/mon-compte/carte/"):
            costs.append(_count(client, page))
        for number in range(5):
            Person.objects.create(
                first_names=f"N{number}", last_name="Martin", search_name="n martin", birth_date=date(2015, 1, 1)
            )
        for _number in range(4):
            given(family, family.karim, "card")
        for person in Person.objects.filter(first_names__startswith="N"):
            Residence.objects.get_or_create(
                person=person, household=family.home, role="dependent_child", defaults={"rank": 9}
            )
    assert costs[:3] == costs[3:]
    assert max(costs) <= 15


def _count(client, page: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as made:
        assert client.get(page).status_code == 200
    return len(made)
