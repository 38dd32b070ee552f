"""A new password, with or without the one it replaces."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts import password_policy
from xpassfam.accounts.forms.signing_in import LONGEST_PASSWORD, TOO_LONG
from xpassfam.accounts.models import Account
from xpassfam.ui.forms import PasswordField


class NewPasswordForm(forms.Form):
    new_password = PasswordField(
        label=_("Nouveau mot de passe"),
        new=True,
        error_messages={"required": _("Choisissez un mot de passe.")},
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_new_password(self) -> str:
        password = self.cleaned_data["new_password"]
        for message in password_policy.check_for(self.account, password):
            self.add_error("new_password", message)
        return password


class ChangePasswordForm(NewPasswordForm):
    current_password = PasswordField(
        label=_("Mot de passe actuel"),
        max_length=LONGEST_PASSWORD,
        error_messages={"required": _("Écrivez votre mot de passe actuel."), "max_length": TOO_LONG},
    )

    field_order = ["current_password", "new_password"]
