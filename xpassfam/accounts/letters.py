"""What the letter with an activation code says, and its pages."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from xpassfam.accounts.actions.activation_codes import GOOD_FOR
from xpassfam.accounts.actions.activation_letters import Letter
from xpassfam.organisation.models import LogoFile, Organisation
from xpassfam.pdf import codes
from xpassfam.pdf.typesetting import typeset
from xpassfam.people.countries import country_name
from xpassfam.people.models import Household
from xpassfam.ui import words

LOGO_WIDEST_MM, LOGO_HIGHEST_MM = 60, 13
MODEL = "accounts/paper/activation.typ"


def activation_letters(letters: Sequence[Letter], organisation: Organisation, *, at: datetime) -> bytes:
    """One page each, as PDF; in French, as the register holds nobody's language."""
    with translation.override("fr"):
        return typeset(MODEL, contents(letters, organisation, at=at))


def contents(letters: Sequence[Letter], organisation: Organisation, *, at: datetime) -> dict[str, Any]:
    page = settings.BASE_URL + reverse("accounts:sign-up")
    today = timezone.localdate(at)
    # Codes die at the hour they were issued; the whole day that is promised must be good.
    last_day = timezone.localdate(at + GOOD_FOR) - timedelta(days=1)
    return {
        "title": _("Lettres d’activation"),
        "author": organisation.name,
        "language": translation.get_language(),
        "date": {"year": today.year, "month": today.month, "day": today.day},
        "colours": colours(organisation),
        "logo": logo(organisation),
        "address": page.partition("://")[2],
        "qr": codes.qr(page),
        "until": words.full_day(last_day),
        "words": _words(organisation) | {"date": _("Le {day}").format(day=words.full_day(today))},
        "letters": [_one(letter) for letter in letters],
    }


def colours(organisation: Organisation) -> Mapping[str, str]:
    """What `pdf/sheet.typ` draws with, on any paper."""
    light, _dark = organisation.preview
    return {"ink": "#17211f", "ink_2": "#4a5855", "line": "#b9c6c0"} | {
        name: value for name, value in light.items() if name.startswith(("brand", "accent", "ink", "line"))
    }


def logo(organisation: Organisation) -> dict[str, Any] | None:
    """The organisation's own, as large as the head of a letter takes it; None: our shapes are drawn."""
    place = organisation.logo_picture
    file = LogoFile.objects.filter(name=organisation.logo).first() if place else None
    if place is None or file is None:
        return None
    width = min(LOGO_WIDEST_MM, LOGO_HIGHEST_MM * place.width / place.height)
    return {"png": list(bytes(file.png)), "width": width}


def _one(letter: Letter) -> dict[str, Any]:
    person = letter.person
    return {
        "to": [f"{person.first_name} {person.last_name.upper()}", *address_lines(letter.home)],
        "number": person.member_number or "",
        "code": letter.code,
        "greeting": _("Bonjour {name},").format(name=person),
    }


def address_lines(home: Household | None) -> list[str]:
    """As the post reads it best: in capitals, the country last and only abroad."""
    if home is None:
        return []
    lines = [*home.address.splitlines(), f"{home.postcode} {home.town}"]
    if home.country != "FR":
        lines.append(country_name(home.country))
    return [line.strip().upper() for line in lines if line.strip()]


def _words(organisation: Organisation) -> dict[str, str]:
    return {
        "head": " · ".join(filter(None, [organisation.support_phone, organisation.support_hours])),
        "title": _("Ouvrez votre compte"),
        "intro": _(
            "Votre espace « {portal} » est prêt. Vous y trouvez votre foyer, ce que nous savons de vous et ce qui est "
            "fait en votre nom. Il faut cinq minutes et une adresse e-mail."
        ).format(portal=organisation.portal_name),
        "number": _("Votre numéro d’adhérent :"),
        "code": _("Votre code d’activation"),
        "until": _("Valable jusqu’au"),
        "once": _(", une seule fois"),
        "go": _("Allez sur"),
        "copy": _(
            "Recopiez votre numéro d’adhérent et le code ci-dessus. Majuscules ou minuscules, avec ou sans tiret."
        ),
        "open": _("Ouvrez l’e-mail que vous recevez, et suivez son lien : votre compte est ouvert."),
        "scan": _("La page, sans le code"),
        "scan_alt": _("Code QR qui ouvre la page d’inscription. Il ne contient pas votre code d’activation."),
        "keep_title": _("Gardez ce code pour vous"),
        "keep": _(
            "Chaque adulte du foyer reçoit sa propre lettre et son propre accès. Nos agents ne demandent jamais ce "
            "code, ni au téléphone, ni par e-mail."
        ),
        "help_title": _("Besoin d’aide ?"),
        "help": help_words(organisation, _("Le code ne marche pas, ou vous n’avez pas internet ?")),
        "footer": footer(organisation),
    }


def help_words(organisation: Organisation, asked: str) -> str:
    """The trouble, then every way to reach the organisation."""
    ways = []
    if organisation.support_phone:
        phone = organisation.support_phone.replace(" ", words.NBSP)
        hours = f" ({organisation.support_hours})" if organisation.support_hours else ""
        ways.append(_("Appelez le {phone}{hours}.").format(phone=phone, hours=hours))
    if organisation.support_email:
        ways.append(_("Écrivez à {email}.").format(email=organisation.support_email))
    return " ".join([asked, *(ways or [_("Venez nous voir, ou écrivez-nous.")])])


def footer(organisation: Organisation) -> str:
    sender = ", ".join(line.strip() for line in organisation.postal_address.splitlines() if line.strip())
    stray = _("Ce courrier n’est pas pour vous ? Rendez-le à la poste.")
    return f"{sender}. {stray}" if sender else stray
