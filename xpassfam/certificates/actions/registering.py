"""A code for a paper: one of ours, or one that another room prints and wants verified."""

from datetime import date, datetime

from xpassfam.certificates.kinds import kind_of
from xpassfam.certificates.models import Paper
from xpassfam.rules.certificates import new_code


def register_paper(kind: str, *, initials: str, issued_on: date, valid_until: date | None = None) -> Paper:
    """In the caller's transaction. `kind`: a code of `kinds.yaml` (KeyError otherwise); `initials`: of whom it speaks.

    The public page tells these four, and what becomes of the paper; nothing else is known of it here.
    """
    return Paper.objects.create(
        code=new_code(),
        kind=kind_of(kind).code,
        initials=initials,
        issued_on=issued_on,
        valid_until=valid_until,
    )


def replace_paper(paper: Paper, *, at: datetime) -> None:
    """Another one stands in its place; what was replaced before stays so since then."""
    Paper.objects.filter(pk=paper.pk, replaced_at=None).update(replaced_at=at)


def revoke_paper(paper: Paper, *, at: datetime) -> bool:
    """False where it was before."""
    return bool(Paper.objects.filter(pk=paper.pk, revoked_at=None).update(revoked_at=at))
