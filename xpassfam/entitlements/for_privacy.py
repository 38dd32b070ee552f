"""The rights of a home, and what was used of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.entitlements.judging import Verdict
from xpassfam.entitlements.kept import Kept, answers_for, load_answers
from xpassfam.entitlements.models import Evaluation, Notice, Use
from xpassfam.entitlements.models.simulation import SimulatedHome
from xpassfam.jobs.slices import delete_by_slices
from xpassfam.people.access import ActingAccess
from xpassfam.ui.own_data import Category, Held, Part, Rule


def categories() -> list[Category]:
    return [
        Category(
            "rights",
            title=_("Vos droits"),
            what=_("La réponse de chaque règle pour votre foyer, ce qui a été utilisé."),
            why=_("Vous dire à quoi vous avez droit, et pourquoi. Un agent décide toujours."),
            kept=_("Recalculé sans cesse. Ce qui est utilisé : cinq ans."),
            seen_by=_("Les adultes du foyer, chacun selon ses droits, et nos agents."),
            source=_("Un calcul sur les données de votre foyer."),
        )
    ]


def held(account: str, accesses: Sequence[ActingAccess]) -> list[Held]:
    """Two queries a home."""
    count = sum(Use.objects.visible_to(access).count() + len(_answers(access)) for access in accesses)
    return [Held(categories()[0], count, (), _("Voir mes droits"), reverse("entitlements:rights"))]


def _answers(access: ActingAccess) -> list[Kept]:
    rows = Evaluation.objects.visible_to(access)
    return [one for row in rows for one in answers_for(access, load_answers(row.answers), person=access.person)]


def parts(account: str, accesses: Sequence[ActingAccess]) -> list[Part]:
    answers: list[dict[str, Any]] = []
    used: list[dict[str, Any]] = []
    for access in accesses:
        known = _answers(access)
        answers += [{"code": one.code, "title": one.title, "for": one.name, "answer": one.answer} for one in known]
        used += [
            {
                "right": one.right,
                "amount_cents": one.amount_cents,
                "used_on": one.used_on.isoformat(),
                "since": one.since.isoformat(),
                "until": one.until.isoformat(),
                "reference": one.reference,
            }
            for one in Use.objects.visible_to(access).standing()
        ]
    lines = [(one["title"], one["for"] or _("le foyer")) for one in answers if one["answer"] == Verdict.YES]
    of_use = [(one["reference"] or one["right"], _("utilisé le {day}").format(day=one["used_on"])) for one in used]
    return [Part("rights", {"answers": answers, "uses": used}, lines + of_use)]


def running(person_id: int, homes: Sequence[int]) -> bool:
    """Whether a right that they were granted is still running."""
    today = timezone.localdate()
    return Use.objects.standing().filter(household__in=homes, until__gte=today).exists()


def erase(homes: Sequence[int]) -> int:
    return sum(delete_by_slices(model.objects.filter(household__in=homes)) for model in (Use, Notice, Evaluation))


def _old(before: datetime) -> "QuerySet[Use]":
    return Use.objects.filter(until__lt=before)


def _due(before: datetime, now: datetime) -> int:
    return _old(before).count()


def _purge(before: datetime, now: datetime) -> int:
    return delete_by_slices(_old(before)) + delete_by_slices(Notice.objects.filter(on__lt=before))


def _simulated(before: datetime) -> "QuerySet[SimulatedHome]":
    return SimulatedHome.objects.filter(simulation__asked_at__lt=before)


def _simulated_due(before: datetime, now: datetime) -> int:
    return _simulated(before).count()


def _purge_simulated(before: datetime, now: datetime) -> int:
    """The figures of the simulation stay, which name nobody."""
    return delete_by_slices(_simulated(before))


RULES = (
    Rule(
        "simulations",
        gettext_lazy("Foyers listés par les simulations de règles"),
        gettext_lazy("Proportionnalité : le temps de décider de la règle"),
        _simulated_due,
        _purge_simulated,
        usual=12, least=1, most=24,
    ),
    Rule(
        "uses",
        gettext_lazy("Droits utilisés"),
        gettext_lazy("Prescription de cinq ans (code civil, article 2224)"),
        _due,
        _purge,
        usual=60, least=12, most=60,
    ),
)  # fmt: skip
