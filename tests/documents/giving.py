"""Documents in a few words."""

from datetime import date
from itertools import count

from django.utils import timezone

from tests.household.families import Family
from tests.vault import samples
from xpassfam.documents.actions import giving, uploading
from xpassfam.documents.kinds import kind_of
from xpassfam.documents.models import Document, PendingUpload
from xpassfam.people.models import Person

_keys = count(1)


def sent(family: Family, by: Person, *, content: bytes = b"", name: str = "facture.pdf") -> PendingUpload:
    return uploading.keep([content or samples.pdf()], name=name, access=family.access(by), at=timezone.now())


def give(
    family: Family,
    by: Person,
    kind: str = "proof_of_address",
    *,
    about: Person | None = None,
    files: list[PendingUpload] | None = None,
    issued_on: date | None = None,
    **more: object,
) -> Document:
    access = family.access(by)
    return giving.receive(
        more.pop("household", family.home),
        kind=kind_of(kind),
        person=about,
        uploads=[sent(family, by)] if files is None else files,
        access=access,
        form_key=more.pop("form_key", f"key {next(_keys)}"),
        issued_on=issued_on,
        by=family.account(by).actor,
        at=more.pop("at", timezone.now()),
        **more,
    )
