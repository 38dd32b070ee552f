"""Turning a second step on and off."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from xpassfam.accounts import devices
from xpassfam.accounts.actions.second_step import passkeys, recovery_codes, sent_codes, totp, turning
from xpassfam.accounts.decorators import asked_by_page, confirmed, not_frozen, signed_in
from xpassfam.accounts.forms.second_step import NOT_OF_THE_MOMENT, NewPasskeyForm, NewTotpForm
from xpassfam.accounts.models import Account
from xpassfam.accounts.totp_page import key_of, totp_page
from xpassfam.organisation.models import current
from xpassfam.rules.second_step import Method

SECURITY = "accounts:security"


@signed_in
@confirmed
@not_frozen
@sensitive_post_parameters("code", "key")
def totp_key(request: HttpRequest, account: Account) -> HttpResponse:
    """The square code and the key as text; a code of the application proves that it has it."""
    now = timezone.now()
    form = NewTotpForm(request.POST or None)
    key = key_of(request, account)
    if request.method == "POST" and form.is_valid():
        if totp.is_right(key, form.cleaned_data["code"], at=now):
            turning.add_totp(account, key, device=devices.visitor(request).label, at=now)
            messages.success(request, _("L’application de codes est activée."))
            return _next(request, account)
        form.add_error("code", NOT_OF_THE_MOMENT)
    return render(request, "accounts/family/totp.html", totp_page(account, key, form))


def _next(request: HttpRequest, account: Account) -> HttpResponse:
    """Whoever has no recovery code yet makes them now: the day the telephone is lost is too late."""
    if recovery_codes.left(account):
        return redirect(SECURITY)
    return redirect("accounts:recovery-codes")


@signed_in
@confirmed
@not_frozen
@sensitive_post_parameters("credential")
def passkey(request: HttpRequest, account: Account) -> HttpResponse:
    now = timezone.now()
    form = NewPasskeyForm(request.POST or None, initial={"name": devices.visitor(request).label})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            turning.add_passkey(
                account,
                told["challenge_token"],
                told["credential"],
                name=told["name"],
                device=devices.visitor(request).label,
                at=now,
            )
        except passkeys.Refused:
            return render(request, "accounts/family/passkey.html", {"form": form, "key_refused": True})
        messages.success(request, _("La clé d’accès est ajoutée. Elle peut ouvrir votre compte à elle seule."))
        return _next(request, account)
    return render(request, "accounts/family/passkey.html", {"form": form})


@signed_in
@confirmed
@not_frozen
@asked_by_page
@require_POST
def new_passkey_options(request: HttpRequest, account: Account) -> JsonResponse:
    return JsonResponse(passkeys.to_register(account, at=timezone.now()))


@signed_in
@confirmed
@not_frozen
def remove(request: HttpRequest, account: Account, what: str) -> HttpResponse:
    """`what` is a method, or the public identifier of a passkey: asked again, then removed."""
    key = None if what in list(Method) else get_object_or_404(account.passkeys, public_id=what)
    if request.method != "POST":
        return render(request, "accounts/family/remove_second_step.html", {"what": what, "key": key})
    device, now = devices.visitor(request).label, timezone.now()
    try:
        if key:
            turning.remove_passkey(key, device=device, at=now)
        elif what == Method.TOTP:
            turning.remove_totp(account, device=device, at=now)
        elif what in (Method.SMS, Method.EMAIL):
            turning.switch(account, Method(what), on=False, device=device, at=now)
    except turning.LastStrongMethod:
        messages.error(request, _("Gardez une clé d’accès ou une application : ajoutez l’autre d’abord."))
        return redirect(SECURITY)
    messages.success(request, _("C’est retiré. Chaque appareil redemandera ce qui reste."))
    return redirect(SECURITY)


@signed_in
@confirmed
@not_frozen
@require_POST
def switch_on(request: HttpRequest, account: Account, method: str) -> HttpResponse:
    """A code by e-mail, or by SMS to the number that was verified."""
    if method not in sent_codes.BY_CODE:
        raise Http404
    meant = Method(method)
    if account.is_staff or meant not in current().allowed_methods:
        messages.error(request, _("Cette façon n’est pas proposée ici."))
    elif meant == Method.SMS and not account.verified_phone:
        return redirect("accounts:phone")
    else:
        turning.switch(account, meant, on=True, device=devices.visitor(request).label, at=timezone.now())
        messages.success(request, _("C’est fait. Un code sera demandé à la prochaine connexion."))
        return _next(request, account)
    return redirect(SECURITY)


@signed_in
@confirmed
@not_frozen
def make_recovery_codes(request: HttpRequest, account: Account) -> HttpResponse:
    """Shown once, on the page that answers: they are kept nowhere in clear."""
    now = timezone.now()
    made: list[str] = []
    if request.method == "POST":
        made = recovery_codes.make(account, device=devices.visitor(request).label, at=now)
    shown = {"made": made, "left": recovery_codes.left(account), "made_at": now}
    return render(request, "accounts/family/recovery_codes.html", shown)
