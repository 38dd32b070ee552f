"""The one place where a decision touches other rooms.

Each effect runs in the decision's transaction: if one can't, nothing is decided, and the agent is told why. Effects
record, the decision tells. The names, and the answers that each needs, are declared by
`procedures.language.known_effects`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.filings import account_numbers, asking, history, other_home, telling
from xpassfam.filings.effects import contests, corrected, homes, money, rights
from xpassfam.filings.effects.causes import CannotTakeEffect, Cause
from xpassfam.filings.granting import Grant
from xpassfam.filings.holding import hold_home
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.objections import NOT_A_NAME
from xpassfam.journal.actions import Actor
from xpassfam.payments.actions.ordering import AlreadyOrdered
from xpassfam.people.access import ActingAccess
from xpassfam.people.actions import joining

__all__ = ["EFFECTS", "CannotTakeEffect", "day_of", "hold_homes", "rehearse", "run", "run_at_filing"]

EFFECTS: Mapping[str, Callable[[Cause], str]] = {
    "move": homes.move,
    "add_child": homes.add_child,
    "add_partner": homes.add_partner,
    "declare_separation": homes.declare_separation,
    "update_income": homes.update_income,
    "compute_income": homes.compute_income,
    "record_activity": homes.record_activity,
    "share_residence": homes.share_residence,
    "change_bank_details": money.change_bank,
    "pay": money.pay,
    "use_right": rights.use_right,
    "contest": contests.contest,
}
# Those that wait for a day to come, by the answer that says which.
WAITS_FOR: Mapping[str, str] = {"move": "since"}


def hold_homes(filing: Filing, *, at: datetime) -> None:
    """The home, and the others that a yes would write to. For a caller who holds the filing."""
    found = other_home.found(filing, on=timezone.localdate(at))
    hold_home(filing, *(home.pk for one in found for home in one.homes))


def run(decision: Decision, *, by: Actor, at: datetime) -> None:
    """Every effect of the definition, once; of a correction, in the place of what the first ones did. For a caller who
    holds the filing. Raise CannotTakeEffect.
    """
    corrected.make_way(decision.filing)
    _run(decision.filing, by=by, at=at, grants=decision.grants)


def run_at_filing(filing: Filing, *, access: ActingAccess, by: Actor, at: datetime) -> None:
    """Of a declaration, when it is sent. Raise CannotTakeEffect."""
    _run(filing, by=by, at=at, access=access)


def rehearse(decision: Decision, *, by: Actor, at: datetime) -> None:
    """Whether the effects could run now; nothing remains of it. Raise CannotTakeEffect."""
    try:
        with transaction.atomic():
            run(decision, by=by, at=at)
            raise _Undone
    except _Undone:
        pass


def day_of(decision: Decision, *, on: date) -> date:
    """The day on which all effects may run: today, or later where the family says from when."""
    days = [on]
    for name, answers in asking.effects_of(decision.filing):
        if answers.get(WAITS_FOR.get(name, "")):
            days.append(date.fromisoformat(answers[WAITS_FOR[name]]))
    return max(days)


class _Undone(Exception):
    """A rehearsal ends."""


def _run(
    filing: Filing, *, by: Actor, at: datetime, access: ActingAccess | None = None, grants: Sequence[Grant] = ()
) -> None:
    for name, answers in asking.effects_of(filing):
        try:
            what = EFFECTS[name](Cause(filing, answers, by, at, access, grants))
        except joining.AlreadyThere:
            raise CannotTakeEffect(_("Cette personne vit déjà dans le foyer, d’après le registre.")) from None
        except AlreadyOrdered:
            raise CannotTakeEffect(_("Le paiement de cette demande est déjà prévu.")) from None
        except joining.NotAName:
            raise CannotTakeEffect(NOT_A_NAME) from None
        telling.record(filing, history.EFFECT, by=by, at=at, what=what)
    account_numbers.cover(filing)
