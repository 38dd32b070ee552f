"""A complaint that named no decision waits among the complaints, and an agent says by hand which one it is about."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.desks import entered
from tests.filings.factories import CONTEST, SYSTEM, desk
from tests.filings.test_contesting_by_reference import NOBODYS, complaint, refused_by_nadia
from tests.household.homes import let_in, outsider, read, shown
from tests.plans import explained
from xpassfam.desk import queue
from xpassfam.documents.models import Document
from xpassfam.filings import contested
from xpassfam.filings.actions import deciding, examining, following, linking
from xpassfam.filings.agents import dossier
from xpassfam.filings.holding import NeedsAnother, Overtaken
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.states import NotPossible, Status
from xpassfam.filings.verdicts import Verdict
from xpassfam.journal.models import Line
from xpassfam.procedures.actions import publish

pytestmark = pytest.mark.django_db
TAB = "/gestion/demandes/?vue=contestations"


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def refused(room):
    return refused_by_nadia(room)


def fresh(filing):
    return dossier.every().get(pk=filing.pk)


def link(filing, reference, by):
    return linking.link(filing, reference, seen=fresh(filing).version, by=by, at=timezone.now())


def page_of(filing, end=""):
    return f"/gestion/demandes/{filing.public_id}/{end}"


def why_not(filing, reference, by):
    with pytest.raises(contested.NotLinkable) as refusal:
        link(filing, reference, by)
    assert fresh(filing).contests is None
    return str(refusal.value)


def test_a_complaint_that_names_no_decision_waits_among_the_complaints(room):
    named, other = complaint(room, "", "service"), room.filed()

    text = read(entered(room.claire), TAB)

    assert page_of(named) in text
    assert page_of(other) not in text


def test_those_filed_before_are_found_by_their_definition(room):
    sent, other = complaint(room, "", "service"), room.filed()
    Filing.objects.update(is_complaint=False)

    import_module("xpassfam.filings.migrations.0011_complaints").note(apps, None)

    assert (fresh(sent).is_complaint, fresh(other).is_complaint) == (True, False)


def test_the_tab_is_read_along_its_index(room):
    complaint(room, "", "service")
    with CaptureQueriesContext(connection) as asked:
        list(queue.tab("contestations", room.claire, on=timezone.localdate())[:51])
    assert "filing_queue_of_complaints" in explained(asked[0]["sql"])


def test_linked_by_hand_it_is_as_if_it_had_named_the_decision(room, refused):
    sent = complaint(room, NOBODYS)

    assert link(sent, refused.filing.reference.lower(), room.claire) == refused

    assert set(
        Line.objects.filter(kind__in=["filings.linked", "filings.contested"]).values_list("kind", flat=True)
    ) == {
        "filings.linked",
        "filings.contested",
    }
    with pytest.raises(NeedsAnother):
        examining.take(sent, by=room.nadia, at=timezone.now())
    deciding.decide(sent, Verdict("approved"), seen=fresh(sent).version, by=room.claire, at=timezone.now())
    assert fresh(refused.filing).status == Status.UNDER_REVIEW


def test_whoever_decided_may_link_it_and_it_leaves_their_hands(room, refused):
    sent = examining.take(complaint(room, ""), by=room.nadia, at=timezone.now())

    link(sent, refused.filing.reference, room.nadia)

    assert fresh(sent).assigned_to is None


def test_the_family_reads_it_in_its_history(room, refused):
    sent = complaint(room, "")
    link(sent, refused.filing.reference, room.claire)

    text = read(entered(room.home.holder), "/mon-compte/historique/")

    assert f"Réclamation {sent.reference} rattachée à la décision qu’elle conteste." in text
    assert f"Décision de la demande {refused.filing.reference} contestée." in text


@pytest.mark.parametrize("typed", ["", "Nadia", NOBODYS])
def test_what_is_no_reference_of_the_home_is_told(room, refused, typed):
    assert "Aucune demande de ce foyer" in why_not(complaint(room, ""), typed, room.claire)


def test_the_decision_of_another_home_is_none_of_theirs(room, refused):
    sent = complaint(room, "")
    other = outsider()
    home = Filing.objects.get(pk=sent.pk).household
    Filing.objects.filter(pk=refused.filing_id).update(
        household=other.person.residences.get().household, filed_by=other.person
    )

    assert home != fresh(refused.filing).household
    assert "Aucune demande de ce foyer" in why_not(sent, refused.filing.reference, room.claire)


@pytest.mark.parametrize("change", [{"contest_until": None}, {"superseded_at": timezone.now()}])
def test_what_can_not_be_contested_is_told(room, refused, change):
    Decision.objects.filter(pk=refused.pk).update(**change)

    assert "aucune décision à contester" in why_not(complaint(room, ""), refused.filing.reference, room.claire)


def test_too_late_is_counted_on_the_day_of_the_complaint(room, refused):
    sent = complaint(room, "")
    yesterday = timezone.localdate() - timedelta(days=1)
    Decision.objects.filter(pk=refused.pk).update(contest_until=yesterday)

    assert "Trop tard" in why_not(sent, refused.filing.reference, room.claire)

    Filing.objects.filter(pk=sent.pk).update(filed_at=timezone.now() - timedelta(days=9))
    assert link(sent, refused.filing.reference, room.claire) == refused


def test_one_contest_at_a_time(room, refused):
    first, second = complaint(room, refused.filing.reference), complaint(room, "")

    assert f"{first.reference} conteste déjà" in why_not(second, refused.filing.reference, room.claire)


def test_whoever_may_not_act_on_a_request_contests_none_of_it(room, refused):
    odile = outsider()
    let_in(odile.person, room.home.household, "requests", origin="invitation")
    sent = complaint(room, "")
    Filing.objects.filter(pk=sent.pk).update(filed_by=odile.person)

    assert "pas de celles" in why_not(sent, refused.filing.reference, room.claire)


def test_what_is_private_is_linked_for_its_filer_alone(room, refused):
    Filing.objects.filter(pk=refused.filing_id).update(is_private=True)
    theirs, partner_s = complaint(room, ""), complaint(room, "")
    Filing.objects.filter(pk=partner_s.pk).update(filed_by=room.home.partner.person)

    assert "pas de celles" in why_not(partner_s, refused.filing.reference, room.claire)
    link(theirs, refused.filing.reference, room.claire)
    assert fresh(theirs).is_private


def test_what_is_linked_ended_or_no_complaint_is_not_linked(room, refused):
    linked, ended, other = complaint(room, refused.filing.reference), complaint(room, ""), room.filed()
    following.withdraw(ended, access=room.access, by=room.camille, at=timezone.now())

    for sent in (linked, ended, other):
        with pytest.raises(NotPossible):
            link(sent, refused.filing.reference, room.claire)


def test_a_page_that_is_behind_links_nothing(room, refused):
    sent = complaint(room, "")
    with pytest.raises(Overtaken):
        linking.link(sent, refused.filing.reference, seen=0, by=room.claire, at=timezone.now())


def test_an_agent_links_it_from_its_page_which_has_what_the_family_typed(room, refused):
    sent, claire = complaint(room, NOBODYS), entered(room.claire)
    page = page_of(sent, "decision-contestee/")
    assert page in read(claire, page_of(sent))
    assert NOBODYS in read(claire, page)
    carried = {"seen": fresh(sent).version}

    wrong = claire.post(page, carried | {"reference": "D-3"})
    assert "Aucune demande de ce foyer" in shown(wrong)
    assert 'value="D-3"' in shown(wrong)

    done = claire.post(page, carried | {"reference": refused.filing.reference}, follow=True)
    assert f"rattachée à la décision de {refused.filing.reference}" in shown(done)
    assert "La rattacher à une décision" not in shown(done)


def test_a_contest_begun_from_the_decision_s_page_is_a_complaint_too(room, refused):
    version = publish(CONTEST, by=SYSTEM, at=timezone.now())
    draft = room.draft({"grounds": "Non."}, version=version, contests=refused, with_proof=False)

    assert draft.is_complaint


def test_linked_to_what_is_private_it_is_private_with_what_was_given_for_it(room, refused):
    Filing.objects.filter(pk=refused.filing_id).update(is_private=True)
    sent = complaint(room, "")
    given = room.document("other")
    sent.pieces.create(key="new", document=given, added_at=timezone.now())

    link(sent, refused.filing.reference, room.claire)

    assert fresh(sent).is_private
    assert given not in Document.objects.visible_to(room.home.access_of(room.home.partner))


def unlink(filing, by):
    return linking.unlink(filing, seen=fresh(filing).version, by=by, at=timezone.now())


def test_a_wrong_link_is_undone_and_another_is_made(room, refused):
    sent = complaint(room, "")
    link(sent, refused.filing.reference, room.claire)

    unlink(sent, room.claire)

    assert not refused.contests.pending().exists()
    assert Line.objects.filter(kind__in=["filings.unlinked", "filings.no_longer_contested"]).count() == 2
    assert link(sent, refused.filing.reference, room.claire) == refused


def test_whoever_decided_does_not_take_it_back_into_their_hands(room, refused):
    sent = complaint(room, "")
    link(sent, refused.filing.reference, room.nadia)

    with pytest.raises(NeedsAnother):
        unlink(sent, room.nadia)
    assert "défaire" not in read(entered(room.nadia), page_of(sent))


def test_what_the_family_named_or_what_has_its_answer_stays_linked(room, refused):
    named = complaint(room, refused.filing.reference)
    with pytest.raises(NotPossible):
        unlink(named, room.claire)
    following.withdraw(named, access=room.access, by=room.camille, at=timezone.now())

    by_hand = complaint(room, "")
    link(by_hand, refused.filing.reference, room.claire)
    following.withdraw(by_hand, access=room.access, by=room.camille, at=timezone.now())
    with pytest.raises(NotPossible):
        unlink(by_hand, room.claire)
    assert refused.contests.count() == 2


def test_what_a_link_made_private_stays_so(room, refused):
    Filing.objects.filter(pk=refused.filing_id).update(is_private=True)
    sent = complaint(room, "")
    link(sent, refused.filing.reference, room.claire)

    unlink(sent, room.claire)

    assert fresh(sent).is_private


def test_an_agent_undoes_it_from_its_page(room, refused):
    sent, claire = complaint(room, ""), entered(room.claire)
    link(sent, refused.filing.reference, room.claire)
    page = page_of(sent, "decision-contestee/defaire/")
    assert page in read(claire, page_of(sent))
    assert refused.filing.reference in read(claire, page)

    behind = claire.post(page, {"seen": 0})
    assert behind.status_code == 409
    done = claire.post(page, {"seen": fresh(sent).version}, follow=True)

    assert "n’est plus rattachée" in shown(done)
    assert "rien n’a changé" in shown(claire.get(page, follow=True))
