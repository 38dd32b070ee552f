"""Menus are lists of (address name, label, icon) in the settings; an address that isn't there has no entry."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

Line = tuple[str, str | Promise, str]


@dataclass(frozen=True)
class Entry:
    url: str
    label: str
    icon: str
    current: str  # the value of aria-current: « page » itself, « true » for a page under it, or nothing


def entries(menu: Sequence[Line], request: HttpRequest | None, besides: Sequence[Line] = ()) -> list[Entry]:
    """The entries of a menu, the current one lit; a page of the menu `besides` lights nothing here."""
    match = getattr(request, "resolver_match", None)
    here = match.view_name if match else ""
    room = here.split(":")[0]
    over = settings.MENU_OF_ROOM.get(room, "")
    is_itself = here in [name for name, _, _ in [*menu, *besides]]
    found = []
    for name, label, icon in menu:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        is_under = not is_itself and ":" in name and (name == over if over else room == name.split(":")[0])
        found.append(Entry(url, str(label), icon, "page" if here == name else "true" if is_under else ""))
    return found
