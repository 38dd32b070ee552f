"""What time deletes of the checks of browsers. They name nobody: nothing here is anybody's own data."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from xpassfam.help import actions
from xpassfam.help.models import KEPT_FOR, BrowserCheck
from xpassfam.ui.own_data import Rule


def _due(before: datetime, now: datetime) -> int:
    return BrowserCheck.objects.filter(made_at__lt=before).count()


def _purge(before: datetime, now: datetime) -> int:
    return actions.forget_checks(before=before)


RULES = (
    Rule(
        "browser_checks",
        gettext_lazy("Vérifications du navigateur, sans nom ni adresse"),
        gettext_lazy("Proportionnalité ; promis sur la page"),
        _due,
        _purge,
        usual=KEPT_FOR.days, least=KEPT_FOR.days, most=KEPT_FOR.days, unit="days",
    ),
)  # fmt: skip
