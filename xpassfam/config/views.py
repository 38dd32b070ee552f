"""What belongs to no room: the front door, the browser's way to a new password, the probes."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xpassfam.vault.watching import outages


@login_not_required
@never_cache
@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    return redirect("/mon-compte/" if request.user.is_authenticated else "/connexion/")


@login_not_required
@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Where password managers send people (https://w3c.github.io/webappsec-change-password-url/)."""
    return redirect("accounts:change-password")


@login_not_required
@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; whatever it depends on."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The process can serve: its database answers. What else is away, every page does without: it is told besides."""
    try:
        away = outages()
    except DatabaseError:
        return HttpResponse("database\n", content_type="text/plain", status=503)
    told = ["ok", *(f"away: {part} since {since.isoformat(timespec='seconds')}" for part, since in away.items())]
    return HttpResponse("".join(f"{line}\n" for line in told), content_type="text/plain")
