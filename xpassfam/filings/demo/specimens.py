"""A document that the demo's families send, made once: a page that says that it proves nothing."""

from datetime import datetime

from django.utils.translation import gettext as _

from xpassfam.accounts.letters import colours
from xpassfam.organisation.models import current
from xpassfam.pdf.typesetting import typeset
from xpassfam.vault import actions as vault
from xpassfam.vault.models import File

MODEL = "filings/paper/specimen.typ"
NAME = "justificatif.pdf"


def receive(*, at: datetime) -> File:
    """Given to the vault as families give theirs; copies of it serve."""
    return vault.receive([_pdf(at)], name=NAME, at=at, is_ours=True)


def _pdf(at: datetime) -> bytes:
    rows = [
        (_("Ce document"), _("Un justificatif inventé, pour essayer")),
        (_("Il ne prouve"), _("Rien, pour personne")),
    ]
    return typeset(
        MODEL,
        {
            "title": _("Justificatif d’essai"),
            "author": _("Démonstration"),
            "language": "fr",
            "date": {"year": at.year, "month": at.month, "day": at.day},
            "colours": colours(current()),
            "heading": _("Justificatif d’essai"),
            "stamp": _("SPÉCIMEN"),
            "footer": _("Produit par la démonstration."),
            "rows": [{"label": label, "text": text} for label, text in rows],
        },
    )
