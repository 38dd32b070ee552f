"""« J’ai tout perdu »: a letter to the address of the file, three days, and a link for whoever wants to stop it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from xpassfam.accounts import devices
from xpassfam.accounts.actions import passwords, recovered, recovering
from xpassfam.accounts.actions.known_addresses import NoSafeAddress, safe_home
from xpassfam.accounts.decorators import bears_token
from xpassfam.accounts.forms.recovering import ByLetterForm, ReopenForm
from xpassfam.accounts.public_views.second_step import gone, waiting
from xpassfam.journal.actions import Actor
from xpassfam.ui.forms import blank
from xpassfam.ui.words import clock


@login_not_required
def all_lost(request: HttpRequest) -> HttpResponse:
    """After a right password only. The page says what will happen; its button starts it."""
    now = timezone.now()
    pending = waiting(request, at=now)
    if pending is None or pending.session_key:
        return gone(request)
    account = pending.account
    shown: dict[str, object] = {"is_staff": account.is_staff, "now": now, "wait_hours": 72}
    try:
        if request.method == "POST":
            recovering.start(account, device=devices.visitor(request).label, at=now)
            return redirect("accounts:all-lost")
        shown["recovery"] = recovering.live(account, at=now)
        if not (shown["recovery"] or account.is_staff):
            safe_home(account, at=now)
    except NoSafeAddress as refusal:
        shown["no_address"], shown["until"] = refusal.why, refusal.until
    except recovering.CannotStart as refusal:
        shown["cannot"], shown["until"] = refusal.why, refusal.until
    return render(request, "accounts/public/all_lost.html", shown)


@login_not_required
@bears_token
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """By the link of a warning, without signing in; opening it changes nothing."""
    now = timezone.now()
    recovery = recovering.to_stop(token, at=now)
    if recovery is None:
        return render(request, "accounts/public/recovery_gone.html", {"was_to_stop": True}, status=410)
    if request.method != "POST":
        return render(request, "accounts/public/stop_recovery.html", {"recovery": recovery})
    by, device = Actor(kind="visitor"), devices.visitor(request).label
    recovering.stop(recovery, by=by, is_contested=True, device=device, at=now)
    return render(request, "accounts/public/recovery_stopped.html", {"recovery": recovery})


@login_not_required
@sensitive_post_parameters("letter_code", "rescue_word")
def by_letter(request: HttpRequest) -> HttpResponse:
    """The mailbox is lost too: the letter, the word of the agent, and a new address. The same for unknown ones."""
    form = ByLetterForm(request.POST) if request.method == "POST" else blank(ByLetterForm, request)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/public/by_letter.html", {"form": form})
    who, now, typed = devices.visitor(request), timezone.now(), form.cleaned_data
    try:
        recovered.ask_link(
            typed["username"],
            typed["letter_code"],
            typed["rescue_word"],
            typed["email"],
            address=who.address,
            device=who.label,
            at=now,
        )
    except recovered.WrongLetter as wrong:
        form.add_error(None if wrong.until else "letter_code", _refused(wrong))
        status = 429 if wrong.until else 200
        return render(request, "accounts/public/by_letter.html", {"form": form}, status=status)
    except recovering.StillWaiting as early:
        return render(request, "accounts/public/recovery_waits.html", {"until": early.until})
    return render(request, "accounts/public/recovery_link_sent.html", {"typed": typed["email"]})


@login_not_required
@bears_token
@sensitive_post_parameters("letter_code", "new_password")
def reopen(request: HttpRequest, token: str) -> HttpResponse:
    """From the new mailbox: the letter once more and a new password."""
    now = timezone.now()
    try:
        recovery = recovered.by_link(token, at=now)
        account = recovery.account
        form = ReopenForm(request.POST or None, account=account)
        if request.method == "POST" and form.is_valid():
            typed, device = form.cleaned_data, devices.visitor(request).label
            recovered.reopen(recovery, typed["letter_code"], typed["new_password"], device=device, at=now)
            messages.success(request, _("Votre compte est rouvert. Connectez-vous avec votre nouvelle adresse."))
            return redirect("accounts:sign-in")
    except recovered.LinkGone:
        return render(request, "accounts/public/recovery_gone.html", status=410)
    except recovered.WrongLetter as wrong:
        form.add_error("letter_code", _refused(wrong))
    except passwords.SamePassword:
        form.add_error("new_password", _("C’est le mot de passe d’avant. Choisissez-en un autre."))
    return render(request, "accounts/public/reopen.html", {"form": form, "email": recovery.new_email})


def _refused(wrong: recovered.WrongLetter) -> str:
    if wrong.until:
        return _("Trop d’essais. Réessayez à {clock}.").format(clock=clock(wrong.until))
    return _("Ces réponses ne vont pas ensemble. Recopiez le dernier courrier reçu, ou appelez-nous.")
