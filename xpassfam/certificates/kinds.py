"""The kinds of certificates, read once from `kinds.yaml` and held against `kinds.schema.json`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from django.utils import translation

from xpassfam.rules.certificates import good_for_months
from xpassfam.rules.visibility import Item

PLACE = Path(__file__).parent / "kinds.yaml"
SCHEMA = Path(__file__).parent / "kinds.schema.json"
GAPS = ("name", "home", "file_number", "day", "year")


class BadKind(Exception):
    """An entry of the file that can't be used; the message names it."""


@dataclass(frozen=True)
class Words:
    """What surrounds the facts on paper. `introduction_own`: of a certificate about one person alone."""

    title: str
    introduction: str
    closing: str
    introduction_own: str = ""


@dataclass(frozen=True)
class Kind:
    """`months` None: good for ever, or, where it `follows_income`, as long as the income. `facts` is empty for a paper
    that another room prints: nobody asks for it."""

    code: str
    labels: Mapping[str, str]
    hints: Mapping[str, str]
    letters: str
    facts: str
    tells: Item
    months: int | None
    follows_income: bool
    is_card: bool
    has_own: bool
    words: Words

    @property
    def label(self) -> str:
        return self.labels[_language()]

    @property
    def hint(self) -> str:
        return self.hints[_language()]

    @property
    def is_issued(self) -> bool:
        return bool(self.facts)

    def good_until(self, *, on: date, income_until: date | None) -> date | None:
        """The last day of one issued that day; None where it has none. `income_until`: that of the income it tells."""
        if self.follows_income and income_until:
            return income_until
        return good_for_months(self.months, on=on) if self.months else None


@cache
def kinds() -> Mapping[str, Kind]:
    """By code, in the order of the file."""
    return read(yaml.safe_load(PLACE.read_text(encoding="utf-8")))


def issued() -> list[Kind]:
    """Those that a family may have on demand."""
    return [kind for kind in kinds().values() if kind.is_issued]


def kind_of(code: str) -> Kind:
    return kinds()[code]


def read(entries: Any) -> dict[str, Kind]:
    """Raise BadKind at the first entry that can't be used."""
    try:
        jsonschema.validate(entries, json.loads(SCHEMA.read_text(encoding="utf-8")))
    except jsonschema.ValidationError as error:
        raise BadKind(f"{error.json_path}: {error.message}") from error
    found: dict[str, Kind] = {}
    for entry in entries:
        kind = _kind(entry)
        if kind.code in found:
            raise BadKind(f"two kinds are named {kind.code}")
        if kind.letters and any(kind.letters == other.letters for other in found.values()):
            raise BadKind(f"two kinds have the letters {kind.letters}")
        found[kind.code] = kind
    return found


def _kind(entry: Mapping[str, Any]) -> Kind:
    validity = entry["validity"]
    words = entry.get("words", {"title": "", "introduction": "", "closing": ""})
    if entry.get("has_own", False) != ("introduction_own" in words):
        raise BadKind(f"{entry['code']}: has_own goes with introduction_own")
    return Kind(
        code=entry["code"],
        labels=entry["label"],
        hints=entry.get("hint", entry["label"]),
        letters=entry.get("letters", ""),
        facts=entry.get("facts", ""),
        tells=Item(entry.get("tells", Item.DOCUMENTS)),
        months=validity["months"] if isinstance(validity, dict) else None,
        follows_income=validity == "income",
        is_card=entry.get("is_card", False),
        has_own=entry.get("has_own", False),
        words=Words(**words),
    )


def _language() -> str:
    return "en" if (translation.get_language() or "fr").startswith("en") else "fr"
