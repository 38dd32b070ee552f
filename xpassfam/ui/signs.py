"""Which logo a header shows, on which ground."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sign:
    """`picture`: the organisation's logo; without it, our shapes. `in_the_dark`: another, where the device is dark."""

    picture: Any = None
    in_the_dark: Any = None
    text: str = ""
    has_white_ground: bool = False


def sign(organisation: Any, *, theme: str, is_on_bar: bool) -> Sign:
    """For a page of this theme; a bar is dark whatever the theme. A logo made for paper stays on white in the dark."""
    light, dark = (getattr(organisation, name, None) for name in ("logo_picture", "dark_logo_picture"))
    if light is None:
        return Sign()
    theme = "dark" if is_on_bar else theme
    return Sign(
        picture=dark if dark and theme == "dark" else light,
        in_the_dark=None if theme else dark,
        text=organisation.logo_text,
        has_white_ground=dark is None,
    )
