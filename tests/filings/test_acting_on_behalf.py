"""Who acts for a home where they don't live, on an access they were given: each act says on whose behalf.

Source: the abuse of a mandate, of `docs/security`.
"""

import html

import pytest
from django.utils import timezone

from tests.filings.factories import APPROVAL, desk
from tests.filings.walking import Walker, words
from tests.household.homes import let_in, outsider
from tests.people.factories import living
from xpassfam.accounts.models import Account
from xpassfam.filings.actions import deciding, examining
from xpassfam.filings.models import Filing
from xpassfam.journal.models import Line
from xpassfam.people.models import Access, Separation

pytestmark = pytest.mark.django_db
HISTORY = "/mon-compte/historique/"
BEHALF = "pour le compte de Foyer Martin-Benali"


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def odile(room):
    """Let in by Camille, to file and follow requests; it is that home's file that she opens."""
    someone = outsider()
    someone.first_name, someone.last_name = "Rose", "Lambert"
    someone.save()
    let_in(someone.person, room.home.household, "requests", origin="invitation")
    walker = Walker.of(someone)
    walker.post("/mon-compte/foyer/choix/", {"household": room.home.household.public_id})
    return walker


def told(walker, what):
    return [line for line in html.unescape(walker.get(HISTORY)).split("<li") if what in line]


def sends(walker, room):
    draft = walker.begins(room)
    walker.answers(draft)
    walker.gives(draft)
    walker.sends(draft)
    return Filing.objects.get(pk=draft.pk)


def test_the_home_reads_on_whose_behalf_it_was_sent(room, odile):
    sent = sends(odile, room)
    assert sent.status == "received"
    [line] = told(Walker.of(room.home.holder), sent.reference)
    assert f"Rose Lambert, {BEHALF}" in line
    assert "pour Odile" not in line


def test_the_home_reads_what_was_sent_in_its_name_and_may_follow_it(room, odile):
    sent = sends(odile, room)
    for one in (room.home.holder, room.home.partner):
        assert sent.reference in Walker.of(one).get("/mon-compte/demandes/")
    Walker.of(room.home.holder).post(f"/mon-compte/demandes/{sent.public_id}/retrait/")
    sent.refresh_from_db()
    assert sent.status == "withdrawn"


def test_the_helper_reads_beforehand_who_will_read_it(room, odile):
    draft = odile.begins(room)
    odile.answers(draft)
    odile.gives(draft)
    text = odile.get(f"/mon-compte/demandes/{draft.public_id}/verifier/")
    assert "personne d’autre ne lira" not in text
    assert str(room.home.holder.person) in text


def test_sent_while_a_couple_parts_it_is_for_neither_to_read_afterwards(room, odile):
    Separation.objects.create(
        household=room.home.household, declared_by=room.home.partner.person, declared_at=timezone.now()
    )
    sent = sends(odile, room)
    Separation.objects.update(settled_at=timezone.now(), outcome="together")

    assert sent.is_private
    for one in (room.home.holder, room.home.partner):
        assert not Filing.objects.visible_to(room.home.access_of(one)).exists()


def test_who_acts_no_more_is_told_nothing_more_in_their_own_history(room, odile):
    sent = sends(odile, room)
    Access.objects.filter(person=sent.filed_by, household=room.home.household).update(until=timezone.localdate())
    before = Line.objects.filter(audience="self", person=sent.filed_by.public_id).count()
    taken = examining.take(sent, by=room.nadia, at=timezone.now())
    deciding.decide(taken, APPROVAL, seen=taken.version, by=room.nadia, at=timezone.now())

    assert Line.objects.filter(audience="self", person=sent.filed_by.public_id).count() == before
    assert Line.objects.filter(audience="household", kind="filings.decided").count() == 1


def test_a_draft_in_its_name_is_its_writer_s_alone(room, odile):
    draft = odile.begins(room)
    assert Walker.of(room.home.holder).client.get(f"/mon-compte/demandes/{draft.public_id}/").status_code == 404


def test_somebody_else_under_the_roof_files_for_themselves(room):
    other = outsider()
    living(other.person, room.home.household, "other_adult", rank=9)
    let_in(other.person, room.home.household, "requests")
    walker = Walker.of(other)
    walker.post("/mon-compte/foyer/choix/", {"household": room.home.household.public_id})
    sent = sends(walker, room)
    assert not told(Walker.of(room.home.holder), sent.reference)
    assert sent.reference not in Walker.of(room.home.holder).get("/mon-compte/demandes/")


def test_who_acted_reads_it_in_their_own_history(room, odile):
    sent = sends(odile, room)
    assert [BEHALF in line for line in told(odile, sent.reference)] == [True]


def test_whoever_lives_there_acts_for_themselves(room):
    sent = sends(Walker.of(room.home.holder), room)
    assert [BEHALF in line for line in told(Walker.of(room.home.holder), sent.reference)] == [False]


def test_what_is_done_to_one_s_own_account_is_on_nobody_s_behalf(room, odile):
    odile.post("/mon-compte/securite/appareils/autres/")
    lines = Line.objects.filter(
        kind__startswith="accounts.", account=Account.objects.get(email="odile@example.org").public_id
    )
    assert lines
    assert not any('"behalf"' in line.payload.words for line in lines.select_related("payload"))


def test_whoever_decides_reads_it(room, odile):
    sent = sends(odile, room)
    text = words(Walker.of(room.nadia).client.get(f"/gestion/demandes/{sent.public_id}/"))
    assert f"envoyée par Odile Lambert, {BEHALF}" in text
    mine = room.filed(at=timezone.now())
    assert "pour le compte" not in words(Walker.of(room.nadia).client.get(f"/gestion/demandes/{mine.public_id}/"))
