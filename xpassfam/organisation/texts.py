"""The legal sentences that depend on the profile; what may be written at all is in `rules.legal_profiles`."""

from django.utils.translation import gettext_lazy as _

from xpassfam.organisation.models import Organisation
from xpassfam.rules.legal_profiles import LEGAL_BASIS, is_bound_to_accessibility

_BASES = {
    "public_interest": _("l’exécution d’une mission d’intérêt public (article 6.1.e du RGPD)"),
    "contract": _("l’exécution du contrat ou de l’adhésion qui vous lie à nous (article 6.1.b du RGPD)"),
    "legitimate_interest": _("l’intérêt légitime du comité à gérer ses activités sociales (article 6.1.f du RGPD)"),
}
# What the portal holds today, and for what. Source: RGPD, art. 13 and 14.
KEPT = [
    {
        "what": _("Votre nom, votre e-mail, votre téléphone"),
        "why": _("Ouvrir votre compte, vous reconnaître et vous écrire. Le téléphone est facultatif."),
    },
    {
        "what": _("Votre numéro d’adhérent, votre numéro de dossier, votre date de naissance"),
        "why": _("Vérifier que le compte est bien le vôtre."),
    },
    {
        "what": _("Votre foyer : les personnes, l’adresse, qui peut agir pour qui"),
        "why": _("Vous montrer ce qui vous concerne, et rien à ceux que cela ne regarde pas."),
    },
    {
        "what": _("Votre mot de passe"),
        "why": _("Vous connecter. Il est gardé sous une forme que personne ne peut relire, même nous."),
    },
    {
        "what": _("Vos connexions : la date, l’appareil, l’adresse du réseau"),
        "why": _("Protéger votre compte, et vous prévenir si un appareil inconnu s’en sert."),
    },
    {
        "what": _("Ce que vous faites ici, et les e-mails que nous vous envoyons"),
        "why": _("En garder la preuve, pour vous comme pour nous."),
    },
]


def legal_basis(organisation: Organisation) -> str:
    return organisation.privacy_basis or str(_BASES[LEGAL_BASIS[organisation.legal_profile]])


def is_bound_by_article_47(organisation: Organisation) -> bool:
    return is_bound_to_accessibility(organisation.legal_profile, is_required=organisation.accessibility_is_required)
