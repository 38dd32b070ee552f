"""« Quelle adresse ? »: a hint of the account's address, sent where we know its owner."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from xpassfam.accounts import devices
from xpassfam.accounts.actions import reminding
from xpassfam.accounts.forms.signing_in import IdentifierForm
from xpassfam.ui.forms import blank


@login_not_required
def which_address(request: HttpRequest) -> HttpResponse:
    """The answer is the same whether there is an account or not."""
    if request.method != "POST":
        return render(request, "accounts/public/which_address.html", {"form": blank(IdentifierForm, request)})
    form = IdentifierForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/public/which_address.html", {"form": form})
    typed = form.cleaned_data["username"]
    reminding.ask(typed, address=devices.visitor(request).address, at=timezone.now())
    return render(request, "accounts/public/which_address_sent.html", {"typed": typed})
