"""How somebody is reached: their telephone, where they are told what, discreet mode."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters

from xpassfam.accounts import devices, reaching
from xpassfam.accounts.actions import choosing_channels, phones
from xpassfam.accounts.decorators import confirmed, not_frozen, signed_in
from xpassfam.accounts.forms.channels import ChannelsForm, DiscreetForm, PhoneForm
from xpassfam.accounts.forms.signing_up import CodeForm
from xpassfam.accounts.models import Account
from xpassfam.outbox import sms
from xpassfam.rules.phones import readable_phone, typed_phone
from xpassfam.ui.words import clock

SECURITY = "accounts:security"
PHONE = "accounts:phone"


@signed_in
@confirmed
@not_frozen
def phone(request: HttpRequest, account: Account) -> HttpResponse:
    """Type a number; the code it gets is asked for on the next page."""
    if not sms.is_on():
        raise Http404
    now = timezone.now()
    typed = typed_phone(account.phone) if account.phone else ""
    form = PhoneForm(request.POST or None, initial={"phone": typed})
    if request.method == "POST" and form.is_valid() and _asked(account, form, at=now):
        return redirect("accounts:phone-code")
    shown = {"form": form, "phone": readable_phone(account.verified_phone) if account.verified_phone else ""}
    return render(request, "accounts/family/phone.html", shown)


def _asked(account: Account, form: PhoneForm, *, at: datetime) -> bool:
    try:
        phones.ask(account, form.cleaned_data["phone"], at=at)
    except phones.TooManyCodes as refusal:
        form.add_error("phone", _too_many(refusal))
    except phones.NoSms:
        form.add_error("phone", _("Aucun SMS ne peut partir pour l’instant. Réessayez demain, ou appelez-nous."))
    return form.is_valid()


def _too_many(refusal: phones.TooManyCodes) -> str:
    return _("Trop de codes sont partis. Le prochain pourra partir à %(clock)s.") % {"clock": clock(refusal.until)}


@signed_in
@confirmed
@not_frozen
@sensitive_post_parameters("code")
def phone_code(request: HttpRequest, account: Account) -> HttpResponse:
    """The six digits prove that the telephone is theirs."""
    now = timezone.now()
    waiting = phones.waiting(account, at=now)
    if waiting is None:
        messages.info(request, _("Ce code n’est plus valable. Demandez-en un autre."))
        return redirect(PHONE)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            phones.verify(account, form.cleaned_data["code"], device=devices.visitor(request).label, at=now)
        except phones.WrongCode as wrong:
            form.add_error("code", _wrong(wrong))
        else:
            messages.success(request, _("Votre numéro est vérifié."))
            return redirect(SECURITY)
    again_at = waiting.sent_at + phones.AGAIN_AFTER
    shown = {
        "form": form,
        "sent": waiting,
        "phone": readable_phone(waiting.number),
        "again_at": again_at if again_at > now else None,
        "now": now,
    }
    return render(request, "accounts/family/phone_code.html", shown)


def _wrong(wrong: phones.WrongCode) -> str:
    if not wrong.remaining:
        return _("Ce code ne sert plus. Demandez-en un autre, plus bas.")
    return ngettext(
        "Ce n’est pas ce code. Il reste %(count)s essai.",
        "Ce n’est pas ce code. Il reste %(count)s essais.",
        wrong.remaining,
    ) % {"count": wrong.remaining}


@signed_in
@confirmed
@not_frozen
def send_phone_code(request: HttpRequest, account: Account) -> HttpResponse:
    """Another code, to the same number."""
    now = timezone.now()
    waiting = phones.waiting(account, at=now)
    if request.method != "POST" or waiting is None:
        return redirect(PHONE)
    try:
        asked = phones.ask(account, waiting.number, at=now)
    except phones.TooManyCodes as refusal:
        messages.error(request, _too_many(refusal))
    except phones.NoSms:
        messages.error(request, _("Aucun SMS ne peut partir pour l’instant. Réessayez demain, ou appelez-nous."))
    else:
        if asked.pk == waiting.pk:
            messages.info(request, _("Un code est déjà parti il y a moins d’une minute. Patientez un peu."))
        else:
            messages.success(request, _("Un nouveau code est parti. Celui d’avant ne sert plus."))
    return redirect("accounts:phone-code")


@signed_in
@confirmed
@not_frozen
def remove_phone(request: HttpRequest, account: Account) -> HttpResponse:
    if not account.verified_phone:
        return redirect(SECURITY)
    if request.method == "POST":
        phones.remove(account, device=devices.visitor(request).label, at=timezone.now())
        messages.success(request, _("Votre numéro est retiré. Nous ne l’utiliserons plus."))
        return redirect(SECURITY)
    shown = {"phone": readable_phone(account.verified_phone), "ends_codes": account.second_step_sms}
    return render(request, "accounts/family/phone_removal.html", shown)


@signed_in
def channels(request: HttpRequest, account: Account) -> HttpResponse:
    """« Nous prévenir où ? »: for each subject, by e-mail, by SMS."""
    has_phone = bool(account.verified_phone) and sms.is_on()
    choices = choosing_channels.choices_of(account)
    form = ChannelsForm(request.POST if request.method == "POST" else None, choices=choices, has_phone=has_phone)
    if request.method == "POST" and form.is_valid():
        choosing_channels.choose(
            account,
            without_email=form.without_email,
            by_sms=form.by_sms,
            device=devices.visitor(request).label,
            at=timezone.now(),
        )
        messages.success(request, _("C’est noté. Vos choix valent pour les prochains messages."))
        return redirect("accounts:channels")
    shown = {
        "form": form,
        "phone": account.verified_phone[-2:],
        "may_add_phone": sms.is_on() and not has_phone,
    }
    return render(request, "accounts/family/channels.html", shown)


@signed_in
@confirmed
def discreet(request: HttpRequest, account: Account) -> HttpResponse:
    """For who lives with whoever watches them: turned on, changed or stopped without a word to any channel."""
    now, device = timezone.now(), devices.visitor(request).label
    choices = choosing_channels.choices_of(account)
    known = {"email_is_shared": choices.email_is_shared, "phone_is_shared": choices.phone_is_shared}
    form = DiscreetForm(request.POST if request.method == "POST" else None, initial=known)
    found = reaching.found_shared(account, at=now)
    if request.method == "POST" and "stop" in request.POST:
        choosing_channels.stop_being_discreet(account, device=device, at=now)
        messages.success(request, _("Le mode discret est arrêté."))
        return redirect("accounts:discreet")
    if request.method == "POST" and form.is_valid():
        try:
            choosing_channels.be_discreet(account, **form.cleaned_data, device=device, at=now)
        except choosing_channels.StepOnSharedChannel as refusal:
            form.add_error("email_is_shared" if refusal.args == ("email",) else "phone_is_shared", _step(refusal))
        else:
            messages.success(request, _("Le mode discret est activé. Aucun message n’est parti pour le dire."))
            if not (any(form.cleaned_data.values()) or found.email or found.phone):
                # Nobody in danger may believe that nothing leaves.
                still = _("Nos messages partent encore, leur objet ne dit rien. Cochez ce que quelqu’un d’autre lit.")
                messages.warning(request, still)
            return redirect("accounts:discreet")
    shown = {"form": form, "is_on": choices.is_discreet, "found": found, "has_phone": bool(account.verified_phone)}
    return render(request, "accounts/family/discreet.html", shown)


def _step(refusal: choosing_channels.StepOnSharedChannel) -> str:
    if refusal.args == ("email",):
        return _(
            "Vos codes de connexion arrivent par e-mail. Ayez d’abord une application ou une clé, puis retirez-les."
        )
    return _("Vos codes de connexion arrivent par SMS. Ayez d’abord une application ou une clé, puis retirez-les.")
