"""All of one's data, to take away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xpassfam.accounts import devices
from xpassfam.accounts.decorators import own
from xpassfam.accounts.models import Account
from xpassfam.documents.attaching import attachment
from xpassfam.people.access import FamilyRequest
from xpassfam.privacy.actions import exporting
from xpassfam.privacy.doors import sensitive
from xpassfam.vault.words import sort


@own
def download(request: FamilyRequest) -> HttpResponseBase:
    """What there is, read by whoever is signed in; asking for it is confirmed first."""
    if request.method == "POST":
        return ask(request)
    exports = exporting.latest(request.user)  # type: ignore[arg-type]
    shown = [(one, sort(one.file) if one.file else "") for one in exports]
    context = {"exports": shown, "good_days": exporting.GOOD_DAYS}
    return render(request, "privacy/family/download.html", context)


@sensitive
def ask(request: FamilyRequest, account: Account) -> HttpResponse:
    exporting.ask(account, device=devices.visitor(request).label, at=timezone.now())
    messages.success(request, _("C’est demandé. Un e-mail vous dira quand l’archive est prête."))
    return redirect("privacy:download")


@own
@require_safe
def archive(request: FamilyRequest, public_id: str) -> HttpResponseBase:
    return _give(request, public_id)


@sensitive
def _give(request: FamilyRequest, account: Account, public_id: str) -> HttpResponseBase:
    """Streamed as it is unlocked."""
    now = timezone.now()
    export = exporting.live(account, public_id, at=now)
    if export is None or export.file is None:
        raise Http404
    response = attachment(request, export.file, name=export.file.name)
    # A part asked for again, on a bad line, is not another taking.
    if response.status_code == 200:
        exporting.take(export, device=devices.visitor(request).label, at=now)
    response.headers["Cache-Control"] = "no-store"
    return response
