"""Who is told of what happens to a certificate."""

from datetime import datetime

from django.urls import reverse

from xpassfam.accounts.contacts import tell
from xpassfam.certificates import history
from xpassfam.certificates.models import Certificate
from xpassfam.journal.actions import Actor, Fact, write


def record(code: str, certificate: Certificate, *, by: Actor, at: datetime, **facts: Fact) -> None:
    """One line, in the caller's transaction: for the home, or for the one person it is about."""
    home, person = _whose(certificate)
    told = _told(certificate) | facts
    write(history.kind_of(code, is_own=certificate.is_own), by=by, at=at, household=home, person=person, facts=told)


def tell_revoked(certificate: Certificate, *, at: datetime) -> None:
    """By mail to who holds it; its facts stay on the page."""
    path = reverse("certificates:certificate", args=[certificate.public_id])
    context = {**_told(certificate), "reason": certificate.reason, "path": path}
    tell(certificate.given_to, "certificates/mail/revoked", at=at, context=context)


def _whose(certificate: Certificate) -> tuple[str, str]:
    return certificate.household.public_id, certificate.given_to.public_id if certificate.is_own else ""


def _told(certificate: Certificate) -> dict[str, Fact]:
    """Named as on paper, whatever the language of who acts."""
    return {"kind": certificate.described.labels["fr"], "number": certificate.number}
