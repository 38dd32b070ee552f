"""« Ce n’était pas moi », from the mailbox that was the account's: without signing in, and nothing is put back."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from xpassfam.accounts import devices
from xpassfam.accounts.actions.email_change import undoing
from xpassfam.accounts.decorators import bears_token


@login_not_required
@bears_token
def stop_email_change(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the link has a button: opening the link changes nothing."""
    now = timezone.now()
    try:
        if request.method == "POST":
            undoing.stop(token, device=devices.visitor(request).label, at=now)
            return render(request, "accounts/public/email_stopped.html")
        change = undoing.find(token, at=now)
    except undoing.Gone as gone:
        shown = {"is_used": gone.why == "used", "is_late": gone.why == "late"}
        return render(request, "accounts/public/email_stop_gone.html", shown, status=410)
    return render(request, "accounts/public/email_stop.html", {"change": change, "token": token})
