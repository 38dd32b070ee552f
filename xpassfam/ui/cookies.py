"""What the browser keeps of the face of the portal: what somebody chose, and what the next page is to say."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
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


class MessageStorage(CookieStorage):
    """What a page says once, after another. Under a name that no other host of the domain can write."""

    cookie_name = settings.MESSAGE_COOKIE_NAME
