"""A forgotten password."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters

from xpassfam.accounts import devices, tokens
from xpassfam.accounts.actions import passwords
from xpassfam.accounts.decorators import bears_token
from xpassfam.accounts.forms.passwords import NewPasswordForm
from xpassfam.accounts.forms.signing_in import IdentifierForm
from xpassfam.organisation.models import current
from xpassfam.rules.identifiers import identify
from xpassfam.ui.forms import blank


@login_not_required
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether the account exists or not."""
    if request.method != "POST":
        form = blank(IdentifierForm, request, initial={"username": request.GET.get("username", "")})
        return render(request, "accounts/public/forgotten.html", {"form": form})
    form = IdentifierForm(request.POST)
    if "correct" in request.POST:
        form = IdentifierForm(initial={"username": request.POST.get("username", "")})
    if not form.is_valid():
        return render(request, "accounts/public/forgotten.html", {"form": form})
    return _sent(request, form, at=timezone.now())


def _sent(request: HttpRequest, form: IdentifierForm, *, at: datetime) -> HttpResponse:
    typed = form.cleaned_data["username"]
    sent_at = passwords.ask(typed, address=devices.visitor(request).address, at=at)
    again_at = sent_at + passwords.ASK_AGAIN_AFTER
    meant = identify(typed)
    shown = {
        "form": form,
        "typed": meant.value if meant.kind == "email" else typed,
        "is_email": meant.kind == "email",
        "validity": _validity(current().reset_link_minutes),
        "sent_at": sent_at,
        "is_repeat": sent_at < at,
        "again_at": again_at if again_at > at else None,
    }
    return render(request, "accounts/public/forgotten_sent.html", shown)


def _validity(minutes: int) -> str:
    """« 24 heures », « 45 minutes »."""
    if minutes % 60:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    return ngettext("%(count)s heure", "%(count)s heures", minutes // 60) % {"count": minutes // 60}


@login_not_required
@bears_token
@sensitive_post_parameters("new_password")
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a new password by the link; opening the link changes nothing."""
    now = timezone.now()
    try:
        asked = passwords.find(token, at=now)
        if asked.account is None:
            raise passwords.LinkGone("expired", now)
        form = NewPasswordForm(request.POST or None, account=asked.account)
        if request.method == "POST" and form.is_valid():
            who = devices.visitor(request)
            cookie = who.cookie or tokens.new_token()
            passwords.reset(asked, form.cleaned_data["new_password"], device_cookie=cookie, device=who.label, at=now)
            return _changed(request, cookie)
    except passwords.LinkGone as gone:
        return render(request, "accounts/public/new_password_gone.html", {"why": gone.why, "at": gone.at}, status=410)
    except passwords.SamePassword:
        if asked.account and asked.account.password_is_due:
            same = _("C’est le mot de passe d’avant. Choisissez-en un autre.")
        else:
            same = _("C’est déjà votre mot de passe. Connectez-vous avec lui, ou choisissez-en un autre.")
        form.add_error("new_password", same)
    return render(request, "accounts/public/new_password.html", {"form": form, "account": asked.account})


def _changed(request: HttpRequest, device_cookie: str) -> HttpResponse:
    messages.success(request, _("Votre mot de passe est changé. Connectez-vous avec le nouveau."))
    response = redirect("accounts:sign-in")
    devices.set_cookie(response, device_cookie)
    return response
