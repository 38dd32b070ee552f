"""Sign in, sign out, lift a pause."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from xpassfam.accounts import devices, outcomes, pipeline, returning, tokens
from xpassfam.accounts.actions import signing_out, unlocking
from xpassfam.accounts.decorators import bears_token
from xpassfam.accounts.forms.second_step import PasskeyForm
from xpassfam.accounts.forms.signing_in import IdentifierForm, SignInForm
from xpassfam.accounts.models import Account
from xpassfam.accounts.public_views import second_step
from xpassfam.accounts.public_views.arriving import arrive, destination
from xpassfam.ui.forms import blank
from xpassfam.ui.words import wait


def _wanted(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next") or ""


@login_not_required
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    has_session_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES
    if has_session_cookie and isinstance(request.user, Account):
        return redirect(destination(request.user, _wanted(request)))
    if request.method != "POST":
        carried = getattr(request, "carried", "")
        form = blank(SignInForm, request, initial={"next": request.GET.get("next", ""), "carried": carried})
        return _page(request, form, session_ended=has_session_cookie, is_carried=bool(carried))
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    now = timezone.now()
    outcome = pipeline.sign_in(
        request,
        identifier=form.cleaned_data["username"],
        password=form.cleaned_data["password"],
        remember=form.cleaned_data["remember"],
        who=devices.visitor(request),
        at=now,
    )
    return _answer(request, form, outcome, at=now)


@login_not_required
@require_POST
@sensitive_post_parameters("credential")
def by_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey that verifies its owner is both steps."""
    now = timezone.now()
    told = PasskeyForm(request.POST)
    form = SignInForm(initial={"next": _wanted(request)})
    if not told.is_valid():
        return _page(request, form, key_refused=True)
    token, credential = told.cleaned_data["challenge_token"], told.cleaned_data["credential"]
    outcome = pipeline.enter(request, token, credential, who=devices.visitor(request), at=now)
    if outcome is None:
        return _page(request, form, key_refused=True)
    form.cleaned_data = {"carried": request.POST.get("carried", "")}
    return _answer(request, form, outcome, at=now)


def _answer(request: HttpRequest, form: SignInForm, outcome: outcomes.Outcome, *, at: datetime) -> HttpResponse:
    match outcome:
        case outcomes.SignedIn(account=account):
            returning.hold(request, form.cleaned_data["carried"], account)
            return arrive(outcome, wanted=_wanted(request))
        case outcomes.StepAsked(pending=pending):
            pending.next, pending.carried = _wanted(request), form.cleaned_data["carried"]
            pending.save(update_fields=["next", "carried"])
            return second_step.begin(request, outcome, at=at)
        case outcomes.NotActivated(pending=pending):
            messages.info(
                request,
                _("Votre compte n’est pas encore ouvert. Utilisez le dernier message reçu, ou demandez-en un nouveau."),
            )
            return redirect("accounts:sign-up-waiting", public_id=pending.public_id)
        case outcomes.Paused(until=until, for_all=for_all):
            return _page(request, form, paused_until=until, paused_for_all=for_all, now=at, status=429)
        case outcomes.Wrong(remaining=remaining, pause=pause):
            near = {"remaining": remaining, "pause": wait(pause)} if remaining <= 2 else {}
            return _page(request, form, wrong=True, ends_with_a_space=_ends_with_a_space(form), near=near)
        case outcomes.Blocked():
            return _page(request, form, blocked=True)
        case outcomes.PasswordDue():
            return _page(request, form, password_due=True)
        case outcomes.UnderMaintenance(until=until):
            return _page(request, form, maintenance=True, maintenance_until=until)


def _ends_with_a_space(form: SignInForm) -> bool:
    """What was typed, whatever the account: said where no script could say it while typing."""
    password: str = form.cleaned_data["password"]
    return password != password.rstrip()


def _page(request: HttpRequest, form: SignInForm, *, status: int = 200, **shown: object) -> HttpResponse:
    return render(request, "accounts/public/sign_in.html", {"form": form, **shown}, status=status)


@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this device's session by POST; a bookmark of the address gets a button."""
    if request.method != "POST":
        return render(request, "accounts/public/sign_out.html")
    signing_out.sign_out(request, device=devices.visitor(request).label, at=timezone.now())
    messages.success(request, _("C’est fait : cet appareil est déconnecté."))
    response: HttpResponseRedirect = redirect("accounts:sign-in")
    # Whoever sits down next finds nothing in the browser's own storage.
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@login_not_required
def ask_unlock(request: HttpRequest) -> HttpResponse:
    """Ask for a pass by e-mail; the answer is the same for all."""
    if request.method != "POST":
        form = blank(IdentifierForm, request, initial={"username": request.GET.get("username", "")})
        return render(request, "accounts/public/unlock_ask.html", {"form": form})
    form = IdentifierForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/public/unlock_ask.html", {"form": form})
    typed = form.cleaned_data["username"]
    unlocking.ask(typed, address=devices.visitor(request).address, at=timezone.now())
    return render(request, "accounts/public/unlock_sent.html", {"typed": typed})


@login_not_required
@bears_token
def unlock(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the link has a button: opening the link changes nothing."""
    now = timezone.now()
    found = unlocking.find(token)
    if found is None or found.opened_at or found.superseded_at or found.expires_at <= now:
        return render(request, "accounts/public/unlock_gone.html", {"found": found}, status=410)
    if request.method != "POST":
        return render(request, "accounts/public/unlock.html", {"token": token})
    who = devices.visitor(request)
    cookie = who.cookie or tokens.new_token()
    if not unlocking.open_pass(token, device_cookie=cookie, device=who.label, at=now):
        return render(request, "accounts/public/unlock_gone.html", {"found": found}, status=410)
    messages.success(request, _("La pause est levée sur cet appareil, pendant 1 heure."))
    response: HttpResponseRedirect = redirect("accounts:sign-in")
    devices.set_cookie(response, cookie)
    return response
