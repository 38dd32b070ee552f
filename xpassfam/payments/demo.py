"""Accounts and payments of the demo's families: what each state of an order looks like.

The account numbers are the specimens of bank papers and of the standard.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Actor
from xpassfam.payments.actions import change_bank_details, exporting, order, paying
from xpassfam.payments.models import PaymentOrder
from xpassfam.people.models import Household
from xpassfam.rules.identifiers import new_public_id

MARTIN, LE_GOFF, NGUYEN, PETIT, HADDAD = "SFE-85473", "SFE-95552", "SFE-63719", "SFE-69835", "SFE-76282"
SPECIMEN = "FR76 3000 6000 0112 3456 7890 189"
# File number, whose account, its number, how many days ago it was given. Le Goff gave one yesterday: it waits.
ACCOUNTS = (
    (MARTIN, "Camille Martin", SPECIMEN, 90),
    (NGUYEN, "Linh Nguyen", "FR14 2004 1010 0505 0001 3M02 606", 45),
    (PETIT, "Sophie Petit", "BE68 5390 0754 7034", 30),
    (LE_GOFF, "Yann Le Goff", "DE89 3704 0044 0532 0130 00", 1),
)
AGENT = Actor(kind="agent", name="Nadia Ferrand")


Grant = tuple[str, str, int, int]


def granted_first() -> tuple[Grant, ...]:
    """File number, what for, cents, how many days ago: what left in a batch since."""
    return (
        (NGUYEN, _("Aide à la garde"), 150_00, 12),
        (PETIT, _("Aide au départ en vacances"), 110_00, 10),
    )


def granted_since() -> tuple[Grant, ...]:
    """Haddad gave no account."""
    return (
        (MARTIN, _("Pass culture et sport"), 60_00, 6),
        (NGUYEN, _("Soutien parent seul"), 25_00, 5),
        (PETIT, _("Pass culture et sport"), 45_00, 4),
        (LE_GOFF, _("Pass culture et sport"), 120_00, 3),
        (HADDAD, _("Aide exceptionnelle"), 400_00, 2),
    )


def load(*, by: Actor, at: datetime) -> None:
    """Once: what a visitor changed stays."""
    for file_number, holder, iban, days in ACCOUNTS:
        household = Household.objects.filter(file_number=file_number, bank_details=None).first()
        if household:
            change_bank_details(household, holder=holder, iban=iban, by=by, at=at - timedelta(days=days))
    payer = Account.objects.filter(role=Account.Role.AGENT, may_pay=True).order_by("pk").first()
    if payer and not PaymentOrder.objects.exists():
        _live_on(payer, at=at)


def _live_on(payer: Account, *, at: datetime) -> None:
    for file_number, label, cents, days in granted_first():
        _ordered(file_number, label, cents, at=at - timedelta(days=days))
    exporting.make_batch(form_key=new_public_id(), by=payer, at=at - timedelta(days=8))
    for file_number, label, cents, days in granted_since():
        _ordered(file_number, label, cents, at=at - timedelta(days=days))
    if twice := _ordered(PETIT, _("Coup de pouce rentrée"), 60_00, at=at - timedelta(days=3)):
        reason = _("Cette aide figurait deux fois dans la décision.")
        paying.cancel(twice, reason=reason, by=AGENT, at=at - timedelta(days=2))


def _ordered(file_number: str, label: str, cents: int, *, at: datetime) -> PaymentOrder | None:
    household = Household.objects.filter(file_number=file_number).first()
    if household is None:
        return None
    return order(household, amount_cents=cents, label=label, cause=new_public_id(), by=AGENT, at=at)
