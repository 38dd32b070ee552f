"""What may be begun: a procedure that is open to the family, a correction, a contest."""

from datetime import date

from django.core.validators import slug_re
from django.db.models import Q
from django.utils.translation import gettext as _

from xpassfam.filings.correcting import CAME_TO_NOTHING, is_accepted, may_be_corrected, sent_corrections
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.states import Status
from xpassfam.organisation.models import current
from xpassfam.people.access import ActingAccess
from xpassfam.procedures.eligibility import standing
from xpassfam.procedures.facts import facts_of
from xpassfam.procedures.models import Procedure
from xpassfam.rules.silence import ADMINISTRATION

# How what was answered is put right: sent again, corrected by a form of its own, or told by a message.
AGAIN, CORRECT, TELL, NOT_AT_ALL = "again", "correct", "tell", ""


def procedure_named(name: str) -> Procedure | None:
    """By its code or its address. One query."""
    if not slug_re.match(name):
        return None
    return Procedure.objects.published().filter(Q(code=name) | Q(slug=name)).first()


def why_not_to_start(procedure: Procedure, access: ActingAccess) -> str:
    return standing(procedure.definition, facts_of(access, procedure.definition), is_open=procedure.is_open).why_not


def way_to_correct(filing: Filing, access: ActingAccess) -> str:
    """What came to nothing is sent again, with what was good of it; what was accepted is corrected, or its error is
    told: by who may not read its correction, too. Two queries at most.
    """
    if may_be_corrected(filing):
        if filing.status in CAME_TO_NOTHING:
            return AGAIN
        procedure = filing.procedure_version.procedure
        return CORRECT if procedure.is_open and procedure.current_id else TELL
    is_yes = is_accepted(filing) or filing.status in (Status.RECORDED, Status.REPLACED)
    if not is_yes or filing.is_complaint:
        return NOT_AT_ALL
    is_read = sent_corrections(filing).filter(pk__in=Filing.objects.visible_to(access)).exists()
    return NOT_AT_ALL if is_read else TELL


def forgiven() -> str:
    """What is promised to whoever reports an error. Source: CRPA, art. L123-1, for administrations alone."""
    text = _("Personne ne vous reproche une erreur que vous signalez vous-même.")
    if current().legal_profile != ADMINISTRATION:
        return text
    law = _("C’est le droit à l’erreur : code des relations entre le public et l’administration, article L. 123-1.")
    return f"{text} {law}"


def may_contest(decision: Decision, *, on: date) -> bool:
    """Source: CRPA, art. L410-1, L411-2 (an administration); elsewhere the organisation's own rule, see `papers`."""
    return decision.contest_until is not None and decision.contest_until >= on


def contest_procedure() -> Procedure | None:
    """The organisation's own, by what it does. One query."""
    for procedure in Procedure.objects.published():
        if procedure.definition.is_complaint:
            return procedure
    return None
