"""What this room itself lets go: archives past their week, and whole files of families that left long ago."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xpassfam.jobs.slices import delete_by_slices
from xpassfam.people.models import Household
from xpassfam.privacy.actions import erasing, exporting
from xpassfam.privacy.models import Export, Run
from xpassfam.ui.own_data import Rule


def _past(now: datetime) -> "QuerySet[Export]":
    return Export.objects.filter(state=Export.State.READY, expires_at__lte=now)


def _exports_due(before: datetime, now: datetime) -> int:
    return _past(now).count()


def _purge_exports(before: datetime, now: datetime) -> int:
    Export.objects.exclude(state=Export.State.READY).filter(asked_at__lt=before).delete()
    return sum(exporting.discard(one, at=now) for one in list(_past(now)))


def _homes(before: datetime) -> "QuerySet[Household]":
    return Household.objects.filter(closed_on__lt=before.date()).exclude(name=erasing.BLANK).order_by("pk")


def _homes_due(before: datetime, now: datetime) -> int:
    return _homes(before).count() + erasing.empty().count()


def _purge_homes(before: datetime, now: datetime) -> int:
    count = 0
    for home in _homes(before).iterator():
        count += erasing.erase(home, at=now)
    return count + delete_by_slices(erasing.empty())


def _runs_due(before: datetime, now: datetime) -> int:
    return Run.objects.filter(at__lt=before).count()


def _purge_runs(before: datetime, now: datetime) -> int:
    return delete_by_slices(Run.objects.filter(at__lt=before))


RULES = (
    Rule(
        "exports",
        _("Archives de « Mes données »"),
        _("Sécurité (article 32 du RGPD) ; promis à la personne"),
        _exports_due,
        _purge_exports,
        usual=exporting.GOOD_DAYS, least=exporting.GOOD_DAYS, most=exporting.GOOD_DAYS, unit="days",
    ),
    Rule(
        "homes",
        _("Dossiers fermés des familles parties du registre, avec tout ce qu’ils tiennent"),
        _("Prescription de cinq ans après le dernier acte (code civil, article 2224)"),
        _homes_due,
        _purge_homes,
        usual=60, least=24, most=120,
    ),
    Rule(
        "runs",
        _("Rapports de conservation"),
        _("Preuve de ce qui a été effacé (article 5.2 du RGPD)"),
        _runs_due,
        _purge_runs,
        usual=36, least=12, most=60,
    ),
)  # fmt: skip
