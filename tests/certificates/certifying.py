"""Certificates in a few words."""

import io
from datetime import date
from itertools import count

from django.utils import timezone
from pypdf import PdfReader

from tests.entitlements.homes import publish
from tests.household.families import Family
from xpassfam.certificates.actions import issuing, revoking
from xpassfam.certificates.kinds import kind_of
from xpassfam.certificates.models import Certificate, Signature
from xpassfam.entitlements import shipped
from xpassfam.entitlements.actions import evaluate_due, publish_vocabulary
from xpassfam.journal.actions import Actor
from xpassfam.payments.actions import note_paid, order
from xpassfam.people.models import Income, Person, Separation
from xpassfam.rules.identifiers import new_public_id

NADIA = Actor("agent", name="Nadia Ferrand")
_keys = count(1)


def given(family: Family, to: Person, kind: str = "composition", variant: str = "", **more: object) -> Certificate:
    made = issuing.issue(
        more.pop("access", None) or family.access(to),
        kind=kind_of(kind),
        variant=variant,
        form_key=more.pop("form_key", f"key {next(_keys)}"),
        by=family.account(to).actor,
        at=more.pop("at", timezone.now()),
    )
    return read_again(made)


def read_again(certificate: Certificate) -> Certificate:
    rows = Certificate.objects.select_related("paper", "face", "household", "given_to")
    return rows.get(pk=certificate.pk)


def withdrawn(certificate: Certificate, reason: str = "Une date était fausse.") -> Certificate:
    return revoking.revoke(certificate, reason=reason, by=NADIA, at=timezone.now())


def living_on(family: Family, quotient_cents: int = 98_400, *, month: date | None = None) -> Income:
    first = (month or timezone.localdate()).replace(day=1)
    facts = {"quotient_cents": quotient_cents, "month": first, "source": "caf"}
    return Income.objects.create(household=family.home, recorded_at=timezone.now(), **facts)


def brackets() -> Signature:
    """The brackets of the rules that are shipped, and who signs."""
    publish_vocabulary(shipped.VOCABULARY.read_text(encoding="utf-8"), by=NADIA, at=timezone.now())
    return Signature.objects.create(name="Claire Delaunay", function="responsable", place="Nantes")


def counted(*rights: str) -> None:
    """Those rights are published, and what each home has of them is counted."""
    publish(*rights)
    evaluate_due(at=timezone.now())


def paid(family: Family, label: str, cents: int, *, on: date) -> None:
    now = timezone.now()
    made = order(family.home, amount_cents=cents, label=label, cause=new_public_id(), by=NADIA, at=now)
    note_paid(made, on=on, by=NADIA, at=now)


def separate(family: Family) -> Separation:
    return Separation.objects.create(household=family.home, declared_by=family.karim, declared_at=timezone.now())


def text(pdf: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return " ".join(" ".join(pages).replace("\u00a0", " ").replace("\u202f", " ").split())
