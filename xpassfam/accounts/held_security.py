"""What is held of how somebody's account is kept safe, for `for_privacy`: everything but the secrets themselves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.accounts.actions.second_step import recovery_codes
from xpassfam.accounts.models import Account, ContactChoices, Freeze, KnownAddress, TotpKey
from xpassfam.rules.phones import readable_phone
from xpassfam.ui import words
from xpassfam.ui.own_data import Category, Held, Part

SECURITY = gettext_lazy("Sécurité des données, une obligation légale (article 32 du RGPD)")


def category() -> Category:
    return Category(
        "security",
        title=_("La sécurité de votre compte"),
        what=_("Deuxième étape, changements d’adresse, secours et blocages, alertes, choix des e-mails et SMS."),
        why=_("Vérifier que c’est bien vous, et vous prévenir."),
        kept=_("Un an après la fin de chaque événement. Les réglages : tant que le compte est ouvert."),
        seen_by=_("Vous. Un agent, pour un secours ou un signalement. Personne ne peut lire vos codes ni vos clés."),
        source=_("Vous, et ce qui arrive à votre compte."),
        basis=str(SECURITY),
    )


def held(mine: Account) -> Held:
    """Four queries. Nothing of discreet mode: this page may be read over a shoulder."""
    steps = _steps(mine)
    named = [_("application de codes")] if steps["application_since"] else []
    named += [_("SMS")] if steps["sms"] else []
    named += [_("e-mail")] if steps["email"] else []
    named += [one["name"] for one in steps["passkeys"]]
    values = [
        (_("Deuxième étape"), ", ".join(named) or _("Aucune")),
        (_("Codes de secours non utilisés"), str(steps["recovery_codes_left"])),
    ]
    count = len(named) + mine.email_changes.count()
    return Held(category(), count, values, _("Voir ma sécurité"), "/mon-compte/securite/")


def part(mine: Account) -> Part:
    """Everything for programs; on the paper what was turned on, and what happened. Ten queries."""
    steps = _steps(mine)
    address = KnownAddress.objects.filter(account=mine).first()
    data = {
        "second_step": steps,
        "phone_verified_at": _iso(mine.phone_verified_at),
        "address_known_since": _iso(address.since if address else None),
        "channels": _channels(mine),
        **_events(mine),
    }
    lines = [(_("Clé d’accès"), one["name"]) for one in steps["passkeys"]]
    if steps["application_since"]:
        lines.append((_("Application de codes"), _("activée")))
    if mine.verified_phone:
        lines.append((_("Téléphone vérifié"), readable_phone(mine.verified_phone)))
    lines.append((_("Codes de secours non utilisés"), str(steps["recovery_codes_left"])))
    lines += [
        (_("Changement d’adresse"), f"{one.old_email} → {one.new_email}, {words.full_day(one.asked_at)}")
        for one in mine.email_changes.order_by("asked_at")
    ]
    lines += [
        (_("Courrier de secours"), words.full_day(one.started_at)) for one in mine.recoveries.order_by("started_at")
    ]
    return Part("security", data, lines)


def _steps(mine: Account) -> dict[str, Any]:
    """Three queries."""
    key = TotpKey.objects.filter(account=mine).first()
    return {
        "sms": mine.second_step_sms,
        "email": mine.second_step_email,
        "application_since": _iso(key.created_at if key else None),
        "passkeys": [
            {"name": one.name, "created_at": words.iso(one.created_at), "last_used_at": _iso(one.last_used_at)}
            for one in mine.passkeys.order_by("created_at")
        ],
        "recovery_codes_left": recovery_codes.left(mine),
    }


def _channels(mine: Account) -> Mapping[str, Any]:
    """Without discreet mode: an archive may lie on the computer of whoever it is for."""
    choices = ContactChoices.objects.filter(account=mine).first() or ContactChoices()
    return {
        "without_email": choices.without_email,
        "by_sms": choices.by_sms,
    }


def _events(mine: Account) -> dict[str, list[dict[str, Any]]]:
    """What happened, in the order in which it did; instants without names of staff, which the history has."""
    dated: dict[str, tuple[Any, str, tuple[str, ...]]] = {
        "email_changes": (mine.email_changes, "asked_at", ("old_email", "new_email", "confirmed_at", "stopped_at")),
        "phone_changes": (mine.phone_changes, "sent_at", ("number", "used_at")),
        "recoveries": (mine.recoveries, "started_at", ("opens_at", "printed_at", "new_email", "ended_at", "outcome")),
        # Those of discreet mode come of nothing else: to say one is to say the mode.
        "freezes": (mine.freezes.exclude(reason=Freeze.Reason.DISCREET), "since", ("reason", "until", "lifted_at")),
        "alerts": (mine.alerts, "created_at", ("kind", "used_at")),
        "contestations": (mine.contestations, "opened_at", ("what", "closed_at", "answer")),
    }
    return {
        name: [{field: _plain(row[field]) for field in (first, *others)} for row in rows.order_by(first).values()]
        for name, (rows, first, others) in dated.items()
    }


def _plain(value: Any) -> Any:
    return words.iso(value) if isinstance(value, datetime) else value


def _iso(at: datetime | None) -> str | None:
    return words.iso(at) if at else None
