"""A new address of sign-in: asked for here, confirmed by what its mailbox received."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from xpassfam.accounts import devices
from xpassfam.accounts.actions.email_change import asking, confirming
from xpassfam.accounts.decorators import bears_token, confirmed, not_frozen, signed_in
from xpassfam.accounts.forms.email_change import NewEmailForm
from xpassfam.accounts.forms.signing_up import CodeForm
from xpassfam.accounts.models import Account, EmailChange
from xpassfam.ui.forms import blank
from xpassfam.ui.words import soon


@signed_in
@not_frozen
@confirmed
def change_email(request: HttpRequest, account: Account) -> HttpResponse:
    given = {"account": account}
    form = NewEmailForm(request.POST, **given) if request.method == "POST" else blank(NewEmailForm, request, **given)
    if request.method == "POST" and form.is_valid():
        who = devices.visitor(request)
        try:
            asking.ask(account, form.cleaned_data["email"], device=who.label, address=who.address, at=timezone.now())
            return redirect("accounts:email-code")
        except asking.TooMany as wait:
            form.add_error("email", _too_many(wait))
    waiting = _waiting(account)
    return render(request, "accounts/family/email.html", {"form": form, "account": account, "waiting": waiting})


@signed_in
@not_frozen
def email_code(request: HttpRequest, account: Account) -> HttpResponse:
    """The page left open: the six digits of the message are typed here."""
    change = _waiting(account)
    if change is None:
        return redirect("accounts:security")
    form = CodeForm(request.POST) if request.method == "POST" else blank(CodeForm, request)
    if request.method == "POST" and form.is_valid():
        try:
            changed = confirming.by_code(change, form.cleaned_data["code"], **_here(request), at=timezone.now())
            return _changed(request, changed)
        except confirming.WrongCode as refusal:
            form.add_error("code", _wrong_code(refusal.remaining))
        except confirming.Gone as gone:
            return _gone(request, gone)
    now = timezone.now()
    shown = {
        "form": form,
        "change": change,
        "may_resend": now >= change.again_at,
        "code_is_live": change.code_until > now,
    }
    return render(request, "accounts/family/email_code.html", shown)


@signed_in
@not_frozen
@bears_token
def email_link(request: HttpRequest, account: Account, token: str) -> HttpResponse:
    """The page of the link has a button. Only who asked can press it: the mailbox may be that of a slip of the key."""
    now = timezone.now()
    try:
        if request.method == "POST":
            return _changed(request, confirming.by_link(account, token, **_here(request), at=now))
        change = confirming.find(account, token, at=now)
    except confirming.Gone as gone:
        return _gone(request, gone)
    return render(request, "accounts/family/email_link.html", {"change": change})


@require_POST
@signed_in
def send_again(request: HttpRequest, account: Account) -> HttpResponse:
    change = _waiting(account)
    if change is None:
        return redirect("accounts:security")
    try:
        asking.send_again(change, address=devices.visitor(request).address, at=timezone.now())
        messages.success(request, _("Un nouveau message part. Celui d’avant ne marche plus."))
    except asking.TooMany as wait:
        messages.warning(request, _too_many(wait), extra_tags="focus")
    return redirect("accounts:email-code")


@require_POST
@signed_in
def give_up(request: HttpRequest, account: Account) -> HttpResponse:
    change = _waiting(account)
    if change is None:
        raise Http404
    asking.give_up(change, at=timezone.now())
    messages.success(request, _("C’est noté : votre adresse de connexion ne change pas."))
    return redirect("accounts:security")


def _waiting(account: Account) -> EmailChange | None:
    return account.email_changes.waiting(timezone.now()).select_related("account__person").first()


def _here(request: HttpRequest) -> dict[str, str]:
    return {"session_key": request.session.session_key or "", "device": devices.visitor(request).label}


def _changed(request: HttpRequest, changed: Account) -> HttpResponse:
    text = _("C’est fait : vous vous connectez désormais avec {email}.").format(email=changed.email)
    messages.success(request, text)
    return redirect("accounts:security")


def _gone(request: HttpRequest, gone: confirming.Gone) -> HttpResponse:
    shown = {"is_unknown": gone.why == "unknown", "is_used": gone.why == "used", "is_taken": gone.why == "taken"}
    return render(request, "accounts/family/email_gone.html", shown, status=410)


def _too_many(wait: asking.TooMany) -> str:
    return _("Pas encore : un autre message pourra partir {at}.").format(at=soon(wait.until))


def _wrong_code(remaining: int) -> str:
    if not remaining:
        return _("Ces chiffres ne marchent plus. Demandez un nouveau message, ou ouvrez le lien reçu.")
    tries = ngettext("Il vous reste %(count)s essai.", "Il vous reste %(count)s essais.", remaining)
    return (
        _("Ce n’est pas le bon code. Recopiez les 6 chiffres du dernier message.") + " " + tries % {"count": remaining}
    )
