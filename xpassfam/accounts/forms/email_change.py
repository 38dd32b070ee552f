"""The new address of sign-in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts import neighbours
from xpassfam.accounts.forms.signing_up import EmailField
from xpassfam.accounts.models import Account
from xpassfam.ui.forms import Form


class NewEmailForm(Form):
    email = EmailField(label=_("Nouvelle adresse e-mail"), max_length=254)
    knows_it_is_shared = forms.BooleanField(
        required=False, label=_("J’ai compris : une autre personne lira aussi ce que j’y reçois.")
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.is_shared = False

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email == self.account.email:
            raise ValidationError(_("C’est déjà votre adresse de connexion. Écrivez la nouvelle."))
        return email

    def clean(self) -> dict[str, Any]:
        """Two adults may share a mailbox, never an account: they are warned once, and decide."""
        data = super().clean() or {}
        email = data.get("email")
        self.is_shared = bool(email) and neighbours.shares_address(self.account, str(email))
        if self.is_shared and not data.get("knows_it_is_shared"):
            warning = _(
                "Une autre personne de votre foyer a donné cette adresse. Prenez-en une à vous, ou cochez la case."
            )
            self.add_error("knows_it_is_shared", warning)
        return data
