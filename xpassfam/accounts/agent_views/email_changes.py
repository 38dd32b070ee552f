"""An old address of sign-in put back: proposed by one agent, granted by another."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xpassfam.accounts.actions.email_change import undoing
from xpassfam.accounts.decorators import agent, confirmed
from xpassfam.accounts.models import Account, Contestation, EmailChange


@agent
@confirmed
@require_POST
def propose(request: HttpRequest, public_id: str) -> HttpResponse:
    return _act(request, public_id, undoing.propose, _("C’est proposé. Un autre agent doit être d’accord."))


@agent
@confirmed
@require_POST
def grant(request: HttpRequest, public_id: str) -> HttpResponse:
    return _act(request, public_id, undoing.grant, _("C’est fait : l’ancienne adresse est remise, et prévenue."))


def _act(request: HttpRequest, public_id: str, act: Callable[..., EmailChange], done: str) -> HttpResponse:
    found = get_object_or_404(Contestation, public_id=public_id)
    change = get_object_or_404(EmailChange.objects.exclude(line=""), account=found.account, line=found.line)
    try:
        act(change, by=cast(Account, request.user), at=timezone.now())
        messages.success(request, done)
    except undoing.NeedsAnother:
        messages.warning(request, _("Vous l’avez proposé : un autre agent doit être d’accord."), extra_tags="focus")
    except undoing.NotProposed:
        messages.warning(request, _("C’est déjà fait, ou personne ne l’a proposé."), extra_tags="focus")
    except undoing.Taken:
        text = _("Un autre compte a cette adresse maintenant : elle ne peut pas être remise.")
        messages.error(request, text, extra_tags="focus")
    return redirect("accounts:contestation", public_id=public_id)
