"""Who has a second step, and the accounts that have a rule of their own."""

from typing import cast

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.actions.second_step import ruling
from xpassfam.accounts.decorators import administrator, confirmed
from xpassfam.accounts.forms.ruling import RuleForm
from xpassfam.accounts.models import Account, Passkey, TotpKey
from xpassfam.organisation.models import SecondStep, current
from xpassfam.rules.identifiers import identify
from xpassfam.ui.forms import blank

MOST = 200


@administrator
@confirmed
def second_step(request: HttpRequest) -> HttpResponse:
    form = RuleForm(request.POST) if request.method == "POST" else blank(RuleForm, request)
    if request.method == "POST" and form.is_valid():
        meant = identify(form.cleaned_data["username"])
        account = Account.objects.meant_by(meant).filter(role=Account.Role.FAMILY).first()
        if account is None:
            form.add_error("username", _("Aucun compte de famille n’est ouvert sous cette adresse ou ce numéro."))
        else:
            by = cast(Account, request.user)
            ruling.rule(account, form.cleaned_data["policy"], by=by.actor, at=timezone.now())
            said = _("C’est fait. La règle vaut dès la prochaine connexion de {name}.")
            messages.success(request, said.format(name=account))
            return redirect("accounts:second-step-rules")
    own = Account.objects.exclude(second_step_policy="").filter(closed_at=None).select_related("person")
    shown = {
        "form": form,
        "usual": current().get_second_step_display(),
        "own": own.order_by("last_name", "pk")[:MOST],
        "counts": _counts(),
        "policies": SecondStep.choices,
    }
    return render(request, "accounts/agents/second_step.html", shown)


def _counts() -> dict[str, int]:
    """Open accounts of families, by what they turned on; staff all have one. One query."""
    mine = {"account": OuterRef("pk")}
    families = Account.objects.filter(role=Account.Role.FAMILY, closed_at=None).annotate(
        has_key=Exists(Passkey.objects.filter(**mine)), has_totp=Exists(TotpKey.objects.filter(**mine))
    )
    return families.aggregate(
        everybody=Count("pk"),
        passkey=Count("pk", filter=Q(has_key=True)),
        totp=Count("pk", filter=Q(has_totp=True)),
        sms=Count("pk", filter=Q(second_step_sms=True)),
        email=Count("pk", filter=Q(second_step_email=True)),
    )
