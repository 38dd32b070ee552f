"""Who are you, again: asked before something grave, of whoever has been signed in for a while."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters

from xpassfam.accounts import devices, pipeline, returning
from xpassfam.accounts.decorators import signed_in
from xpassfam.accounts.forms.signing_in import ConfirmForm
from xpassfam.accounts.models import Account
from xpassfam.accounts.outcomes import Paused, StepAsked, Wrong
from xpassfam.accounts.public_views import second_step
from xpassfam.accounts.public_views.arriving import destination
from xpassfam.ui.forms import blank
from xpassfam.ui.words import wait


@signed_in
@sensitive_post_parameters("password")
def confirm(request: HttpRequest, account: Account) -> HttpResponse:
    """The password; then back to the page that asked, with what was typed there."""
    if request.method != "POST":
        initial = {"next": request.GET.get("next", ""), "carried": getattr(request, "carried", "")}
        return _page(request, account, blank(ConfirmForm, request, initial=initial))
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, account, form)
    now = timezone.now()
    outcome = pipeline.confirm(request, account, form.cleaned_data["password"], who=devices.visitor(request), at=now)
    match outcome:
        case Paused(until=until):
            return _page(request, account, form, paused_until=until, now=now, status=429)
        case Wrong(remaining=remaining, pause=pause):
            form.add_error("password", _wrong(remaining, wait(pause)))
            return _page(request, account, form)
        case StepAsked(pending=pending):
            pending.next, pending.carried = form.cleaned_data["next"], form.cleaned_data["carried"]
            pending.save(update_fields=["next", "carried"])
            return second_step.begin(request, outcome, at=now)
    returning.hold(request, form.cleaned_data["carried"], account)
    return redirect(destination(account, form.cleaned_data["next"]))


def _wrong(remaining: int, pause: str) -> str:
    text = _("Ce n’est pas votre mot de passe. Relisez-le avec « Afficher ».")
    if remaining > 2:
        return text
    left = ngettext(
        "Il vous reste %(count)s essai. Ensuite, il faudra attendre %(pause)s.",
        "Il vous reste %(count)s essais. Ensuite, il faudra attendre %(pause)s.",
        remaining,
    )
    return text + " " + left % {"count": remaining, "pause": pause}


def _page(
    request: HttpRequest, account: Account, form: ConfirmForm, *, status: int = 200, **shown: object
) -> HttpResponse:
    context = {"form": form, "account": account, **shown}
    return render(request, "accounts/family/confirm.html", context, status=status)
