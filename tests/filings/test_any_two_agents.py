"""Whatever agents and a family do to a doubtful account, in whatever order, it changes by two agents or not at all."""

import json
from contextlib import suppress
from dataclasses import asdict

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.filings.factories import FACTS, desk
from tests.filings.test_two_agents import GIVEN, REASONED, fresh, happened
from xpassfam.accounts import history as accounts
from xpassfam.accounts.models import Throttle
from xpassfam.filings.actions import confirming, deciding, examining, following
from xpassfam.filings.effects import CannotTakeEffect
from xpassfam.filings.holding import NeedsAnother, NotAllowed, Overtaken
from xpassfam.filings.models import Proposal
from xpassfam.filings.second_look import NeedsSecondLook
from xpassfam.filings.states import NotPossible, Status
from xpassfam.filings.verdicts import Verdict

pytestmark = pytest.mark.django_db
REFUSED = (
    NotPossible,
    NotAllowed,
    Overtaken,
    NeedsAnother,
    NeedsSecondLook,
    CannotTakeEffect,
    confirming.OwnProposal,
    examining.AlreadyTaken,
    following.NotEverything,
)
VERDICTS = {
    "yes": Verdict("approved"),
    "part": Verdict("approved_in_part", reasons=["M03"], facts=FACTS, limits="Une part.", withheld="L’autre."),
    "reserve": Verdict("approved_under_reserve", limits="L’original."),
    "no": Verdict("refused", reasons=["M03"], facts=FACTS),
}
EVENTS = st.one_of(
    st.tuples(st.just("decide"), st.sampled_from(sorted(VERDICTS)), st.booleans()),
    st.tuples(st.just("propose"), st.sampled_from(["yes", "part"]), st.booleans()),
    st.tuples(st.sampled_from(["confirm", "send_back", "lift", "take"]), st.booleans()),
    st.tuples(st.sampled_from(["write", "withdraw"])),
)


class Life:
    def __init__(self, room):
        self.room = room
        happened(room, accounts.PASSWORD_CHANGED)
        self.filing = room.filed(GIVEN, with_proof=False)
        self.number = 1

    def play(self, name, *arguments):
        self.number += 1
        with suppress(REFUSED):
            getattr(self, name)(*arguments)

    def how(self, is_nadia):
        """One page of three is behind."""
        seen = fresh(self.filing).version - (self.number % 3 == 0)
        return {"seen": seen, "by": self.room.nadia if is_nadia else self.room.claire, "at": timezone.now()}

    def decide(self, verdict, is_nadia):
        deciding.decide(self.filing, VERDICTS[verdict], **self.how(is_nadia))

    def propose(self, verdict, is_nadia):
        confirming.propose(self.filing, VERDICTS[verdict], **self.how(is_nadia))

    def confirm(self, is_nadia):
        confirming.confirm(self.filing, **self.how(is_nadia))

    def send_back(self, is_nadia):
        confirming.send_back(self.filing, word="Le RIB est flou.", **self.how(is_nadia))

    def lift(self, is_nadia):
        deciding.lift_reserve(self.filing, **self.how(is_nadia))

    def take(self, is_nadia):
        how = self.how(is_nadia)
        examining.take(self.filing, by=how["by"], at=how["at"])

    def write(self):
        key = f"m{self.number}"
        who = {"access": self.room.access, "by": self.room.camille, "at": timezone.now()}
        following.write(self.filing, text="Bonjour", form_key=key, **who)

    def withdraw(self):
        following.withdraw(self.filing, access=self.room.access, by=self.room.camille, at=timezone.now())


def check(life):
    row = fresh(life.filing)
    decision = row.decisions.first()
    changed = row.decisions.filter(effects_at__isnull=False).count()
    assert row.proposals.filter(ended_at=None).count() <= 1
    assert not (row.is_ended and row.proposals.standing().exists())
    assert changed == (row.status in (Status.APPROVED, Status.APPROVED_IN_PART))
    if changed and decision.outcome != "approved_under_reserve":
        assert decision.proposed_by not in (None, decision.decided_by)
        said = row.proposals.exclude(ended_at=None).latest("ended_at")
        assert (said.verdict["outcome"], said.proposed_by) == (decision.outcome, decision.proposed_by)


CONFIRMED = [("propose", "yes", True), ("confirm", True), ("confirm", False)]
LIFTED = [("decide", "reserve", True), ("lift", True), ("lift", False)]
REPLACED = [("propose", "part", True), ("propose", "yes", False), ("confirm", False), ("confirm", True)]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@example(events=CONFIRMED)
@example(events=LIFTED)
@example(events=REPLACED)
@given(events=st.lists(EVENTS, min_size=3, max_size=12))
def test_an_account_changes_by_two_agents_or_not_at_all(events, room):
    Throttle.objects.all().delete()
    life = Life(room)
    for name, *arguments in events:
        life.play(name, *arguments)
        check(life)


@pytest.mark.parametrize("name", sorted(VERDICTS))
def test_what_was_proposed_is_kept_whole(name, room):
    life = Life(room)
    proposal = confirming.propose(life.filing, VERDICTS[name], **life.how(True))

    kept = confirming.verdict_of(Proposal.objects.get(pk=proposal.pk))
    assert json.dumps(asdict(kept)) == json.dumps(asdict(VERDICTS[name]))


@pytest.fixture
def room(db):
    return desk(REASONED)
