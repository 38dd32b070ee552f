"""What the papers of a filing say: facts frozen when they are made, every mandatory mention among them.

A mention is a code of `rules.mentions` with its sentence; one that can't be written for want of a setting is absent,
and the paper does not leave (`missing_mentions`). Papers are in French, whatever the page: the law's language.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.filings import asking
from xpassfam.filings.models import Completion, Decision, Filing
from xpassfam.organisation.calendar import is_working
from xpassfam.organisation.models import Organisation, current
from xpassfam.rules import mentions, remedies
from xpassfam.rules.mentions import Case, Mention, Paper
from xpassfam.rules.silence import Effect
from xpassfam.rules.time_limits import Delay, Unit
from xpassfam.ui import words

Mentions = Mapping[str, str]
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
    organisation = current()
    return remedies.contestable_until(
        organisation.legal_profile,
        notified_on=timezone.localdate(decision.decided_at),
        is_working=is_working,
        own=Delay(organisation.appeal_months, Unit.MONTHS),
    )


def acknowledgement(filing: Filing) -> dict[str, Any]:
    """Of a filing just sent. Source: CRPA, art. L112-11, R112-5, R112-11-1."""
    with translation.override("fr"):
        completion = filing.completions.open().first()
        said = _who_answers(current()) | _receipt(filing, completion) | _silence_to_come(filing)
        return {
            "title": filing.title,
            "received_at": words.moment(filing.filed_at) if filing.filed_at else "",
            "pieces": [str(piece.document.described.label) for piece in filing.pieces.select_related("document")],
            "mentions": {str(code): said[code] for code in sorted(said) if said[code]},
        }


def letter(decision: Decision) -> dict[str, Any]:
    with translation.override("fr"):
        filing = decision.filing
        said = _who_answers(current()) | _of_decision(decision) | _remedies(decision)
        return {
            "title": filing.title,
            "sent_on": words.full_day(filing.filed_at) if filing.filed_at else "",
            "decided_on": words.full_day(decision.decided_at),
            "limits": decision.limits,
            "mentions": {str(code): said[code] for code in sorted(said) if said[code]},
        }


def missing_mentions(decision: Decision) -> list[str]:
    """What the letter still has to say before it may leave."""
    present = [Mention(code) for code in decision.letter["mentions"]]
    paper = PAPERS[Decision.Outcome(decision.outcome)]
    case = Case(is_complaint=decision.filing.contests_id is not None)
    return sorted(mentions.missing(paper, current().legal_profile, present, case))


def mail_facts(decision: Decision) -> dict[str, Any]:
    """What the mail about a decision says: its outcome, why, and the mentions that the law wants in what is sent."""
    said = decision.letter["mentions"]
    return {
        "outcome": decision.outcome,
        "reasons": said.get(Mention.REASONS_OF_LAW, ""),
        "facts": decision.facts,
        "limits": decision.limits,
        "remedies": said.get(Mention.REMEDIES, ""),
        "contest_until": decision.contest_until.isoformat() if decision.contest_until else "",
        "author": " ".join(decision.author[name] for name in ("first_name", "last_name")),
        "function": decision.author["function"],
        "service": decision.author["service"],
    }


def _who_answers(organisation: Organisation) -> dict[Mention, str]:
    address = ", ".join(line.strip() for line in organisation.postal_address.splitlines() if line.strip())
    return {
        Mention.SERVICE: organisation.name,
        Mention.SERVICE_ADDRESS: ", ".join(filter(None, [address, organisation.support_email])),
        Mention.SERVICE_PHONE: organisation.support_phone.replace(" ", words.NBSP),
    }


def _receipt(filing: Filing, completion: Completion | None) -> dict[Mention, str]:
    due = words.full_day(filing.due_on) if filing.due_on else ""
    said = {
        Mention.REFERENCE: filing.reference or "",
        Mention.RECEIVED_ON: words.full_day(filing.filed_at) if filing.filed_at else "",
        Mention.ANSWER_BY: _("Vous recevrez une réponse au plus tard le {day}.").format(day=due),
    }
    if filing.is_ended:
        said[Mention.ANSWER_BY] = _("Votre déclaration est enregistrée : vous n’avez rien d’autre à faire.")
    if completion:
        until = words.full_day(completion.until)
        said |= {
            Mention.ANSWER_BY: _("Le délai de réponse commencera quand nous aurons tout reçu."),
            Mention.MISSING_PIECES: completion.text,
            Mention.COMPLETE_BY: _("À envoyer au plus tard le {day}.").format(day=until),
            Mention.CLOCK_WAITS: _("Jusque-là, le délai au terme duquel notre silence vaut décision ne court pas.")
            if filing.silence_effect
            else "",
        }
    return said


def _silence_to_come(filing: Filing) -> dict[Mention, str]:
    """Only where the law gives silence an effect: `silence_effect` is empty elsewhere."""
    if not filing.silence_effect:
        return {}
    on = words.full_day(filing.silence_on) if filing.silence_on else ""
    is_yes = filing.silence_effect == Effect.ACCEPTANCE
    outcome = _("acceptée") if is_yes else _("refusée")
    said = {
        Mention.SILENCE_EFFECT: _("Sans réponse de notre part, votre demande sera considérée comme {outcome}.").format(
            outcome=outcome
        ),
        Mention.SILENCE_ON: _("Cette décision naîtra le {day}.").format(day=on)
        if on
        else _("Cette date sera connue quand nous aurons tout reçu."),
        Mention.IF_COMPLETE: _("Cette date est donnée sous réserve que la demande soit complète."),
    }
    if is_yes:
        said[Mention.RIGHT_TO_ATTESTATION] = _("Vous pourrez alors nous demander une attestation qui le prouve.")
    else:
        said |= _ways(current(), until=None)
    return said


def _of_decision(decision: Decision) -> dict[Mention, str]:
    definition = decision.filing.definition
    reasons = [definition.reason(code) for code in decision.reasons]
    awaited = ", ".join(asking.label_of_piece(decision.filing, key) for key in decision.reserve)
    author = decision.author
    return {
        Mention.REFERENCE: decision.filing.reference or "",
        Mention.RECEIVED_ON: words.full_day(decision.filing.filed_at) if decision.filing.filed_at else "",
        Mention.DECIDED_ON: words.full_day(decision.decided_at),
        Mention.AUTHOR_FIRST_NAME: author["first_name"],
        Mention.AUTHOR_NAME: author["last_name"],
        Mention.AUTHOR_FUNCTION: author["function"],
        Mention.AUTHOR_SERVICE: author["service"],
        Mention.REASONS_OF_LAW: " ".join(f"{one.sentence} {one.law}".strip() for one in reasons),
        Mention.REASONS_OF_FACT: decision.facts,
        Mention.RESERVE: ". ".join(filter(None, [awaited, decision.limits])) if decision.reserve else decision.limits,
    }


def _remedies(decision: Decision) -> dict[Mention, str]:
    return _ways(current(), until=decision.contest_until) if decision.contest_until else {}


def _ways(organisation: Organisation, *, until: date | None) -> dict[Mention, str]:
    """How to contest, in the order in which one does, and until when."""
    ways = remedies.remedies(organisation.legal_profile, sells_services=bool(organisation.mediator))
    sentences = [_way(one.way, organisation) for one in ways]
    delay = _("Vous avez deux mois pour contester.")
    if until:
        delay = _("Vous pouvez contester jusqu’au {day}.").format(day=words.full_day(until))
    return {
        Mention.REMEDIES: " ".join(sentence for sentence in sentences if sentence),
        Mention.REMEDY_DELAYS: delay,
        Mention.MEDIATOR: organisation.mediator and _way(remedies.Way.MEDIATOR, organisation),
    }


def _way(way: remedies.Way, organisation: Organisation) -> str:
    """Empty where the organisation has not said what it names."""
    body = organisation.appeal_body or organisation.name
    court = organisation.court or _("le tribunal judiciaire")
    mediator = ", ".join(line.strip() for line in organisation.mediator.splitlines() if line.strip())
    match way:
        case remedies.Way.AUTHOR:
            return _("Vous pouvez nous demander de revoir cette décision (recours gracieux).")
        case remedies.Way.SUPERIOR:
            return _("Vous pouvez vous adresser à la direction (recours hiérarchique).")
        case remedies.Way.ADMINISTRATIVE_COURT:
            return _("Vous pouvez saisir {court}.").format(court=organisation.court or _("le tribunal administratif"))
        case remedies.Way.COMPLAINTS_SERVICE:
            return _("Vous pouvez faire une réclamation auprès de {body}.").format(body=body)
        case remedies.Way.OWN_BODY:
            return _("Vous pouvez contester cette décision auprès de {body}.").format(body=body)
        case remedies.Way.MEDIATOR:
            said = _("Vous pouvez ensuite saisir le médiateur : {mediator}.").format(mediator=mediator)
            return said if mediator else ""
        case remedies.Way.JUDICIAL_COURT:
            return _("Vous pouvez ensuite saisir {court}.").format(court=court)
