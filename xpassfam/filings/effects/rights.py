"""What was granted uses an entitlement, for its period, and within its ceiling of a year."""

from dataclasses import replace
from datetime import date, datetime

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.entitlements.actions import cancel_uses, use
from xpassfam.entitlements.judging import period_around
from xpassfam.entitlements.language import Period, Right
from xpassfam.entitlements.models import Use
from xpassfam.entitlements.published import NoRules, rules_on
from xpassfam.filings import asking
from xpassfam.filings.effects.causes import CannotTakeEffect, Cause
from xpassfam.filings.models import Filing
from xpassfam.journal.actions import Actor
from xpassfam.people.models import Person
from xpassfam.ui import words


def use_right(cause: Cause) -> str:
    """By the rules of the day it was asked for: an answer that took its time takes nothing from the family."""
    day, right = _day_of(cause), _right_of(cause)
    since, until = period_of(cause)
    people = {
        one.public_id: one for one in Person.objects.filter(public_id__in=[one["person"] for one in cause.grants])
    }
    for grant in cause.grants:
        person = people.get(grant["person"])
        _refuse_above_ceiling(right, person, day, int(grant["amount_cents"]))
        use(
            cause.home,
            right=right.code,
            person=person,
            amount_cents=int(grant["amount_cents"]),
            used_on=min(_asked_on(cause), until),
            since=since,
            until=until,
            cause=cause.filing.public_id,
            reference=cause.filing.reference or "",
            by=cause.by,
            at=cause.at,
        )
    return _("droit utilisé : {title}").format(title=right.title)


def period_of(cause: Cause) -> tuple[date, date]:
    """The days for which what is granted counts."""
    return period_around(_day_of(cause), _right_of(cause).period)


def months_of(cause: Cause) -> tuple[date, date]:
    """From the day on which a monthly aid is paid to its last: not for what was before it was asked for."""
    answers = dict(asking.effects_of(cause.filing)).get("use_right", {})
    since, until = period_of(replace(cause, answers=answers))
    return max(since, min(_asked_on(cause), until)), until


def give_back(filing: Filing, *, by: Actor, at: datetime) -> None:
    """What a decision granted is as if it never was."""
    cancel_uses(filing.public_id, by=by, at=at)


def left_of_ceiling(right: Right, person: Person | None, day: date) -> int | None:
    """Cents that the law still lets be granted that year, from whichever home; None where it sets no limit."""
    if right.amount is None or right.amount.ceiling is None:
        return None
    since, until = period_around(day, Period.CALENDAR_YEAR)
    uses = Use.objects.standing().filter(right=right.code, person=person, since__gte=since, until__lte=until)
    return max(right.amount.ceiling * 100 - (uses.aggregate(cents=Sum("amount_cents"))["cents"] or 0), 0)


def _asked_on(cause: Cause) -> date:
    return timezone.localdate(cause.filing.filed_at or cause.at)


def _day_of(cause: Cause) -> date:
    return cause.day("on") or _asked_on(cause)


def _right_of(cause: Cause) -> Right:
    code = cause.filing.definition.aid.right if cause.filing.definition.aid else ""
    try:
        return rules_on(_day_of(cause)).rule(code).right
    except (KeyError, NoRules):
        raise CannotTakeEffect(_("Aucun droit « {code} » n’est publié.").format(code=code)) from None


def _refuse_above_ceiling(right: Right, person: Person | None, day: date, cents: int) -> None:
    left = left_of_ceiling(right, person, day)
    if left is not None and cents > left:
        text = _("La loi limite cette aide : il reste {left} pour {name} en {year}.")
        name = person.first_name if person else _("le foyer")
        raise CannotTakeEffect(text.format(left=words.euros(left), name=name, year=day.year))
