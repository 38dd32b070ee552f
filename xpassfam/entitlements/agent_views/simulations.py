"""How far a simulation is; and, for agents, which homes it concerns."""

import csv
from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xpassfam.accounts.decorators import agent, staff
from xpassfam.accounts.models import Account
from xpassfam.entitlements.actions.simulating import note_list
from xpassfam.entitlements.models import Simulation
from xpassfam.ui.spreadsheets import inert


@staff
@require_safe
def state(request: HttpRequest, public_id: str) -> JsonResponse:
    found = get_object_or_404(Simulation, public_id=public_id)
    return JsonResponse({"done": found.ended_at is not None, "percent": found.percent})


@agent
@require_safe
def homes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Semicolons and a byte order mark: French spreadsheets open it as it is."""
    found = get_object_or_404(Simulation.objects.select_related("proposal"), public_id=public_id)
    note_list(found, by=cast(Account, request.user), at=timezone.now())
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="foyers.csv"'
    rows = csv.writer(response, delimiter=";")
    rows.writerow([_("Dossier"), _("Commune"), _("Effet"), _("Par an, avant (€)"), _("Par an, après (€)")])
    for home in found.homes.iterator():
        effect = _("gagne") if home.is_gaining else _("perd")
        cells = (home.file_number, home.town, effect, _euros(home.cents_before), _euros(home.cents_after))
        rows.writerow([inert(cell) for cell in cells])
    return response


def _euros(cents: int) -> str:
    return f"{cents / 100:.2f}".replace(".", ",")
