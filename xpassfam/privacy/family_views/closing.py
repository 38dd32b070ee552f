"""The end of one's account: asked for, stopped."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xpassfam.accounts import devices
from xpassfam.accounts.actions import closing
from xpassfam.accounts.decorators import own, signed_in
from xpassfam.accounts.models import Account
from xpassfam.filings import for_privacy as filings
from xpassfam.people.access import FamilyRequest
from xpassfam.privacy import retention, sources
from xpassfam.privacy.doors import sensitive
from xpassfam.ui.words import full_day

KEPT_AFTER = ("filings_granted", "filings_refused", "payments", "certificates", "history_file", "homes")


@own
def close(request: FamilyRequest) -> HttpResponseBase:
    if request.method == "POST":
        return ask(request)
    now, account = timezone.now(), request.user
    chosen = retention.lengths()
    kept = [rule for rule in retention.rules() if rule.code in KEPT_AFTER]
    context = {
        "closes_at": account.closes_at,  # type: ignore[union-attr]
        "grace_days": closing.GRACE.days,
        "would_close_on": now + closing.GRACE,
        "waits": filings.in_progress(sources.accesses_of(account, at=now)),  # type: ignore[arg-type]
        "kept": [(rule, retention.in_words(rule, retention.length_of(rule, chosen))) for rule in kept],
    }
    return render(request, "privacy/family/close.html", context)


@sensitive
def ask(request: FamilyRequest, account: Account) -> HttpResponse:
    asked = closing.ask(account, device=devices.visitor(request).label, at=timezone.now())
    said = _("C’est noté : votre compte ferme le {day}. D’ici là, vous pouvez changer d’avis.")
    messages.success(request, said.format(day=full_day(asked.due_at)))
    return redirect("privacy:close")


@require_POST
@signed_in
def keep(request: FamilyRequest, account: Account) -> HttpResponse:
    """Nothing grave: whoever is signed in may keep the account."""
    waiting = closing.waiting(account)
    if waiting and closing.stop(waiting, by=devices.actor(request), at=timezone.now()):
        messages.success(request, _("Votre compte reste ouvert. Rien n’a été effacé."))
    return redirect("privacy:own-data")
