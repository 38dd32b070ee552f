"""The links at the foot of every page: the same for all who read one language, so drawn once, not for each page."""

import functools
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language


@dataclass(frozen=True)
class FooterLinks:
    help: SafeString
    legal: SafeString


def footer_links(organisation: Any) -> FooterLinks:
    """How to reach the organisation, and what it must say of itself."""
    return _drawn(
        get_language(),
        get_urlconf() or settings.ROOT_URLCONF,
        email=getattr(organisation, "support_email", ""),
        phone=getattr(organisation, "support_phone", ""),
        phone_address=getattr(organisation, "support_phone_address", ""),
        accessibility_state=getattr(organisation, "accessibility_label", ""),
    )


@functools.lru_cache(maxsize=16)
def _drawn(language: str | None, addresses: Any, **shown: str) -> FooterLinks:
    """Nothing but its arguments is shown: what is kept can't be another organisation's, nor anybody's."""
    return FooterLinks(
        SafeString(render_to_string("ui/components/foot_help.html", shown)),
        SafeString(render_to_string("ui/components/foot_legal.html", shown)),
    )
