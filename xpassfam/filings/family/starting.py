"""What may be begun: a procedure that is open to the family, a correction, a contest."""

from datetime import date

from django.core.validators import slug_re
from django.db.models import Q

from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.states import Status
from xpassfam.people.access import ActingAccess
from xpassfam.procedures.eligibility import standing
from xpassfam.procedures.facts import facts_of
from xpassfam.procedures.models import Procedure

CORRECTABLE = (Status.REFUSED, Status.APPROVED_IN_PART, Status.EXPIRED, Status.CLOSED, Status.WITHDRAWN)


def procedure_named(name: str) -> Procedure | None:
    """By its code or its address. One query."""
    if not slug_re.match(name):
        return None
    return Procedure.objects.published().filter(Q(code=name) | Q(slug=name)).first()


def why_not_to_start(procedure: Procedure, access: ActingAccess) -> str:
    return standing(procedure.definition, facts_of(access, procedure.definition), is_open=procedure.is_open).why_not


def may_correct(filing: Filing) -> bool:
    """What came to nothing can be sent again, with what was good of it."""
    return filing.status in CORRECTABLE and filing.contests_id is None


def may_contest(decision: Decision, *, on: date) -> bool:
    """Source: CRPA, art. L410-1, L411-2 (an administration); elsewhere the organisation's own rule, see `papers`."""
    return decision.contest_until is not None and decision.contest_until >= on


def contest_procedure() -> Procedure | None:
    """The organisation's own, by what it does. One query."""
    for procedure in Procedure.objects.published():
        if procedure.definition.is_complaint:
            return procedure
    return None
