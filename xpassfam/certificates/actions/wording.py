"""The organisation writes its own words, and says who signs. What was issued before keeps its own."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from xpassfam.certificates import history
from xpassfam.certificates.kinds import Kind
from xpassfam.certificates.models import Signature, Wording
from xpassfam.journal.actions import Actor, write


@transaction.atomic
def write_words(kind: Kind, words: Mapping[str, str], *, by: Actor, at: datetime) -> Wording:
    """`words`: by field of `Wording`, checked by `wordings.check`."""
    written = {**words, "written_by": by.name, "written_at": at}
    row, _is_new = Wording.objects.update_or_create(kind=kind.code, defaults=written)
    write(history.WORDED, by=by, at=at, facts={"kind": kind.label})
    return row


@transaction.atomic
def restore_words(kind: Kind, *, by: Actor, at: datetime) -> None:
    """Ours stand again."""
    if Wording.objects.filter(kind=kind.code).delete()[0]:
        write(history.WORDED, by=by, at=at, facts={"kind": kind.label})


@transaction.atomic
def sign(signature: Signature, *, by: Actor, at: datetime) -> Signature:
    signature.written_by, signature.written_at = by.name, at
    signature.full_clean()
    signature.save()
    write(history.SIGNED, by=by, at=at)
    return signature
