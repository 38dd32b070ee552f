"""Whoever was handed a paper verifies it, reads what is said of it and nothing more, and can't find others."""

import html
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.certificates.certifying import given, withdrawn
from xpassfam.accounts.models import Session, Throttle
from xpassfam.certificates import verifying
from xpassfam.certificates.actions.registering import register_paper, replace_paper, revoke_paper
from xpassfam.certificates.models import Paper
from xpassfam.rules.certificates import new_code, written_code

pytestmark = pytest.mark.django_db


def page(client: Client, code: str, status: int = 200) -> str:
    response = client.get(f"/verifier/{code}")
    assert response.status_code == status
    return html.unescape(response.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def code_of(certificate) -> str:
    return written_code(certificate.paper.code)


def unknown() -> str:
    return written_code(new_code())


def guess(client: Client, times: int) -> None:
    for _number in range(times):
        assert client.get(f"/verifier/{unknown()}").status_code == 404


def test_a_good_one_is_said_good_with_its_kind_initials_and_dates(client, family):
    shown = page(client, code_of(given(family, family.camille)))

    assert "Ce document est valable" in shown
    for told in ("Attestation de composition du foyer", "C. M., K. B., I. B., L. B., T. M.", "Valable jusqu’au"):
        assert told in shown


def test_nothing_more_is_told(client, family):
    made = given(family, family.camille)
    shown = page(client, code_of(made))

    secret = (
        "Camille",
        "Martin",
        "Benali",
        "Moreau",
        "Coudray",
        "Nantes",
        made.number,
        family.home.file_number,
        "1988",
    )
    assert [word for word in secret if word in shown] == []


def test_one_that_was_replaced_withdrawn_or_is_past_is_said_so_with_the_day(client, family, time_machine):
    time_machine.move_to("2026-11-23 14:05:00Z", tick=False)
    first, second = given(family, family.camille), given(family, family.camille)
    revoked = withdrawn(given(family, family.lea))

    assert "Ce document a été remplacé le 23 novembre 2026" in page(client, code_of(first))
    assert "Ce document a été retiré le 23 novembre 2026" in page(client, code_of(revoked))
    assert "Ce document est valable" in page(client, code_of(second))
    time_machine.move_to("2027-02-23 22:30:00Z", tick=False)  # still the last day, in Paris
    assert "Ce document est valable" in page(client, code_of(second))
    time_machine.move_to("2027-02-23 23:30:00Z", tick=False)
    assert "Ce document a expiré le 23 février 2027" in page(client, code_of(second))


def test_the_reason_of_a_withdrawal_is_the_family_s(client, family):
    made = withdrawn(given(family, family.camille), "Une naissance était fausse.")

    assert "naissance" not in page(client, code_of(made))


def test_a_typed_code_leads_to_its_page_however_it_is_written(client, family):
    code = code_of(given(family, family.camille))
    for typed in (code, code.lower().replace("-", " "), code.replace("-", "")):
        response = client.get("/verifier/", {"code": typed})
        assert response.headers["Location"] == f"/verifier/{code}"


@pytest.mark.parametrize("typed", ["", "   ", "bonjour", "7K3Q-M2T9-XF4", "\0", "<script>", "9" * 500, "é" * 12])
def test_a_slip_is_said_keeps_what_was_typed_and_asks_nothing_of_the_database(client, db, typed):
    response = client.get("/verifier/", {"code": typed})

    assert response.status_code == 200
    assert "à corriger" in html.unescape(response.content.decode())
    assert "<script>" not in response.content.decode()
    assert not Throttle.objects.exists()


def test_a_code_that_is_none_of_ours_is_not_found(client, db):
    assert "n’est pas celui d’un de nos documents" in page(client, unknown(), 404)


def test_a_scanned_address_with_a_slip_shows_the_form_again(client, family):
    code = code_of(given(family, family.camille))
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")

    assert f'value="{wrong}"' in page(client, wrong, 404)


def test_guesses_from_one_place_are_paused_and_wait_with_a_time(client, family):
    code = code_of(given(family, family.camille))
    guess(client, verifying.FROM_ADDRESS.free)

    assert "Trop de codes inconnus" in page(client, unknown(), 429)
    # Not even a good one, else the pause would tell which are.
    assert "Ce document" not in page(client, code, 429)
    assert "Ce document est valable" in page(Client(REMOTE_ADDR="198.51.100.7"), code)


def test_guesses_from_everywhere_are_paused_too(family):
    code, at = code_of(given(family, family.camille)), timezone.now().replace(second=0)
    for number in range(verifying.EVERYBODY.free):
        verifying.look_up(new_code(), address=f"198.51.100.{number}", at=at)
    with pytest.raises(verifying.Paused):
        verifying.look_up(code, address="203.0.113.1", at=at.replace(second=1))


def test_who_waits_for_others_guesses_pays_no_try_of_theirs(family):
    at = timezone.now().replace(second=0)
    for number in range(verifying.EVERYBODY.free):
        verifying.look_up(new_code(), address=f"198.51.100.{number}", at=at)
    for _number in range(verifying.FROM_ADDRESS.free + 1):
        with pytest.raises(verifying.Paused):
            verifying.look_up(new_code(), address="203.0.113.1", at=at)
    assert verifying.look_up(new_code(), address="203.0.113.1", at=at + timedelta(minutes=1)) is None


def test_a_counter_that_verifies_all_day_never_waits(client, family):
    code = code_of(given(family, family.camille))
    for _number in range(verifying.FROM_ADDRESS.free + 5):
        page(client, code)


def test_it_leaves_no_session_and_is_kept_by_nobody(client, family):
    response = client.get(f"/verifier/{code_of(given(family, family.camille))}")

    assert not Session.objects.exists()
    assert response.cookies == {}
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "strict-origin"
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_it_costs_the_same_whatever_is_asked(client, family, django_assert_max_num_queries):
    made = code_of(given(family, family.camille))
    client.get("/verifier/")
    for code in (made, unknown()):
        with django_assert_max_num_queries(5):
            client.get(f"/verifier/{code}")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client, db, method):
    assert getattr(client, method)("/verifier/").status_code == 405


def test_a_paper_of_another_room_is_verified_as_ours(client, db):
    at = timezone.now()
    paper = register_paper("decision", initials="C. M.", issued_on=timezone.localdate(at))
    code = written_code(paper.code)

    assert "Notification de décision" in page(client, code)
    assert "sans date de fin" in page(client, code)
    replace_paper(paper, at=at)
    assert "remplacé" in page(client, code)
    assert revoke_paper(paper, at=at)
    assert not revoke_paper(paper, at=at)
    assert "retiré le" in page(client, code)
    with pytest.raises(KeyError):
        register_paper("horoscope", initials="C. M.", issued_on=timezone.localdate(at))
    assert Paper.objects.count() == 1
