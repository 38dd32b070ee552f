"""The organisation takes a certificate back: who holds it reads why, whoever verifies it reads that it was."""

from datetime import datetime

from django.db import transaction

from xpassfam.certificates import history
from xpassfam.certificates.actions.registering import revoke_paper
from xpassfam.certificates.models import Certificate
from xpassfam.certificates.telling import record, tell_revoked
from xpassfam.journal.actions import Actor


class AlreadyRevoked(Exception):
    """Somebody did before."""


@transaction.atomic
def revoke(certificate: Certificate, *, reason: str, by: Actor, at: datetime) -> Certificate:
    """Raise AlreadyRevoked. `reason`: as the family reads it."""
    if not revoke_paper(certificate.paper, at=at):
        raise AlreadyRevoked
    certificate.paper.revoked_at = at
    certificate.reason, certificate.revoked_by, certificate.is_current = reason, by.name, False
    certificate.save(update_fields=["reason", "revoked_by", "is_current"])
    tell_revoked(certificate, at=at)
    record(history.REVOKED, certificate, by=by, at=at, reason=reason)
    return certificate
