"""A correction that is granted stands in the place of what it corrects: nothing of that comes any more."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from xpassfam.filings import history, telling
from xpassfam.filings.correcting import granted_later, has_taken_effect, is_accepted
from xpassfam.filings.effects import CannotTakeEffect
from xpassfam.filings.holding import step
from xpassfam.filings.models import Filing
from xpassfam.filings.paper import coding
from xpassfam.filings.states import Event, Status
from xpassfam.journal.actions import Actor


def refuse_replaced(filing: Filing) -> None:
    """A contest opens a refusal again that the family had corrected meanwhile: its effects would undo the correction's,
    or pay what that one paid. Raise CannotTakeEffect.
    """
    later = granted_later(filing)
    if later and later.status == Status.APPROVED_UNDER_RESERVE and is_accepted(filing):
        return  # what our silence accepted stands until the reserve is lifted
    if later:
        text = _("La correction {reference} a déjà été acceptée à sa place. Classez cette demande sans suite.")
        raise CannotTakeEffect(text.format(reference=later.reference))


def replace(corrected: Iterable[Filing], *, correction: Filing, by: Actor, at: datetime) -> None:
    """All held, as `holding.hold_linked` does. What still waited of them (a day, a reserve, to be written down) will
    not come; what was done, or accepted by our silence, stands as long as its correction is under reserve. Who filed
    one that somebody else corrects is told.
    """
    is_promised = correction.status == Status.APPROVED_UNDER_RESERVE
    for filing in corrected:
        is_acquired = has_taken_effect(filing) or filing.was_accepted_by_silence
        if not is_accepted(filing) or (is_promised and is_acquired):
            continue
        if filing.is_pending:
            filing.ended_at = filing.read_at = at
            filing.completions.open().update(closed_at=at)
        for decision in filing.decisions.select_for_update(of=("self",)).filter(superseded_at=None):
            decision.superseded_at = at
            decision.save(update_fields=["superseded_at"])
            coding.replaced(decision, at=at)
        step(filing, Event.CORRECT, "ended_at", "read_at")
        telling.to_family(filing, "filings/mail/replaced", at=at, but=correction.filed_by)
        telling.record(filing, history.REPLACED, by=by, at=at)
