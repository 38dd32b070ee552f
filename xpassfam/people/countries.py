"""Countries in the language of whoever reads."""

from collections.abc import Mapping

from django.utils.translation import get_language

from xpassfam.rules import countries
from xpassfam.rules.countries import country_code

__all__ = ["country_code", "country_name", "names"]


def names() -> Mapping[str, str]:
    return countries.names(get_language() or "")


def country_name(code: str) -> str:
    """The code itself where it is no country's: a register of before may hold any."""
    return names().get(code, code)
