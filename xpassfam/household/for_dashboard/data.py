"""What waits about a family's data: answers to read, what is missing, what is to confirm."""

from django.urls import reverse
from django.utils.translation import gettext as _

from xpassfam.household.fields import Field
from xpassfam.household.waiting import what_waits
from xpassfam.people.access import FamilyRequest
from xpassfam.ui.gathering import Todo


def waiting(request: FamilyRequest) -> list[Todo]:
    """Two queries, whatever the family."""
    found = what_waits(request.access, request.user.person)  # type: ignore[union-attr, arg-type]
    items = [_missing(field, url) for field, url in found.missing]
    if found.has_answer:
        items.insert(0, _answer())
    if found.is_to_confirm:
        items.append(_confirmation())
    return items


def _answer() -> Todo:
    return Todo(
        title=_("Vous avez une réponse"),
        note=_("L’organisation a répondu à votre changement."),
        link_text=_("Lire la réponse"),
        link_url=reverse("household:profile"),
        icon="mail",
    )


def _missing(field: Field, url: str) -> Todo:
    return Todo(
        title=_("Il manque {what}").format(what=field.missing),
        note=_("L’organisation en a besoin pour votre dossier."),
        link_text=_("Compléter"),
        link_url=url,
        icon="circle-alert",
    )


def _confirmation() -> Todo:
    return Todo(
        title=_("Relisez vos informations"),
        note=_("Deux minutes pour dire si tout est exact."),
        link_text=_("Relire et confirmer"),
        link_url=reverse("household:confirm"),
        icon="circle-check",
    )
