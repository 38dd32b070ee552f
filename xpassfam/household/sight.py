"""What the rules let one see and do, in words: every page says it from here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.people.access import ActingAccess, has_lived_in
from xpassfam.people.models import Access, Person, Residence
from xpassfam.rules.visibility import (
    ACTS_BY_PERMISSION,
    ACTS_FROZEN,
    HIDDEN_WHILE_FROZEN,
    ITEMS_BY_PERMISSION,
    Item,
    Viewer,
    visible_items,
)

ITEM_WORDS: dict[Item, str | Promise] = {
    Item.NAME: gettext_lazy("nom"),
    Item.AGE: gettext_lazy("âge"),
    Item.ROLE: gettext_lazy("place dans le foyer"),
    Item.BIRTH_DATE: gettext_lazy("date de naissance"),
    Item.ADDRESS: gettext_lazy("adresse du foyer"),
    Item.CONTACTS: gettext_lazy("coordonnées"),
    Item.MEMBER_NUMBER: gettext_lazy("numéro d’adhérent"),
    Item.INCOME: gettext_lazy("revenus et quotient familial"),
    Item.DOCUMENTS: gettext_lazy("documents"),
    Item.REQUESTS: gettext_lazy("demandes"),
    Item.HISTORY: gettext_lazy("historique"),
}

# What a permission opens, in the order in which people ask: an item or an act, then its two sentences.
OPENED = (
    (Item.NAME, gettext_lazy("Voir qui vit dans le foyer : nom, âge, place."), ""),
    (Item.ADDRESS, gettext_lazy("Voir l’adresse du foyer."), gettext_lazy("Pas l’adresse du foyer.")),
    (Item.REQUESTS, gettext_lazy("Voir les demandes et leurs réponses."), gettext_lazy("Pas les demandes.")),
    ("requests", gettext_lazy("Déposer des demandes pour le foyer."), ""),
    (Item.DOCUMENTS, gettext_lazy("Voir les documents du foyer."), gettext_lazy("Pas les documents.")),
    ("documents", gettext_lazy("Ajouter et retirer des documents."), ""),
    (
        Item.INCOME,
        gettext_lazy("Voir les revenus et le quotient familial."),
        gettext_lazy("Pas les revenus ni le quotient familial."),
    ),
    (Item.HISTORY, gettext_lazy("Lire l’historique du dossier."), gettext_lazy("Pas l’historique du dossier.")),
    ("change", gettext_lazy("Changer les informations du foyer."), gettext_lazy("Pas de changement du foyer.")),
)

SUMMARIES: dict[str, str | Promise] = {
    "all": gettext_lazy("Voit tout le dossier et peut agir pour le foyer."),
    "view": gettext_lazy("Voit le dossier, sans pouvoir le changer."),
    "requests": gettext_lazy("Voit le dossier, dépose et suit ses demandes."),
    "documents": gettext_lazy("Voit le dossier et gère ses documents."),
}


@dataclass(frozen=True)
class Preview:
    """What a permission opens and what stays closed, a sentence each."""

    permission: str
    title: str
    summary: str
    opened: tuple[str, ...]
    closed: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """A person of the home, as somebody else sees them."""

    person: Person
    shown: str
    hidden: str


def preview(permission: str, *, is_frozen: bool = False) -> Preview:
    """« Voir qui vit dans le foyer », … and what this permission leaves closed, or a declared separation closes."""
    allowed = {*ITEMS_BY_PERMISSION[permission], *ACTS_BY_PERMISSION[permission]}
    if is_frozen:
        allowed -= {*HIDDEN_WHILE_FROZEN, *ACTS_FROZEN, Item.HISTORY}
    opened = tuple(str(yes) for what, yes, _no in OPENED if what in allowed)
    closed = tuple(str(no) for what, _yes, no in OPENED if what not in allowed and no)
    title, summary = Access.Permission(permission).label, SUMMARIES[permission]
    return Preview(permission, str(title), str(summary), opened, closed)


def previews() -> list[Preview]:
    return [preview(permission) for permission in Access.Permission.values]


def seen_by(viewer: Viewer, stays: Sequence[Residence]) -> list[Seen]:
    """Each person of the home with what this viewer reads of them, and what not; no value is shown here."""
    shown = []
    for stay in stays:
        items = visible_items(viewer, stay.subject)
        shown.append(Seen(stay.person, _list(items), _list(set(ITEM_WORDS) - items)))
    return shown


def as_seen_from(access: ActingAccess, other: Access, *, role: str) -> Viewer:
    """Another adult of the same home looking at it today: what `request.access` would be for them. One query at most,
    of somebody who acts from outside.
    """
    viewer = Viewer(other.person_id, other.household_id, access.on)
    is_of_register = not role and other.origin == Access.Origin.REGISTER
    from_outside = is_of_register and not has_lived_in(other.household_id, person_id=other.person_id)
    return replace(viewer, permission=other.permission, role=role, represents=from_outside, is_frozen=access.is_frozen)


def last_day(until: date | None) -> date | None:
    """The last day of what ends: people say the day on which it still holds."""
    return until and until - timedelta(days=1)


def _list(items: set[Item] | frozenset[Item]) -> str:
    """« nom, âge et place dans le foyer »; nothing for none."""
    *others, last = [str(words) for item, words in ITEM_WORDS.items() if item in items] or [""]
    return _("{names} et {last}").format(names=", ".join(others), last=last) if others else last
