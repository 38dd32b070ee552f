"""« Ce n’était pas moi », from a mail or an SMS, without signing in. Opening the page changes nothing: programs that
follow links in mails open it too."""

from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from xpassfam.accounts import devices
from xpassfam.accounts.actions import disowning
from xpassfam.accounts.decorators import bears_token
from xpassfam.rules import masking


@login_not_required
@bears_token
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    alert = disowning.find(token)
    if alert is None or alert.account.closed_at or not (alert.used_at or alert.is_live(now)):
        return render(request, "accounts/public/not_me_gone.html", {"is_known": alert is not None}, status=410)
    if request.method == "POST":
        # Of a second click, the page that follows says what the first one did.
        with suppress(disowning.NoLongerLive):
            disowning.disown(alert, device=devices.visitor(request).label, at=now)
        return redirect(request.path)
    address = disowning.recovery_address(alert, at=now)
    shown = {
        "alert": alert,
        "what": disowning.title(alert),
        "address": masking.email(address) if address else "",
        "hours": disowning.FROZEN_HOURS,
    }
    return render(
        request, "accounts/public/not_me_done.html" if alert.used_at else "accounts/public/not_me.html", shown
    )
