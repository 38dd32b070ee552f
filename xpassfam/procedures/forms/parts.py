"""The parts of a page: a question, an address, a repeated group, an explanation; each cleans its own answer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.forms import HiddenInput
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from xpassfam.household.forms.address import FRANCE, AddressForm
from xpassfam.procedures.forms.kinds import KINDS
from xpassfam.procedures.language import CONTESTED_ABOUT, Field, Type

if TYPE_CHECKING:
    from xpassfam.procedures.forms.section import SectionForm

ADDRESS = ("country", "address", "postcode", "commune", "town")
KEPT_OF_ADDRESS = ("address", "postcode", "town", "commune", "country")
MOST_ROW_DIGITS = 4


class Part:
    """A question of the page. `key` names its answer; `name` what the page sends."""

    template = "procedures/form/question.html"

    def __init__(self, asked: Field, form: "SectionForm", kept: Any, *, name: str = "") -> None:
        self.asked, self.form, self.name = asked, form, name or asked.key
        self.key = asked.key
        self.kind = KINDS[asked.type]
        form.fields[self.name] = self.kind.field(asked, form.facts, form.answers, **self.common())
        if kept is not None:
            form.initial[self.name] = self.kind.initial(kept)
        if asked.prefill == CONTESTED_ABOUT and CONTESTED_ABOUT in form.facts.known:
            form.fields[self.name].widget = HiddenInput()
            self.template = "procedures/form/settled.html"

    def common(self) -> dict[str, Any]:
        missing = _("Il manque une réponse : {label}").format(label=self.asked.label)
        return {
            "label": self.asked.label,
            "help_text": self.form.hint_of(self.asked),
            "required": not self.asked.optional,
            "error_messages": {"required": missing},
        }

    @property
    def bound(self) -> BoundField:
        return self.form[self.name]

    def clean(self) -> Any:
        """What is kept of what was typed; None for nothing, or for what the form now says is wrong."""
        field = self.form.fields[self.name]
        try:
            value = field.clean(self.bound.data)
        except ValidationError as error:
            self.form.add_error(self.name, error)
            return None
        return None if value in (None, "", []) else self.kind.stored(value)


class Explanation(Part):
    """Nothing is asked. `known`: what the file says of it."""

    template = "procedures/form/explanation.html"

    def __init__(self, asked: Field, form: "SectionForm", kept: Any) -> None:
        self.asked, self.form, self.key = asked, form, asked.key
        self.known = form.facts.known.get(asked.prefill, "")

    def clean(self) -> Any:
        return None


class Address(Part):
    """As the household's own: country, lines, postcode, then the commune among those that it covers."""

    template = "procedures/form/address.html"

    def __init__(self, asked: Field, form: "SectionForm", kept: Any) -> None:
        self.asked, self.form, self.key = asked, form, asked.key
        known = {name: str((kept or {}).get(name, "")) for name in ADDRESS}
        known["country"] = known["country"] or FRANCE
        self.inner = AddressForm(form.data if form.is_bound else None, known=known, prefix=asked.key)
        for name in ADDRESS:
            form.fields[self.inner.add_prefix(name)] = self.inner.fields[name]
            form.initial[self.inner.add_prefix(name)] = self.inner.initial.get(name, "")
        self.hint = form.hint_of(asked)
        self.parts = {name: form[self.inner.add_prefix(name)] for name in ADDRESS}

    @property
    def asks_commune(self) -> bool:
        return self.inner.asks_commune

    def clean(self) -> Any:
        if self.asked.optional and not any(self.parts[name].data for name in ("address", "postcode", "town")):
            return None
        self.inner.full_clean()
        if not self.inner.cleaned_data.get("address") and "address" not in self.inner.errors:
            self.inner.add_error("address", _("Écrivez le numéro et la rue, ou le nom du lieu-dit."))
        if self.inner.is_valid():
            return {name: str(self.inner.cleaned_data[name]) for name in KEPT_OF_ADDRESS}
        for name, errors in self.inner.errors.items():
            self.form.add_error(self.inner.add_prefix(name), list(errors.data))
        return None


class Row:
    """One of a group: its number in the page, for as long as the page lives."""

    def __init__(self, number: str, place: int, parts: list[Part], title: str) -> None:
        self.number, self.place, self.parts, self.title = number, place, parts, title

    @property
    def is_blank(self) -> bool:
        return not any(_is_typed(part.bound.data) for part in self.parts)


class Group(Part):
    """The same few questions, as many times as there is something to say. Buttons add and take away without script."""

    template = "procedures/form/group.html"

    def __init__(self, asked: Field, form: "SectionForm", kept: Any) -> None:
        self.asked, self.form, self.key = asked, form, asked.key
        self.hint = form.hint_of(asked)
        known: list[Mapping[str, Any]] = list(kept or [])[: asked.most]
        numbers = self._numbers() if form.is_bound else [str(n) for n in range(max(len(known), asked.least, 1))]
        self.rows = [
            self._row(number, place, known[place] if place < len(known) and not form.is_bound else {})
            for place, number in enumerate(numbers)
        ]

    @property
    def may_add(self) -> bool:
        return len(self.rows) < self.asked.most

    @property
    def may_remove(self) -> bool:
        return len(self.rows) > max(self.asked.least, 1)

    def clean(self) -> Any:
        """Rows left blank are no rows, as far as enough are filled in."""
        filled = [row for row in self.rows if not row.is_blank]
        needed = 0 if self.asked.optional and not filled else self.asked.least
        rows = filled if len(filled) >= needed else self.rows
        found = []
        for row in rows:
            values = {part.key: part.clean() for part in row.parts}
            found.append({key: value for key, value in values.items() if value is not None})
        return [values for values in found if values] or None

    def _row(self, number: str, place: int, known: Mapping[str, Any]) -> Row:
        name = f"{self.key}-{number}-"
        parts = [Part(one, self.form, known.get(one.key), name=name + one.key) for one in self.asked.fields]
        return Row(number, place + 1, parts, self.asked.row or self.asked.label)

    def _numbers(self) -> list[str]:
        """The rows of the page, less the one taken away, and one more where it was asked for."""
        sent = self.form.sent(f"{self.key}-row")
        numbers = [one for one in dict.fromkeys(sent) if one.isascii() and one.isdigit() and len(one) < MOST_ROW_DIGITS]
        gone = [f"{self.key}-{number}" for number in numbers]
        numbers = [number for number, name in zip(numbers, gone, strict=True) if name not in self.form.sent("remove")]
        numbers = numbers[: self.asked.most]
        is_wanted = self.key in self.form.sent("add")
        while len(numbers) < self.asked.most and (is_wanted or len(numbers) < max(self.asked.least, 1)):
            numbers.append(str(max(map(int, numbers), default=-1) + 1))
            is_wanted = False
        return numbers


def _is_typed(data: Any) -> bool:
    """A date is typed in three places."""
    return any(data) if isinstance(data, list) else bool(data)


PARTS: dict[Type, type[Part]] = {
    Type.ADDRESS: Address,
    Type.GROUP: Group,
    Type.EXPLANATION: Explanation,
}


def part_of(asked: Field, form: "SectionForm", kept: Any) -> Part:
    return PARTS.get(asked.type, Part)(asked, form, kept)
