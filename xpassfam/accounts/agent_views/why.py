"""« Pourquoi échouent-ils ? »: causes, those still outside, and one safe step for each."""

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from xpassfam.accounts import failing
from xpassfam.accounts.actions import helping
from xpassfam.accounts.decorators import administrator
from xpassfam.accounts.helpful_steps import REACH
from xpassfam.accounts.models import Account
from xpassfam.ui import words

HEIGHT, WIDTH, LEFT = 180, 688, 16


@dataclass(frozen=True)
class Column:
    """A day of the chart: where it stands, and what it says."""

    x: int
    y: int
    width: int
    height: int
    value: int
    label: str

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def above(self) -> int:
        return self.y - 6


@administrator
def why(request: HttpRequest) -> HttpResponse:
    report = failing.report(at=timezone.now())
    worst = max(report.days, key=lambda day: day.tries)
    context = {"report": report, "columns": _columns(report.days), "worst": worst if worst.tries else None}
    return render(request, "accounts/agents/why.html", context)


@administrator
@require_POST
def help_them(request: HttpRequest, step: str) -> HttpResponse:
    by, now = cast(Account, request.user).actor, timezone.now()
    if step == REACH:
        done = helping.reach(request.POST.get("domain", ""), by=by, at=now)
    elif step in helping.STEPS:
        done = helping.help_those(step, by=by, at=now)
    else:
        raise Http404
    if done:
        said = ngettext("C’est fait : %(n)s message part.", "C’est fait : %(n)s messages partent.", done)
        messages.success(request, said % {"n": done})
    else:
        messages.info(
            request, _("Personne à prévenir : chacun a déjà eu ce message cette semaine, ou n’a pas d’autre adresse.")
        )
    return redirect("accounts:why")


def _columns(days: tuple[failing.Day, ...]) -> list[Column]:
    most = max((day.tries for day in days), default=0) or 1
    step = WIDTH // len(days)
    columns = []
    for number, day in enumerate(days):
        height = round(day.tries / most * HEIGHT)
        x = LEFT + number * step
        columns.append(Column(x + 4, 220 - height, step - 8, height, day.tries, words.short_day(day.on)))
    return columns
