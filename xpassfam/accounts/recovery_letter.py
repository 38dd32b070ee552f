"""What the letter of a recovery says, and its page."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from xpassfam.accounts.actions.activation_letters import Letter
from xpassfam.accounts.letters import address_lines, colours, footer, help_words, logo
from xpassfam.accounts.models import Recovery
from xpassfam.organisation.models import Organisation
from xpassfam.pdf.typesetting import typeset
from xpassfam.ui import words

MODEL = "accounts/paper/recovery.typ"


def recovery_letter(letter: Letter, recovery: Recovery, organisation: Organisation, *, at: datetime) -> bytes:
    """One page, as PDF; in French, as the register holds nobody's language."""
    with translation.override("fr"):
        return typeset(MODEL, contents(letter, recovery, organisation, at=at))


def contents(letter: Letter, recovery: Recovery, organisation: Organisation, *, at: datetime) -> dict[str, Any]:
    today, person = timezone.localdate(at), letter.person
    place = "accounts:by-letter" if recovery.loses_mailbox else "accounts:sign-in"
    return {
        "title": _("Courrier de secours"),
        "author": organisation.name,
        "language": translation.get_language(),
        "date": {"year": today.year, "month": today.month, "day": today.day},
        "colours": colours(organisation),
        "logo": logo(organisation),
        "to": [f"{person.first_name} {person.last_name.upper()}", *address_lines(letter.home)],
        "code": letter.code,
        "greeting": _("Bonjour {name},").format(name=person),
        "address": (settings.BASE_URL + reverse(place)).partition("://")[2],
        "from": words.full_day(recovery.opens_at) + ", " + words.clock(recovery.opens_at),
        # The whole day that is promised must be good.
        "until": words.full_day(timezone.localdate(recovery.expires_at) - timedelta(days=1)),
        "words": _words(recovery, organisation) | {"date": _("Le {day}").format(day=words.full_day(today))},
    }


def _words(recovery: Recovery, organisation: Organisation) -> dict[str, Any]:
    return {
        "head": " · ".join(filter(None, [organisation.support_phone, organisation.support_hours])),
        "title": _("Retrouver votre compte"),
        "intro": _(
            "Vous nous avez dit que vous n’avez plus de quoi ouvrir votre espace « {portal} ». Ce code vous y aide. "
            "Il ne suffit pas à lui seul."
        ).format(portal=organisation.portal_name),
        "code": _("Votre code de secours"),
        "from": _("Utile à partir du"),
        "until": _("et jusqu’au"),
        "go": _("Allez sur"),
        "steps": _with_word() if recovery.loses_mailbox else _with_password(),
        "not_you_title": _("Ce n’est pas vous ?"),
        "not_you": _(
            "Appelez-nous tout de suite : nous arrêtons cette demande. Chaque message d’alerte que vous avez reçu, par "
            "e-mail ou par SMS, a aussi un lien qui l’arrête."
        ),
        "keep_title": _("Gardez ce code pour vous"),
        "keep": _("Nos agents ne demandent jamais ce code, ni au téléphone, ni par e-mail."),
        "help_title": _("Besoin d’aide ?"),
        "help": help_words(organisation, _("Le code ne marche pas, ou vous n’avez pas internet ?")),
        "footer": footer(organisation),
    }


def _with_password() -> list[str]:
    return [
        _("Connectez-vous avec votre mot de passe, puis choisissez « Code de notre courrier »."),
        _("Recopiez le code : votre compte s’ouvre. Activez alors une nouvelle deuxième étape."),
    ]


def _with_word() -> list[str]:
    return [
        _("Recopiez ce code, le mot de secours dit par l’agent, et votre nouvelle adresse e-mail."),
        _("Ouvrez le lien reçu à cette adresse, et choisissez un nouveau mot de passe."),
    ]
