"""A decision is taken once, says why, does what it says, and is signed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.filings.factories import APPROVAL, FACTS, REFUSAL, agent, desk, organisation
from xpassfam.accounts.models import Team
from xpassfam.filings.actions import deciding, examining, following
from xpassfam.filings.effects import CannotTakeEffect
from xpassfam.filings.holding import Overtaken
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.states import NotPossible, Status
from xpassfam.filings.verdicts import MissingMentions, NeedsLimits, NeedsReasons, Verdict
from xpassfam.journal.models import Line
from xpassfam.outbox.models import Message
from xpassfam.people.models import Income

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return desk()


def decide(room, filing, verdict=APPROVAL, *, by=None, **more):
    more.setdefault("seen", filing.version)
    return deciding.decide(filing, verdict, by=by or room.nadia, at=timezone.now(), **more)


def test_a_yes_does_what_it_says_and_tells_the_family(room):
    filing = room.examined()

    decision = decide(room, filing)

    filing.refresh_from_db()
    assert (filing.status, filing.turn) == (Status.APPROVED, Filing.Turn.NOBODY)
    assert decision.effects_at is not None
    income = Income.objects.get()
    assert (income.quotient_cents, income.month.isoformat(), income.cause) == (98400, "2026-10-01", filing.public_id)
    assert Message.objects.filter(template="filings/mail/decided").count() == 1
    assert {"filings.decided", "filings.effect"} <= set(Line.objects.values_list("kind", flat=True))


def test_the_letter_is_signed_by_name_function_and_service(room):
    decision = decide(room, room.examined())

    mentions = decision.letter["mentions"]
    assert (mentions["author_first_name"], mentions["author_name"]) == ("Nadia", "Ferrand")
    assert (mentions["author_function"], mentions["author_service"]) == ("gestionnaire", "Solidarité Familles Estuaire")


@pytest.mark.parametrize(
    "verdict",
    [
        Verdict("refused"),
        Verdict("refused", reasons=["M03"]),
        Verdict("refused", reasons=["M03"], facts="Trop vieux."),
        Verdict("refused", facts=FACTS),
        Verdict("approved_in_part", limits="La moitié."),
    ],
)
def test_a_refusal_without_reasons_or_facts_is_not_saved(room, verdict):
    filing = room.examined()

    with pytest.raises(NeedsReasons):
        decide(room, filing, verdict)

    filing.refresh_from_db()
    assert (filing.status, Decision.objects.count()) == (Status.UNDER_REVIEW, 0)


@pytest.mark.parametrize("outcome", ["approved_in_part", "approved_under_reserve"])
def test_in_part_says_which_part_and_under_reserve_of_what(room, outcome):
    with pytest.raises(NeedsLimits):
        decide(room, room.examined(), Verdict(outcome, reasons=["M03"], facts=FACTS))


def test_in_part_says_what_is_not_granted_too(room):
    with pytest.raises(NeedsLimits):
        decide(room, room.examined(), Verdict("approved_in_part", reasons=["M03"], facts=FACTS, limits="La moitié."))


def test_a_refusal_tells_reasons_of_law_and_of_fact_and_how_to_contest_it(room):
    decision = decide(room, room.examined(), REFUSAL)

    mentions = decision.letter["mentions"]
    assert "trop ancienne" in mentions["reasons_of_law"]
    assert "Article 4" in mentions["reasons_of_law"]
    assert mentions["reasons_of_fact"] == FACTS
    assert "la commission de recours" in mentions["remedies"]
    assert decision.contest_until > timezone.localdate() + timedelta(days=50)
    assert "tribunal administratif" not in str(mentions)


def test_a_letter_that_lacks_a_mention_does_not_leave(room):
    organisation(legal_profile="mut", mediator="")

    with pytest.raises(MissingMentions) as refusal:
        decide(room, room.examined(), REFUSAL)

    assert refusal.value.mentions == ["mediator"]


def test_two_agents_on_one_filing_decide_once(room):
    filing = room.examined()
    decide(room, filing)

    with pytest.raises(Overtaken):
        decide(room, filing, REFUSAL, by=room.claire)

    with pytest.raises(NotPossible):
        decide(room, filing, REFUSAL, by=room.claire, seen=Filing.objects.get(pk=filing.pk).version)
    assert Decision.objects.get().outcome == Decision.Outcome.APPROVED


def test_what_the_family_wrote_since_is_read_before_a_decision(room):
    filing = room.examined()
    message = {"text": "Une précision.", "form_key": "m1", "access": room.access, "by": room.camille}
    following.write(filing, **message, at=timezone.now())

    with pytest.raises(Overtaken):
        decide(room, filing)


def test_an_effect_that_fails_leaves_nothing_decided(room):
    filing = room.examined()
    Filing.objects.filter(pk=filing.pk).update(answers={**filing.answers, "quotient": -5})

    with pytest.raises(Exception):  # noqa: B017, PT011 the database refuses a negative income
        decide(room, Filing.objects.get(pk=filing.pk))

    assert Decision.objects.count() == 0
    assert Filing.objects.get().status == Status.UNDER_REVIEW
    assert not Message.objects.filter(template="filings/mail/decided").exists()


def test_under_reserve_nothing_happens_until_the_piece_is_there(room):
    filing = room.examined()
    decide(room, filing, Verdict("approved_under_reserve", limits="De l’original.", reserve=["note"]))
    assert not Income.objects.exists()
    filing.refresh_from_db()

    deciding.lift_reserve(filing, seen=filing.version, by=room.nadia, at=timezone.now())

    assert Income.objects.exists()
    assert Filing.objects.get().status == Status.APPROVED
    with pytest.raises(NotPossible):
        deciding.lift_reserve(filing, seen=Filing.objects.get().version, by=room.nadia, at=timezone.now())


def test_what_has_no_object_is_closed_with_its_reason(room):
    filing = room.examined()

    with pytest.raises(NeedsReasons):
        deciding.close(filing, reason=" ", seen=filing.version, by=room.nadia, at=timezone.now())
    deciding.close(filing, reason="Déjà faite.", seen=filing.version, by=room.nadia, at=timezone.now())

    assert Filing.objects.get().status == Status.CLOSED


def test_a_piece_found_unreadable_is_so_for_the_family_too(room):
    filing = room.examined()
    piece = filing.pieces.get()

    said = {"verdict": "unreadable", "explanation": "Le bas est coupé.", "seen": piece.as_judged}
    examining.judge(piece, **said, by=room.nadia, at=timezone.now())

    piece.document.refresh_from_db()
    assert (piece.document.verdict, piece.document.reason) == ("refused", "Le bas est coupé.")


def test_an_agent_of_another_team_has_another_service(room):
    other = agent("Olivier")
    other.teams.add(Team.objects.create(name="Service des aides"))

    assert decide(room, room.examined(), by=other).author["service"] == "Service des aides"


def test_why_an_effect_failed_is_said_in_words():
    assert str(CannotTakeEffect("Ce foyer est fermé.")) == "Ce foyer est fermé."
