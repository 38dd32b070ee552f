"""From the sign-up form to the open account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from xpassfam.accounts import devices, tokens
from xpassfam.accounts.actions import opening, signing_up
from xpassfam.accounts.actions.activation_codes import TooManyTries
from xpassfam.accounts.decorators import bears_token
from xpassfam.accounts.forms.signing_up import (
    ChosenPasswordForm,
    CodeAndPasswordForm,
    CodeForm,
    EmailForm,
    SignUpForm,
)
from xpassfam.accounts.models import PendingSignUp
from xpassfam.organisation.models import current
from xpassfam.ui import cookies
from xpassfam.ui.forms import blank, holding
from xpassfam.ui.words import clock


@login_not_required
@sensitive_post_parameters("password", "activation_code")
def sign_up(request: HttpRequest) -> HttpResponse:
    if not current().sign_up_is_open:
        return render(request, "accounts/public/sign_up_closed.html", status=403)
    if request.method != "POST":
        return render(request, "accounts/public/sign_up.html", {"form": blank(SignUpForm, request)})
    if request.POST.get("language") in dict(settings.LANGUAGES):
        return _in_another_language(request, request.POST["language"])
    form = SignUpForm(request.POST)
    if form.is_valid():
        who = devices.visitor(request)
        cookie = who.cookie or tokens.new_token()
        try:
            pending = signing_up.ask(
                form.claim(), address=who.address, browser=tokens.digest(cookie), at=timezone.now()
            )
        except (signing_up.TooManySignUps, TooManyTries) as refusal:
            shown = {"form": form, "until": refusal.until, "is_code_paused": isinstance(refusal, TooManyTries)}
            return render(request, "accounts/public/sign_up.html", shown, status=429)
        response = redirect("accounts:sign-up-waiting", public_id=pending.public_id)
        devices.set_cookie(response, cookie)
        return response
    return render(request, "accounts/public/sign_up.html", {"form": form})


def _in_another_language(request: HttpRequest, language: str) -> HttpResponse:
    """A half-filled form keeps what was typed, but for the password."""
    translation.activate(language)
    response = render(request, "accounts/public/sign_up.html", {"form": holding(SignUpForm, request.POST)})
    cookies.keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


def _pending(public_id: str) -> PendingSignUp:
    pending = PendingSignUp.objects.select_related("person", "activation_code").filter(public_id=public_id).first()
    if pending is None:
        raise Http404
    return pending


def _wait(request: HttpRequest, pending: PendingSignUp, form: CodeForm) -> HttpResponse:
    now = timezone.now()
    code_until, link_until = opening.digits_until(pending), opening.link_until(pending)
    shown = {
        "pending": pending,
        "form": form,
        "link_until": link_until if link_until > now else None,
        "code_until": code_until,
        "code_is_live": code_until > now and pending.code_tries < opening.MOST_CODE_TRIES,
        "again_at": pending.sent_at + signing_up.RESEND_AFTER,
        "may_resend": now >= pending.sent_at + signing_up.RESEND_AFTER,
    }
    return render(request, "accounts/public/sign_up_waiting.html", shown)


@login_not_required
@bears_token
@sensitive_post_parameters("password")
def waiting(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page left open: type the code here, or learn that the link was used."""
    pending = _pending(public_id)
    if pending.used_at:
        return render(request, "accounts/public/account_open.html", {"pending": pending})
    who = devices.visitor(request)
    is_here = opening.is_where_it_was_asked(pending, browser=who.digest)
    form_class = CodeForm if is_here else CodeAndPasswordForm
    if request.method != "POST":
        return _wait(request, pending, blank(form_class, request))
    form = form_class(request.POST)
    if form.is_valid():
        try:
            opening.open_by_code(pending, **form.cleaned_data, browser=who.digest, device=who.label, at=timezone.now())
            return redirect("accounts:sign-up-waiting", public_id=public_id)
        except opening.LinkGone as gone:
            return _gone(request, pending, gone)
        except opening.WrongCode as refusal:
            form.add_error("code", _wrong_code(refusal.remaining))
        except opening.WrongPassword as refusal:
            form.add_error("password", _wrong_password(refusal))
    return _wait(request, pending, form)


