"""The decision that a complaint is about, by the reference that its form asks for, or that an agent gives."""

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.filings.holding import may_act
from xpassfam.filings.models import Decision, Filing
from xpassfam.people.access import ActingAccess, for_account
from xpassfam.people.models import Access
from xpassfam.procedures.language import ABOUT_A_DECISION, CONTESTED_ABOUT, CONTESTED_REFERENCE
from xpassfam.rules.references import near_references, normalise_reference
from xpassfam.rules.silence import Effect
from xpassfam.ui import words


class NotLinkable(Exception):
    """Why this decision is not the one that the complaint may be about, in words for agents."""


def decision_named(draft: Filing, access: ActingAccess) -> Decision | None:
    """One that they may read, act on, and still contest; None for all else, without a word: whether a reference is
    another family's, too old or nobody's is not told. Two queries at most; none where no reference is given.
    """
    wanted = _references(draft)
    if not wanted:
        return None
    theirs = Filing.objects.visible_to(access).filter(reference__in=wanted)
    standing = Decision.objects.filter(filing__in=theirs, superseded_at=None, contest_until__gte=access.on)
    found = [one for one in standing.select_related("filing") if may_act(one.filing, access)]
    return found[0] if len(found) == 1 else None


def reference_typed(filing: Filing) -> str:
    """What its form has where it asks for one."""
    keys = [one.key for one in filing.definition.fields() if one.prefill == CONTESTED_REFERENCE]
    return next((str(filing.answers[key]) for key in keys if filing.answers.get(key)), "")


def reference_named(draft: Filing) -> str:
    """As it was typed for the decision that is contested; nothing of a complaint about something else."""
    return reference_typed(draft) if _is_of_a_decision(draft) else ""


def silence_named(draft: Filing, access: ActingAccess) -> Filing | None:
    """A request of theirs which our silence refused, by the reference typed: no decision, and contested all the same.
    One query at most.
    """
    wanted = _references(draft)
    refused = Filing.objects.visible_to(access).filter(silence_effect=Effect.REJECTION, silence_told_at__isnull=False)
    return refused.filter(reference__in=wanted, ended_at=None).first() if wanted else None


def _is_of_a_decision(draft: Filing) -> bool:
    if not draft.definition.is_complaint:
        return False
    given = {one.prefill: draft.answers.get(one.key) or "" for one in draft.definition.fields() if one.prefill}
    return given.get(CONTESTED_ABOUT, ABOUT_A_DECISION) == ABOUT_A_DECISION


def _references(draft: Filing) -> frozenset[str]:
    """What was typed could be one of these: one slip is forgiven, as it is theirs to read anyway."""
    if not _is_of_a_decision(draft):
        return frozenset()
    typed = reference_typed(draft)
    exact = normalise_reference(typed)
    return frozenset({exact}) if exact else near_references(typed)


def decision_of(complaint: Filing, typed: str) -> Decision:
    """As an agent names it for whoever complained: theirs to act on, and still to be contested on the day that they
    did. Raise NotLinkable.
    """
    reference, day = normalise_reference(typed), timezone.localdate(complaint.filed_at)
    meant = Filing.objects.filter(household=complaint.household_id, reference=reference).first()
    if reference is None or meant is None:
        raise NotLinkable(_("Aucune demande de ce foyer ne porte cette référence. Relisez-la."))
    if not _is_theirs(meant, complaint):
        raise NotLinkable(_("Cette demande n’est pas de celles que la personne qui réclame peut contester."))
    decision = Decision.objects.filter(filing=meant, superseded_at=None).select_related("filing").first()
    if decision is None or decision.contest_until is None:
        raise NotLinkable(_("Cette demande n’a aucune décision à contester : rien n’est décidé, ou tout est accordé."))
    if decision.contest_until < day:
        text = _("Trop tard : cette décision se contestait jusqu’au {until}, et la réclamation est du {day}.")
        raise NotLinkable(text.format(until=words.full_day(decision.contest_until), day=words.full_day(day)))
    if other := decision.contests.pending().first():
        raise NotLinkable(_("La demande {reference} conteste déjà cette décision.").format(reference=other.reference))
    return decision


def may_unlink(complaint: Filing, by: Account) -> bool:
    """What an agent linked by hand and nobody answered yet, by another than whoever decided. No query."""
    return complaint.is_pending and complaint.linked_by_id is not None and not complaint.is_contest_of(by)


def _is_theirs(meant: Filing, complaint: Filing) -> bool:
    """To read and to act on, by the access of whoever complained; once they act for the home no more, their own."""
    if meant.filed_by_id == complaint.filed_by_id:
        return True
    acting = Access.objects.open_on(timezone.localdate()).filter(
        household=complaint.household_id, person=complaint.filed_by_id
    )
    return any(
        access.household_id == complaint.household_id
        and may_act(meant, access)
        and Filing.objects.visible_to(access).filter(pk=meant.pk).exists()
        for row in acting
        for access in for_account(row, on=timezone.localdate())
    )
