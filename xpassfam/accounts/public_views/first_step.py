"""Staff who have no strong method yet turn one on between their password and their first page."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from xpassfam.accounts import devices
from xpassfam.accounts.actions.second_step import asking, passkeys, totp, turning
from xpassfam.accounts.decorators import asked_by_page
from xpassfam.accounts.forms.second_step import NOT_OF_THE_MOMENT, NewPasskeyForm, NewTotpForm
from xpassfam.accounts.models import PendingSignIn
from xpassfam.accounts.public_views.second_step import gone, passed, waiting
from xpassfam.accounts.totp_page import key_of, totp_page
from xpassfam.rules.second_step import STRONG, Method


@login_not_required
@sensitive_post_parameters("code", "key", "credential")
def first(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    pending = _waiting(request, at=now)
    if pending is None:
        return gone(request)
    if "credential" in request.POST:
        return _by_passkey(request, pending)
    account = pending.account
    form = NewTotpForm(request.POST or None)
    key = key_of(request, account)
    if request.method == "POST" and form.is_valid():
        if totp.is_right(key, form.cleaned_data["code"], at=now):
            turning.add_totp(account, key, device=devices.visitor(request).label, at=now)
            return passed(request, pending, Method.TOTP, trust=False, at=now)
        form.add_error("code", NOT_OF_THE_MOMENT)
    shown = totp_page(account, key, form) | {"key_form": _key_form(request)}
    return render(request, "accounts/public/first_step.html", shown)


def _waiting(request: HttpRequest, *, at: datetime) -> PendingSignIn | None:
    """Of an account that still has nothing: what its owner turned on meanwhile is not replaced by the password."""
    pending = waiting(request, at=at)
    if pending is None or pending.methods or asking.situation(pending.account, None, at=at).enrolled & STRONG:
        return None
    return pending


def _by_passkey(request: HttpRequest, pending: PendingSignIn) -> HttpResponse:
    now, device = timezone.now(), devices.visitor(request).label
    key_form = NewPasskeyForm(request.POST)
    if key_form.is_valid():
        told = key_form.cleaned_data
        try:
            turning.add_passkey(
                pending.account,
                told["challenge_token"],
                told["credential"],
                name=told["name"],
                device=device,
                at=now,
            )
            return passed(request, pending, Method.PASSKEY, trust=False, at=now)
        except passkeys.Refused:
            pass
    shown = totp_page(pending.account, totp.new_key(), NewTotpForm()) | {"key_form": key_form, "key_refused": True}
    return render(request, "accounts/public/first_step.html", shown)


def _key_form(request: HttpRequest) -> NewPasskeyForm:
    return NewPasskeyForm(initial={"name": devices.visitor(request).label})


@login_not_required
@asked_by_page
@require_POST
def passkey_options(request: HttpRequest) -> JsonResponse:
    now = timezone.now()
    pending = _waiting(request, at=now)
    if pending is None:
        return JsonResponse({}, status=410)
    return JsonResponse(passkeys.to_register(pending.account, at=now))
