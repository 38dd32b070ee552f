"""What each paper must say, for a jurist to read."""

import pytest

from xpassfam.rules.legal_profiles import forbidden_in
from xpassfam.rules.mentions import DECISIONS, USUAL, Case, Mention, Paper, missing, required
from xpassfam.rules.silence import Effect

PROFILES = ["adm", "mut", "cse", "asso", "ent"]
OTHERS = PROFILES[1:]
SILENCE = {Mention.SILENCE_EFFECT, Mention.SILENCE_ON, Mention.IF_COMPLETE}


@pytest.mark.parametrize("profile", PROFILES)
def test_every_acknowledgement_says_what_came_when_and_who_answers(profile):
    assert required(Paper.ACKNOWLEDGEMENT, profile) == {
        Mention.REFERENCE,
        Mention.RECEIVED_ON,
        Mention.SERVICE,
        Mention.SERVICE_ADDRESS,
        Mention.SERVICE_PHONE,
        Mention.ANSWER_BY,
    }


def test_an_administration_says_what_its_silence_comes_to():
    said = required(Paper.ACKNOWLEDGEMENT, "adm")
    accepted = required(Paper.ACKNOWLEDGEMENT, "adm", Case(silence=Effect.ACCEPTANCE))
    rejected = required(Paper.ACKNOWLEDGEMENT, "adm", Case(silence=Effect.REJECTION))
    assert accepted - said == SILENCE | {Mention.RIGHT_TO_ATTESTATION}
    assert rejected - said == SILENCE | {Mention.REMEDIES, Mention.REMEDY_DELAYS}


@pytest.mark.parametrize("profile", OTHERS)
@pytest.mark.parametrize("paper", Paper)
def test_the_others_never_speak_of_silence(profile, paper):
    if paper in (Paper.ACCEPTED_BY_SILENCE, Paper.REJECTED_BY_SILENCE):
        return
    told = required(paper, profile, Case(silence=Effect.REJECTION, is_complete=False))
    assert not told & (SILENCE | {Mention.CLOCK_WAITS, Mention.RIGHT_TO_ATTESTATION, Mention.REMEDY_DELAYS})


@pytest.mark.parametrize("profile", PROFILES)
def test_what_is_missing_is_listed_with_a_day(profile):
    listed = {Mention.MISSING_PIECES, Mention.COMPLETE_BY}
    assert listed <= required(Paper.COMPLETION, profile)
    assert listed <= required(Paper.ACKNOWLEDGEMENT, profile, Case(is_complete=False))
    assert not listed & required(Paper.ACKNOWLEDGEMENT, profile)


def test_an_administration_says_that_the_clock_waits():
    assert Mention.CLOCK_WAITS in required(Paper.COMPLETION, "adm", Case(silence=Effect.ACCEPTANCE))
    assert Mention.CLOCK_WAITS not in required(Paper.COMPLETION, "adm")


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("paper", sorted(DECISIONS))
def test_every_decision_has_a_date_and_an_author(profile, paper):
    assert {
        Mention.DECIDED_ON,
        Mention.REFERENCE,
        Mention.AUTHOR_FIRST_NAME,
        Mention.AUTHOR_NAME,
        Mention.AUTHOR_FUNCTION,
        Mention.AUTHOR_SERVICE,
    } <= required(paper, profile)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("paper", [Paper.REFUSED, Paper.APPROVED_IN_PART])
def test_what_is_not_given_has_reasons_and_remedies(profile, paper):
    told = required(paper, profile)
    assert {Mention.REASONS_OF_LAW, Mention.REASONS_OF_FACT, Mention.REMEDIES} <= told
    assert (Mention.REMEDY_DELAYS in told) == (profile == "adm")


def test_what_is_given_needs_none():
    assert not required(Paper.APPROVED, "adm") & {Mention.REASONS_OF_LAW, Mention.REMEDIES}


def test_a_reserve_is_named():
    assert Mention.RESERVE in required(Paper.APPROVED_WITH_RESERVE, "adm")


def test_a_mutual_names_its_mediator_in_every_answer_to_a_complaint():
    assert Mention.MEDIATOR in required(Paper.APPROVED, "mut", Case(is_complaint=True))
    assert Mention.MEDIATOR in required(Paper.ACKNOWLEDGEMENT, "mut", Case(is_complaint=True))
    assert Mention.MEDIATOR in required(Paper.REFUSED, "mut")
    assert Mention.MEDIATOR not in required(Paper.APPROVED, "mut")
    assert Mention.MEDIATOR not in required(Paper.REFUSED, "adm", Case(is_complaint=True))


def test_a_computed_decision_says_so():
    case = Case(is_automated=True)
    told = {Mention.AUTOMATED_CALCULATION, Mention.RIGHT_TO_RULES}
    assert required(Paper.APPROVED, "adm", case) - required(Paper.APPROVED, "adm") == told
    assert required(Paper.APPROVED, "cse", case) - required(Paper.APPROVED, "cse") == {Mention.AUTOMATED_CALCULATION}


def test_a_rejection_by_silence_has_no_author_but_remedies():
    told = required(Paper.REJECTED_BY_SILENCE, "adm")
    assert {Mention.REMEDIES, Mention.REMEDY_DELAYS, Mention.RIGHT_TO_REASONS, Mention.SILENCE_ON} <= told
    assert Mention.AUTHOR_NAME not in told


def test_what_lacks_is_told():
    present = required(Paper.REFUSED, "adm") - {Mention.REASONS_OF_FACT}
    assert missing(Paper.REFUSED, "adm", present) == {Mention.REASONS_OF_FACT}
    assert missing(Paper.REFUSED, "adm", list(Mention), USUAL) == frozenset()


@pytest.mark.parametrize("profile", OTHERS)
@pytest.mark.parametrize(
    "text",
    [
        "Passé ce délai, votre silence vaut acceptation.",
        "Sans réponse, votre demande sera considérée comme\u00a0refusée.",
        "Vous pouvez saisir le TRIBUNAL  ADMINISTRATIF.",
        "Écrivez au Défenseur des droits.",
        "Une décision implicite naîtra.",
    ],
)
def test_outside_administrations_the_law_of_administrations_is_a_falsehood(profile, text):
    assert forbidden_in(text, profile=profile)
    assert forbidden_in(text, profile="adm") == ()


def test_a_word_that_holds_a_forbidden_one_is_another_word():
    assert forbidden_in("Une barricade, un cadastre, un cadavre", profile="asso") == ()
    assert forbidden_in("Saisissez la CADA.", profile="asso") == ("cada",)
    assert forbidden_in("C'est une mission d'intérêt public", profile="cse") == ("mission d’intérêt public",)
