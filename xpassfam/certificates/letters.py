"""Certificates among what the family's page of documents lists."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.certificates import shown
from xpassfam.certificates.models import Certificate
from xpassfam.people.access import ActingAccess
from xpassfam.ui import words
from xpassfam.ui.gathering import Letter, LettersWanted

CERTIFICATE = "attestation"
KINDS: Mapping[str, str | Promise] = {CERTIFICATE: gettext_lazy("Attestations")}


def letters(access: ActingAccess, wanted: LettersWanted) -> list[Letter]:
    """Those that the reader may see, to whom they were given. One query, where they are wanted."""
    if wanted.kind not in ("", CERTIFICATE):
        return []
    rows = Certificate.objects.visible_to(access).select_related("paper", "given_to")
    asked: dict[str, Any] = {"issued_at__gte": wanted.since, "issued_at__lt": wanted.until}
    asked["given_to__public_id"] = wanted.person
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    if wanted.after:
        at, key = wanted.after
        rows = rows.filter(Q(issued_at__lt=at) | Q(issued_at=at, public_id__lt=key))
    return [_letter(one, access) for one in rows.order_by("-issued_at", "-public_id")[: wanted.most]]


def instants(access: ActingAccess) -> "QuerySet[Certificate, Any]":
    """When each was issued, the oldest first."""
    return Certificate.objects.visible_to(access).order_by("issued_at").values("issued_at")


def _letter(certificate: Certificate, access: ActingAccess) -> Letter:
    row, at = shown.row(certificate, on=access.on), certificate.issued_at
    whom = _("pour {name}").format(name=certificate.given_to.first_name)
    note = ", ".join([words.full_day(at), whom, row.tag.text[:1].lower() + row.tag.text[1:]])
    page, paper = (reverse(f"certificates:{name}", args=[certificate.public_id]) for name in ("certificate", "pdf"))
    return Letter(at, certificate.public_id, row.title, note, certificate.number, "file-text", page, paper)
