"""What accounts hold of a person, and what time deletes of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.accounts import held_security
from xpassfam.accounts.models import (
    Account,
    Alert,
    Contestation,
    EmailChange,
    Freeze,
    KnownDevice,
    PasswordReset,
    PendingSignUp,
    Recovery,
    Session,
    SignInTrouble,
    UnlockPass,
)
from xpassfam.jobs.slices import delete_by_slices
from xpassfam.organisation.models import current
from xpassfam.people.access import ActingAccess
from xpassfam.rules.phones import readable_phone
from xpassfam.ui import words
from xpassfam.ui.own_data import Category, Held, Part, Rule


def categories() -> list[Category]:
    return [
        Category(
            "account",
            title=_("Votre compte"),
            what=_("Nom, prénom, adresse e-mail, téléphone, mot de passe illisible."),
            why=_("Ouvrir votre compte, vous reconnaître et vous écrire."),
            kept=_("Tant que le compte est ouvert."),
            seen_by=_("Vous et nos agents. Personne ne peut lire le mot de passe."),
            source=_("Vous, à l’inscription."),
        ),
        Category(
            "devices",
            title=_("Vos appareils et vos connexions"),
            what=_("Nom du navigateur et du système, dates de connexion, connexions manquées."),
            why=_("Protéger votre compte, et vous prévenir d’un appareil inconnu."),
            kept=_("Appareils : six mois sans connexion. Traces : {months} mois.").format(months=current().log_months),
            seen_by=_("Vous seul. Un agent, si vous signalez une connexion."),
            source=_("Votre navigateur."),
            basis=str(held_security.SECURITY),
        ),
        held_security.category(),
    ]


def held(account: str, accesses: Sequence[ActingAccess]) -> list[Held]:
    """Six queries."""
    mine, devices = Account.objects.get(public_id=account), KnownDevice.objects.filter(account__public_id=account)
    own, of_devices, _of_security = categories()
    values = [(_("Nom"), str(mine)), (_("E-mail"), mine.email), (_("Téléphone"), _phone(mine))]
    seen = [(one.label or _("Appareil inconnu"), words.full_day(one.last_sign_in_at)) for one in devices]
    return [
        Held(own, len(values), values, _("Corriger"), "/mon-compte/profil/"),
        Held(of_devices, len(seen), seen, _("Voir mes connexions"), "/mon-compte/historique/"),
        held_security.held(mine),
    ]


def parts(account: str, accesses: Sequence[ActingAccess]) -> list[Part]:
    mine = Account.objects.get(public_id=account)
    devices = list(KnownDevice.objects.filter(account=mine).order_by("first_seen_at"))
    sessions = Session.objects.filter(account=mine).exclude(created_at=None).order_by("created_at")
    own = {
        "id": mine.public_id,
        "first_name": mine.first_name,
        "last_name": mine.last_name,
        "email": mine.email,
        "phone": mine.phone,
        "created_at": words.iso(mine.created_at),
        "password_changed_at": words.iso(mine.password_changed_at) if mine.password_changed_at else None,
    }
    lines = [
        (_("Nom"), str(mine)),
        (_("E-mail"), mine.email),
        (_("Téléphone"), _phone(mine)),
        (_("Compte ouvert le"), words.full_day(mine.created_at)),
    ]
    seen = {
        "devices": [
            {
                "name": one.label,
                "first_seen_at": words.iso(one.first_seen_at),
                "last_sign_in_at": words.iso(one.last_sign_in_at),
                "trusted_until": words.iso(one.trusted_until) if one.trusted_until else None,
            }
            for one in devices
        ],
        "sessions": [{"opened_at": words.iso(one.created_at)} for one in sessions if one.created_at],
        "missed": [
            {"day": one.day.isoformat(), "cause": one.cause, "tries": one.tries, "device": one.device}
            for one in SignInTrouble.objects.filter(account=account).order_by("day", "pk")
        ],
    }
    of_devices = [
        (one.label or _("Appareil inconnu"), _("vu la dernière fois le {day}").format(day=words.full_day(at)))
        for one in devices
        for at in [one.last_sign_in_at]
    ]
    return [Part("account", own, lines), Part("devices", seen, of_devices), held_security.part(mine)]


def _phone(account: Account) -> str:
    return readable_phone(account.phone) if account.phone else _("Non renseigné")


def _past(before: datetime) -> list[Any]:
    dated = [model.objects.filter(created_at__lt=before) for model in (PendingSignUp, PasswordReset, UnlockPass, Alert)]
    return [*dated, EmailChange.objects.filter(confirmed_at=None, asked_at__lt=before)]


def _links_due(before: datetime, now: datetime) -> int:
    return sum(rows.count() for rows in _past(before))


def _purge_links(before: datetime, now: datetime) -> int:
    return sum(delete_by_slices(rows) for rows in _past(before))


def _devices_due(before: datetime, now: datetime) -> int:
    return KnownDevice.objects.filter(last_sign_in_at__lt=before).count()


def _purge_devices(before: datetime, now: datetime) -> int:
    return delete_by_slices(KnownDevice.objects.filter(last_sign_in_at__lt=before))


def _troubles_due(before: datetime, now: datetime) -> int:
    return SignInTrouble.objects.filter(day__lt=before.date()).count()


def _purge_troubles(before: datetime, now: datetime) -> int:
    return delete_by_slices(SignInTrouble.objects.filter(day__lt=before.date()))


def _recoveries(before: datetime) -> Any:
    return Recovery.objects.filter(expires_at__lt=before)


def _recoveries_due(before: datetime, now: datetime) -> int:
    return int(_recoveries(before).count())


def _purge_recoveries(before: datetime, now: datetime) -> int:
    return delete_by_slices(_recoveries(before))


def _settled(before: datetime) -> list[Any]:
    return [
        EmailChange.objects.filter(confirmed_at__lt=before),
        Freeze.objects.filter(until__lt=before),
        Contestation.objects.filter(closed_at__lt=before),
    ]


def _settled_due(before: datetime, now: datetime) -> int:
    return sum(rows.count() for rows in _settled(before))


def _purge_settled(before: datetime, now: datetime) -> int:
    return sum(delete_by_slices(rows) for rows in _settled(before))


RULES = (
    Rule(
        "links",
        gettext_lazy("Inscriptions inachevées, liens de mot de passe, de déblocage et d’alerte"),
        gettext_lazy("Proportionnalité : personne ne cherche un e-mail après un mois"),
        _links_due,
        _purge_links,
        usual=30, least=3, most=30, unit="days",
    ),
    Rule(
        "troubles",
        gettext_lazy("Causes des connexions manquées"),
        gettext_lazy("CNIL, délibération 2021-122 : un an au plus"),
        _troubles_due,
        _purge_troubles,
        usual=365, least=30, most=365, unit="days",
    ),
    Rule(
        "recoveries",
        gettext_lazy("Courriers de secours, une fois finis"),
        gettext_lazy("Sécurité : qui demande ce qui est arrivé à son compte le demande tard"),
        _recoveries_due,
        _purge_recoveries,
        usual=365, least=90, most=365, unit="days",
    ),
    Rule(
        "settled",
        gettext_lazy("Changements d’adresse, blocages et signalements, une fois finis"),
        gettext_lazy("Sécurité : qui demande ce qui est arrivé à son compte le demande tard"),
        _settled_due,
        _purge_settled,
        usual=365, least=90, most=365, unit="days",
    ),
    Rule(
        "devices",
        gettext_lazy("Appareils sans connexion"),
        gettext_lazy("CNIL, délibération 2021-122 ; six mois au plus"),
        _devices_due,
        _purge_devices,
        usual=183, least=30, most=183, unit="days",
    ),
)  # fmt: skip
