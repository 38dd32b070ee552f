"""What was answered is corrected by another filing of the same procedure; the first stays, to be read by both sides.

A chain has one end: what was corrected is not corrected a second time, its correction is. Of a chain, what was granted
last stands: see `actions.replacing` and `effects.corrected`.
"""

from collections.abc import Iterator

from django.db.models import QuerySet

from xpassfam.filings.models import Filing
from xpassfam.filings.states import GRANTED, Status
from xpassfam.procedures.language import Category, Definition

CAME_TO_NOTHING = (Status.REFUSED, Status.EXPIRED, Status.CLOSED, Status.WITHDRAWN)
# What a family says of itself. An aid or a right is asked for: it is not granted a second time to be put right.
DECLARED = (Category.HOUSEHOLD, Category.MONEY)
# Effects that a correction does again in the place of the first, and those that are taken back first.
DONE_ANEW = frozenset({"move", "change_bank_details", "share_residence"})
TAKEN_BACK = frozenset({"update_income", "compute_income", "record_activity"})


class NotCorrectable(Exception):
    """It was corrected already, waits for an answer, or is of those that are put right otherwise."""


def may_be_corrected(filing: Filing) -> bool:
    """What came to nothing is sent again; what was declared and accepted is corrected. One query at most.

    Source: CRPA, art. L123-1 (an administration); elsewhere the organisation's own rule.
    """
    is_due = filing.status in CAME_TO_NOTHING or (is_accepted(filing) and is_declaration_to_correct(filing))
    return is_due and filing.contests_id is None and not sent_corrections(filing).exists()


def is_accepted(filing: Filing) -> bool:
    return filing.status in GRANTED or filing.was_accepted_by_silence


def has_taken_effect(filing: Filing) -> bool:
    """What a contest took back was undone with it. One query at most."""
    if filing.status not in (*GRANTED, Status.REPLACED):
        return False
    decision = filing.decisions.order_by("-decided_at", "-pk").first()
    return decision is not None and decision.effects_at is not None


def is_declaration_to_correct(filing: Filing) -> bool:
    """Whether what a yes to it did can be done anew, and nobody enters the home or is paid a second time."""
    definition: Definition = filing.definition
    effects = {effect.name for effect in definition.effects}
    return definition.category in DECLARED and effects <= DONE_ANEW | TAKEN_BACK


def sent_corrections(filing: Filing) -> QuerySet[Filing]:
    return Filing.objects.filter(corrects=filing).exclude(status=Status.DRAFT)


def earlier(filing: Filing) -> Iterator[Filing]:
    """Those that it corrects, the latest first. A query each; none for most."""
    rows = Filing.objects.select_related("procedure_version__procedure", "household", "filed_by")
    while filing.corrects_id:
        filing = rows.get(pk=filing.corrects_id)
        yield filing


def granted_later(filing: Filing) -> Filing | None:
    """The correction that was granted and stands in its place. One query for what was never corrected."""
    found = list(sent_corrections(filing))
    while found:
        if granted := next((one for one in found if one.status in GRANTED), None):
            return granted
        found = list(Filing.objects.filter(corrects__in=found).exclude(status=Status.DRAFT))
    return None
