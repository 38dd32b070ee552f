"""A paper of a filing as a file that a browser keeps: sealed, named in French, stored by nobody."""

from django.db.models import F
from django.http import Http404, HttpResponse

from xpassfam.filings.models import Filing
from xpassfam.filings.paper import printing
from xpassfam.pdf.sealing import seal


def acknowledgement(filing: Filing) -> HttpResponse:
    """Raise Http404 where nothing was acknowledged: a draft."""
    if not filing.acknowledgement:
        raise Http404
    return _file(printing.acknowledgement(filing), f"accuse-de-reception-{filing.reference}")


def decision(filing: Filing) -> HttpResponse:
    """Of the decision that stands, else of the last that was taken back. Raise Http404 where there is none."""
    decided = filing.decisions.order_by(F("superseded_at").desc(nulls_first=True)).first()
    if decided is None:
        raise Http404
    return _file(printing.decision(decided), f"decision-{filing.reference}")


def _file(pdf: bytes, name: str) -> HttpResponse:
    response = HttpResponse(seal(pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