def _wrong_code(remaining: int) -> str:
    if not remaining:
        return _("Ces chiffres ne marchent plus. Demandez un nouveau message, ou ouvrez le lien reçu.")
    tries = ngettext("Il vous reste %(count)s essai.", "Il vous reste %(count)s essais.", remaining) % {
        "count": remaining
    }
    return _("Ce n’est pas le bon code. Recopiez les 6 chiffres du dernier message.") + " " + tries


@login_not_required
@require_GET
def waiting_state(request: HttpRequest, public_id: str) -> JsonResponse:
    """For the page left open: is it done?"""
    return JsonResponse({"done": _pending(public_id).used_at is not None})


@login_not_required
@require_POST
def resend(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send the message again; too early, the page says when."""
    pending, now = _pending(public_id), timezone.now()
    again_at = pending.sent_at + signing_up.RESEND_AFTER
    if not signing_up.resend(pending, at=now) and now < again_at:
        too_early = _("Pas encore : vous pourrez demander un autre message à %(clock)s.") % {"clock": clock(again_at)}
        messages.warning(request, too_early, extra_tags="focus")
    return redirect("accounts:sign-up-waiting", public_id=public_id)


@login_not_required
@bears_token
def correct_address(request: HttpRequest, public_id: str) -> HttpResponse:
    pending = _pending(public_id)
    if request.method != "POST":
        form = blank(EmailForm, request, initial={"email": pending.email})
        return render(request, "accounts/public/sign_up_address.html", {"form": form, "pending": pending})
    form = EmailForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/public/sign_up_address.html", {"form": form, "pending": pending})
    try:
        signing_up.correct_address(
            pending,
            email=form.cleaned_data["email"],
            address=devices.visitor(request).address,
            at=timezone.now(),
        )
    except signing_up.TooManySignUps as refusal:
        shown = {"form": form, "pending": pending, "until": refusal.until}
        return render(request, "accounts/public/sign_up_address.html", shown, status=429)
    return redirect("accounts:sign-up-waiting", public_id=public_id)


@login_not_required
@bears_token
def activate(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the link has a button: mail scanners open links, people press buttons."""
    now = timezone.now()
    link = opening.find(token)
    if link is None:
        return render(request, "accounts/public/activation_gone.html", {"why": "unknown"}, status=410)
    try:
        opening.refuse_dead_link(link, at=now)
        who = devices.visitor(request)
        asks = opening.asks_for_password(link.pending, browser=who.digest)
        form = ChosenPasswordForm(request.POST if request.method == "POST" and asks else None)
        if request.method == "POST" and (not asks or form.is_valid()):
            password = form.cleaned_data["password"] if asks else ""
            opening.open_by_link(link, browser=who.digest, password=password, device=who.label, at=now)
            return redirect("accounts:sign-up-waiting", public_id=link.pending.public_id)
    except opening.LinkGone as gone:
        return _gone(request, link.pending, gone)
    except opening.WrongPassword as refusal:
        form.add_error("password", _wrong_password(refusal))
    shown = {"pending": link.pending, "token": token, "form": form, "asks_for_password": asks}
    return render(request, "accounts/public/activation.html", shown)


def _wrong_password(refusal: opening.WrongPassword) -> str:
    if refusal.until:
        return _("Trop d’essais. Réessayez à %(clock)s.") % {"clock": clock(refusal.until)}
    return _("Ce n’est pas le mot de passe choisi à l’inscription. Relisez-le avec « Afficher ».")


def _gone(request: HttpRequest, pending: PendingSignUp, gone: opening.LinkGone) -> HttpResponse:
    shown = {"why": gone.why, "at": gone.at, "pending": pending, "newer_at": pending.sent_at}
    return render(request, "accounts/public/activation_gone.html", shown, status=410)
