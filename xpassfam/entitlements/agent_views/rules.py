"""The rules that apply, and each of them: in words, its cases, its versions."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xpassfam.accounts.decorators import staff
from xpassfam.entitlements.models import VOCABULARY, Proposal, Version
from xpassfam.entitlements.picture import in_force, picture


@staff
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Three queries, whatever the number of rights."""
    today = timezone.localdate()
    waiting = {one.code: one for one in Proposal.objects.waiting().defer("source")}
    versions = Version.objects.by_day().defer("source")
    rows = []
    for code, found in groupby(versions, key=lambda one: one.code):
        every = list(found)
        current = in_force(every, today)
        coming = next((one for one in every if one.since > today), None)
        shown = current or every[0]
        rows.append({"version": shown, "current": current, "coming": coming, "proposal": waiting.pop(code, None)})
    rights = [row for row in rows if row["version"].code != VOCABULARY]  # type: ignore[union-attr]
    shared = next((row for row in rows if row["version"].code == VOCABULARY), None)  # type: ignore[union-attr]
    context = {"rows": rights, "shared": shared, "new": list(waiting.values())}
    return render(request, "entitlements/agents/home.html", context)


@staff
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    versions = list(Version.objects.by_day().filter(code=code))
    if not versions:
        raise Http404
    now = timezone.now()
    shown = in_force(versions, timezone.localdate(now)) or versions[0]
    context = {
        "version": shown,
        "title": shown.tree.get("title", ""),
        "is_vocabulary": code == VOCABULARY,
        "versions": sorted(versions, key=lambda one: -one.number),
        "picture": picture(code, shown.source, at=now),
        "proposal": Proposal.objects.waiting().filter(code=code).first(),
    }
    return render(request, "entitlements/agents/rule.html", context)
