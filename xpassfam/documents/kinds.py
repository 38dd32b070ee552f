"""The kinds of supporting documents, read once from `kinds.yaml` and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import translation

from xpassfam.rules.documents import Lasting, Validity

PLACE = Path(__file__).parent / "kinds.yaml"
CODE = re.compile(r"[a-z][a-z_]{1,39}")
LANGUAGES = ("fr", "en")
KEYS = {"code", "label", "hint", "about", "validity", "is_restricted", "is_erased"}
SIMPLE = {Lasting.ALWAYS, Lasting.UNTIL_CHANGE, Lasting.ONCE, Lasting.OWN_END}


class BadKind(Exception):
    """An entry of the file that can't be used; the message names it."""


class About(StrEnum):
    PERSON = "person"
    HOME = "home"
    EITHER = "either"


@dataclass(frozen=True)
class Kind:
    """`is_restricted`: health, see `rules.documents`. `is_erased`: checked, then erased."""

    code: str
    labels: Mapping[str, str]
    hints: Mapping[str, str]
    about: About
    validity: Validity
    is_restricted: bool = False
    is_erased: bool = False

    @property
    def slug(self) -> str:
        """As addresses have it."""
        return self.code.replace("_", "-")

    @property
    def label(self) -> str:
        return self.labels[_language()]

    @property
    def hint(self) -> str:
        return self.hints[_language()]

    @property
    def has_own_end(self) -> bool:
        return self.validity.lasting is Lasting.OWN_END

    @property
    def is_reusable(self) -> bool:
        return self.validity.lasting is not Lasting.ONCE


@cache
def kinds() -> Mapping[str, Kind]:
    """By code, in the order of the file."""
    return read(yaml.safe_load(PLACE.read_text(encoding="utf-8")))


def kind_of(code: str) -> Kind:
    return kinds()[code]


def read(entries: Any) -> dict[str, Kind]:
    """Raise BadKind at the first entry that can't be used."""
    if not isinstance(entries, list):
        raise BadKind("kinds are a list")
    found: dict[str, Kind] = {}
    for number, entry in enumerate(entries, 1):
        kind = _kind(entry, f"kind {number}")
        if kind.code in found:
            raise BadKind(f"two kinds are named {kind.code}")
        found[kind.code] = kind
    return found


def _kind(entry: Any, where: str) -> Kind:
    if not isinstance(entry, dict) or not KEYS.issuperset(entry) or not CODE.fullmatch(str(entry.get("code"))):
        raise BadKind(f"{where}: a code and {', '.join(sorted(KEYS - {'code'}))} are known, no other word")
    where = f"{where} ({entry['code']})"
    return Kind(
        code=entry["code"],
        labels=_words(entry.get("label"), f"{where}, label"),
        hints=_words(entry.get("hint"), f"{where}, hint", may_be_empty=True),
        about=_about(entry.get("about"), where),
        validity=_validity(entry.get("validity"), f"{where}, validity"),
        is_restricted=entry.get("is_restricted") is True,
        is_erased=entry.get("is_erased") is True,
    )


def _words(words: Any, where: str, *, may_be_empty: bool = False) -> dict[str, str]:
    if not isinstance(words, dict) or set(words) != set(LANGUAGES):
        raise BadKind(f"{where}: one text for each of {', '.join(LANGUAGES)}")
    if any(not isinstance(text, str) or not (text or may_be_empty) for text in words.values()):
        raise BadKind(f"{where}: a text is missing")
    return dict(words)


def _about(text: Any, where: str) -> About:
    try:
        return About(text)
    except ValueError as error:
        raise BadKind(f"{where}: about is one of {', '.join(About)}") from error


def _validity(value: Any, where: str) -> Validity:
    if isinstance(value, str) and value in SIMPLE:
        return Validity(Lasting(value))
    if isinstance(value, dict) and set(value) <= {"months", "until"} and _is_count(value.get("months")):
        if "until" not in value:
            return Validity(Lasting.MONTHS, months=value["months"])
        if match := re.fullmatch(r"(\d\d)-(\d\d)", str(value["until"])):
            month, day = int(match[1]), int(match[2])
            if _is_day_of_every_year(month, day):
                return Validity(Lasting.UNTIL_DAY, months=value["months"], month=month, day=day)
    raise BadKind(f"{where}: {', '.join(sorted(SIMPLE))}, {{months: 3}} or {{until: MM-DD, months: 3}}")


def _is_count(months: Any) -> bool:
    return type(months) is int and 0 < months <= 120


def _is_day_of_every_year(month: int, day: int) -> bool:
    try:
        date(2001, month, day)
    except ValueError:
        return False
    return True


def _language() -> str:
    language = (translation.get_language() or "fr")[:2]
    return language if language in LANGUAGES else "fr"
