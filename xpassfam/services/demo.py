"""What the demo's organisation offers: `demo.yaml`. Seasons are those of the present year."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import current
from xpassfam.pdf.typesetting import typeset
from xpassfam.services import actions
from xpassfam.services.models import Category, Service, UsefulFile, UsefulNumber
from xpassfam.vault.actions import receive

OFFER = Path(__file__).parent / "demo.yaml"
PAPER = "services/paper/leaflet.typ"


def load(*, by: Actor, at: datetime) -> None:
    """Once: what a visitor changed stays."""
    if Category.objects.exists():
        return
    offer = yaml.safe_load(OFFER.read_text(encoding="utf-8"))
    shelves = {}
    for position, title in enumerate(offer["categories"], 1):
        shelves[title] = Category(title=title, position=position)
        actions.save(shelves[title], by=by, at=at)
    for position, told in enumerate(offer["services"], 1):
        service = _service(told, shelves, year=timezone.localdate(at).year)
        service.position = position
        actions.save(service, by=by, at=at)
    for position, told in enumerate(offer["files"], 1):
        _publish(told, shelves.get(told.get("category", "")), position, by=by, at=at)
    for position, told in enumerate(offer["numbers"], 1):
        actions.save(UsefulNumber(position=position, **told), by=by, at=at)


def _service(told: dict[str, Any], shelves: dict[str, Category], *, year: int) -> Service:
    days = {name: date(year, *told[key]) if key in told else None for name, key in _SEASON}
    same = {name: told.get(name, "").strip() for name in _SAME}
    partner = {"partner_name": told.get("partner", ""), "partner_url": told.get("url", "")}
    return Service(category=shelves[told["category"]], is_published=True, **same, **partner, **days)


_SEASON = (("opens_on", "opens"), ("closes_on", "closes"))
_SAME = ("slug", "title", "summary", "text", "for_whom", "how", "keywords", "phone", "right", "procedure")


def _publish(told: dict[str, Any], category: Category | None, position: int, *, by: Actor, at: datetime) -> None:
    office = current().name
    data = {
        "title": told["label"],
        "office": office,
        "summary": told["summary"],
        "parts": told["parts"],
        "foot": _("Document inventé pour la démonstration. Il n’a aucune valeur."),
    }
    file = receive([typeset(PAPER, data)], name=f"{told['label']}.pdf", at=at, is_ours=True)
    useful = UsefulFile(label=told["label"], note=told["note"], category=category, position=position, is_published=True)
    actions.publish_file(useful, file=file, by=by, at=at)
