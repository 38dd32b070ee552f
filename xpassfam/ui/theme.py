"""Light or dark: as the device prefers, until someone chooses."""

from typing import Literal

from django.conf import settings
from django.http import HttpRequest

LIGHT, DARK = "light", "dark"
AS_THE_DEVICE = "device"


def chosen(request: HttpRequest) -> Literal["light", "dark", ""]:
    """What the visitor chose; nothing where the device decides."""
    match request.COOKIES.get(settings.THEME_COOKIE_NAME):
        case "light":
            return "light"
        case "dark":
            return "dark"
        case _:
            return ""
