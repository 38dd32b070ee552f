from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from xpassfam.ui import cookies, theme


@login_not_required
@csrf_exempt  # the worst a forged request does is to change words; and a page left open keeps its switch
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language chosen, and come back to the page."""
    chosen = request.POST.get("language", "")
    return _back(request, settings.LANGUAGE_COOKIE_NAME, chosen if chosen in dict(settings.LANGUAGES) else None)


@login_not_required
@csrf_exempt  # as for the language: at worst, other colours
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Keep light or dark, or forget it and go by the device; come back to the page."""
    chosen = request.POST.get("theme", "")
    response = _back(request, settings.THEME_COOKIE_NAME, chosen if chosen in (theme.LIGHT, theme.DARK) else None)
    if chosen == theme.AS_THE_DEVICE:
        response.delete_cookie(settings.THEME_COOKIE_NAME, samesite="Lax")
    return response


def _back(request: HttpRequest, cookie: str, chosen: str | None) -> HttpResponse:
    """To the page that it was chosen on, with the choice, if it is one, for a year."""
    following = request.POST.get("next", "")
    response = redirect(following if is_ours(following) else "/")
    if chosen:
        cookies.keep(response, cookie, chosen)
    return response


def is_ours(address: str) -> bool:
    """Only a path of this portal, never another site."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
