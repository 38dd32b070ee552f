"""What happened to a filing, in order, for those who handle it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from xpassfam.filings import asking
from xpassfam.filings.agents.situation import OUTCOMES, state_of
from xpassfam.filings.models import Agreement, Completion, Decision, Filing, Message, Proposal
from xpassfam.filings.states import DECIDED, Status
from xpassfam.ui import words


@dataclass(frozen=True)
class Happening:
    at: datetime
    title: str
    note: str = ""


def chronicle(
    filing: Filing,
    *,
    completions: Iterable[Completion],
    proposals: Iterable[Proposal],
    decisions: Iterable[Decision],
    messages: Iterable[Message],
    agreement: Agreement | None = None,
) -> list[Happening]:
    """No query."""
    decisions = list(decisions)
    found = [
        *_of_filing(filing, is_decided=bool(decisions)),
        *_of_completions(filing, completions),
        *_of_decisions(filing, decisions),
    ]
    found += _of_proposals(proposals)
    found += [_written(message) for message in messages]
    if agreement:
        found += _of_agreement(agreement)
    return sorted(found, key=lambda event: event.at)


def _of_filing(filing: Filing, *, is_decided: bool) -> Iterator[Happening]:
    if filing.filed_at:
        yield Happening(filing.filed_at, _("Demande envoyée"), str(filing.filed_by))
    if filing.hurried_at:
        yield Happening(filing.hurried_at, _("Relancée par la famille"), _("Le délai promis était passé."))
    if filing.silence_told_at:
        on = words.full_day(filing.silence_on) if filing.silence_on else ""
        said = _("Silence gardé jusqu’au {day} : les deux parties en sont averties.").format(day=on)
        yield Happening(filing.silence_told_at, filing.silence_in_words, said)
    is_told = filing.status in DECIDED or (filing.status == Status.REPLACED and is_decided)
    if filing.ended_at and not is_told:
        yield Happening(filing.ended_at, state_of(filing).text, filing.end_reason)


def _of_completions(filing: Filing, completions: Iterable[Completion]) -> Iterator[Happening]:
    for one in completions:
        until = _("au plus tard le {day}").format(day=words.full_day(one.until))
        what = asking.asked_in_words(filing, one)
        yield Happening(one.asked_at, _("À compléter"), " · ".join(filter(None, [what, until, one.asked_by])))
        if one.answered_at:
            yield Happening(one.answered_at, _("Complétée par la famille"))


def _of_proposals(proposals: Iterable[Proposal]) -> Iterator[Happening]:
    for one in proposals:
        yield Happening(one.proposed_at, _("Validation proposée"), str(one.proposed_by))
        if one.ended_at and one.word:
            yield Happening(one.ended_at, _("Validation renvoyée"), f"{one.ended_by} : {one.word}")


def _of_decisions(filing: Filing, decisions: Sequence[Decision]) -> Iterator[Happening]:
    for one in decisions:
        who = f"{one.author['first_name']} {one.author['last_name']}"
        if one.proposed_by:
            who = _("{who}, sur proposition de {first}").format(who=who, first=one.proposed_by)
        yield Happening(one.decided_at, str(OUTCOMES[one.outcome]), who)
        if one.effects_failed_at:
            yield Happening(
                one.effects_failed_at, _("Les effets n’ont pas pu se faire"), _("À reprendre par un agent.")
            )
        elif one.effects_at and one.effects_at != one.decided_at:
            yield Happening(one.effects_at, _("Les effets de la décision sont faits"))
        if one.superseded_at:
            is_replaced = filing.status == Status.REPLACED and one == decisions[-1]
            title = _("Remplacée par sa correction") if is_replaced else _("Décision retirée après contestation")
            yield Happening(one.superseded_at, title)


def _of_agreement(agreement: Agreement) -> Iterator[Happening]:
    until = _("au plus tard le {day}").format(day=words.full_day(agreement.until))
    yield Happening(agreement.asked_at, _("Accord demandé à l’autre parent"), until)
    if agreement.answered_at:
        yield Happening(agreement.answered_at, _("Réponse de l’autre parent"), agreement.get_answer_display())


def _written(message: Message) -> Happening:
    title = _("Message de la famille") if message.side == Message.Side.FAMILY else _("Message à la famille")
    return Happening(message.sent_at, title, message.author)
