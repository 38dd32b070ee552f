"""Proving again who one is, before something grave."""

from django.utils.translation import gettext_lazy as _

from xpassfam.ui.forms import Form, PasswordField


class ConfirmForm(Form):
    current_password = PasswordField(
        label=_("Votre mot de passe"),
        max_length=4096,
        error_messages={
            "required": _("Écrivez votre mot de passe, pour confirmer que c’est vous."),
            "max_length": _("Ce mot de passe est trop long."),
        },
    )
