"""A rule of the second step for one account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xpassfam.accounts.forms.signing_in import IdentifierForm
from xpassfam.organisation.models import SecondStep


class RuleForm(IdentifierForm):
    policy = forms.ChoiceField(
        label=_("Deuxième étape pour ce compte"),
        choices=[("", _("Comme pour tous")), *SecondStep.choices],
        required=False,
    )
