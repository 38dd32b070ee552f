"""The cookies this portal sets, all needed to work: that is why no banner asks. Source: loi 78-17, art. 82."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xpassfam.organisation.models import Organisation


@dataclass(frozen=True)
class Cookie:
    name: str
    purpose: str
    kept: str


def cookies(organisation: Organisation) -> Iterator[Cookie]:
    remembered = ngettext("%(days)s jour", "%(days)s jours", organisation.remember_days) % {
        "days": organisation.remember_days
    }
    yield Cookie(
        settings.SESSION_COOKIE_NAME,
        _("Vous garder connecté d’une page à l’autre."),
        _("jusqu’à la fermeture du navigateur, ou %(time)s avec « Se souvenir de moi »") % {"time": remembered},
    )
    yield Cookie(
        settings.CSRF_COOKIE_NAME,
        _("Vérifier que vos formulaires viennent bien de ce site, et non d’un site qui vous piège."),
        _("1 an"),
    )
    yield Cookie(
        settings.DEVICE_COOKIE_NAME,
        _("Reconnaître cet appareil, et vous prévenir quand votre compte s’ouvre sur un autre."),
        _("6 mois"),
    )
    yield Cookie(
        settings.STEP_COOKIE_NAME,
        _("Attendre votre code, quand la connexion se fait en deux étapes."),
        _("10 minutes"),
    )
    yield Cookie(
        settings.CHECK_COOKIE_NAME,
        _("Voir si votre navigateur accepte les cookies, quand vous demandez à le vérifier."),
        _("1 heure"),
    )
    yield Cookie(
        "try",
        _("Vous dire, dès la page de connexion, que votre navigateur refuse les cookies."),
        _("effacé aussitôt"),
    )
    yield Cookie(
        settings.LANGUAGE_COOKIE_NAME,
        _("Retenir la langue que vous avez choisie."),
        _("1 an"),
    )
    yield Cookie(
        settings.THEME_COOKIE_NAME,
        _("Retenir l’affichage que vous avez choisi, clair ou sombre."),
        _("1 an"),
    )
    yield Cookie(
        settings.MESSAGE_COOKIE_NAME,
        _("Porter un message d’une page à la suivante, comme « C’est enregistré »."),
        _("jusqu’à la page suivante"),
    )
