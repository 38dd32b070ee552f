"""A new password asked of a list of people: whom it names is read before anything is closed."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xpassfam.accounts.actions import asking_anew
from xpassfam.accounts.decorators import administrator, confirmed
from xpassfam.accounts.forms.asking_anew import ListForm
from xpassfam.accounts.models import Account
from xpassfam.ui.forms import blank

NAMED = 50  # of those who are found, on the page


@administrator
@confirmed
def new_passwords(request: HttpRequest) -> HttpResponse:
    form = ListForm(request.POST) if request.method == "POST" else blank(ListForm, request)
    shown: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        by, why = cast(Account, request.user), form.cleaned_data["why"]
        found = asking_anew.find(form.cleaned_data["people"])
        others = [one for one in found.accounts if one != by]
        if "sure" in request.POST and others:
            n = asking_anew.ask_anew(others, why=why, by=by.actor, at=timezone.now())
            said = ngettext(
                "C’est fait : %(n)s personne doit choisir un nouveau mot de passe. Un e-mail part.",
                "C’est fait : %(n)s personnes doivent choisir un nouveau mot de passe. Un e-mail part à chacune.",
                n,
            )
            messages.success(request, said % {"n": n})
            return redirect("accounts:why")
        if not others:
            form.add_error("people", _("Aucune de ces lignes ne mène à un compte ouvert, autre que le vôtre."))
        else:
            shown |= {
                "found": others,
                "named": others[:NAMED],
                "more": len(others) - NAMED,
                "unknown": found.unknown,
                "is_own": by in found.accounts,
            }
    return render(request, "accounts/agents/new_passwords.html", shown)
