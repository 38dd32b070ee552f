"""What is offered, by shelf or by words spelt nearly right; what is not open says why, and what to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xpassfam.entitlements.judging import Verdict
from xpassfam.people.access import ActingAccess
from xpassfam.rules.searching import best
from xpassfam.services.claims import Claim, claims_of
from xpassfam.services.models import Category, Service
from xpassfam.ui import words

TAGS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.YES: ("ok", "circle-check"),
    Verdict.NO: ("no", "x"),
    Verdict.UNKNOWN: ("wait", "circle-help"),
    Verdict.REVIEW: ("info", "eye"),
}


@dataclass(frozen=True)
class Said:
    """A claim as it is drawn: for whom, the answer in a word, the sentence."""

    claim: Claim
    who: str
    word: str
    kind: str
    icon: str


@dataclass(frozen=True)
class Entry:
    """A service as one home reads it. `closed`: why it is not open, with what to do; empty where it is."""

    service: Service
    closed: str
    claims: Sequence[Said]

    @property
    def for_you(self) -> Sequence[str]:
        """Those who may have it, to list beside its title."""
        return [said.who for said in self.claims if said.claim.answer is Verdict.YES]


@dataclass(frozen=True)
class Shelf:
    number: int
    title: str
    entries: Sequence[Entry]


def entries(access: ActingAccess, *, text: str = "") -> list[Entry]:
    """Those that a search means, the best answer first; all of them for none. One query, and what claims cost."""
    published = list(Service.objects.published())
    texts = [(one.title, f"{one.keywords} {one.category}", _told(one)) for one in published]
    found = [published[place] for place in best(texts, text)]
    claims = claims_of(access, {one.right for one in found if one.right})
    return [entry_for(one, claims, on=access.on) for one in found]


def entry(slug: str, access: ActingAccess) -> Entry | None:
    """The published one of that address."""
    found = Service.objects.published().filter(slug=slug).first()
    return entry_for(found, claims_of(access, {found.right} - {""}), on=access.on) if found else None


def shelves(found: Iterable[Entry]) -> list[Shelf]:
    """In the order of the categories; an empty one is not shown."""
    held: dict[int, list[Entry]] = {}
    for one in found:
        held.setdefault(one.service.category_id, []).append(one)
    groups = sorted(held.values(), key=lambda group: _place(group[0].service.category))
    return [Shelf(number, str(group[0].service.category), group) for number, group in enumerate(groups, 1)]


def _place(category: Category) -> tuple[int, str]:
    return category.position, category.title


def closed_because(service: Service, *, on: date) -> str:
    if service.opens_on and service.opens_later(on):
        return _("Pas encore ouvert. Revenez à partir du {day}.").format(day=words.full_day(service.opens_on))
    if service.closes_on and service.is_over(on):
        text = _("Terminé depuis le {day}. Appelez-nous si vous l’attendiez : nous vous dirons s’il rouvre.")
        return text.format(day=words.full_day(service.closes_on))
    return ""


def entry_for(service: Service, claims: Mapping[str, Sequence[Claim]], *, on: date) -> Entry:
    said = [_said(one) for one in claims.get(service.right, ())] if service.right else []
    return Entry(service, closed_because(service, on=on), said)


def _said(claim: Claim) -> Said:
    answers = {
        Verdict.YES: _("Oui"),
        Verdict.NO: _("Non"),
        Verdict.UNKNOWN: _("À compléter"),
        Verdict.REVIEW: _("À étudier"),
    }
    return Said(claim, claim.person or _("Votre foyer"), answers[claim.answer], *TAGS[claim.answer])


def _told(service: Service) -> str:
    return " ".join((service.summary, service.for_whom, service.partner_name, service.text))
