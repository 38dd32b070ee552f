"""Whatever a family, agents and time do to a filing, in whatever order, it stays one filing in one state.

Under each legal profile every paper of it has its mandatory mentions, those that silence makes among them.
"""

from datetime import timedelta

import pytest
from django.db.models import Count, Q
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.filings.factories import ANSWERS, CONTEST, FACTS, INCOME, NOW, SYSTEM, desk, organisation
from xpassfam.accounts.models import Throttle
from xpassfam.filings import verdicts
from xpassfam.filings.actions import clock, deciding, drafting, examining, following, sending
from xpassfam.filings.correcting import NotCorrectable
from xpassfam.filings.effects import CannotTakeEffect
from xpassfam.filings.holding import AcceptedBySilence, NeedsAnother, NotAllowed, Overtaken
from xpassfam.filings.models import Decision, Filing, Piece
from xpassfam.filings.paper import facts
from xpassfam.filings.states import DECIDED, GRANTED, TRANSITIONS, NotPossible, Status
from xpassfam.filings.verdicts import Verdict
from xpassfam.people.models import Income
from xpassfam.procedures.actions import publish
from xpassfam.rules.mentions import Case, Paper, missing
from xpassfam.rules.silence import Effect

pytestmark = pytest.mark.django_db
REFUSED = (
    NotPossible,
    NotAllowed,
    Overtaken,
    CannotTakeEffect,
    drafting.NotADraft,
    drafting.NotContestable,
    NotCorrectable,
    verdicts.NeedsReasons,
    verdicts.NeedsLimits,
    AcceptedBySilence,
    NeedsAnother,
    examining.AlreadyTaken,
    examining.TooSoon,
    examining.NoTimeLeft,
    examining.NothingAsked,
    sending.Incomplete,
    following.NotEverything,
    following.NothingToHurry,
)
OUTCOMES = st.sampled_from(Decision.Outcome.values)
EVENTS = st.one_of(
    st.tuples(st.just("file")),
    st.tuples(st.just("save"), st.integers(0, 2)),
    st.tuples(st.just("take"), st.booleans()),
    st.tuples(st.just("ask"), st.integers(-1, 9), st.sampled_from(("month", "proof", "note"))),
    st.tuples(st.just("give")),
    st.tuples(st.just("complete")),
    st.tuples(st.just("decide"), OUTCOMES, st.booleans(), st.booleans()),
    st.tuples(st.just("lift")),
    st.tuples(st.just("close"), st.booleans()),
    st.tuples(st.just("refer"), st.integers(-1, 9)),
    st.tuples(st.just("recall")),
    st.tuples(st.just("write"), st.booleans()),
    st.tuples(st.just("withdraw")),
    st.tuples(st.just("hurry")),
    st.tuples(st.just("judge"), st.sampled_from(Piece.Verdict.values)),
    st.tuples(st.just("extend"), st.integers(1, 9)),
    st.tuples(st.just("contest"), st.booleans()),
    st.tuples(st.just("correct"), OUTCOMES),
    st.tuples(st.just("tick"), st.integers(1, 12)),
    st.tuples(st.just("wait_for_silence"), st.integers(0, 2)),
    st.tuples(st.just("record_silence"), st.booleans()),
)
# MissingMentions is not among what may be refused: the organisation has said all that its papers need.
PROFILES = st.sampled_from(("asso", "mut", "adm"))
SILENCES = st.sampled_from(("acceptance", "rejection"))
MEDIATOR = "Médiateur de la Mutualité, 4 avenue de l’Opéra, 75001 Paris"
SAID_OF = {"acceptance": Paper.ACCEPTED_BY_SILENCE, "rejection": Paper.REJECTED_BY_SILENCE}


