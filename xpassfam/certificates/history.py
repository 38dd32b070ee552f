"""What the history says of certificates. One about somebody alone is told to that person alone."""

from django.utils.translation import gettext_lazy as _

from xpassfam.journal.kinds import Audience, Kind, declare
from xpassfam.rules.retention import CONSULTATIONS, FILE

ISSUED = "certificates.issued"
TAKEN = "certificates.taken"
REVOKED = "certificates.revoked"

_SENTENCES = {
    ISSUED: _("Attestation établie : {kind}, n° {number}."),
    TAKEN: _("Téléchargement d’une attestation : {kind}, n° {number}."),
    REVOKED: _("Attestation retirée : {kind}, n° {number}. Raison : {reason}"),
}
_KINDS = {
    (code, is_own): declare(
        f"{code}_own" if is_own else code,
        text,
        audience=Audience.SELF if is_own else Audience.HOUSEHOLD,
        kept=CONSULTATIONS if code == TAKEN else FILE,
    )
    for is_own in (False, True)
    for code, text in _SENTENCES.items()
}
WORDED = declare("certificates.worded", _("Texte de l’attestation changé : {kind}."), audience=Audience.STAFF)
SIGNED = declare("certificates.signed", _("Signataire des attestations changé."), audience=Audience.STAFF)


def kind_of(code: str, *, is_own: bool) -> Kind:
    return _KINDS[code, is_own]
