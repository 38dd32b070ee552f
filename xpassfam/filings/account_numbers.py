"""Account numbers in what families answer: locked where they are kept, opened for their writer and for the effect.

Bound to their filing: in another one's row they do not open. What can't be opened reads as not given.
"""

import base64
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from xpassfam.filings.models import Filing
from xpassfam.payments.sealing import Unreadable, seal, unseal
from xpassfam.procedures.language import Field, Type
from xpassfam.rules.iban import COVER, covered_iban, last_characters

LOCKED = "locked."


def locked(filing: Filing, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to keep, as text that ends with the last characters of each number."""

    def lock(number: str) -> str:
        sealed, key_name = seal(number, about=_about(filing))
        return f"{LOCKED}{key_name}.{base64.urlsafe_b64encode(sealed).decode()}.{last_characters(number)}"

    return _changed(filing.definition.fields(), answers, lock)


def opened(filing: Filing) -> dict[str, Any]:
    """The answers kept, with whole numbers: never to be written anywhere."""

    def open_(kept: str) -> str:
        if kept.startswith(COVER):
            return ""
        if not kept.startswith(LOCKED):
            return kept
        _mark, key_name, sealed, _end = kept.split(".")
        try:
            return unseal(base64.urlsafe_b64decode(sealed), key_name, about=_about(filing))
        except Unreadable:
            return ""

    return _changed(filing.definition.fields(), filing.answers, open_)


def without(filing: Filing, answers: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Its answers (or these), for another filing or another person: numbers are typed again."""
    given = filing.answers if answers is None else answers
    return _changed(filing.definition.fields(), given, lambda _kept: "")


def cover(filing: Filing) -> None:
    """Nobody needs the whole number any more: its end is enough to know it by."""
    covered = _changed(filing.definition.fields(), filing.answers, covered_iban)
    if covered != filing.answers:
        filing.answers = covered
        filing.save(update_fields=["answers"])


def _about(filing: Filing) -> str:
    return f"filing {filing.public_id}"


def _changed(fields: Iterable[Field], answers: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    found = dict(answers)
    for one in fields:
        kept = found.get(one.key)
        if kept and one.type is Type.IBAN:
            found[one.key] = change(str(kept))
        elif kept and one.type is Type.GROUP:
            found[one.key] = [_changed(one.fields, row, change) for row in kept]
    return found
