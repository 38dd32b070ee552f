"""A contest that was right: what it contests is taken back."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from xpassfam.filings import asking, history, telling
from xpassfam.filings.clocks import reckon
from xpassfam.filings.effects import money, rights
from xpassfam.filings.effects.causes import CannotTakeEffect, Cause
from xpassfam.filings.holding import hold, step
from xpassfam.filings.models import Agreement, Decision, Filing
from xpassfam.filings.paper import coding
from xpassfam.filings.states import DECIDED, Event, Status


def contest(cause: Cause) -> str:
    """The first decision was wrong: it is taken back, and what it answered is examined anew, by somebody else than
    whoever took it (`holding.refuse_same_hand`): it waits in the queue.
    """
    if cause.filing.contests is None:
        return _("réclamation acceptée")
    contested = hold(cause.filing.contests.filing)
    first = Decision.objects.select_for_update(of=("self",)).get(pk=cause.filing.contests.pk)
    if first.superseded_at or contested.status not in (*DECIDED, Status.CLOSED):
        raise CannotTakeEffect(_("Cette décision a déjà été retirée."))
    if contested.contests and contested.contests.contests.pending().exists():
        raise CannotTakeEffect(_("La même décision est contestée par une autre demande : traitez-la d’abord."))
    if first.effects_at:
        _undo(contested, cause)
    Decision.objects.filter(pk=first.pk).update(superseded_at=cause.at)
    coding.replaced(first, at=cause.at)
    contested.ended_at = contested.silence_told_at = contested.assigned_to = contested.hurried_at = None
    dates = reckon(contested, filed_on=cause.today)
    step(contested, Event.REOPEN, "ended_at", "silence_told_at", "assigned_to", "hurried_at", *dates)
    # Whoever was asked was told that it had ended: what they said then is asked anew.
    Agreement.objects.filter(filing=contested, told_at__isnull=False).delete()
    telling.record(contested, history.REOPENED, by=cause.by, at=cause.at)
    return _("la décision est retirée, la demande {reference} est examinée à nouveau").format(
        reference=contested.reference
    )


def _undo(contested: Filing, cause: Cause) -> None:
    """What was granted in part is taken back with the decision, to be granted anew; other effects are facts by now."""
    names = [name for name, _answers in asking.effects_of(contested)]
    if not set(names) <= UNDONE_BY.keys():
        raise CannotTakeEffect(_("Cette décision a déjà produit ses effets : corrigez-les par une nouvelle demande."))
    for name in names:
        UNDONE_BY[name](contested, by=cause.by, at=cause.at)


UNDONE_BY: Mapping[str, Callable[..., None]] = {"pay": money.cancel_orders, "use_right": rights.give_back}
