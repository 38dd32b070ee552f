"""What a family answers beside what the register knows: the difference is said in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.filings import account_numbers
from xpassfam.filings.models import Filing
from xpassfam.household.portraits import age_in_words
from xpassfam.payments.models import BankDetails
from xpassfam.people.models import Income, Residence
from xpassfam.procedures.language import Type
from xpassfam.rules.identifiers import fold
from xpassfam.ui import words

SAME, CHANGES, NEW, GONE = "same", "changes", "new", "gone"
FINDINGS: Mapping[str, tuple[str, str | Promise]] = {
    SAME: ("ok", gettext_lazy("Identique")),
    CHANGES: ("wait", gettext_lazy("Différent")),
    NEW: ("info", gettext_lazy("Nouveau")),
    GONE: ("no", gettext_lazy("N’est plus dans ce foyer")),
}
ADDRESS = ("address", "postcode", "town")


@dataclass(frozen=True)
class Known:
    """What the register knows of an answer, in words, and what that makes of the answer."""

    text: str
    finding: str


@dataclass(frozen=True)
class Row:
    label: str
    before: str
    after: str
    kind: str = ""
    finding: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    rows: list[Row]


def compared(filing: Filing, *, at: datetime) -> list[Section]:
    """Every answer as it was sent; those that an effect would write stand beside the facts of the day.

    Three queries at most, and none for what no effect touches.
    """
    known = _known(filing, at=at)
    return [
        Section(section["title"], [_row(row, known.get(row["key"])) for row in section["rows"]])
        for section in filing.summary
    ]


def differences(sections: list[Section]) -> int:
    return sum(row.finding != "" and row.kind != "ok" for section in sections for row in section.rows)


def _row(row: Mapping[str, str], known: Known | None) -> Row:
    if known is None:
        return Row(row["label"], "", row["text"])
    kind, finding = FINDINGS[known.finding]
    return Row(row["label"], known.text, row["text"], kind, str(finding))


def _known(filing: Filing, *, at: datetime) -> dict[str, Known]:
    """By the key of the question."""
    found, given = _persons(filing, on=timezone.localdate(at)), account_numbers.opened(filing)
    for effect in filing.definition.effects:
        if effect.name in _READERS:
            answers = {name: given.get(key) for name, key in effect.answers.items()}
            for name, known in _READERS[effect.name](filing, answers, at).items():
                if effect.answers.get(name) in filing.answers:
                    found[effect.answers[name]] = known
    return found


def _persons(filing: Filing, *, on: date) -> dict[str, Known]:
    """Who is named: their place in the home today."""
    named = [one.key for one in filing.definition.fields() if one.type is Type.PERSON and filing.answers.get(one.key)]
    if not named:
        return {}
    stays = Residence.objects.open_on(on).filter(household=filing.household).select_related("person")
    homes = {stay.person.public_id: stay for stay in stays}
    return {key: _place(homes.get(filing.answers[key]), on) for key in named}


def _place(stay: Residence | None, on: date) -> Known:
    if stay is None:
        return Known(_("absent du foyer"), GONE)
    role = str(Residence.Role(stay.role).label).lower()
    return Known(", ".join(filter(None, [str(stay.person), role, age_in_words(stay.person, on=on)])), SAME)


def _address(filing: Filing, answers: Mapping[str, Any], at: datetime) -> dict[str, Known]:
    home, asked = filing.household, answers.get("address") or {}
    town = f"{home.postcode} {home.town}".strip()
    text = "\n".join(filter(None, [home.address, town]))
    is_same = all(fold(getattr(home, column)) == fold(str(asked.get(column, ""))) for column in ADDRESS)
    return {"address": _judged(text, is_same)}


def _income(filing: Filing, answers: Mapping[str, Any], at: datetime) -> dict[str, Known]:
    income = Income.objects.filter(household=filing.household).first()
    if income is None:
        return dict.fromkeys(("quotient", "month", "source"), Known(_("inconnu"), NEW))
    month = str(answers.get("month") or "")[:7]
    return {
        "quotient": _judged(words.euros(income.quotient_cents), income.quotient_cents == answers.get("quotient")),
        "month": _judged(formats.date_format(income.month, "F Y"), f"{income.month:%Y-%m}" == month),
        "source": _judged(str(Income.Source(income.source).label), income.source == answers.get("source")),
    }


def _account(filing: Filing, answers: Mapping[str, Any], at: datetime) -> dict[str, Known]:
    paid = BankDetails.objects.active(at).filter(household=filing.household).first()
    if paid is None:
        return dict.fromkeys(("holder", "iban"), Known(_("aucun compte"), NEW))
    is_same = paid.is_account(holder=paid.holder, iban=str(answers.get("iban", "")))
    return {
        "holder": _judged(paid.holder, fold(paid.holder) == fold(str(answers.get("holder", "")))),
        "iban": _judged(_("compte qui finit par {end}").format(end=paid.iban_end), is_same),
    }


def _judged(text: str, is_same: bool) -> Known:
    return Known(text, SAME if is_same else CHANGES if text else NEW)


_READERS: Mapping[str, Callable[[Filing, Mapping[str, Any], datetime], dict[str, Known]]] = {
    "move": _address,
    "update_income": _income,
    "change_bank_details": _account,
}
