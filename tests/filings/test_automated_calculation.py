"""A decision that rules were computed for says so, what for, and how to obtain them: in its letter, PDF and mail."""

import pytest
from django.utils import timezone

from tests.accounts.mailbox import html, received
from tests.filings.factories import FACTS, desk, organisation, rights
from tests.filings.test_granting import AID
from tests.filings.test_papers import PROFILES, assert_bears, of, plain, text
from xpassfam.filings.actions import deciding
from xpassfam.filings.models import Decision
from xpassfam.filings.paper import facts, printing
from xpassfam.filings.verdicts import Verdict
from xpassfam.procedures.actions import publish
from xpassfam.rules.legal_profiles import forbidden_in
from xpassfam.rules.mentions import Case, Mention, required

pytestmark = pytest.mark.django_db
AUTOMATED = "Cette décision a été préparée par un calcul automatique."
CADA = "Commission d’accès aux documents administratifs (CADA)"


@pytest.fixture
def room():
    return desk()


def decided(room, outcome="approved"):
    child = room.home.child.public_id
    version = publish(AID.replace("key: who", "key: them"), by=room.camille, at=timezone.now())
    filing = room.filed({"children": [child]}, version=version, with_proof=False)
    verdict = Verdict("approved", amounts={child: 8000})
    if outcome == "refused":
        verdict = Verdict("refused", reasons=["M10"], facts=FACTS)
    return deciding.decide(filing, verdict, seen=filing.version, by=room.nadia, at=timezone.now())


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("outcome", ["approved", "refused"])
def test_the_letter_and_the_mail_bear_both_sentences(room, profile, outcome):
    rights("R02")
    decision = decided(of(room, profile), outcome)

    said = decision.letter["mentions"]
    assert AUTOMATED in plain(said[Mention.AUTOMATED_CALCULATION])
    assert "Vous pouvez obtenir ces règles" in plain(said[Mention.RIGHT_TO_RULES])
    assert (CADA in plain(said[Mention.RIGHT_TO_RULES])) == (profile == "adm")

    mentions = required(facts.PAPERS[Decision.Outcome(outcome)], profile, Case(is_automated=True))
    assert Mention.AUTOMATED_CALCULATION in mentions
    reasons = {Mention.REASONS_OF_LAW, Mention.REASONS_OF_FACT}
    assert_bears(printing.decision(decision), said, mentions - reasons | {Mention.RIGHT_TO_RULES}, profile)

    letter = received()[-1]
    for face in (plain(letter.body), plain(html(letter))):
        assert plain(said[Mention.AUTOMATED_CALCULATION]) in face
        assert plain(said[Mention.RIGHT_TO_RULES]) in face
        assert forbidden_in(face, profile=profile) == ()


def test_where_no_rules_were_computed_nothing_is_said_of_them(room):
    decision = decided(room)

    assert Mention.AUTOMATED_CALCULATION not in decision.letter["mentions"]
    assert "calcul automatique" not in text(printing.decision(decision))
    assert facts.missing_mentions(decision) == []


def test_a_letter_that_hides_the_calculation_does_not_leave(room):
    organisation(legal_profile="adm")
    rights("R02")
    organisation(legal_profile="adm")
    decision = decided(room)
    assert facts.missing_mentions(decision) == []

    for code in (Mention.AUTOMATED_CALCULATION, Mention.RIGHT_TO_RULES):
        del decision.letter["mentions"][code]

    assert facts.missing_mentions(decision) == sorted([Mention.AUTOMATED_CALCULATION, Mention.RIGHT_TO_RULES])