class Life:
    """One filing, and how many messages were acknowledged."""

    def __init__(self, room, profile):
        self.room, self.profile, self.at = room, profile, timezone.now()
        self.seen = None  # what an agent's page shows; read again only now and then
        self.seen_of_piece = ""
        self.filing = room.draft(at=self.at)
        self.written, self.number = 0, 0

    def now(self):
        return Filing.objects.select_related("procedure_version__procedure", "household", "filed_by").get(
            pk=self.filing.pk
        )

    def play(self, name, *arguments):
        self.number += 1
        try:
            getattr(self, name)(*arguments)
        except REFUSED:
            return
        except Filing.DoesNotExist:
            assert name != "write", "a message went with its filing"

    def file(self):
        sending.send(self.now(), access=self.room.access, by=self.room.camille, at=self.at)

    def save(self, seen):
        answers = {"quotient": 100 * self.number}
        drafting.save(self.now(), section="income", answers=answers, seen=seen, access=self.room.access, at=self.at)

    def take(self, is_nadia):
        self.seen = examining.take(self.now(), by=self.agent(is_nadia), at=self.at).version

    def ask(self, days, what):
        """`note` is not indispensable: nothing waits for it, and nothing ends without it."""
        what = {"fields": [what], "pieces": []} if what == "month" else {"fields": [], "pieces": [what]}
        until = timezone.localdate(self.at) + timedelta(days=days)
        examining.ask(
            self.now(), **what, text="Il manque cela.", until=until, seen=self.page(), by=self.agent(True), at=self.at
        )

    def give(self):
        document = self.room.document()
        following.add_piece(self.now(), key="proof", document=document, access=self.room.access, at=self.at)

    def complete(self):
        answers = {"month": "2026-11-01"}
        following.complete(self.now(), answers=answers, access=self.room.access, by=self.room.camille, at=self.at)

    def decide(self, outcome, is_said, is_nadia):
        verdict = Verdict(
            outcome, reasons=["M03"], facts=FACTS if is_said else "Non.", limits="Une part.", withheld="L’autre."
        )
        deciding.decide(self.now(), verdict, seen=self.page(), by=self.agent(is_nadia), at=self.at)

    def lift(self):
        deciding.lift_reserve(self.now(), seen=self.page(), by=self.agent(True), at=self.at)

    def close(self, is_said):
        reason = "Faite deux fois." if is_said else ""
        deciding.close(self.now(), reason=reason, seen=self.page(), by=self.agent(True), at=self.at)

    def refer(self, days):
        on = timezone.localdate(self.at) + timedelta(days=days)
        examining.refer(self.now(), on=on, seen=self.page(), by=self.agent(True), at=self.at)

    def recall(self):
        examining.recall(self.now(), seen=self.page(), by=self.agent(True), at=self.at)

    def write(self, is_family):
        key = {"text": "Bonjour", "form_key": f"m{self.number}", "at": self.at}
        if is_family:
            following.write(self.now(), **key, access=self.room.access, by=self.room.camille)
        else:
            examining.write(self.now(), **key, by=self.agent(True))
        self.written += 1

    def withdraw(self):
        following.withdraw(self.now(), access=self.room.access, by=self.room.camille, at=self.at)

    def hurry(self):
        following.hurry(self.now(), access=self.room.access, by=self.room.camille, at=self.at)

    def judge(self, verdict):
        piece = self.now().pieces.last()
        if self.number % 3:
            self.seen_of_piece = piece.as_judged
        said = {"verdict": verdict, "explanation": "Le bas est coupé.", "seen": self.seen_of_piece}
        examining.judge(piece, **said, by=self.agent(True), at=self.at)

    def extend(self, days):
        until = timezone.localdate(self.at) + timedelta(days=days)
        examining.extend(self.now(), until=until, seen=self.page(), by=self.agent(True), at=self.at)

    def contest(self, is_right):
        decision = Decision.objects.filter(filing=self.filing, superseded_at=None).first()
        if decision is None:
            return
        version = publish(CONTEST, by=SYSTEM, at=NOW)
        contest = self.room.filed({"grounds": "Non."}, version=version, contests=decision, with_proof=False, at=self.at)
        by = self.agent(decision.decided_by != self.room.nadia)
        verdict = Verdict("approved") if is_right else Verdict("refused", reasons=["M17"], facts=FACTS)
        deciding.decide(contest, verdict, seen=contest.version, by=by, at=self.at)

    def correct(self, outcome):
        """Of the latest of its corrections, or of the filing itself; decided at once."""
        first = chain(self.now())[-1]
        again = self.room.filed({**ANSWERS, "quotient": 100 * self.number}, corrects=first, at=self.at)
        verdict = Verdict(outcome, reasons=["M03"], facts=FACTS, limits="Une part.", withheld="L’autre.")
        deciding.decide(again, verdict, seen=again.version, by=self.room.nadia, at=self.at)

    def tick(self, days):
        self.at += timedelta(days=days)
        for part in (clock.run_due_effects, clock.remind, clock.expire, clock.note_silence):
            part(at=self.at)

    def wait_for_silence(self, days):
        """Until its last day, on which an agent may still answer, or past it."""
        if on := self.now().silence_on:
            self.tick(max(0, (on - timezone.localdate(self.at)).days + days))

    def record_silence(self, is_nadia):
        deciding.record_implicit_acceptance(self.now(), seen=self.page(), by=self.agent(is_nadia), at=self.at)

    def agent(self, is_nadia):
        return self.room.nadia if is_nadia else self.room.claire

    def page(self):
        """Two agents of three act on a page that is up to date."""
        return self.now().version if self.number % 3 else self.seen or 0


STEPS = {(before, to) for (before, _event), to in TRANSITIONS.items()}
# Sent without a piece, it is asked for in the same breath.
AT_ONCE = {(Status.DRAFT, Status.AWAITING_APPLICANT)}


