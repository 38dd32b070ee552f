"""Aids that the first families ask for: one granted and paid, one to complete, three that wait for the desk."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.filings.actions import clock, examining
from xpassfam.filings.demo.players import Answers, Cast, Family
from xpassfam.filings.verdicts import Verdict
from xpassfam.payments.actions import note_paid
from xpassfam.payments.models import PaymentOrder
from xpassfam.people.models import Person, Residence
from xpassfam.procedures.language import Period

CAMILLE, HELENE, LINH = "camille.martin@example.org", "helene.rousseau@example.org", "linh.nguyen@example.org"


def tell(cast: Cast) -> None:
    days = _days_since_season(cast, at_least=60)
    if camille := cast.family(CAMILLE, days=days):
        _granted_and_paid(cast, camille, days=days)
    if helene := cast.family(HELENE):
        _to_complete(cast, helene)
    if camille := cast.family(CAMILLE):
        _childcare(cast, camille)
        _stay(cast, camille)
    if linh := cast.family(LINH):
        _hard_times(cast, linh)


def _days_since_season(cast: Cast, *, at_least: int) -> int:
    """How long ago the new school year's aid was open for the last time, and that was at least so long ago."""
    period = cast.versions["D08"].definition.period
    day = timezone.localdate(cast.now) - timedelta(days=at_least)
    if period and not _is_in(period, day):
        ends = [period.until.in_year(year) for year in (day.year - 1, day.year)]
        day = max(end for end in ends if end <= day)
    return (timezone.localdate(cast.now) - day).days


def _is_in(period: Period, day: date) -> bool:
    return period.since.in_year(day.year) <= day <= period.until.in_year(day.year)


def _granted_and_paid(cast: Cast, camille: Family, *, days: int) -> None:
    ines = _child(camille, "ines")
    if ines is None:
        return
    answers = {"pupils": {"children": [ines.public_id], "schools": _("Inès, école Jules-Ferry, CM1")}}
    filed = cast.file(camille, "D08", answers, days=days)
    taken = cast.take(filed, cast.nadia, days=days - 0.5)
    cast.decide(taken, Verdict("approved", amounts={ines.public_id: 80_00}), cast.nadia, days=days - 1)
    paid_at = cast.ago(days - 2)
    for ordered in PaymentOrder.objects.filter(cause=filed.public_id):
        note_paid(ordered, on=timezone.localdate(paid_at), by=cast.nadia.actor, at=paid_at)


def _to_complete(cast: Cast, helene: Family) -> None:
    """Jules studies, and his certificate is missing: a reminder left days ago."""
    jules = _child(helene, "jules")
    if jules is None:
        return
    year = timezone.localdate(cast.ago(20)).year
    answers: Answers = {
        "young": {"child": jules.public_id, "activity": "student"},
        "school": {"place": _("Université de Rennes"), "year": year},
    }
    draft = cast.draft(helene, "D07", answers, days=20)
    key = f"certificate-{jules.public_id}"
    cast.tell_missing(draft, helene, key=key, why=_("L’université ne l’a pas encore donné."), days=20)
    filed = cast.send(draft, helene, days=20)
    taken = cast.take(filed, cast.olivier, days=18)
    until = timezone.localdate(cast.now) + timedelta(days=1)
    examining.extend(taken, until=until, seen=taken.version, by=cast.olivier, at=cast.ago(17))
    clock.remind(at=cast.ago(4))


def _childcare(cast: Cast, camille: Family) -> None:
    adam = _child(camille, "adam")
    if adam is None:
        return
    since = timezone.localdate(cast.ago(80)).replace(day=1)
    care = {"since": since.isoformat(), "cost": 420_00, "other_aids": 180_00}
    answers: Answers = {"child": {"child": adam.public_id, "mode": "childminder"}, "care": care}
    bill = {f"bill-{adam.public_id}": "invoice"}
    cast.file(camille, "D09", answers, pieces=bill, about=adam, days=4)


def _stay(cast: Cast, camille: Family) -> None:
    ines = _child(camille, "ines")
    if ines is None:
        return
    first = timezone.localdate(cast.now) + timedelta(days=80)
    stay = {
        "organiser": _("Les Francas de Loire-Atlantique"),
        "approval": "044ORG0123",
        "since": first.isoformat(),
        "until": (first + timedelta(days=6)).isoformat(),
        "price": 420_00,
        "remainder": 320_00,
    }
    quote = {f"quote-{ines.public_id}": "quote"}
    cast.file(camille, "D10", {"child": {"child": ines.public_id}, "stay": stay}, pieces=quote, about=ines, days=3)


def _hard_times(cast: Cast, linh: Family) -> None:
    story = _("Mon contrat n’a pas été renouvelé. J’ai payé le loyer, mais plus la facture d’électricité.")
    event = {
        "motive": "job_loss",
        "when": timezone.localdate(cast.ago(40)).isoformat(),
        "story": story,
        "is_urgent": False,
    }
    budget: Mapping[str, Any] = {"income": 1_180_00, "costs": 1_420_00, "debts": 310_00, "wanted": 300_00}
    cast.file(linh, "D11", {"event": event, "budget": budget}, pieces={"job": "serious_event"}, days=6)


def _child(family: Family, first_name: str) -> Person | None:
    """`first_name` is folded."""
    stays = Residence.objects.open_on(family.access.on).filter(household=family.access.household_id)
    stay = stays.filter(person__search_name__startswith=first_name).select_related("person").first()
    return stay.person if stay else None
