"""A draft is sent: from then on it has a reference, a date, an acknowledgement."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from xpassfam.accounts import throttle
from xpassfam.filings import agreements, asking, effects, history, telling
from xpassfam.filings.actions.agreeing import UNNAMED, ask_where_known
from xpassfam.filings.actions.drafting import refuse_what_can_not_be_contested
from xpassfam.filings.actions.using import keep_private, use_what_is_known
from xpassfam.filings.clocks import reckon
from xpassfam.filings.contested import decision_named
from xpassfam.filings.correcting import NotCorrectable, may_be_corrected
from xpassfam.filings.holding import NotAllowed, hold, hold_for, hold_linked, step
from xpassfam.filings.models import Completion, Filing
from xpassfam.filings.objections import objections
from xpassfam.filings.paper import coding, facts
from xpassfam.filings.states import Event, Status
from xpassfam.journal.actions import Actor
from xpassfam.people.access import ActingAccess
from xpassfam.procedures.answers import pieces_asked
from xpassfam.procedures.facts import facts_of
from xpassfam.rules.references import new_reference

# What is missing when a filing is sent may still come for so long. Source: CRPA, art. L114-5 (a delay is told).
SENDING = throttle.Scope("filing", free=40, forget=timedelta(days=1), per_window=True)
MISSING_WITHIN = timedelta(days=15)
SENT = ("reference", "filed_at", "delay", "due_on", "missing", "contests", "is_private")


class TooMany(Exception):
    """`until` says when the household may send again. Source: CRPA, art. L112-3 (abusive sendings)."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__()


class Incomplete(Exception):
    """What keeps it from being sent: `{section: [problem]}`, in words."""

    def __init__(self, problems: Mapping[str, list[str]]) -> None:
        self.problems = problems
        super().__init__(str(dict(problems)))


def send(filing: Filing, *, access: ActingAccess, by: Actor, at: datetime) -> Filing:
    """Send a draft. Sent twice, from two pages or after a cut, it is sent once: the first result is given again.

    Raise TooMany, Incomplete, NotAllowed, drafting.NotContestable, correcting.NotCorrectable, or
    effects.CannotTakeEffect where one runs at once.
    """
    reserved = throttle.reserve(SENDING, access.household, at=at)
    with transaction.atomic():
        filing = hold_for(filing, access)
        if filing.status != Status.DRAFT:
            return filing
        if not reserved.allowed:
            raise TooMany(reserved.free_at)
        if filing.filed_by_id != access.person_id:
            raise NotAllowed
        # Of two corrections begun by two persons of the home, the first that is sent is the one.
        if filing.corrects and not may_be_corrected(hold(filing.corrects)):
            raise NotCorrectable
        _link_to_what_it_names(filing, access)
        hold_linked(filing)
        effects.hold_homes(filing, at=at)
        if access.is_frozen and not access.lives_there and filing.is_by_an_outsider:
            keep_private(filing)  # one of those who part may be who it speaks for: it is for neither to read later
        if filing.contests:
            refuse_what_can_not_be_contested(filing.contests, on=access.on, by=filing)
        known = facts_of(access, filing.definition)
        use_what_is_known(filing, pieces_asked(filing.definition, filing.answers, known), access=access, at=at)
        problems = asking.problems_of(filing, known, access)
        if refused := objections(filing, access=access, at=at):
            problems[asking.WHO] = refused
        problems |= agreements.out_of_reach(filing, on=access.on)
        if problems:
            raise Incomplete(problems)
        frozen = asking.freeze(filing, access)
        filing.reference, filing.filed_at = _new_reference(), at
        filing.due_on = timezone.localdate(at)
        if asking.is_declaration(filing):
            filing.ended_at = filing.read_at = at
            step(filing, Event.DECLARE, *SENT, *frozen, "ended_at", "read_at")
            effects.run_at_filing(filing, access=access, by=by, at=at)
        else:
            filing.delay = asking.promise_of(filing)
            step(filing, Event.FILE, *SENT, *frozen)
            _ask_what_is_missing(filing, at=at)
            ask_where_known(filing, at=at)
        filing.acknowledgement = facts.acknowledgement(filing)
        filing.acknowledgement["check"] = coding.bear(coding.ACKNOWLEDGEMENT, filing, at=at)
        filing.save(update_fields=["acknowledgement"])
        mentions = filing.acknowledgement["mentions"]
        telling.to_family(filing, "filings/mail/acknowledgement", at=at, mentions=mentions)
        telling.record(filing, history.FILED, by=by, at=at)
        if agreements.is_wanted(filing):
            telling.record(filing, history.AGREEMENT_AWAITED, by=UNNAMED, at=at)
        if filing.contests:
            telling.record(filing.contests.filing, history.CONTESTED, by=by, at=at)
        if filing.corrects:
            telling.record(filing.corrects, history.CORRECTED, by=by, at=at)
    return filing


def _link_to_what_it_names(filing: Filing, access: ActingAccess) -> None:
    """Begun from the catalogue, a complaint is of the decision that its answers name, as if begun from its page."""
    if filing.contests is None and (decision := decision_named(filing, access)):
        filing.contests = decision
        if decision.filing.is_private:
            keep_private(filing)


def _new_reference() -> str:
    """Unique by chance; the column makes sure, and a namesake (one in seventeen billion) is drawn again."""
    reference = new_reference()
    while Filing.objects.filter(reference=reference).exists():
        reference = new_reference()
    return reference


def _ask_what_is_missing(filing: Filing, *, at: datetime) -> None:
    """The family said that it lacks a piece: it is asked for at once, and the clock waits for it."""
    missing = asking.indispensable_missing(filing)
    if missing:
        filing.completions.add(
            Completion(
                pieces=missing,
                text=", ".join(asking.told_label(filing, key) for key in missing),
                until=timezone.localdate(at + MISSING_WITHIN),
                asked_at=at,
                asked_by="",
            ),
            bulk=False,
        )
        step(filing, Event.ASK)
    filing.save(update_fields=reckon(filing, filed_on=timezone.localdate(at)))
