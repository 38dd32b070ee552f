from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST


@login_not_required
@csrf_exempt  # the worst a forged request does is to change words; and a page left open keeps its switch
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language chosen, and come back to the page."""
    following = request.POST.get("next", "")
    response = redirect(following if is_ours(following) else "/")
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def is_ours(address: str) -> bool:
    """Only a path of this portal, never another site."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
