"""What somebody chose about the face of the portal, kept by their own browser."""

from django.conf import settings
from django.http.response import HttpResponseBase


def keep(response: HttpResponseBase, cookie: str, chosen: str) -> None:
    """For a year."""
    response.set_cookie(
        cookie,
        chosen,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
