"""One mail whole: the organisation's words or ours, the procedure's own sentence, then what the law wants said."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from xpassfam.filings import account_wanted, asking
from xpassfam.filings.mails.blocks import blocks
from xpassfam.filings.mails.events import EVENTS, MailEvent
from xpassfam.filings.mails.words import BREAKABLE, fill, paragraphs
from xpassfam.filings.models import Decision, Filing, MailText
from xpassfam.filings.paper import remedies
from xpassfam.organisation.models import current
from xpassfam.payments.models import BankDetails
from xpassfam.procedures.language import Decision as Decided
from xpassfam.rules.mentions import Mention
from xpassfam.ui import words

FOLDER = "filings/mail/"
# The sentence that a definition adds (`Definition.messages`), by what is told.
ADDED = {"acknowledgement": "sent", "to_complete": "to_complete"}
ADDED_BY_OUTCOME = {Decision.Outcome.APPROVED: "approved", Decision.Outcome.REFUSED: "refused"}


def context_of(filing: Filing, template: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the template is given. `facts`: those of the action, days as ISO dates, `mentions` by code. One query."""
    code = template.removeprefix(FOLDER)
    event = EVENTS[code]
    with translation.override(settings.LANGUAGE_CODE):
        text = text_for(code, procedure_id=filing.procedure_version.procedure_id)
        subject, body = (text.subject, text.body) if text else (str(event.subject), str(event.body))
        mentions = facts.get("mentions") or ({Mention.REFERENCE: filing.reference} if filing.reference else {})
        return {
            "subject": subject,
            "body": body,
            "gaps": _gaps(filing, facts),
            "added": _added(filing, code, facts),
            "blocks": blocks(mentions),
            "link": str(event.link),
            "page": f"/mon-compte/demandes/{filing.public_id}/",
        }


def finish(context: dict[str, Any], *, first_name: str) -> dict[str, Any]:
    """Filled, once it is known who reads."""
    gaps = {**context.pop("gaps"), "prenom": first_name}
    subject, body = fill(context.pop("subject"), gaps), fill(context.pop("body"), gaps)
    return {**context, "subject_line": BREAKABLE.sub(" ", subject).strip(), "paragraphs": paragraphs(body)}


def text_for(code: str, *, procedure_id: int | None) -> MailText | None:
    """The words for that procedure, else those for all; None where nobody wrote any."""
    rows = MailText.objects.filter(Q(procedure=procedure_id) | Q(procedure=None), event=code)
    return rows.order_by(F("procedure").asc(nulls_last=True)).first()


def preview(event: MailEvent, subject: str, body: str, *, added: str = "") -> dict[str, Any]:
    """The same for nobody: facts that could be anybody's."""
    sample = {
        "demande": _("Actualiser mon quotient familial"),
        "reference": "D-7K3Q-M2XP",
        "envoyee_le": words.full_day(date(2026, 11, 23)),
        "date_limite": words.full_day(date(2026, 12, 8)),
        "commission_le": words.full_day(date(2026, 12, 15)),
        "commission_prevue_le": words.full_day(date(2026, 12, 8)),
        "resultat": _("refusée"),
        "motif": _("vous l’aviez déjà envoyée le 16 novembre."),
        "agent": _("Nadia Ferrand"),
        "fichier": _("« avis.pdf »"),
    }
    context = {
        "subject": subject,
        "body": body,
        "gaps": sample,
        "added": added,
        "blocks": blocks(_sample_mentions(event)),
        "link": str(event.link),
        "page": "/mon-compte/demandes/",
    }
    return finish(context, first_name=_("Camille"))


def _sample_mentions(event: MailEvent) -> dict[str, str]:
    """Some of what is added to that mail: enough to see that it is not the administrator's to write."""
    said: dict[Mention, str] = {Mention.REFERENCE: "D-7K3Q-M2XP", Mention.SERVICE: current().name}
    if event.code in ("decided", "silence_rejection"):
        said |= remedies.said(current(), until=date(2027, 1, 25))
    if event.code == "decided":
        said[Mention.REASONS_OF_LAW] = _("La pièce reçue est trop ancienne.")
    if event.code in ("to_complete", "reminder", "reminder_optional", "destroyed"):
        said[Mention.MISSING_PIECES] = _("Il manque : {what}.").format(what=_("Attestation CAF"))
    return {str(code): text for code, text in said.items()}


def _gaps(filing: Filing, facts: Mapping[str, Any]) -> dict[str, str]:
    """Nothing of the answers: a title, a reference, days."""
    due = _day(facts.get("until")) or filing.due_on
    author = facts.get("author", "") if current().agents_are_named else ""
    return {
        "demande": filing.title,
        "reference": filing.reference or "",
        "envoyee_le": words.full_day(filing.filed_at) if filing.filed_at else "",
        "date_limite": words.full_day(due) if due else "",
        "commission_le": words.full_day(on) if (on := _day(facts.get("on"))) else "",
        "commission_prevue_le": words.full_day(before) if (before := _day(facts.get("before"))) else "",
        "resultat": str(_results()[facts["outcome"]]) if "outcome" in facts else "",
        "motif": str(facts.get("reason", "")),
        "agent": author or _("Un agent"),
        "fichier": str(facts.get("files", "")),
    }


def _results() -> dict[str, str]:
    return {
        Decision.Outcome.APPROVED: _("validée"),
        Decision.Outcome.UNDER_RESERVE: _("validée sous réserve"),
        Decision.Outcome.IN_PART: _("validée en partie"),
        Decision.Outcome.REFUSED: _("refusée"),
    }


def _added(filing: Filing, code: str, facts: Mapping[str, Any]) -> str:
    """The definition's own sentence, where it is true: what an effect does is said once one ran, else its day.

    A move alone waits for a day (`effects.WAITS_FOR`).
    """
    if day := _day(facts.get("effects_on")):
        return _("Votre adresse changera le {day}.").format(day=words.full_day(day))
    key = ADDED.get(code) or ADDED_BY_OUTCOME.get(facts.get("outcome", ""), "")
    tells_of_effects = key == "approved" or (key == "sent" and filing.definition.decision is Decided.AT_ONCE)
    if tells_of_effects and asking.wants_no_effect(filing):
        return ""
    return " ".join(
        filter(None, [_account(filing) if key == "approved" else "", filing.definition.messages.get(key, "")])
    )


def _account(filing: Filing) -> str:
    accounts = BankDetails.objects.filter(household=filing.household_id)
    return account_wanted.after_a_yes(filing, accounts, at=timezone.now())


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
