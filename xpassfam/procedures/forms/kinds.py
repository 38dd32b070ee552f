"""Each simple type of question: its field, what is kept of what is typed, and how it is shown again.

Kept (`stored`) is JSON: a date is ISO text, an amount cents, yes is true, persons their public identifiers.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _

from xpassfam.accounts.forms.signing_up import EmailField
from xpassfam.household.forms.facts import PhoneField
from xpassfam.procedures.facts import Facts, Resident
from xpassfam.procedures.forms.fields import (
    AmountField,
    BoundedDateField,
    IbanField,
    MemberNumberField,
    SomebodyElsesEmailField,
    WholeNumberField,
    typed_amount,
)
from xpassfam.procedures.language import Field, Type, bounds
from xpassfam.rules.criteria import Truth, evaluate
from xpassfam.rules.iban import covered_iban, readable_iban
from xpassfam.rules.phones import typed_phone
from xpassfam.ui import words

LONGEST_LINE, LONGEST_TEXT, LONGEST_EMAIL, LONGEST_PHONE = 200, 1500, 254, 40
MOST_RADIOS = 7
YES, NO = "yes", "no"
Answers = Mapping[str, Any]


class Kind:
    """A type of question; what most types do."""

    def field(self, asked: Field, facts: Facts, answers: Answers, **common: Any) -> forms.Field:
        raise NotImplementedError

    def stored(self, value: Any) -> Any:
        return value

    def initial(self, kept: Any) -> Any:
        """What the field is filled in with."""
        return kept

    def typed(self, kept: Any, name: str) -> dict[str, list[str]]:
        """What a page sends when it holds this answer."""
        return {name: [str(self.initial(kept))]}

    def text(self, kept: Any, asked: Field, facts: Facts) -> str:
        """As it is read again."""
        return str(self.initial(kept))


class Line(Kind):
    def field(self, asked: Field, facts: Facts, answers: Answers, **common: Any) -> forms.Field:
        tokens = {"me.last_name": "family-name", "me.first_names": "given-name", "me.name": "name"}
        attrs = {"autocomplete": tokens.get(asked.prefill, "off")}
        return forms.CharField(max_length=asked.longest or LONGEST_LINE, widget=forms.TextInput(attrs=attrs), **common)

    def stored(self, value: Any) -> Any:
        return " ".join(value.split())


class LongText(Kind):
    def field(self, asked: Field, facts: Facts, answers: Answers, **common: Any) -> forms.Field:
        widget = forms.Textarea(attrs={"rows": 6})
        return forms.CharField(max_length=asked.longest or LONGEST_TEXT, widget=widget, **common)

    def stored(self, value: Any) -> Any:
        return "\n".join(line.rstrip() for line in value.splitlines()).strip()


class Number(Kind):
    def field(self, asked: Field, facts: Facts, answers: Answers, **common: Any) -> forms.Field:
        return WholeNumberField(least=_number(asked.at_least), most=_number(asked.at_most), why=_why(asked), **common)


class Amount(Kind):
    def field(self, asked: Field, facts: Facts, answers: Answers, **common: Any) -> forms.Field:
        return AmountField(least=_number(asked.at_least), most=_number(asked.at_most), why=_why(asked), **common)

    def initial(self, kept: Any) -> Any:
        return typed_amount(kept)

    def text(self, kept: Any, asked: Field, facts: Facts) -> str:
        return words.euros(kept)


class Date(Kind):
    def field(self, asked: Field, facts: Facts, answers: Answers, **common: Any) -> forms.Field:
        if common["required"]:
            common.pop("error_messages")
        known = {**answers, bounds.BIRTH: facts.known.get(bounds.BIRTH)}
        least = max(bounds.days(asked.at_least, facts.today, known), default=None)
        most = min(bounds.days(asked.at_most, facts.today, known), default=None)
        token = "bday" if asked.prefill == "me.birth_date" else ""
        return BoundedDateField(
            today=facts.today, least=least, most=most, why=_why(asked), autocomplete=token, **common
        )

    def stored(self, value: Any) -> Any:
        return value.isoformat()

    def initial(self, kept: Any) -> Any:
        return date.fromisoformat(kept)

    def typed(self, kept: Any, name: str) -> dict[str, list[str]]:
        day = self.initial(kept)
        return {f"{name}_day": [str(day.day)], f"{name}_month": [str(day.month)], f"{name}_year": [str(day.year)]}

    def text(self, kept: Any, asked: Field, facts: Facts) -> str:
        return words.full_day(self.initial(kept))


class Email(Kind):
    def field(self, asked: Field, facts: Facts, answers: Answers, **common: Any) -> forms.Field:
        if asked.not_mine:
            return SomebodyElsesEmailField(mine=facts.emails, max_length=LONGEST_EMAIL, **common)
        return EmailField(max_length=LONGEST_EMAIL, **common)


class Phone(Kind):
    def field(self, asked: Field, facts: Facts, answers: Answers, **common: Any) -> forms.Field:
        return PhoneField(max_length=LONGEST_PHONE, **common)

    def initial(self, kept: Any) -> Any:
        return typed_phone(kept)


class Iban(Kind):
    def field(self, asked: Field, facts: Facts, answers: Answers, **common: Any) -> forms.Field:
        return IbanField(**common)

    def initial(self, kept: Any) -> Any:
        return readable_iban(kept)

    def text(self, kept: Any, asked: Field, facts: Facts) -> str:
        return covered_iban(kept)


class MemberNumber(Kind):
    def field(self, asked: Field, facts: Facts, answers: Answers, **common: Any) -> forms.Field:
        return MemberNumberField(is_checked=facts.checks_numbers, **common)


class YesNo(Kind):
    def field(self, asked: Field, facts: Facts, answers: Answers, **common: Any) -> forms.Field:
        return forms.ChoiceField(choices=[(YES, _("Oui")), (NO, _("Non"))], widget=forms.RadioSelect, **common)

    def stored(self, value: Any) -> Any:
        return value == YES

    def initial(self, kept: Any) -> Any:
        return YES if kept else NO

    def text(self, kept: Any, asked: Field, facts: Facts) -> str:
        return _("Oui") if kept else _("Non")


class Choice(Kind):
    def field(self, asked: Field, facts: Facts, answers: Answers, **common: Any) -> forms.Field:
        if len(asked.choices) <= MOST_RADIOS:
            return forms.ChoiceField(choices=_choices(asked), widget=forms.RadioSelect, **common)
        choices = [("", _("Choisissez")), *((one.value, one.label) for one in asked.choices)]
        return forms.ChoiceField(choices=choices, **common)

    def text(self, kept: Any, asked: Field, facts: Facts) -> str:
        return {one.value: one.label for one in asked.choices}.get(kept, str(kept))


class Choices(Kind):
    def field(self, asked: Field, facts: Facts, answers: Answers, **common: Any) -> forms.Field:
        return forms.MultipleChoiceField(choices=_choices(asked), widget=forms.CheckboxSelectMultiple, **common)

    def typed(self, kept: Any, name: str) -> dict[str, list[str]]:
        return {name: list(kept)}

    def text(self, kept: Any, asked: Field, facts: Facts) -> str:
        return "\n".join(CHOICE.text(one, asked, facts) for one in kept)


class Person(Kind):
    def field(self, asked: Field, facts: Facts, answers: Answers, **common: Any) -> forms.Field:
        choices = _persons(asked, facts, answers)
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **_told_nobody(common, choices))

    def text(self, kept: Any, asked: Field, facts: Facts) -> str:
        one = facts.resident(kept)
        return one.label if one else _("Une personne qui n’est plus dans le foyer")


class Persons(Kind):
    def field(self, asked: Field, facts: Facts, answers: Answers, **common: Any) -> forms.Field:
        choices = _persons(asked, facts, answers)
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=choices, widget=widget, **_told_nobody(common, choices))

    def typed(self, kept: Any, name: str) -> dict[str, list[str]]:
        return {name: list(kept)}

    def text(self, kept: Any, asked: Field, facts: Facts) -> str:
        return "\n".join(PERSON.text(one, asked, facts) for one in kept)


CHOICE, PERSON = Choice(), Person()
KINDS: dict[Type, Kind] = {
    Type.TEXT: Line(),
    Type.LONG_TEXT: LongText(),
    Type.NUMBER: Number(),
    Type.AMOUNT: Amount(),
    Type.DATE: Date(),
    Type.EMAIL: Email(),
    Type.PHONE: Phone(),
    Type.YES_NO: YesNo(),
    Type.CHOICE: CHOICE,
    Type.CHOICES: Choices(),
    Type.PERSON: PERSON,
    Type.PERSONS: Persons(),
    Type.IBAN: Iban(),
    Type.MEMBER_NUMBER: MemberNumber(),
}


def offered(asked: Field, facts: Facts, answers: Answers) -> list[Resident]:
    """Whom of the home a question offers: who is not sure to be left out."""
    return [
        one
        for one in facts.residents
        if evaluate(asked.persons, facts.situation(answers, each=one)).truth is not Truth.NO
    ]


def _persons(asked: Field, facts: Facts, answers: Answers) -> list[tuple[str, str]]:
    """Who does not seem entitled is offered with why: the rules refuse nobody, a person does."""
    found = [(one, facts.entitled(asked.right, one.public_id)) for one in offered(asked, facts, answers)]
    return [(one.public_id, _with_hint(one.label, known.why if known else "")) for one, known in found]


def entitled(asked: Field, facts: Facts) -> list[str] | None:
    """Whom a question about several persons names before anybody answers."""
    if not asked.right or asked.type is not Type.PERSONS:
        return None
    found = [(one.public_id, facts.entitled(asked.right, one.public_id)) for one in facts.residents]
    return [key for key, known in found if known and known.is_yes] or None


def _told_nobody(common: dict[str, Any], choices: list[tuple[str, str]]) -> dict[str, Any]:
    if choices:
        return common
    return common | {"help_text": _("Personne de votre foyer ne peut être choisi ici. Appelez-nous.")}


def _choices(asked: Field) -> list[tuple[str, str]]:
    return [(one.value, _with_hint(one.label, one.hint)) for one in asked.choices]


def _with_hint(label: str, hint: str) -> str:
    return format_html('{}<span class="hint">{}</span>', label, hint) if hint else label


def _number(bound: Any) -> int | None:
    return bound if isinstance(bound, int) else None


def _why(asked: Field) -> dict[str, str]:
    """What is said of an answer beyond a bound, where the definition says it."""
    return {"least": asked.why_at_least, "most": asked.why_at_most}
