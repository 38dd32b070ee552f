"""What the history says of documents. What is one adult's own is told to that adult alone."""

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, Kind, declare
from xpassfam.rules.retention import CONSULTATIONS, FILE

GIVEN = "documents.given"
RENEWED = "documents.renewed"
READ = "documents.read"
TAKEN = "documents.taken"
ACCEPTED = "documents.accepted"
REFUSED = "documents.refused"
WITHDRAWN = "documents.verdict_withdrawn"
ERASED = "documents.erased"
ERASED_UNCHECKED = "documents.erased_unchecked"

_SENTENCES = {
    GIVEN: _("Document donné : {kind}."),
    RENEWED: _("Document renouvelé : {kind}."),
    READ: _("Lecture d’un document : {kind}."),
    TAKEN: _("Téléchargement d’un document : {kind}."),
    ACCEPTED: _("Document accepté : {kind}."),
    REFUSED: _("Document refusé : {kind}. Raison : {reason}"),
    WITHDRAWN: _("Document à redonner : {kind}. Raison : {reason}"),
    ERASED: _("Document vérifié, puis effacé : {kind}."),
    ERASED_UNCHECKED: _("Document effacé sans avoir été vérifié : {kind}."),
}
_KINDS = {
    (code, is_own): declare(
        f"{code}_own" if is_own else code,
        text,
        audience=Audience.SELF if is_own else Audience.HOUSEHOLD,
        kept=CONSULTATIONS if code in (READ, TAKEN) else FILE,
    )
    for is_own in (False, True)
    for code, text in _SENTENCES.items()
}


def kind_of(code: str, *, is_own: bool) -> Kind:
    return _KINDS[code, is_own]
