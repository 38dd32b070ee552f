"""Whoever of the family takes a paper of a request, or a file of its messages, is in the history."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.filings.factories import INCOME, REFUSAL, desk, procedure
from tests.filings.walking import BASE, Walker, page
from tests.household.homes import let_in, outsider
from tests.vault import samples
from xpassfam.filings import history
from xpassfam.filings.actions import deciding, examining
from xpassfam.journal.models import Line
from xpassfam.rules.retention import CONSULTATIONS
from xpassfam.vault import actions as vault

pytestmark = pytest.mark.django_db
KINDS = {
    "accuse.pdf": "filings.acknowledgement_taken",
    "decision.pdf": "filings.decision_taken",
    "messages/{message}/fichiers/1/": "filings.file_taken",
}


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


def answered(room, **more):
    """Decided, with two files in a message of ours."""
    filing = room.examined(**more)
    files = [vault.receive([samples.pdf()], name=name, at=timezone.now()) for name in ("a.pdf", "b.pdf")]
    how = {"by": room.nadia, "at": timezone.now()}
    examining.write(filing, text="Voici.", files=files, form_key="k", **how)
    filing.refresh_from_db()
    deciding.decide(filing, REFUSAL, seen=filing.version, **how)
    return filing


def take(walker, filing, what, status=200):
    response = walker.client.get(page(filing, what.format(message=filing.messages.get().public_id)))
    assert response.status_code == status


def takings():
    return list(Line.objects.filter(kind__contains="_taken").order_by("pk").values_list("kind", "actor"))


def lines_of(room, someone):
    lines = Line.objects.visible_to(room.home.access_of(someone)).filter(kind__contains="_taken")
    return {line.kind for line in lines}


@pytest.mark.parametrize("what", KINDS)
def test_each_is_told_once_an_hour_for_each_reader(room, camille, what):
    filing, karim = answered(room), Walker.of(room.home.partner)

    for walker in (camille, camille, karim):
        take(walker, filing, what)
    first = [(KINDS[what], room.home.holder.public_id), (KINDS[what], room.home.partner.public_id)]
    assert takings() == first

    filing.takings.update(at=timezone.now() - timedelta(minutes=61))
    take(camille, filing, what)
    assert takings() == [*first, first[0]]


def test_one_paper_does_not_hide_another(room, camille):
    filing, other = answered(room), answered(room)

    for what in (*KINDS, "messages/{message}/fichiers/2/"):
        take(camille, filing, what)
    take(camille, other, "accuse.pdf")

    assert sorted(kind for kind, _actor in takings()) == sorted(
        [*KINDS.values(), "filings.file_taken", "filings.acknowledgement_taken"]
    )


def test_the_history_says_which_paper_of_which_request(room, camille):
    filing = answered(room)
    for what in KINDS:
        take(camille, filing, what)

    told = camille.get("/mon-compte/historique/")
    assert f"Téléchargement de l’accusé de réception de la demande {filing.reference}." in told
    assert f"Téléchargement de la décision sur la demande {filing.reference}." in told
    assert f"Téléchargement d’un fichier d’un message sur la demande {filing.reference}." in told


def test_the_couple_reads_who_took_what(room, camille):
    take(camille, answered(room), "decision.pdf")

    assert lines_of(room, room.home.partner) == {"filings.decision_taken"}


@pytest.mark.parametrize("what", KINDS)
def test_of_a_private_request_nobody_else_reads_it(room, camille, what):
    odile = outsider()
    let_in(odile.person, room.home.household, "all", origin="invitation")
    private = procedure(INCOME.replace("category: money", "category: money\nprivate: true"))
    filing = answered(room, version=private)

    take(camille, filing, what)

    assert lines_of(room, room.home.holder) == {f"{KINDS[what]}_own"}
    assert lines_of(room, room.home.partner) == lines_of(room, odile) == set()


def test_what_is_not_there_or_not_theirs_is_in_no_history(room, camille):
    filing, undecided, draft = answered(room), room.filed(), room.draft()

    take(camille, filing, "messages/{message}/fichiers/3/", status=404)
    stranger = Walker.of(outsider())
    for what in KINDS:
        take(stranger, filing, what, status=404)
    for path in (page(undecided, "decision.pdf"), page(draft, "accuse.pdf"), f"{BASE}nobody/accuse.pdf"):
        assert camille.client.get(path).status_code == 404

    assert takings() == []


def test_a_file_that_waits_for_the_scanner_is_taken_by_nobody(room, camille):
    filing = answered(room)
    filing.messages.get().files.update(state="quarantined")

    take(camille, filing, "messages/{message}/fichiers/1/", status=404)

    assert takings() == []


def test_such_lines_are_kept_as_what_was_read_is():
    assert {kind.kept for kind in history.TAKINGS} == {CONSULTATIONS}
    assert {history.own(kind).kept for kind in history.TAKINGS} == {CONSULTATIONS}


@pytest.mark.parametrize("what", KINDS)
def test_taking_again_costs_little(room, camille, what, django_assert_max_num_queries):
    filing = answered(room)
    with django_assert_max_num_queries(25):
        take(camille, filing, what)
    with django_assert_max_num_queries(8):
        take(camille, filing, what)
