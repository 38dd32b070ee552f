"""What the rules say stands beside a request: it proposes and explains, and a person decides."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from tests.desk.desks import entered
from tests.filings.factories import FACTS, SYSTEM, desk, procedure, rights
from tests.filings.test_shipped_procedures import DEFINITIONS, send
from tests.filings.walking import Walker, page
from tests.household.homes import shown
from tests.people.factories import Role, living, person
from xpassfam.filings.actions import deciding
from xpassfam.filings.models import Filing
from xpassfam.filings.verdicts import Verdict
from xpassfam.people.actions.recording_income import record

pytestmark = pytest.mark.django_db
DAY = "2026-10-02T08:00:00Z"


@pytest.fixture(autouse=True)
def in_season():
    with time_machine.travel(DAY, tick=True):
        yield


@pytest.fixture
def room():
    rights("R02")
    room = desk()
    room.adam = living(person("Adam Benali", date(2023, 2, 9)), room.home.household, Role.DEPENDENT_CHILD).person
    return room


def living_on(room, euros):
    month = {"month": date(2026, 9, 1), "source": "caf", "cause": ""}
    record(room.home.household, quotient_cents=euros * 100, **month, by=SYSTEM, at=timezone.now())


def asked(room, *children):
    answers = {"children": [one.public_id for one in children], "schools": "École Jules-Ferry, CM1"}
    return send(room, "D08", answers)


def draft_page(room):
    version = procedure(DEFINITIONS["D08"])
    draft = room.draft({}, version=version, with_proof=False)
    return Walker.of(room.home.holder).get(page(draft, "etape/pupils/"))


def desk_page(room, filing, end=""):
    return shown(entered(room.nadia).get(f"/gestion/demandes/{filing.public_id}/{end}"))


def box(text, child):
    tag = text[: text.index(f'value="{child.public_id}"') + 200].rsplit("<input", 1)[1]
    return tag.partition(">")[0]


def test_the_children_who_have_the_right_are_ticked_and_the_others_may_be_with_why_not(room):
    living_on(room, 984)
    text = draft_page(room)

    assert "checked" in box(text, room.home.child)
    assert "checked" not in box(text, room.adam)
    assert "Adam aura moins de 6 ans au 31 décembre." in text


def test_what_is_not_known_ticks_nobody_and_says_what_is_missing(room):
    text = draft_page(room)

    assert "checked" not in box(text, room.home.child)
    assert "Il nous manque votre quotient familial." in text


def test_whoever_decides_reads_the_answer_with_its_reasons_and_the_amount_is_proposed(room):
    living_on(room, 984)
    filing = asked(room, room.home.child)

    text = desk_page(room, filing)
    assert "Inès a entre 6 et 18 ans et votre quotient familial est de 984 €" in text
    assert "Les règles ne refusent rien à elles seules" in text
    assert 'value="80"' in desk_page(room, filing, "valider/")


def test_a_no_of_the_rules_writes_the_facts_of_a_refusal_and_chooses_nothing(room):
    living_on(room, 1211)
    filing = asked(room, room.home.child)

    text = desk_page(room, filing, "refuser/")
    assert "Votre quotient familial est de 1 211 €. La limite est de 1 200 €." in text.partition("<textarea")[2]
    assert " checked" not in text
    assert 'value="80"' not in desk_page(room, filing, "valider/")


def test_a_no_of_the_rules_refuses_nothing_a_person_may_say_yes(room):
    living_on(room, 1211)
    filing = asked(room, room.home.child)
    verdict = Verdict("approved", amounts={room.home.child.public_id: 5000})

    deciding.decide(filing, verdict, seen=filing.version, by=room.nadia, at=timezone.now())
    assert Filing.objects.get().status == "approved"


def test_a_child_who_is_too_young_is_told_with_the_age_that_counts(room):
    living_on(room, 984)

    told = desk_page(room, asked(room, room.adam), "refuser/").partition("<textarea")[2]
    assert "Adam a 3 ans au jour qui compte. L’aide concerne les 6 à 18 ans." in told


def test_what_was_granted_already_is_told_and_not_proposed_again(room):
    living_on(room, 984)
    first = asked(room, room.home.child)
    verdict = Verdict("approved", amounts={room.home.child.public_id: 8000})
    deciding.decide(first, verdict, seen=first.version, by=room.nadia, at=timezone.now())
    assert "Déjà accordé le 2 octobre 2026." in draft_page(room)

    again = asked(room, room.home.child)
    assert f"déjà été accordée pour cette période : 80 €, demande {first.reference}" in desk_page(
        room, again, "refuser/"
    )
    assert 'value="80"' not in desk_page(room, again, "valider/")


def test_what_it_granted_itself_does_not_speak_against_a_request(room):
    living_on(room, 984)
    filing = asked(room, room.home.child)
    verdict = Verdict("approved", amounts={room.home.child.public_id: 8000})
    deciding.decide(filing, verdict, seen=filing.version, by=room.nadia, at=timezone.now())

    assert "déjà été accordée" not in desk_page(room, filing)


def test_more_than_the_rules_propose_is_said_before_it_leaves(room):
    living_on(room, 984)
    filing = asked(room, room.home.child)
    key = f"amount-{room.home.child.public_id}"

    def preview(amount):
        typed = {"seen": filing.version, key: amount}
        return shown(entered(room.nadia).post(f"/gestion/demandes/{filing.public_id}/valider/", typed))

    assert "Vous accordez 8 000 € pour Inès Benali. Les règles proposent 80 €." in preview("8000")
    assert "Les règles proposent" not in preview("80")
    assert "Les règles proposent" not in preview("50")


def test_a_refusal_keeps_what_the_agent_made_of_the_facts(room):
    living_on(room, 1211)
    filing = asked(room, room.home.child)
    typed = {"seen": filing.version, "step": "send", "reasons": ["M08"], "facts": FACTS}
    entered(room.nadia).post(f"/gestion/demandes/{filing.public_id}/refuser/", typed)

    assert Filing.objects.get().decisions.get().facts == FACTS
