"""The address of before, put back by its owner."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts import devices
from xpassfam.accounts.actions.email_change import putting_back
from xpassfam.accounts.actions.email_change.undoing import Taken
from xpassfam.accounts.actions.second_step import asking
from xpassfam.accounts.decorators import confirmed, signed_in
from xpassfam.accounts.models import Account, EmailChange


@signed_in
@confirmed
def put_back(request: HttpRequest, account: Account) -> HttpResponse:
    """Not behind `not_frozen`: the change to undo is what froze the account."""
    now = timezone.now()
    change = putting_back.recent(account, at=now)
    if change is None:
        raise Http404
    if request.method != "POST":
        # No more than that: what else may stop it tells of discreet mode, and the page may be another's to read.
        return _page(request, change, "" if asking.has_one(account, at=now) else "no_step")
    try:
        key, device = request.session.session_key, devices.visitor(request).label
        putting_back.put_back(change, session_key=key, device=device, at=now)
    except putting_back.NeedsAgents as refusal:
        return _page(request, change, refusal.why, status=403)
    except putting_back.AlreadyBack:
        messages.info(request, _("C’est déjà fait : l’ancienne adresse est remise."))
    except Taken:
        text = _("Un autre compte a cette adresse maintenant : elle ne peut pas être remise.")
        messages.error(request, text, extra_tags="focus")
    else:
        done = _("C’est fait : vous vous connectez de nouveau avec {email}. Changez aussi votre mot de passe.")
        messages.success(request, done.format(email=change.old_email))
    return redirect("accounts:security")


def _page(request: HttpRequest, change: EmailChange, obstacle: str, *, status: int = 200) -> HttpResponse:
    shown = {"change": change, "obstacle": obstacle}
    return render(request, "accounts/family/email_back.html", shown, status=status)
