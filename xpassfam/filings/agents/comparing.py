"""What a family answers beside what the register knows: the difference is said in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xpassfam.filings import account_numbers
from xpassfam.filings.models import Filing
from xpassfam.household.portraits import age_in_words
from xpassfam.payments.models import BankDetails
from xpassfam.people.models import Income, Person, Residence
from xpassfam.procedures.language import Type
from xpassfam.rules.identifiers import fold
from xpassfam.rules.names import are_same
from xpassfam.rules.visibility import CHILD
from xpassfam.ui import words

SAME, CHANGES, NEW, GONE, DOUBLE, COMPUTED = "same", "changes", "new", "gone", "double", "computed"
FINDINGS: Mapping[str, tuple[str, str | Promise]] = {
    SAME: ("ok", gettext_lazy("Identique")),
    CHANGES: ("wait", gettext_lazy("Différent")),
    NEW: ("info", gettext_lazy("Nouveau")),
    GONE: ("no", gettext_lazy("N’est plus dans ce foyer")),
    DOUBLE: ("wait", gettext_lazy("Déjà au registre ?")),
    COMPUTED: ("info", gettext_lazy("Sera recalculé")),
}
DIFFERENT = (CHANGES, NEW, GONE)
ADDRESS = ("address", "postcode", "town")
MOST_OF_ONE_DAY = 500


@dataclass(frozen=True)
class Known:
    """What the register knows of an answer, in words, and what that makes of the answer."""

    text: str
    finding: str


@dataclass(frozen=True)
class Row:
    """`known`: what the answer was compared with; None where nothing was."""

    label: str
    after: str
    known: Known | None = None

    @property
    def before(self) -> str:
        return self.known.text if self.known else ""

    @property
    def kind(self) -> str:
        return FINDINGS[self.known.finding][0] if self.known else ""

    @property
    def finding(self) -> str:
        return str(FINDINGS[self.known.finding][1]) if self.known else ""


@dataclass(frozen=True)
class Section:
    title: str
    rows: list[Row]


class _Register:
    """What is known of the home on a day, asked once, and only where something is compared with it."""

    def __init__(self, filing: Filing, at: datetime) -> None:
        self.filing, self.home, self.at, self.today = filing, filing.household, at, timezone.localdate(at)

    @cached_property
    def stays(self) -> list[Residence]:
        stays = Residence.objects.open_on(self.today).filter(household=self.home).select_related("person")
        return list(stays.order_by("rank", "pk"))

    @cached_property
    def income(self) -> Income | None:
        return Income.objects.filter(household=self.home).first()

    @cached_property
    def account(self) -> BankDetails | None:
        return BankDetails.objects.active(self.at).filter(household=self.home).first()


def compared(filing: Filing, *, at: datetime) -> list[Section]:
    """Every answer as it was sent; those that an effect would write stand beside the facts of the day.

    Five queries at most, and none for what no effect touches.
    """
    known = _known(_Register(filing, at))
    return [
        Section(section["title"], [Row(row["label"], row["text"], known.get(row["key"])) for row in section["rows"]])
        for section in filing.summary
    ]


def differences(sections: list[Section]) -> int:
    return sum(finding in DIFFERENT for finding in _findings(sections))


def said(sections: list[Section]) -> str:
    """No difference is denied where nothing was compared."""
    findings = [finding for finding in _findings(sections) if finding != COMPUTED]
    if not findings:
        return _("Rien ici ne se compare au registre")
    n = differences(sections)
    text = ngettext("{n} différence avec le registre", "{n} différences avec le registre", n).format(n=n)
    if not n:
        text = ngettext(
            "Aucune différence avec le registre, sur {n} réponse comparée",
            "Aucune différence avec le registre, sur {n} réponses comparées",
            len(findings),
        ).format(n=len(findings))
    return _("Une personne est peut-être déjà au registre") if DOUBLE in findings else text


def _findings(sections: list[Section]) -> list[str]:
    return [row.known.finding for section in sections for row in section.rows if row.known]


def _known(register: _Register) -> dict[str, Known]:
    """By the key of the question."""
    filing = register.filing
    found, given = _persons(register), account_numbers.opened(filing)
    for effect in filing.definition.effects:
        if effect.name in _READERS:
            answers = {name: given.get(key) for name, key in effect.answers.items()}
            for name, known in _READERS[effect.name](register, answers).items():
                if effect.answers.get(name) in filing.answers:
                    found[effect.answers[name]] = known
    return found


def _persons(register: _Register) -> dict[str, Known]:
    """Who is named: their place in the home today."""
    fields, answers = register.filing.definition.fields(), register.filing.answers
    named = [one.key for one in fields if one.type is Type.PERSON and answers.get(one.key)]
    if not named:
        return {}
    homes = {stay.person.public_id: stay for stay in register.stays}
    return {key: _place(homes.get(answers[key]), register.today) for key in named}


def _place(stay: Residence | None, on: date) -> Known:
    if stay is None:
        return Known(_("absent du foyer"), GONE)
    role = str(Residence.Role(stay.role).label).lower()
    return Known(", ".join(filter(None, [str(stay.person), role, age_in_words(stay.person, on=on)])), SAME)


def _address(register: _Register, answers: Mapping[str, Any]) -> dict[str, Known]:
    home, asked = register.home, answers.get("address") or {}
    town = f"{home.postcode} {home.town}".strip()
    text = "\n".join(filter(None, [home.address, town]))
    is_same = all(fold(getattr(home, column)) == fold(str(asked.get(column, ""))) for column in ADDRESS)
    return {"address": _judged(text, is_same)}


def _income(register: _Register, answers: Mapping[str, Any]) -> dict[str, Known]:
    income = register.income
    if income is None:
        return dict.fromkeys(("quotient", "month", "source"), Known(_("inconnu"), NEW))
    month = str(answers.get("month") or "")[:7]
    return {
        "quotient": _judged(words.euros(income.quotient_cents), income.quotient_cents == answers.get("quotient")),
        "month": _judged(formats.date_format(income.month, "F Y"), f"{income.month:%Y-%m}" == month),
        "source": _judged(str(Income.Source(income.source).label), income.source == answers.get("source")),
    }


def _computed(register: _Register, answers: Mapping[str, Any]) -> dict[str, Known]:
    """Of a tax notice: a year's resources are no quotient; the one of today is what a yes replaces."""
    income = register.income
    if income is None:
        return {"resources": Known(_("aucun quotient familial"), COMPUTED)}
    text = _("quotient familial de {quotient} ({month}, {source})").format(
        quotient=words.euros(income.quotient_cents),
        month=formats.date_format(income.month, "F Y"),
        source=Income.Source(income.source).label,
    )
    return {"resources": Known(text, COMPUTED)}


