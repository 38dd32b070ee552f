"""The sprite of icons: which there are, and where it is served."""

import re
from functools import cache
from pathlib import Path

SPRITE = "ui/icons.svg"


class UnknownIcon(LookupError):
    """No icon of that name in the sprite."""


@cache
def names() -> frozenset[str]:
    text = (Path(__file__).parent / "static" / SPRITE).read_text(encoding="utf-8")
    return frozenset(re.findall(r'<symbol id="([^"]+)"', text))


def known(name: str) -> str:
    """The same name, once it is sure that it draws something."""
    if name not in names():
        raise UnknownIcon(name)
    return name
