"""What is opened without signing in: the link that keeps an account, and the schema of the archive."""

from functools import cache
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from xpassfam.accounts.actions import closing
from xpassfam.accounts.decorators import bears_token

SCHEMA = Path(__file__).parent / "schemas" / "own-data-1.json"


@login_not_required
@bears_token
@require_http_methods(["GET", "HEAD", "POST"])
def keep_account(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing: mail programs open links, too. The button does."""
    waiting = closing.find(token)
    if waiting is None:
        return render(request, "privacy/public/kept.html", {"is_gone": True}, status=404)
    if request.method == "POST":
        closing.stop(waiting, by=waiting.account.actor, at=timezone.now())
        return render(request, "privacy/public/kept.html", {"is_gone": False})
    return render(request, "privacy/public/keep.html", {"until": waiting.due_at})


@login_not_required
@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(_schema(), content_type="application/schema+json")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@cache
def _schema() -> bytes:
    return SCHEMA.read_bytes()
