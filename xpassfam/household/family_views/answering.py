"""An invitation as its guest finds it, with or without a household of their own."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import signed_in
from xpassfam.accounts.models import Account
from xpassfam.household import received, sight
from xpassfam.household.actions import inviting
from xpassfam.people.actions.inviting import Gone
from xpassfam.people.models import Invitation


@signed_in
def invitations(request: HttpRequest, account: Account) -> HttpResponse:
    """Those that wait for an answer."""
    if account.is_staff:
        return redirect("dashboard:agents")
    waiting = received.waiting_for(account.person_id or 0, at=timezone.now())
    return render(request, "household/family/invitations.html", {"invitations": waiting})


@signed_in
def invitation(request: HttpRequest, account: Account, public_id: str) -> HttpResponse:
    """Who invites, to what, until when; opening the page answers nothing."""
    found = _own(account, public_id)
    context = {
        "invitation": found,
        "state": found.state_at(timezone.now()),
        "can": sight.preview(found.permission),
        "last_day": sight.last_day(found.until),
    }
    return render(request, "household/family/invitation.html", context)


@require_POST
@signed_in
def accept(request: HttpRequest, account: Account, public_id: str) -> HttpResponse:
    found = _own(account, public_id)
    assert account.person  # noqa: S101
    try:
        inviting.accept(found, person=account.person, by=devices.actor(request), at=timezone.now())
    except Gone:
        return _gone(request, found)
    request.session["household"] = found.household.public_id
    name = found.household.name
    messages.success(request, _("C’est fait : vous avez accès au dossier « {name} ».").format(name=name))
    return redirect("dashboard:home")


@require_POST
@signed_in
def refuse(request: HttpRequest, account: Account, public_id: str) -> HttpResponse:
    found = _own(account, public_id)
    assert account.person  # noqa: S101
    try:
        inviting.refuse(found, person=account.person, by=devices.actor(request), at=timezone.now())
    except Gone:
        return _gone(request, found)
    messages.success(request, _("C’est noté : vous avez refusé l’invitation."))
    return redirect("household:invitations")


def _own(account: Account, public_id: str) -> Invitation:
    found = received.find(account.person_id or 0, public_id)
    if found is None or account.is_staff:
        raise Http404
    return found


def _gone(request: HttpRequest, found: Invitation) -> HttpResponse:
    messages.warning(request, _("Cette invitation n’est plus ouverte : rien n’a changé."))
    return redirect("household:invitation", public_id=found.public_id)
