"""What changed of how somebody signs in, as little of it as an agent needs before a yes: what, and how long ago."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xpassfam.accounts import history
from xpassfam.journal.kinds import Audience
from xpassfam.journal.models import Line
from xpassfam.people.models import Correction, Person

_EMAIL = gettext_lazy("adresse e-mail changée")
_DISOWNED = gettext_lazy("« Ce n’est pas moi » signalé")
_TOLD: Mapping[str, str | Promise] = {
    history.ACCOUNT_OPENED.code: gettext_lazy("compte ouvert"),
    history.PASSWORD_CHANGED.code: gettext_lazy("mot de passe changé"),
    history.PASSWORD_DUE.code: gettext_lazy("nouveau mot de passe demandé par l’organisation"),
    history.SIGNED_IN_ANEW.code: gettext_lazy("première connexion depuis un nouvel appareil"),
    history.EMAIL_CHANGED.code: _EMAIL,
    history.EMAIL_PUT_BACK.code: _EMAIL,
    history.EMAIL_REVERTED.code: _EMAIL,
    history.RECOVERED.code: gettext_lazy("compte rouvert par courrier"),
    history.RECOVERED_ELSEWHERE.code: gettext_lazy("compte rouvert par courrier"),
    history.LINE_CONTESTED.code: _DISOWNED,
    history.DISOWNED.code: _DISOWNED,
}


def changed_since(person: Person, since: datetime, *, at: datetime) -> list[str]:
    """« mot de passe changé il y a 5 jours », each matter once, by its last time. Two queries.

    Nothing says on which device, from where, to which address; what discreet mode did is not among it.
    """
    lines = Line.objects.filter(person=person.public_id, audience=Audience.SELF, kind__in=_TOLD, at__gt=since)
    emails = Correction.objects.filter(person=person, field="email", at__gt=since)
    found = [(changed_at, str(_TOLD[kind])) for kind, changed_at in lines.values_list("kind", "at")]
    found += [(changed_at, str(_EMAIL)) for changed_at in emails.values_list("at", flat=True)]
    last = {what: changed_at for changed_at, what in sorted(found)}
    return [f"{what} {ago(changed_at, at)}" for what, changed_at in last.items()]


def ago(then: datetime, at: datetime) -> str:
    """« aujourd’hui », « hier », « il y a 5 jours »."""
    days = (timezone.localdate(at) - timezone.localdate(then)).days
    if days <= 0:
        return _("aujourd’hui")
    return _("hier") if days == 1 else ngettext("il y a {n} jour", "il y a {n} jours", days).format(n=days)
