"""The code that a paper of a filing bears: anybody who receives the paper verifies it by that, on the public page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.certificates.actions.registering import register_paper, replace_paper
from xpassfam.certificates.models import Paper
from xpassfam.filings.models import Decision, Filing
from xpassfam.pdf import codes
from xpassfam.pdf.sealing import is_possible
from xpassfam.rules.certificates import written_code
from xpassfam.rules.names import initials_of

ACKNOWLEDGEMENT, DECISION = "acknowledgement", "decision"


def bear(kind: str, filing: Filing, *, at: datetime) -> dict[str, str]:
    """What the paper's frozen facts keep: its code, and the page of that day. In the caller's transaction."""
    person = filing.filed_by
    initials = initials_of(person.first_name, person.last_name)
    paper = register_paper(kind, initials=initials, issued_on=timezone.localdate(at))
    return {"code": paper.code, "page": settings.BASE_URL + reverse("certificates:verify")}


def replaced(decision: Decision, *, at: datetime) -> None:
    """Another decision stands in its place, or will: the public page says so."""
    check = decision.letter.get("check")
    if check:
        replace_paper(Paper.objects.get(code=check["code"]), at=at)


def printed(frozen: Mapping[str, Any]) -> dict[str, str] | None:
    """What the model prints of it; None for a paper of before."""
    check = frozen.get("check")
    if not check:
        return None
    code, address = written_code(check["code"]), check["page"].partition("://")[2].rstrip("/")
    return {
        "qr": codes.qr(check["page"] + code),
        "alt": _("Code QR qui ouvre la page de vérification avec le code {code}").format(code=code),
        "how": _("Vérifiez ce document sur {address} avec le code").format(address=address),
        "code": code,
        "seal": _("Toute modification se voit.") if is_possible() else "",
    }