def check(life, before):
    row = life.now()
    assert row.status != Status.EXPIRED or row.completions.last().stops_clock
    if row.status != before:
        assert (Status(before), Status(row.status)) in STEPS | AT_ONCE
    standing = list(row.decisions.filter(superseded_at=None))
    assert len(standing) == (row.status in DECIDED)
    for decision in Decision.objects.filter(Q(filing=row) | Q(filing__contests__filing=row)):
        assert facts.missing_mentions(decision) == []
        assert decision.outcome != "refused" or (decision.reasons and len(decision.facts) >= 40)
    check_silence(row, life)
    check_effects(row)
    assert row.completions.open().count() == (row.status == Status.AWAITING_APPLICANT)
    assert row.status != Status.COMMITTEE or row.committee_on
    assert row.messages.count() == life.written
    return row.status


def check_effects(row):
    """Each filing's once at most; of a filing and its corrections, those of the one that was granted last."""
    filings = chain(row)
    causes = [one.public_id for one in filings]
    known = dict(Income.objects.filter(cause__in=causes).values_list("cause").annotate(Count("pk")))
    ran = [one for one in filings if one.decisions.filter(effects_at__isnull=False).exists()]
    assert known == {one.public_id: 1 for one in ran[-1:]}
    for one in ran:
        assert one.decisions.exclude(effects_at=None).count() == 1
        assert one.status in (Status.APPROVED, Status.APPROVED_IN_PART, Status.REPLACED)
    assert all(one.status == Status.REPLACED for one in ran[:-1])
    # What was done stands as long as its correction is under reserve.
    promised = [one for one in filings if one.status == Status.APPROVED_UNDER_RESERVE]
    assert len(promised) <= 1
    assert sum(one.status in GRANTED for one in filings) <= 1 + len(promised)


def chain(filing):
    """It, and its corrections, from the first."""
    found = [filing]
    while correction := found[-1].corrections.exclude(reference=None).first():
        found.append(correction)
    return found


# Lives that chance seldom draws.
SILENT_THEN_WRITTEN_DOWN = [("wait_for_silence", 1), ("hurry",), ("record_silence", True), ("contest", True)]
RESERVED_THEN_CORRECTED = [("decide", "approved_under_reserve", True, True), ("correct", "approved"), ("lift",)]
CORRECTED_UNDER_RESERVE = [("decide", "approved", True, True), ("correct", "approved_under_reserve"), ("tick", 1)]
SILENT_THEN_STOPPED = [
    ("wait_for_silence", 1),
    ("close", True),
    ("decide", "refused", True, True),
    ("ask", 3, "proof"),
    ("refer", 3),
]
ASKED_FOR_WHAT_HELPS = [("ask", 3, "note"), ("tick", 4), ("decide", "approved", True, True)]
CORRECTED_TWICE = [("decide", "approved", True, True), ("correct", "refused"), ("correct", "approved")]
SILENT_THEN_REFUSED = [("wait_for_silence", 1), ("hurry",), ("decide", "refused", True, True), ("contest", False)]
BEFORE_A_COMMITTEE = [("refer", 3), ("refer", 6), ("recall",), ("refer", 6), ("decide", "refused", True, True)]


def check_silence(row, life):
    """It says something of administrations alone, and then all that the law wants said."""
    assert life.profile == "adm" or (row.silence_effect, row.silence_told_at) == ("", None)
    case = Case(silence=Effect(row.silence_effect or "none"))
    if row.silence_told_at:
        ends = (*GRANTED, Status.REPLACED, Status.WITHDRAWN)
        is_taken_back = row.decisions.filter(superseded_at__isnull=False).exists()
        assert row.silence_effect == "rejection" or row.is_pending or row.status in ends or is_taken_back
        assert missing(SAID_OF[row.silence_effect], life.profile, facts.silence(row), case) == set()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@example(events=SILENT_THEN_WRITTEN_DOWN, profile="adm", silence="acceptance")
@example(events=SILENT_THEN_REFUSED, profile="adm", silence="rejection")
@example(events=BEFORE_A_COMMITTEE, profile="asso", silence="acceptance")
@example(events=RESERVED_THEN_CORRECTED, profile="asso", silence="acceptance")
@example(events=CORRECTED_UNDER_RESERVE, profile="asso", silence="acceptance")
@example(events=SILENT_THEN_STOPPED, profile="adm", silence="acceptance")
@example(events=ASKED_FOR_WHAT_HELPS, profile="asso", silence="acceptance")
@example(events=CORRECTED_TWICE, profile="mut", silence="acceptance")
@given(events=st.lists(EVENTS, min_size=4, max_size=24), profile=PROFILES, silence=SILENCES)
def test_whatever_happens_a_filing_has_one_state_one_decision_and_its_effects_once(events, profile, silence, room):
    Throttle.objects.all().delete()  # as many lives as are drawn: one family sends forty a day at most
    organisation(legal_profile=profile, mediator=MEDIATOR if profile == "mut" else "")
    room.version = publish(INCOME.replace("effect: acceptance", f"effect: {silence}"), by=SYSTEM, at=NOW)
    life = Life(room, profile)
    status = life.now().status
    for name, *arguments in [("file",), *events]:
        life.play(name, *arguments)
        status = check(life, status)


@pytest.fixture
def room(db):
    return desk()
