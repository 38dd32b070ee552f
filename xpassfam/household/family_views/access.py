"""Who may open the file, what each sees, and taking an access back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import confirmed, family
from xpassfam.household import portraits, readers, sentences, sight
from xpassfam.household.actions import ending
from xpassfam.household.readers import Reader
from xpassfam.people.access import FamilyRequest
from xpassfam.people.actions.holding import NotAllowed
from xpassfam.people.models import Invitation


@family
def access_list(request: FamilyRequest) -> HttpResponse:
    """« Qui a accès à mon dossier ? »"""
    access, now = request.access, timezone.now()
    sent = Invitation.objects.visible_to(access).select_related("person", "invited_by").order_by("-created_at")[:20]
    residents = portraits.residents(access)
    shared = [resident for resident in residents if resident.is_shared]
    is_of_couple = portraits.is_of_couple(access, residents)
    context = {
        "readers": readers.readers(access),
        "staff": readers.staff(),
        "last_act": readers.last_act_of_staff(access),
        "reads_history": access.reads_household,
        "invitations": [sentences.sent(invitation, at=now) for invitation in sent],
        "other_home": sentences.other_home(shared),
        "may_grant": access.may("grant"),
        "is_of_couple": is_of_couple and not access.is_frozen,
        "is_of_frozen_couple": is_of_couple and access.is_frozen,
    }
    return render(request, "household/family/access.html", context)


@family
def preview(request: FamilyRequest, person: str) -> HttpResponse:
    """« Ce que l’autre voit »: the same rules, asked in the other's place."""
    reader = _reader(request, person)
    other = sight.as_seen_from(request.access, reader.access, role=reader.role)
    context = {
        "reader": reader,
        "seen": sight.seen_by(other, portraits.stays(request.access)),
        "can": sight.preview(reader.access.permission, is_frozen=reader.is_suspended),
    }
    return render(request, "household/family/preview.html", context)


@family
@confirmed
def end(request: FamilyRequest, person: str) -> HttpResponse:
    """The page names the consequence; its button does it."""
    reader = _reader(request, person)
    if not reader.may_be_ended:
        raise Http404
    if request.method != "POST":
        return render(request, "household/family/end.html", {"reader": reader})
    try:
        ending.end(reader.access, viewer=request.access, by=devices.actor(request), at=timezone.now())
    except NotAllowed as error:
        raise Http404 from error
    if reader.is_self:
        messages.success(request, _("C’est fait : vous n’avez plus accès à ce dossier."))
        return redirect("dashboard:home")
    messages.success(request, _("C’est fait : {name} n’a plus accès à votre dossier.").format(name=reader.name))
    return redirect("household:access")


def _reader(request: FamilyRequest, person: str) -> Reader:
    found = next((one for one in readers.readers(request.access) if one.person == person), None)
    if found is None:
        raise Http404
    return found
