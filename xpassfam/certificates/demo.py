"""Certificates of the demo's families: one that is good, the one that it replaced, one that was withdrawn."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.certificates.actions import issuing, revoking, wording
from xpassfam.certificates.kinds import kind_of
from xpassfam.certificates.models import Certificate, Signature
from xpassfam.entitlements.actions import evaluate_due
from xpassfam.journal.actions import Actor
from xpassfam.payments.actions import note_paid, order
from xpassfam.people import access as accesses
from xpassfam.people.models import Household
from xpassfam.rules.identifiers import new_public_id

AGENT = Actor(kind="agent", name="Nadia Ferrand")
MARTIN = "SFE-85473"
CAMILLE, HELENE = "camille.martin@example.org", "helene.rousseau@example.org"


def load(*, by: Actor, at: datetime) -> None:
    if not Signature.objects.exists():
        signs = {"name": "Claire Delaunay", "function": _("responsable du service des aides"), "place": "Nantes"}
        wording.sign(Signature(**signs), by=by, at=at)
    if Certificate.objects.exists():
        return
    home = Household.objects.filter(file_number=MARTIN).first()
    if home:
        _was_paid(home, at=at)
    while evaluate_due(at=at):  # the worker has not begun: rights are certified once they are counted
        pass
    _issue(CAMILLE, "composition", at=at - timedelta(days=70), now=at)
    _issue(CAMILLE, "composition", at=at - timedelta(days=12), now=at)
    _issue(CAMILLE, "rights", at=at - timedelta(days=12), now=at)
    _issue(CAMILLE, "card", at=at - timedelta(days=12), now=at)
    if withdrawn := _issue(HELENE, "composition", at=at - timedelta(days=30), now=at):
        reason = _("Une date de naissance était fausse dans notre registre. Elle est corrigée.")
        revoking.revoke(withdrawn, reason=reason, by=AGENT, at=at - timedelta(days=25))


def _was_paid(home: Household, *, at: datetime) -> None:
    """Aids paid last year: a certificate more can be had."""
    year = timezone.localdate(at).year - 1
    for label, cents, month in ((_("Pass culture et sport"), 60_00, 10), (_("Noël des enfants"), 80_00, 12)):
        paid_at = at.replace(year=year, month=month, day=15)
        made = order(home, amount_cents=cents, label=label, cause=new_public_id(), by=AGENT, at=paid_at)
        note_paid(made, on=paid_at.date(), by=AGENT, at=paid_at)


def _issue(email: str, kind: str, *, at: datetime, now: datetime) -> Certificate | None:
    """With the access of today: the register came a moment ago."""
    account = Account.objects.select_related("person").filter(email=email, blocked_at=None).first()
    access = account and accesses.choose(accesses.for_account(account, on=timezone.localdate(now)))
    if not account or not access:
        return None
    key = f"demo-{kind}-{at:%Y%m%d}"
    return issuing.issue(access, kind=kind_of(kind), form_key=key, by=account.actor, at=at)
