"""The password, changed while signed in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from xpassfam.accounts.actions import passwords
from xpassfam.accounts.decorators import confirmed_by_second_step, signed_in
from xpassfam.accounts.forms.passwords import ChangePasswordForm
from xpassfam.accounts.models import Account
from xpassfam.ui.words import clock


@signed_in
@confirmed_by_second_step
@sensitive_post_parameters()
def change_password(request: HttpRequest, account: Account) -> HttpResponse:
    form = ChangePasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            passwords.change(
                request,
                account,
                current_password=form.cleaned_data["current_password"],
                new=form.cleaned_data["new_password"],
                at=timezone.now(),
            )
            messages.success(request, _("Votre mot de passe est changé. Vos autres appareils sont déconnectés."))
            return redirect("accounts:change-password")
        except passwords.WrongPassword as refusal:
            form.add_error("current_password", _wrong(refusal))
        except passwords.SamePassword:
            form.add_error("new_password", _("C’est déjà votre mot de passe. Choisissez-en un autre."))
    return render(request, "accounts/family/change_password.html", {"form": form})


def _wrong(refusal: passwords.WrongPassword) -> str:
    if refusal.until:
        return _("Trop d’essais. Réessayez à %(clock)s.") % {"clock": clock(refusal.until)}
    return _("Ce n’est pas votre mot de passe actuel. Relisez-le avec « Afficher ».")
