"""What happened to a filing, what happens, what will: the timeline of its pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.filings import parting
from xpassfam.filings.models import Completion, Decision, Filing
from xpassfam.filings.states import PENDING, Status
from xpassfam.ui import words

DONE, NOW, NEXT = "done", "now", "next"


@dataclass(frozen=True)
class Moment:
    """`state`: done, now, next; a refusal has its own look."""

    state: str
    title: str
    at: datetime | None = None
    text: str = ""
    is_refusal: bool = False


def story_of(
    filing: Filing,
    *,
    on: date,
    usual: int | None,
    completions: Sequence[Completion] = (),
    decisions: Sequence[Decision] = (),
) -> tuple[Moment, ...]:
    past = [Moment(DONE, _("Envoyée"), filing.filed_at), *_exchanges(completions), *_decisions(decisions, filing)]
    past.sort(key=lambda event: event.at or timezone.now())
    if parting.is_waiting(filing):
        return (*past, *_parting(filing))
    return (*past, *_present(filing, completions), *_future(filing, usual, on=on))


def usual_in_words(usual: int | None) -> str:
    if usual is None:
        return ""
    if usual <= 1:
        return _("8 demandes sur 10 ont une réponse le jour même.")
    return _("8 demandes sur 10 ont une réponse en moins de {n} jours.").format(n=usual)


def _exchanges(completions: Sequence[Completion]) -> Iterator[Moment]:
    for one in completions:
        if not one.is_open or one.answered_at:
            by_agent = _("par {name}").format(name=one.asked_by) if one.asked_by else ""
            yield Moment(DONE, _("Complément demandé"), one.asked_at, by_agent)
        if one.answered_at:
            yield Moment(DONE, _("Complétée par vous"), one.answered_at)


def _decisions(decisions: Sequence[Decision], filing: Filing) -> Iterator[Moment]:
    for one in decisions:
        title = str(Decision.Outcome(one.outcome).label)
        if one.superseded_at:
            yield Moment(DONE, title, one.decided_at)
            yield Moment(DONE, _taken_back(one, decisions, filing), one.superseded_at)
        else:
            yield Moment(DONE, title, one.decided_at, _takes_effect(one), is_refusal=one.outcome == "refused")
    is_told = any(one.superseded_at is None or filing.status == Status.REPLACED for one in decisions)
    if filing.is_ended and not is_told:
        yield Moment(DONE, str(Status(filing.status).label), filing.ended_at)


def _taken_back(decision: Decision, decisions: Sequence[Decision], filing: Filing) -> str:
    """By a contest; the last one of what was corrected, by its correction."""
    if filing.status == Status.REPLACED and decision == decisions[-1]:
        return _("Remplacée par une correction")
    return _("Décision retirée après votre contestation")


def _takes_effect(decision: Decision) -> str:
    if decision.effects_on and not decision.effects_at:
        return _("Prend effet le {day}.").format(day=words.short_day(decision.effects_on))
    return ""


def _parting(filing: Filing) -> Iterator[Moment]:
    """Sharing has stopped; the organisation does the rest."""
    day = parting.read_by(filing)
    by_then = _("Au plus tard le {day}.").format(day=words.short_day(day)) if day else ""
    yield Moment(NOW, _("Un agent lit vos réponses"), None, by_then)
    yield Moment(NEXT, _("Un dossier pour chacun"), None, _("Un e-mail vous prévient. Les démarches rouvrent."))


def _present(filing: Filing, completions: Sequence[Completion]) -> Iterator[Moment]:
    if filing.status == Status.AWAITING_APPLICANT:
        waiting = next((one for one in completions if one.is_open), None)
        until = waiting.until if waiting else filing.due_on
        text = _("Au plus tard le {day}.").format(day=words.short_day(until)) if until else ""
        if waiting and waiting.reminded_on:
            text += " " + _("Rappel envoyé le {day}.").format(day=words.short_day(waiting.reminded_on))
        yield Moment(NOW, _("À compléter par vous"), None, text)
    elif filing.status == Status.RECEIVED:
        yield Moment(NOW, _("En attente d’examen"))
    elif filing.status == Status.UNDER_REVIEW:
        agent = filing.assigned_to
        yield Moment(NOW, _("En cours d’examen"), None, _("par {name}").format(name=agent) if agent else "")
    elif filing.status == Status.COMMITTEE and filing.committee_on:
        yield Moment(NOW, _("En commission"), None, _("Le {day}").format(day=words.short_day(filing.committee_on)))


def _future(filing: Filing, usual: int | None, *, on: date) -> Iterator[Moment]:
    if filing.status not in PENDING:
        return
    if filing.status in (Status.AWAITING_APPLICANT, Status.RECEIVED):
        yield Moment(NEXT, _("Examen"), None, usual_in_words(usual))
    if filing.status == Status.AWAITING_APPLICANT or filing.due_on is None:
        yield Moment(NEXT, _("Décision"))
    elif filing.is_late(on=on):
        text = _("Elle devait arriver le {day}.").format(day=words.short_day(filing.due_on))
        yield Moment(NEXT, _("Décision"), None, text)
    else:
        text = _("Au plus tard le {day}.").format(day=words.short_day(filing.due_on))
        yield Moment(NEXT, _("Décision"), None, text)