def _child(register: _Register, answers: Mapping[str, Any]) -> dict[str, Known]:
    """Who already bears that name and was born that day, in this home or another; else the children of the home."""
    doubles = _doubles(answers)
    here = {stay.person_id: stay for stay in register.stays}
    if any(one.pk in here for one in doubles):
        finding = SAME if register.filing.is_ended else DOUBLE  # added by this very request, or before it
        double = next(one for one in doubles if one.pk in here)
        return {"first_names": Known(_("{name}, dans ce foyer").format(name=_born(double)), finding)}
    if doubles:
        return {"first_names": Known(_elsewhere(doubles, on=register.today), DOUBLE)}
    children = [stay.person for stay in register.stays if stay.role == CHILD]
    told = [", ".join(filter(None, [one.first_name, age_in_words(one, on=register.today)])) for one in children]
    return {"first_names": Known("\n".join(told) or _("aucun enfant dans ce foyer"), NEW)}


def _doubles(answers: Mapping[str, Any]) -> list[Person]:
    """Names as people write them, of those born that day: never a proof alone."""
    last_name, first_names = str(answers.get("last_name") or ""), str(answers.get("first_names") or "")
    born = Person.objects.filter(birth_date=answers.get("birth_date") or None).order_by("pk")[:MOST_OF_ONE_DAY]
    return [
        one
        for one in born
        if are_same(
            last_name,
            first_names,
            known_last_name=one.last_name,
            known_first_names=one.first_names,
            known_birth_name=one.birth_name,
        )
    ]


def _elsewhere(doubles: list[Person], *, on: date) -> str:
    """With the number of the file to look at."""
    stays = Residence.objects.open_on(on).filter(person__in=doubles).order_by("pk")
    numbers = dict(stays.values_list("person", "household__file_number"))
    lines = []
    for one in doubles:
        text = _("{name}, dossier {number}") if one.pk in numbers else _("{name}, sans foyer")
        lines.append(text.format(name=_born(one), number=numbers.get(one.pk, "")))
    return "\n".join(lines)


def _born(person: Person) -> str:
    day = words.full_day(person.birth_date) if person.birth_date else ""
    return ", ".join(filter(None, [str(person), day]))


def _account(register: _Register, answers: Mapping[str, Any]) -> dict[str, Known]:
    paid = register.account
    if paid is None:
        return dict.fromkeys(("holder", "iban"), Known(_("aucun compte"), NEW))
    is_same = paid.is_account(holder=paid.holder, iban=str(answers.get("iban", "")))
    return {
        "holder": _judged(paid.holder, fold(paid.holder) == fold(str(answers.get("holder", "")))),
        "iban": _judged(_("compte qui finit par {end}").format(end=paid.iban_end), is_same),
    }


def _judged(text: str, is_same: bool) -> Known:
    return Known(text, SAME if is_same else CHANGES if text else NEW)


_READERS: Mapping[str, Callable[[_Register, Mapping[str, Any]], dict[str, Known]]] = {
    "move": _address,
    "update_income": _income,
    "compute_income": _computed,
    "add_child": _child,
    "change_bank_details": _account,
}
