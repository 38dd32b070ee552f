"""What the reports of imports hold of persons: refused lines, likely duplicates."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xpassfam.jobs.slices import delete_by_slices
from xpassfam.register.models import Import
from xpassfam.ui.own_data import Rule


def _old(before: datetime) -> "QuerySet[Import]":
    return Import.objects.filter(ended_at__lt=before)


def _due(before: datetime, now: datetime) -> int:
    return _old(before).count()


def _purge(before: datetime, now: datetime) -> int:
    return delete_by_slices(_old(before))


RULES = (
    Rule(
        "imports",
        _("Comptes rendus des imports du registre"),
        _("Proportionnalité : le temps de corriger le fichier"),
        _due,
        _purge,
        usual=12, least=1, most=24,
    ),
)  # fmt: skip
