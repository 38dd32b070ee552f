"""What the pages of separations say of filings: the one that declared each, and how its filer is to be reached."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from xpassfam.filings import parting
from xpassfam.filings.actions import examining
from xpassfam.filings.models import Filing
from xpassfam.household.declared import Declared, Reader, declare
from xpassfam.people.models import Separation


@declare
def declared(separations: Sequence[Separation], reader: Reader | None) -> Mapping[int, Declared]:
    """Three queries without a reader; reading the answers is in their filer's history, once a while."""
    # Sending is one transaction: the request and the separation that it declared are of one instant.
    keys = {(one.household_id, one.declared_by_id, one.declared_at): one.pk for one in separations}
    rows = Filing.objects.filter(
        household__in={one.household_id for one in separations},
        filed_at__in={one.declared_at for one in separations},
    ).prefetch_related("procedure_version__procedure")
    found: dict[int, Declared] = {}
    for filing in rows:
        key = filing.filed_at and keys.get((filing.household_id, filing.filed_by_id, filing.filed_at))
        if key and parting.is_one(filing):
            if reader:
                examining.stay(filing, by=reader.agent, at=reader.at)
            found[key] = _said(filing, is_read=reader is not None)
    return found


def _said(filing: Filing, *, is_read: bool) -> Declared:
    given = parting.given(filing)
    rows = [(row["label"], row["text"]) for section in filing.summary for row in section["rows"]]
    return Declared(
        reference=filing.reference or "",
        url=reverse("filings:agents-filing", args=[filing.public_id]),
        contact=given.get("contact") or "",
        is_confidential=bool(given.get("confidential")),
        read_by=parting.read_by(filing),
        answers=rows if is_read else (),
    )
