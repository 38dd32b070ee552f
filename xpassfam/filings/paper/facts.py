"""What the papers of a filing say: facts frozen when they are made, every mandatory mention among them.

A mention is a code of `rules.mentions` with its sentence; one that can't be written for want of a setting is absent,
and the paper does not leave (`missing_mentions`). Papers are in French, whatever the page: the law's language.
`printing` lays the same facts out as PDF, `mails` as messages.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from xpassfam.accounts.letters import address_lines
from xpassfam.accounts.models import Account
from xpassfam.documents.models import Document
from xpassfam.filings import asking, granting, parting
from xpassfam.filings.models import Completion, Decision, Filing
from xpassfam.filings.paper import calculation, remedies
from xpassfam.organisation.calendar import is_working
from xpassfam.organisation.models import current
from xpassfam.rules import mentions
from xpassfam.rules.mentions import Case, Mention, Paper
from xpassfam.rules.remedies import contestable_until, months_of_distance
from xpassfam.rules.silence import ADMINISTRATION, Effect
from xpassfam.rules.time_limits import Delay, Unit
from xpassfam.ui import words

POSTCODE = re.compile(r"\b\d{5}\b")
PAPERS = {
    Decision.Outcome.APPROVED: Paper.APPROVED,
    Decision.Outcome.UNDER_RESERVE: Paper.APPROVED_WITH_RESERVE,
    Decision.Outcome.IN_PART: Paper.APPROVED_IN_PART,
    Decision.Outcome.REFUSED: Paper.REFUSED,
}


def author_of(agent: Account) -> dict[str, str]:
    """Source: CRPA, art. L212-1."""
    team = agent.teams.order_by("pk").first()
    return {
        "first_name": agent.first_name,
        "last_name": agent.last_name,
        "function": agent.job_title or str(agent.get_role_display()).lower(),
        "service": str(team) if team else current().name,
    }


def contest_until(decision: Decision) -> date | None:
    """None where nothing was refused."""
    if PAPERS[Decision.Outcome(decision.outcome)] not in mentions.UNFAVOURABLE:
        return None
    return _contestable_until(decision.filing, notified_on=timezone.localdate(decision.decided_at))


def acknowledgement(filing: Filing) -> dict[str, Any]:
    """Of a filing just sent. Source: CRPA, art. L112-11, R112-5, R112-11-1."""
    with translation.override("fr"):
        completion = filing.completions.open().first()
        said = _who_answers(filing) | _receipt(filing, completion) | _silence_to_come(filing)
        if filing.is_complaint:
            said |= remedies.mediator(current())
        pieces = filing.pieces.filter(replaced_at=None).select_related("document")
        return {
            "title": filing.title,
            "received_at": _moment(filing),
            "pieces": [_named(piece.document, filing) for piece in pieces],
            "missing": [asking.told_label(filing, key) for key in completion.pieces] if completion else [],
            "sheet": _sheet(filing),
            "mentions": _kept(said),
        }


def _named(document: Document, filing: Filing) -> str:
    """Whoever reads a request reads its papers, not all that was given for it; of a private one, its filer alone."""
    return document.described.label if filing.is_private else document.told_label


def completion(asked: Completion) -> dict[str, str]:
    """The mentions of the message that asks for what is missing. Source: CRPA, art. L114-5."""
    with translation.override("fr"):
        filing = asked.filing
        said = {Mention.REFERENCE: filing.reference or "", **_who_answers(filing), **_to_complete(filing, asked)}
        return _kept(said)


def silence(filing: Filing) -> dict[str, str]:
    """The mentions of the message that tells what silence came to. Source: CRPA, art. L232-3, L232-4, R421-2 CJA."""
    with translation.override("fr"):
        on = filing.silence_on
        said = {
            **_who_answers(filing),
            Mention.REFERENCE: filing.reference or "",
            Mention.RECEIVED_ON: words.full_day(filing.filed_at) if filing.filed_at else "",
            Mention.SILENCE_EFFECT: filing.silence_in_words,
            Mention.SILENCE_ON: _("C’est le cas depuis le {day} au soir.").format(day=words.full_day(on)) if on else "",
        }
        if filing.silence_effect == Effect.ACCEPTANCE:
            said[Mention.RIGHT_TO_ATTESTATION] = _("Vous pouvez nous demander une attestation qui le prouve.")
        elif on:
            said[Mention.RIGHT_TO_REASONS] = _("Vous pouvez nous demander pourquoi : nous avons un mois pour répondre.")
            until = _contestable_until(filing, notified_on=on)
            said |= remedies.said(current(), until=until, is_complaint=filing.is_complaint)
        return _kept(said)


def letter(decision: Decision, *, withheld: str = "") -> dict[str, Any]:
    """`withheld`: of a yes in part, what is not granted besides those who get nothing."""
    with translation.override("fr"):
        filing = decision.filing
        said = _who_answers(filing) | _of_decision(decision) | _remedies(decision)
        if is_automated := calculation.was_computed(filing):
            said |= calculation.said(current())
        reasons = [filing.definition.reason(code) for code in decision.reasons]
        return {
            "title": filing.title,
            "sent_on": words.full_day(filing.filed_at) if filing.filed_at else "",
            "decided_on": words.full_day(decision.decided_at),
            "reasons": [{"sentence": one.sentence, "law": one.law} for one in reasons],
            "awaited": [asking.told_label(filing, key) for key in decision.reserve],
            "limits": decision.limits,
            "granted": granting.in_words(decision.grants),
            "withheld": _withheld(decision, withheld) if decision.outcome == Decision.Outcome.IN_PART else [],
            "is_automated": is_automated,
            "sheet": _sheet(filing),
            "mentions": _kept(said),
        }


def _withheld(decision: Decision, text: str) -> list[str]:
    nobody = granting.left_out(decision.filing, decision.grants)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [*(_("Rien pour {name}").format(name=name) for name in nobody), *lines]


def missing_mentions(decision: Decision) -> list[str]:
    """What the letter still has to say before it may leave. An older one does not say whether rules were computed."""
    present = [Mention(code) for code in decision.letter["mentions"]]
    paper = PAPERS[Decision.Outcome(decision.outcome)]
    case = Case(is_complaint=decision.filing.is_complaint, is_automated=decision.letter.get("is_automated", False))
    return sorted(mentions.missing(paper, current().legal_profile, present, case))


def mail_facts(decision: Decision) -> dict[str, Any]:
    """What the mail about a decision says. What the agent found about the family stays in the letter."""
    said = {code: text for code, text in decision.letter["mentions"].items() if code != Mention.REASONS_OF_FACT}
    if decision.letter["awaited"]:
        said[Mention.RESERVE] = ", ".join(decision.letter["awaited"])
    return {"outcome": decision.outcome, "mentions": said, "effects_on": awaited_day(decision)}


def awaited_day(decision: Decision) -> str:
    """On which its effects will run, as an ISO date; empty where they ran, or wait for no day."""
    return decision.effects_on.isoformat() if decision.effects_on and not decision.effects_at else ""


def _kept(said: Mapping[Mention, str]) -> dict[str, str]:
    return {str(code): said[code] for code in sorted(said) if said[code]}


def _contestable_until(filing: Filing, *, notified_on: date) -> date | None:
    organisation, home = current(), filing.household
    return contestable_until(
        organisation.legal_profile,
        notified_on=notified_on,
        is_working=is_working,
        own=Delay(organisation.appeal_months, Unit.MONTHS),
        more_months=months_of_distance(home.country, home.postcode, court_postcode=_own_postcode()),
    )


def _own_postcode() -> str:
    """That of the organisation: its court is there. Empty where its address names none."""
    found = POSTCODE.findall(current().postal_address)
    return found[-1] if found else ""


def _sheet(filing: Filing) -> dict[str, Any]:
    """To whom and from whom the paper goes, as they were that day."""
    organisation, person = current(), filing.filed_by
    phone = organisation.support_phone.replace(" ", words.NBSP)
    contact = (filing.team and str(filing.team), phone, organisation.support_hours)
    return {
        "from": organisation.name,
        "contact": " · ".join(part for part in contact if part),
        "portal": organisation.portal_name,
        "to": [f"{person.first_name} {person.last_name.upper()}", *address_lines(filing.household)],
        "greeting": _("Bonjour {name},").format(name=person),
        "file_number": filing.household.file_number,
    }


def _who_answers(filing: Filing) -> dict[Mention, str]:
    """The service in charge: the team that has the filing, where one does. Source: CRPA, art. R112-5, R112-11-1."""
    organisation = current()
    lines = [line.strip() for line in organisation.postal_address.splitlines() if line.strip()]
    address = ", ".join(line for line in lines if line != organisation.name)
    return {
        Mention.SERVICE: f"{filing.team}, {organisation.name}" if filing.team else organisation.name,
        Mention.SERVICE_ADDRESS: ", ".join(filter(None, [address, organisation.support_email])),
        Mention.SERVICE_PHONE: organisation.support_phone.replace(" ", words.NBSP),
    }


def _receipt(filing: Filing, completion: Completion | None) -> dict[Mention, str]:
    said = {
        Mention.REFERENCE: filing.reference or "",
        Mention.RECEIVED_ON: words.full_day(filing.filed_at) if filing.filed_at else "",
        Mention.ANSWER_BY: _answer_by(filing),
    }
    if completion:
        said |= _to_complete(filing, completion)
        said[Mention.ANSWER_BY] = _("Le délai de réponse commencera quand nous aurons tout reçu.")
    return said


def _answer_by(filing: Filing) -> str:
    if parting.is_one(filing):
        return _parted(parting.read_by(filing))
    if filing.is_ended:
        return _("Votre déclaration est enregistrée : vous n’avez rien d’autre à faire.")
    due = words.full_day(filing.due_on) if filing.due_on else ""
    if current().legal_profile == ADMINISTRATION:
        return _("Si votre demande est complète, vous recevrez une réponse au plus tard le {day}.").format(day=due)
    return _(
        "Nous nous engageons à vous répondre au plus tard le {day}. Passé cette date, vous pourrez relancer votre "
        "demande d’un clic : elle passera en priorité."
    ).format(day=due)


def _parted(day: date | None) -> str:
    """What follows a separation; how its filer is to be reached stays on the page."""
    if day is None:
        return _("Votre déclaration est enregistrée. Un agent la lit, puis un e-mail vous dit que c’est réglé.")
    text = _(
        "Votre déclaration est enregistrée. Un agent la lit au plus tard le {day}, puis un e-mail vous dit que c’est "
        "réglé."
    )
    return text.format(day=words.full_day(day))


def _to_complete(filing: Filing, completion: Completion) -> dict[Mention, str]:
    asked = asking.told_in_words(filing, completion) or completion.text
    waits = _("Jusque-là, le délai au terme duquel notre silence vaut décision ne court pas.")
    return {
        Mention.MISSING_PIECES: _("Il manque : {what}.").format(what=asked),
        Mention.COMPLETE_BY: _("À envoyer au plus tard le {day}.").format(day=words.full_day(completion.until)),
        Mention.CLOCK_WAITS: waits if filing.silence_effect and completion.stops_clock else "",
    }


def _silence_to_come(filing: Filing) -> dict[Mention, str]:
    """Only where the law gives silence an effect: `silence_effect` is empty elsewhere."""
    if not filing.silence_effect:
        return {}
    is_yes = filing.silence_effect == Effect.ACCEPTANCE
    effect = _("Sans réponse de notre part, votre demande sera considérée comme refusée.")
    if is_yes:
        effect = _("Sans réponse de notre part, votre demande sera considérée comme acceptée.")
    on = _("La date sera connue quand nous aurons tout reçu.")
    if filing.silence_on:
        on = _("Elle le sera le {day} au soir.").format(day=words.full_day(filing.silence_on))
    said = {
        Mention.SILENCE_EFFECT: effect,
        Mention.SILENCE_ON: on,
        Mention.IF_COMPLETE: _("Cette date est donnée sous réserve que la demande soit complète."),
    }
    if is_yes:
        said[Mention.RIGHT_TO_ATTESTATION] = _("Vous pourrez alors nous demander une attestation qui le prouve.")
    else:
        said |= remedies.said(current(), until=None, is_complaint=filing.is_complaint)
    return said


def _of_decision(decision: Decision) -> dict[Mention, str]:
    filing, author = decision.filing, decision.author
    reasons = [filing.definition.reason(code) for code in decision.reasons]
    awaited = ", ".join(asking.told_label(filing, key) for key in decision.reserve)
    is_under_reserve = decision.outcome == Decision.Outcome.UNDER_RESERVE
    return {
        Mention.REFERENCE: filing.reference or "",
        Mention.RECEIVED_ON: words.full_day(filing.filed_at) if filing.filed_at else "",
        Mention.DECIDED_ON: words.full_day(decision.decided_at),
        Mention.AUTHOR_FIRST_NAME: author["first_name"],
        Mention.AUTHOR_NAME: author["last_name"],
        Mention.AUTHOR_FUNCTION: author["function"],
        Mention.AUTHOR_SERVICE: author["service"],
        Mention.REASONS_OF_LAW: " ".join(_reason(one.sentence, one.law) for one in reasons),
        Mention.REASONS_OF_FACT: decision.facts,
        Mention.RESERVE: ". ".join(filter(None, [awaited, decision.limits])) if is_under_reserve else "",
    }


def _reason(sentence: str, law: str) -> str:
    return _("{sentence} Règle appliquée : {law}.").format(sentence=sentence, law=law.rstrip(".")) if law else sentence


def _remedies(decision: Decision) -> dict[Mention, str]:
    """A mutual names its mediator in each answer to a complaint, whatever it answers."""
    is_complaint = decision.filing.is_complaint
    if decision.contest_until:
        return remedies.said(current(), until=decision.contest_until, is_complaint=is_complaint)
    return remedies.mediator(current()) if is_complaint else {}


def _moment(filing: Filing) -> str:
    if filing.filed_at is None:
        return ""
    return _("{day} à {time}").format(day=words.full_day(filing.filed_at), time=words.clock(filing.filed_at))
