"""How whoever declared a separation wants to be reached is read before anything is done, by agents alone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.accounts.mailbox import html, received
from tests.filings.factories import PAIR, desk, procedure
from tests.filings.shipped import send
from tests.household.homes import entered, read
from xpassfam.household import declared
from xpassfam.journal.models import Line
from xpassfam.people.actions import separating
from xpassfam.people.models import Separation

pytestmark = pytest.mark.django_db
DESK = "/gestion/separations/"
HER_PHONE, HER_EMAIL = "06 39 98 00 01", "camille@example.org"
NO_CALL = "NE PAS APPELER"
WAY = "N’appelez pas : je viendrai ou j’appellerai"
CONFIDENTIAL = "Son adresse est confidentielle"


@pytest.fixture
def room():
    return desk()


def declares(room, **answers):
    given = {
        "who_leaves": [room.home.partner.person.public_id],
        "since": timezone.localdate().isoformat(),
        "stays_confidential": True,
        "children_live": "with_me",
        "safe_way": "none",
    }
    return send(room, "D04", given | answers)


def settle_page(room):
    return read(entered(room.nadia), f"{DESK}{Separation.objects.get().public_id}/")


def file_page(room, more=""):
    return read(entered(room.nadia), f"/gestion/foyers/{room.home.household.public_id}/{more}")


def main(page):
    return page[page.index("<main") : page.index("</main>")]


def alert(page):
    return re.search(r'<div class="alert no".*?</div></div>', page, re.DOTALL)[0]


def test_whoever_settles_it_reads_first_how_she_wants_to_be_reached(room):
    sent = declares(room)
    page = main(settle_page(room))

    told = alert(page)
    assert f"<h2>{NO_CALL} : Camille Martin</h2>" in told
    assert "#shield-alert" in told
    assert CONFIDENTIAL in told
    assert page.index(NO_CALL) < page.index("Dans ce dossier")
    assert WAY in page
    assert "Avec moi" in page
    assert f'<a href="/gestion/demandes/{sent.public_id}/">' in page
    assert sent.reference in page


def test_the_contacts_that_she_does_not_want_used_are_not_offered(room):
    declares(room)
    page = main(settle_page(room))

    assert HER_PHONE not in page
    assert HER_EMAIL not in page
    assert "karim@example.org" in page


@pytest.mark.parametrize(
    ("answers", "title", "given"),
    [
        ({"safe_way": "email", "safe_email": "sure@example.org"}, "PAR E-MAIL SEULEMENT", "sure@example.org"),
        ({"safe_way": "phone", "safe_phone": "+33639980099"}, "PAR TÉLÉPHONE SEULEMENT", "06 39 98 00 99"),
    ],
)
def test_the_only_way_that_she_gave_is_the_one_that_is_read(room, answers, title, given):
    declares(room, **answers)
    page = main(settle_page(room))

    assert title in alert(page)
    assert given in page
    assert HER_EMAIL not in page


def test_where_nothing_is_said_of_the_address_nothing_calls_it_confidential(room):
    declares(room, stays_confidential=False)

    assert CONFIDENTIAL not in settle_page(room)


def test_a_definition_that_says_not_what_its_answers_mean_has_them_read_all_the_same(room):
    since = {"since": timezone.localdate().isoformat()}
    sent = room.filed(since, version=procedure(PAIR), with_proof=False)
    page = main(settle_page(room))

    assert "LIRE AVANT TOUT CONTACT" in alert(page)
    assert "Depuis le" in page
    assert sent.reference in page
    assert HER_PHONE not in page


def test_what_was_declared_without_a_request_is_handled_as_before(room):
    separating.declare(viewer=room.access, by=room.camille, at=timezone.now())
    page = main(settle_page(room))

    assert HER_PHONE in page
    assert 'class="alert no"' not in page


@pytest.mark.parametrize("more", ["", "coordonnees/"])
def test_the_home_s_page_says_it_first_and_leads_there(room, more):
    sent = declares(room)
    page = main(file_page(room, more))

    told = alert(page)
    assert f"<h2>{NO_CALL} : Camille Martin</h2>" in told
    assert CONFIDENTIAL in told
    assert f'href="{DESK}{Separation.objects.get().public_id}/"' in told
    assert f'href="/gestion/demandes/{sent.public_id}/"' in told
    assert page.index(NO_CALL) < page.index("Les personnes")
    assert WAY not in page


def test_beside_her_contacts_in_the_file_the_caution_stands(room):
    declares(room)
    row = next(one for one in file_page(room, "coordonnees/").split("<tr>") if HER_EMAIL in one)

    assert NO_CALL in row


def test_of_a_home_that_does_not_part_nothing_is_said(room):
    assert "separations/" not in main(file_page(room))


def test_the_list_says_who_must_not_be_called_and_until_when(room):
    declares(room)
    page = read(entered(room.nadia), DESK)

    assert NO_CALL in page
    assert "à lire au plus tard" in page


def test_the_list_asks_as_much_for_two_as_for_one(room, django_assert_num_queries):
    sent = declares(room)
    separations = list(Separation.objects.all())

    with django_assert_num_queries(3):
        assert declared.said(separations)[separations[0].pk].reference == sent.reference
    with django_assert_num_queries(3):
        declared.said(separations * 2)


def test_the_other_reads_nothing_of_it(room):
    sent = declares(room)
    client = entered(room.home.partner)

    for page in ("", "foyer/", "foyer/separation/", "demandes/", "historique/", "demarches/separation/"):
        shown = read(client, f"/mon-compte/{page}")
        found = [word for word in (sent.reference, WAY, NO_CALL, CONFIDENTIAL, "Avec moi") if word in shown]
        assert found == []
    assert client.get(f"{DESK}{Separation.objects.get().public_id}/").status_code in (302, 403)


def test_that_an_agent_read_her_answers_is_hers_alone_to_know(room):
    sent = declares(room)
    settle_page(room)
    settle_page(room)  # at once: read once

    read_lines = Line.objects.filter(kind="filings.read_own")
    assert [line.person for line in read_lines] == [room.home.holder.person.public_id]
    assert sent.reference in read(entered(room.home.holder), "/mon-compte/historique/")


def test_no_mail_promises_to_contact_her(room):
    declares(room)

    for mail in received():
        told = mail.body + html(mail)
        assert "recontacte" not in told
        assert "rien d’autre à faire" not in told
        assert WAY not in told


def test_after_sending_she_reads_what_happens_next_and_when(room):
    sent = declares(room)
    client = entered(room.home.holder)
    day = timezone.localdate() + timedelta(days=10)

    for page in ("envoyee/", ""):
        shown = read(client, f"/mon-compte/demandes/{sent.public_id}/{page}")
        assert "rien d’autre à faire" not in shown
        assert "Un agent lit vos réponses" in shown
        assert f"Au plus tard le {day.day}" in shown
        assert "Un dossier pour chacun" in shown


def test_once_it_is_settled_nothing_more_is_announced(room):
    sent = declares(room)
    Separation.objects.update(settled_at=timezone.now(), outcome="together")

    shown = read(entered(room.home.holder), f"/mon-compte/demandes/{sent.public_id}/")
    assert "Un agent lit vos réponses" not in shown
