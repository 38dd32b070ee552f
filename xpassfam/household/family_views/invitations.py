"""Inviting somebody, taking it back, sending it once more."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import confirmed, family, not_frozen
from xpassfam.household import sight
from xpassfam.household.actions import inviting
from xpassfam.household.forms.inviting import InviteForm
from xpassfam.people.access import FamilyRequest
from xpassfam.people.actions import inviting as facts
from xpassfam.people.actions.holding import NotAllowed
from xpassfam.people.models import Invitation
from xpassfam.ui.forms import blank
from xpassfam.ui.words import moment

REFUSED: dict[type[Exception], Any] = {
    facts.AlreadyActs: gettext_lazy("Cette personne a déjà accès à votre dossier."),
    facts.AlreadyInvited: gettext_lazy(
        "Une invitation attend déjà pour cette personne. Vous pouvez la renvoyer, ou la retirer."
    ),
}


@family
@not_frozen
@confirmed
def invite(request: FamilyRequest) -> HttpResponse:
    if not request.access.may("grant"):
        raise Http404
    given: dict[str, Any] = {"residents": facts.residents_without_access(request.access), "today": request.access.on}
    form = InviteForm(request.POST, **given) if request.method == "POST" else blank(InviteForm, request, **given)
    if request.method == "POST" and form.is_valid() and _invite(request, form):
        return redirect("household:access")
    return render(request, "household/family/invite.html", {"form": form, "previews": sight.previews()})


def _invite(request: FamilyRequest, form: InviteForm) -> bool:
    """Whether it is done; the refusals that the inviter may know are said by the form."""
    guest, until = form.whom(), form.cleaned_data["until"]
    field = "member_number" if guest.typed_name else "guest"
    try:
        invitation = inviting.invite(
            guest,
            viewer=request.access,
            permission=form.cleaned_data["permission"],
            until=until and until + timedelta(days=1),
            by=devices.actor(request),
            at=timezone.now(),
        )
    except NotAllowed as error:
        raise Http404 from error
    except (facts.AlreadyActs, facts.AlreadyInvited) as refusal:
        form.add_error(field, REFUSED[type(refusal)])
    except inviting.TooMany as wait:
        text = _("Beaucoup d’invitations aujourd’hui. Réessayez {until}.")
        form.add_error(None, text.format(until=moment(wait.until)))
    else:
        messages.success(request, _said(guest, invitation))
        return True
    return False


def _said(guest: facts.Guest, invitation: Invitation) -> str:
    """Of somebody from outside, the same words whether or not the register knows them."""
    if guest.person is None or guest.typed_name:
        return _("C’est noté. Si le numéro et le nom vont ensemble, la personne reçoit votre invitation.")
    if inviting.is_reachable(invitation):
        return _("L’invitation part à {name}, à l’adresse que nous connaissons.").format(name=guest)
    return _("L’invitation attend {name}, qui la trouvera en ouvrant son compte.").format(name=guest)


@family
@require_POST
def withdraw(request: FamilyRequest, public_id: str) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.visible_to(request.access), public_id=public_id)
    try:
        facts.withdraw(invitation, viewer=request.access, by=devices.actor(request), at=timezone.now())
        messages.success(request, _("L’invitation est retirée."))
    except NotAllowed as error:
        raise Http404 from error
    except facts.Gone:
        messages.warning(request, _("Cette invitation n’attend plus : voyez ce qu’elle est devenue."))
    return redirect("household:access")


@family
@require_POST
@not_frozen
@confirmed
def send_again(request: FamilyRequest, public_id: str) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.visible_to(request.access), public_id=public_id)
    try:
        if inviting.send_again(invitation, viewer=request.access, at=timezone.now()):
            messages.success(request, _("L’invitation est renvoyée."))
        else:
            again = moment(invitation.sent_at + facts.RESEND_AFTER)
            messages.info(
                request, _("Le dernier envoi a moins d’un jour. Vous pourrez la renvoyer {at}.").format(at=again)
            )
    except NotAllowed as error:
        raise Http404 from error
    except facts.Gone:
        messages.warning(request, _("Cette invitation n’attend plus : voyez ce qu’elle est devenue."))
    return redirect("household:access")
