"""The device and the browser, as the person reads them before sending: people can't be asked to know."""

import re
from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Known = Sequence[tuple[str, str | Promise]]

SYSTEMS: Known = (
    (r"iPhone; CPU iPhone OS (\d+)", "iPhone, iOS {}"),
    (r"iPad; CPU OS (\d+)", "iPad, iPadOS {}"),
    (r"Android (\d+).*Mobile", _("Téléphone Android {}")),
    (r"Android (\d+)", "Android {}"),
    (r"Windows NT 10", _("Ordinateur Windows")),
    (r"Windows NT (\d+\.\d+)", _("Ordinateur Windows (NT {})")),
    (r"CrOS", "Chromebook"),
    (r"Macintosh", "Mac"),
    (r"Linux", _("Ordinateur Linux")),
)
BROWSERS: Known = (
    (r"Edg(?:A|iOS)?/(\d+)", "Edge {}"),
    (r"OPR/(\d+)", "Opera {}"),
    (r"SamsungBrowser/(\d+)", "Samsung Internet {}"),
    (r"(?:Firefox|FxiOS)/(\d+)", "Firefox {}"),
    (r"(?:Chrome|CriOS)/(\d+)", "Chrome {}"),
    (r"Version/(\d+)[.\d]* .*Safari", "Safari {}"),
)


def device_of(user_agent: str) -> str:
    """« Téléphone Android 16 »; empty where it does not say."""
    return _first(SYSTEMS, user_agent)


def browser_of(user_agent: str) -> str:
    """« Chrome 156 »."""
    return _first(BROWSERS, user_agent)


def _first(known: Known, user_agent: str) -> str:
    for pattern, name in known:
        if match := re.search(pattern, user_agent[:400]):
            return str(name).format(*match.groups())
    return ""
