"""The second step of a sign-in: no session is open yet, the browser keeps a token for ten minutes."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from xpassfam.accounts import devices, pipeline, returning
from xpassfam.accounts.actions import recovering
from xpassfam.accounts.actions.second_step import asking, judging, passkeys, recovery_codes, sent_codes
from xpassfam.accounts.decorators import asked_by_page
from xpassfam.accounts.forms.second_step import (
    NOT_OF_THE_MOMENT,
    LetterCodeForm,
    PasskeyForm,
    RecoveryCodeForm,
    StepCodeForm,
    not_the_one_sent,
)
from xpassfam.accounts.models import PendingSignIn
from xpassfam.accounts.outcomes import Confirmed, SignedIn, StepAsked, TooLate
from xpassfam.accounts.public_views.arriving import arrive, destination
from xpassfam.organisation.models import current
from xpassfam.rules import masking
from xpassfam.rules.second_step import Method
from xpassfam.ui.words import clock, moment

SECONDS = int(asking.GOOD_FOR.total_seconds())


def begin(request: HttpRequest, asked: StepAsked, *, at: datetime) -> HttpResponse:
    """The password was right: send the first code, if it is one to send, and ask for the answer."""
    pending = asked.pending
    if not pending.methods:
        page = redirect("accounts:second-step-first")
    else:
        first = pending.may_use[0]
        if first in sent_codes.BY_CODE:
            _send(request, pending, first, at=at)
        page = redirect("accounts:second-step")
    page.set_cookie(
        settings.STEP_COOKIE_NAME,
        asked.token,
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return page


def waiting(request: HttpRequest, *, at: datetime) -> PendingSignIn | None:
    return asking.find(request.COOKIES.get(settings.STEP_COOKIE_NAME, ""), at=at)


def gone(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Cette étape a duré plus de 10 minutes. Connectez-vous de nouveau."))
    return redirect("accounts:sign-in")


@login_not_required
@sensitive_post_parameters("code", "recovery_code", "letter_code", "credential")
def second_step(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    pending = waiting(request, at=now)
    if pending is None:
        return gone(request)
    if not pending.methods:
        return redirect("accounts:second-step-first")
    method = _method(request, pending)
    if method == Method.PASSKEY:
        return _by_passkey(request, pending, now)
    if method == judging.RECOVERY:
        return _by_recovery_code(request, pending, now)
    if method == judging.LETTER:
        return _by_letter(request, pending, now)
    form = StepCodeForm(request.POST or None, label=_label(method), trust_label=_trust(pending))
    if request.method == "POST" and form.is_valid():
        trust = form.cleaned_data.get("trust", False)
        try:
            return _judged(request, pending, method, form.cleaned_data["code"], trust=trust, at=now)
        except judging.WrongCode as wrong:
            _refused(form, "code", wrong, method)
    return _page(request, pending, method, form, at=now)


@login_not_required
@require_POST
def send_code(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    pending = waiting(request, at=now)
    if pending is None:
        return gone(request)
    if not pending.methods:
        return redirect("accounts:second-step-first")
    method = _method(request, pending)
    if method in sent_codes.BY_CODE and _send(request, pending, Method(method), at=now):
        messages.success(request, _("Un nouveau code est parti. Celui d’avant ne sert plus."))
    return redirect(f"/connexion/deuxieme-etape/?methode={method}")


@login_not_required
@asked_by_page
@require_POST
def passkey_options(request: HttpRequest) -> JsonResponse:
    """What a key is to sign: for the account that waits, or for whoever it knows."""
    now = timezone.now()
    pending = waiting(request, at=now) if "etape" in request.GET else None
    reserved = passkeys.may_ask(devices.visitor(request).address, at=now)
    if not reserved:
        return JsonResponse({}, status=429)
    return JsonResponse(passkeys.to_sign(pending.account if pending else None, at=now))


def _by_passkey(request: HttpRequest, pending: PendingSignIn, now: datetime) -> HttpResponse:
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        trust = bool(request.POST.get("trust"))
        try:
            token, told = form.cleaned_data["challenge_token"], form.cleaned_data["credential"]
            passkeys.signed_by(token, told, account=pending.account, at=now)
            return passed(request, pending, Method.PASSKEY, trust=trust, at=now)
        except passkeys.Refused:
            pass
    refused = request.method == "POST"
    return _page(request, pending, Method.PASSKEY, form, at=now, key_refused=refused)


def _by_recovery_code(request: HttpRequest, pending: PendingSignIn, now: datetime) -> HttpResponse:
    form = RecoveryCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            typed = form.cleaned_data["recovery_code"]
            return _judged(request, pending, judging.RECOVERY, typed, trust=False, at=now)
        except judging.WrongCode as wrong:
            _refused(form, "recovery_code", wrong, judging.RECOVERY)
    return _page(request, pending, judging.RECOVERY, form, at=now)


def _by_letter(request: HttpRequest, pending: PendingSignIn, now: datetime) -> HttpResponse:
    """The second step is gone once this is right: the page of security is where another is turned on."""
    form = LetterCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pending.next = reverse("accounts:security")
        try:
            return _judged(request, pending, judging.LETTER, form.cleaned_data["letter_code"], trust=False, at=now)
        except judging.WrongCode as wrong:
            _refused(form, "letter_code", wrong, judging.LETTER)
        except recovering.StillWaiting as waiting_still:
            early = _("C’est le bon code. Il ouvrira votre compte {moment} : gardez-le.")
            form.add_error("letter_code", early.format(moment=moment(waiting_still.until)))
    return _page(request, pending, judging.LETTER, form, at=now)


def _judged(
    request: HttpRequest, pending: PendingSignIn, method: str, typed: str, *, trust: bool, at: datetime
) -> HttpResponse:
    """Raise WrongCode."""
    who = devices.visitor(request)
    known_device = devices.known_to(pending.account, who, at=at)
    judging.judge(pending, method, typed, known_device=known_device, device=who.label, at=at)
    return passed(request, pending, method, trust=trust, at=at)


def passed(request: HttpRequest, pending: PendingSignIn, method: str, *, trust: bool, at: datetime) -> HttpResponse:
    try:
        outcome = pipeline.finish(request, pending, method, trust=trust, who=devices.visitor(request), at=at)
    except TooLate:
        return gone(request)
    if isinstance(outcome, Confirmed):
        returning.hold(request, pending.carried, pending.account)
        confirmed = redirect(destination(pending.account, pending.next))
        confirmed.delete_cookie(settings.STEP_COOKIE_NAME)
        return confirmed
    if not isinstance(outcome, SignedIn):
        return redirect("accounts:sign-in")
    if method == judging.RECOVERY:
        left = recovery_codes.left(pending.account)
        messages.warning(
            request,
            ngettext(
                "Ce code de secours a servi. Il vous en reste {count}.",
                "Ce code de secours a servi. Il vous en reste {count}.",
                left,
            ).format(count=left),
        )
    if method == judging.LETTER:
        gone_now = _("Votre compte est ouvert, sans deuxième étape. Activez-en une nouvelle maintenant.")
        messages.warning(request, gone_now)
    returning.hold(request, pending.carried, outcome.account)
    response = arrive(outcome, wanted=pending.next)
    response.delete_cookie(settings.STEP_COOKIE_NAME)
    return response


def _method(request: HttpRequest, pending: PendingSignIn) -> str:
    """The one chosen, if it may answer; else the first."""
    asked = request.POST.get("methode") or request.GET.get("methode") or ""
    return asked if asked in [*pending.methods, judging.RECOVERY, judging.LETTER] else pending.methods[0]


def _send(request: HttpRequest, pending: PendingSignIn, method: Method, *, at: datetime) -> bool:
    is_known = bool(devices.known_to(pending.account, devices.visitor(request), at=at))
    try:
        sent_codes.send(pending, method, is_known=is_known, at=at)
    except sent_codes.TooManyCodes as refusal:
        said = _(
            "Beaucoup de codes sont déjà partis. Le prochain pourra partir à {clock}. Une autre façon marche aussi."
        )
        messages.warning(request, said.format(clock=clock(refusal.until)))
        return False
    return True


def _refused(
    form: StepCodeForm | RecoveryCodeForm | LetterCodeForm, field: str, wrong: judging.WrongCode, method: str
) -> None:
    if wrong.until:
        form.add_error(field, _("Trop d’essais. Réessayez à {clock}.").format(clock=clock(wrong.until)))
    elif wrong.remaining == 0:
        form.add_error(field, _("Ce code a eu cinq essais : il ne sert plus. Demandez-en un autre."))
    elif method == Method.TOTP:
        form.add_error(field, NOT_OF_THE_MOMENT)
    elif method == judging.RECOVERY:
        form.add_error(
            field, _("Ce code n’est pas dans votre dernière feuille, ou il a déjà servi. Essayez le suivant.")
        )
    elif method == judging.LETTER:
        form.add_error(field, _("Ce n’est pas le code de notre dernier courrier. Recopiez ses 10 signes."))
    else:
        form.add_error(field, not_the_one_sent(wrong.remaining))


def _label(method: str) -> str:
    return {
        Method.TOTP.value: _("Les 6 chiffres de l’application"),
        Method.SMS.value: _("Les 6 chiffres du SMS"),
    }.get(method, _("Les 6 chiffres de l’e-mail"))


def _trust(pending: PendingSignIn) -> str:
    """What the box says; nothing: there is none."""
    organisation = current()
    if pending.session_key:
        return ""
    if pending.account.is_staff:
        hours = organisation.staff_trusted_hours
        if not hours:
            return ""
        said = ngettext(
            "Ne plus demander de code ici pendant {count} heure",
            "Ne plus demander de code ici pendant {count} heures",
            hours,
        )
        return said.format(count=hours)
    days = organisation.trusted_days
    said = ngettext(
        "Ne plus demander de code ici pendant {count} jour", "Ne plus demander de code ici pendant {count} jours", days
    )
    return said.format(count=days)


def _page(
    request: HttpRequest, pending: PendingSignIn, method: str, form: object, *, at: datetime, **shown: object
) -> HttpResponse:
    account = pending.account
    sent = sent_codes.last(pending, Method(method)) if method in sent_codes.BY_CODE else None
    again_at = sent.sent_at + sent_codes.AGAIN_AFTER if sent else at
    where = masking.phone(account.phone) if method == Method.SMS else masking.email(account.email)
    ways = [*pending.methods, judging.RECOVERY]
    recovery = None if pending.session_key else recovering.live(account, at=at)
    if recovery and not recovery.loses_mailbox:
        ways.append(judging.LETTER)
    others = [other for other in ways if other != method]
    context = {
        "form": form,
        "method": method,
        "by": {name: name == method for name in [*Method, judging.RECOVERY, judging.LETTER]},
        "other": {name: name in others for name in [*Method, judging.RECOVERY, judging.LETTER]},
        "may_lose_all": not pending.session_key,
        "sent": sent,
        "is_spent": bool(sent and not sent_codes.tries_left(sent)),
        "where": where,
        "again_at": again_at if again_at > at else None,
        "now": at,
        "trust_label": _trust(pending),
        **shown,
    }
    return render(request, "accounts/public/second_step.html", context)
