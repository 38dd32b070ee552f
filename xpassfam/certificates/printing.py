"""A certificate as PDF, of what was frozen with it: the same bytes today and in ten years. They leave here, sealed."""

from django.http import HttpResponse

from xpassfam.certificates import sheets
from xpassfam.certificates.models import Certificate
from xpassfam.pdf.sealing import seal
from xpassfam.pdf.typesetting import draw, typeset

MODEL, CARD = "certificates/paper/certificate.typ", "certificates/paper/card.typ"


def pdf(certificate: Certificate) -> bytes:
    return typeset(_model(certificate), sheets.printed(certificate))


def picture(certificate: Certificate) -> bytes:
    """The first page as PNG, to look at before anything is said for good."""
    return draw(_model(certificate), sheets.printed(certificate), ppi=110)[0]


def attachment(certificate: Certificate) -> HttpResponse:
    """As a file that a browser keeps: named by its number."""
    response = HttpResponse(seal(pdf(certificate)), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="attestation-{certificate.number}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _model(certificate: Certificate) -> str:
    return CARD if certificate.described.is_card else MODEL
