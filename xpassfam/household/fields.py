"""The facts that families see and change: how each is named, in an address, in a page, in its table."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xpassfam.household import sentences
from xpassfam.people.models import Household
from xpassfam.rules.field_policy import FACTS, Fact, Whose
from xpassfam.rules.phones import readable_phone
from xpassfam.rules.visibility import Item
from xpassfam.ui.words import full_day

_ITEMS = {
    "birth_date": Item.BIRTH_DATE,
    "email": Item.CONTACTS,
    "phone": Item.CONTACTS,
    "address": Item.ADDRESS,
}


@dataclass(frozen=True)
class Field:
    """`code` is stored and keys `rules.field_policy.FACTS`; `name` is the column of `people`, or `address`."""

    code: str
    name: str
    slug: str
    label: str | Promise
    title: str | Promise
    missing: str | Promise

    @property
    def fact(self) -> Fact:
        return FACTS[self.code]

    @property
    def whose(self) -> Whose:
        return self.fact.whose

    @property
    def item(self) -> Item:
        """What the rules of visibility call it."""
        return _ITEMS.get(self.name, Item.NAME)

    @property
    def is_contact(self) -> bool:
        return self.name in ("email", "phone")

    @property
    def is_private(self) -> bool:
        """How to reach one adult, when they were born and the name they had before are nobody else's to read, a
        history included.
        """
        return self.is_contact or self.code in ("birth_name", "birth_date")


_ALL = (
    Field("last_name", "last_name", "nom", _("Nom"), _("Votre nom"), _("votre nom")),
    Field(
        "birth_name",
        "birth_name",
        "nom-de-naissance",
        _("Nom de naissance"),
        _("Votre nom de naissance"),
        _("votre nom de naissance"),
    ),
    Field("first_names", "first_names", "prenoms", _("Prénoms"), _("Vos prénoms"), _("vos prénoms")),
    Field(
        "birth_date",
        "birth_date",
        "date-de-naissance",
        _("Date de naissance"),
        _("Votre date de naissance"),
        _("votre date de naissance"),
    ),
    Field("phone", "phone", "telephone", _("Téléphone"), _("Votre téléphone"), _("votre téléphone")),
    Field("email", "email", "e-mail", _("E-mail"), _("Votre e-mail de contact"), _("votre e-mail de contact")),
    Field("address", "address", "adresse", _("Adresse"), _("L’adresse de votre foyer"), _("l’adresse de votre foyer")),
    Field("child_first_names", "first_names", "prenoms", _("Prénoms"), _("Ses prénoms"), _("ses prénoms")),
    Field("child_last_name", "last_name", "nom", _("Nom"), _("Son nom"), _("son nom")),
    Field(
        "child_birth_date",
        "birth_date",
        "date-de-naissance",
        _("Date de naissance"),
        _("Sa date de naissance"),
        _("sa date de naissance"),
    ),
)
FIELDS = {field.code: field for field in _ALL}
ADDRESS = FIELDS["address"]


def fields_of(whose: Whose) -> list[Field]:
    return [field for field in _ALL if field.whose is whose]


def by_slug(whose: Whose, slug: str) -> Field | None:
    return next((field for field in fields_of(whose) if field.slug == slug), None)


def readable(field: Field, values: Mapping[str, str]) -> str:
    """What is stored, as people read it; nothing where nothing is known."""
    if field is ADDRESS:
        return sentences.address(Household(**values)) if values["address"] or values["town"] else ""
    value = values[field.name]
    if value and field.name == "birth_date":
        return full_day(date.fromisoformat(value))
    return readable_phone(value) if value and field.name == "phone" else value


def on_one_line(field: Field, values: Mapping[str, str]) -> str:
    """For a sentence; « rien » where there was nothing."""
    return ", ".join(readable(field, values).splitlines()) or str(_("rien"))


def is_known(field: Field, values: Mapping[str, str]) -> bool:
    """An address is known by its town and its postcode: some hamlets have no street."""
    return all(values[column] for column in ("postcode", "town")) if field is ADDRESS else bool(values[field.name])


def version_of(values: Mapping[str, str]) -> str:
    """Changes when the values do: a form carries the one it was filled in from."""
    return hashlib.sha256(json.dumps(dict(values), sort_keys=True).encode()).hexdigest()[:16]
