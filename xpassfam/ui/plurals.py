"""French counts nothing in the singular: « 0 demande », « 2 demandes ».

Its messages are those of the code, so it has no catalogue; without one, gettext counts as English does.
"""

from gettext import NullTranslations
from typing import cast

from django.utils.translation import trans_real


class French(NullTranslations):
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if abs(n) < 2 else msgid2


def count_as_french_does() -> None:
    """At start; for what no catalogue of French has."""
    cast(NullTranslations, trans_real.translation("fr")).add_fallback(French())
