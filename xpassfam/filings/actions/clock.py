"""What time does to filings: drafts go, families are reminded, silence is noted, delays end."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from xpassfam.filings import history, telling
from xpassfam.filings.actions import deciding
from xpassfam.filings.clocks import reckon
from xpassfam.filings.effects import CannotTakeEffect
from xpassfam.filings.holding import hold, is_accepted_by_silence, step, touch
from xpassfam.filings.models import Completion, Decision, Filing
from xpassfam.filings.models.filing import DRAFT_DAYS
from xpassfam.filings.paper import facts
from xpassfam.filings.states import Event, Status
from xpassfam.journal.actions import Actor
from xpassfam.rules.silence import Effect

BATCH = 500
REMIND_BEFORE = timedelta(days=5)
WARN_BEFORE = timedelta(days=2)
CLOCK = Actor(kind="system")
OF_SILENCE = {
    Effect.ACCEPTANCE: "filings/mail/silence_acceptance",
    Effect.REJECTION: "filings/mail/silence_rejection",
}


def drop_old_drafts(*, at: datetime, most: int = BATCH) -> int:
    """Drafts that nobody touched for `DRAFT_DAYS` go, whole."""
    old = Filing.objects.drafts().filter(saved_at__lt=at - timedelta(days=DRAFT_DAYS)).order_by("saved_at")[:most]
    gone = 0
    for draft in list(old):
        with transaction.atomic():
            row = Filing.objects.select_for_update(of=("self",)).filter(pk=draft.pk, status=Status.DRAFT).first()
            if row and row.saved_at == draft.saved_at:
                row.delete()
                gone += 1
    return gone


def warn_of_drafts(*, at: datetime, most: int = BATCH) -> int:
    """Two days before a draft goes, once since it was last saved: many believe that it was sent."""
    soon = at - timedelta(days=DRAFT_DAYS) + WARN_BEFORE
    untold = Filing.objects.drafts().filter(Q(warned_at=None) | Q(warned_at__lt=F("saved_at")), saved_at__lt=soon)
    warned = 0
    for draft in list(untold.select_related("filed_by", "procedure_version__procedure").order_by("saved_at")[:most]):
        with transaction.atomic():
            if untold.filter(pk=draft.pk).update(warned_at=at):
                until = timezone.localdate(draft.saved_at + timedelta(days=DRAFT_DAYS))
                telling.to_family(draft, "filings/mail/draft_ends", at=at, until=until.isoformat())
                warned += 1
    return warned


def remind(*, at: datetime, most: int = BATCH) -> int:
    """Once, some days before the last day to complete. Of what nothing depends on, it says so."""
    today = timezone.localdate(at)
    reminded = 0
    for one in list(_open(today + REMIND_BEFORE).filter(reminded_on=None, until__gte=today)[:most]):
        with transaction.atomic():
            if Completion.objects.open().filter(pk=one.pk, reminded_on=None).update(reminded_on=today):
                template = "filings/mail/reminder" if one.stops_clock else "filings/mail/reminder_optional"
                telling.to_family(one.filing, template, at=at, mentions=facts.completion(one))
                reminded += 1
    return reminded


def expire(*, at: datetime, most: int = BATCH) -> int:
    """The last day to complete has passed: the filing stops, and can be taken up again with its pieces. What nothing
    depends on ends nothing: the examination goes on. Source: CRPA, art. L114-5-1.
    """
    ended = 0
    for one in list(_open(timezone.localdate(at) - timedelta(days=1))[:most]):
        with transaction.atomic():
            filing = hold(one.filing)
            asked = Completion.objects.open().filter(pk=one.pk, until=one.until)
            if filing.status != Status.AWAITING_APPLICANT or not asked.update(closed_at=at):
                continue
            if one.stops_clock and not is_accepted_by_silence(filing, at=at):
                filing.ended_at = at
                step(filing, Event.EXPIRE, "ended_at")
                telling.to_family(filing, "filings/mail/expired", at=at)
                telling.record(filing, history.EXPIRED, by=CLOCK, at=at, until=one.until)
            else:
                step(filing, Event.RESUME, *_dates(filing))
                telling.to_family(filing, "filings/mail/resumed", at=at)
                telling.record(filing, history.RESUMED, by=CLOCK, at=at)
            ended += 1
    return ended


def note_silence(*, at: datetime, most: int = BATCH) -> int:
    """The time of the law has passed without an answer: both sides are told, and nothing is decided.

    Source: CRPA, art. L231-1, L231-4.
    """
    today = timezone.localdate(at)
    silent = Filing.objects.pending().filter(silence_on__lt=today, silence_told_at=None).order_by("silence_on")[:most]
    noted = 0
    for row in list(silent):
        with transaction.atomic():
            filing = hold(row)
            if not filing.is_pending or filing.silence_told_at or not filing.is_past_silence(on=today):
                continue
            filing.silence_told_at = at
            if filing.status == Status.AWAITING_APPLICANT and filing.silence_effect == Effect.ACCEPTANCE:
                filing.completions.open().update(closed_at=at)
                step(filing, Event.RESUME, "silence_told_at", *_dates(filing))
            else:
                touch(filing, "silence_told_at")
            effect = filing.silence_in_words
            mentions = facts.silence(filing)
            telling.to_family(filing, OF_SILENCE[Effect(filing.silence_effect)], at=at, mentions=mentions)
            telling.record(filing, history.SILENCE, by=CLOCK, at=at, on=filing.silence_on or "", effect=effect)
            noted += 1
    return noted


def run_due_effects(*, at: datetime, most: int = BATCH) -> int:
    """Effects that waited for their date. One that can't take effect any more is left for an agent, who is told."""
    today = timezone.localdate(at)
    due = Decision.objects.filter(effects_on__lte=today, effects_at=None, superseded_at=None, effects_failed_at=None)
    done = 0
    for decision in list(due.select_related("filing").order_by("effects_on")[:most]):
        try:
            done += deciding.take_effect_on_its_day(decision, at=at)
        except CannotTakeEffect:
            Decision.objects.filter(pk=decision.pk).update(effects_failed_at=at)
    return done


def _dates(filing: Filing) -> list[str]:
    return reckon(filing, filed_on=timezone.localdate(filing.filed_at))


def _open(until: date) -> "QuerySet[Completion]":
    rows = Completion.objects.open().filter(until__lte=until).order_by("until", "pk")
    return rows.select_related("filing__household", "filing__filed_by", "filing__procedure_version__procedure")
