"""Tells each request whose portal this is; during the maintenance window, closes it to families."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from xpassfam.organisation.models import current
from xpassfam.ui import errors

# Closed is the default: a page that a later room brings is closed too. Staff sign in, everybody reads and calls.
OPEN = (
    "/connexion/",
    "/deconnexion/",
    "/gestion/",
    "/admin/",
    "/static/",
    "/brand/",
    "/sante/",
    "/etat/",
    "/aide/",
    "/assistance/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/cookies/",
    "/accessibilite/",
    "/modalites/",
    "/demo/",
    "/langue/",
    "/affichage/",
)


class OrganisationMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # For pages drawn without context processors: those of errors.
        request.organisation = SimpleLazyObject(current)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *rest: object) -> HttpResponse | None:
        """Before the session is read: a database under repair is not asked for one."""
        if request.path_info.startswith(OPEN):
            return None
        organisation = current()
        if not organisation.is_in_maintenance(timezone.now()):
            return None
        return errors.maintenance(request, until=organisation.maintenance_until)
