"""Who has lost everything: started by one of staff, printed by another, stopped by anybody."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xpassfam.accounts.actions import recovering, recovery_letters
from xpassfam.accounts.actions.activation_letters import Letter
from xpassfam.accounts.actions.known_addresses import NoSafeAddress, safe_home
from xpassfam.accounts.decorators import agent, confirmed, staff
from xpassfam.accounts.forms.recovering import StartForm, StopForm
from xpassfam.accounts.models import Account, Recovery
from xpassfam.accounts.recovery_letter import recovery_letter
from xpassfam.organisation.models import current

MOST = 200


@staff
def letters(request: HttpRequest) -> HttpResponse:
    """What waits for its letter, and what waits for its three days."""
    found = list(recovery_letters.waiting(timezone.now())[:MOST])
    shown = {
        "to_print": [one for one in found if one.printed_at is None],
        "printed": [one for one in found if one.printed_at],
        "me": request.user,
    }
    return render(request, "accounts/agents/recovery_letters.html", shown)


@staff
def recovery(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(recovery_letters.waiting(timezone.now()), public_id=public_id)
    shown = {"found": found, "is_mine": found.started_by_id == request.user.pk, "stop_form": StopForm()}
    return render(request, "accounts/agents/recovery.html", shown)


@staff
@confirmed
@require_POST
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    """The only place where its code stands."""
    now, by = timezone.now(), cast(Account, request.user)
    found = get_object_or_404(Recovery, public_id=public_id)

    def typeset(one: Letter) -> bytes:
        return recovery_letter(one, found, current(), at=now)

    try:
        paper = recovery_letters.print_letter(found, typeset, by=by, at=now)
    except recovery_letters.Over:
        messages.warning(request, _("Ce secours vient d’être arrêté, ou il a servi : il n’a plus de courrier."))
        return redirect("accounts:recovery-letters")
    except recovery_letters.StartedIt:
        messages.warning(request, _("Vous avez lancé ce secours : un collègue doit imprimer le courrier."))
        return redirect("accounts:recovery", public_id=public_id)
    except NoSafeAddress:
        messages.warning(request, _("L’adresse a changé, ou une séparation est déclarée : aucun courrier n’y est sûr."))
        return redirect("accounts:recovery", public_id=public_id)
    response = HttpResponse(paper, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="courrier-de-secours.pdf"'
    return response


@staff
@require_POST
def stop(request: HttpRequest, public_id: str) -> HttpResponse:
    """A doubt is enough: it is told, and can be asked for again in three days."""
    now = timezone.now()
    found = get_object_or_404(recovery_letters.waiting(now), public_id=public_id)
    by = cast(Account, request.user).actor
    recovering.stop(found, by=by, is_contested="contested" in request.POST, at=now)
    messages.success(request, _("C’est arrêté : le courrier n’ouvre plus rien, et la personne le sait."))
    return redirect("accounts:recovery-letters")


@agent
@confirmed
def start(request: HttpRequest, person: str) -> HttpResponse:
    """Somebody calls: mailbox lost, second step lost. The word is shown once, to be told, and kept nowhere."""
    now, by = timezone.now(), cast(Account, request.user)
    families = Account.objects.select_related("person").filter(role=Account.Role.FAMILY, closed_at=None)
    account = get_object_or_404(families, person__public_id=person)
    form = StartForm(request.POST) if request.method == "POST" else StartForm()
    shown: dict[str, object] = {"account": account, "form": form}
    try:
        if request.method == "POST" and form.is_valid():
            shown["started"] = recovering.start(account, by=by, loses_mailbox=True, at=now)
        elif shown.setdefault("ongoing", recovering.live(account, at=now)) is None:
            safe_home(account, at=now)
    except NoSafeAddress as refusal:
        shown["no_address"], shown["until"] = refusal.why, refusal.until
    except recovering.CannotStart as refusal:
        shown["cannot"], shown["until"] = refusal.why, refusal.until
        shown["ongoing"] = recovering.live(account, at=now)
    return render(request, "accounts/agents/start_recovery.html", shown)
